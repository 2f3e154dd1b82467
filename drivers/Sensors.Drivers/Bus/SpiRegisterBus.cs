using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>A chip behind an SPI chip select. Each access is one full-duplex frame: the command byte, then the bytes.</summary>
    /// <remarks>
    /// SPI has no acknowledge: a missing chip reads as all zeros or all ones, and only the driver's identity check can tell.
    /// The package's separate write-then-read would allocate two native buffers per call, so both directions use two arrays of
    /// the same length, made once.
    /// </remarks>
    public sealed class SpiRegisterBus : RegisterBus
    {
        /// <summary>Most bytes the controller moves in one frame, the command byte included.</summary>
        public const int LargestFrame = 16384;

        private readonly SpiConnectionSettings _settings;
        private readonly byte _readFlag;
        private readonly byte _burstFlag;
        private readonly int _addressShift;
        private readonly byte[] _out;
        private readonly byte[] _in;
        private SpiDevice _device;

        /// <summary>Opens the port. Does not talk to the chip.</summary>
        /// <param name="busId">Number of the controller, from 1.</param>
        /// <param name="chipSelect">Pin of the chip select, active low.</param>
        /// <param name="profile">How the chip speaks. The device opened first sets clock and mode of its whole bus.</param>
        /// <exception cref="ArgumentOutOfRangeException">The profile's largest burst does not fit a frame.</exception>
        /// <exception cref="BusException">The port could not be opened.</exception>
        public SpiRegisterBus(int busId, int chipSelect, SpiProfile profile)
            : base("SPI" + busId.ToString() + " CS" + chipSelect.ToString())
        {
            if (profile.LargestBurst < 1 || profile.LargestBurst >= LargestFrame)
            {
                throw new ArgumentOutOfRangeException(nameof(profile));
            }

            _settings = new SpiConnectionSettings(busId, chipSelect);
            _settings.Mode = profile.Mode;
            _settings.ClockFrequency = profile.ClockHz;
            _readFlag = profile.ReadFlag;
            _burstFlag = profile.BurstFlag;
            _addressShift = profile.AddressShift;
            _out = new byte[1 + profile.LargestBurst];
            _in = new byte[1 + profile.LargestBurst];
            Open();
        }

        /// <inheritdoc/>
        public override int LeadInMicroseconds => 8 * 1000000 / _settings.ClockFrequency;

        /// <inheritdoc/>
        [HotPath]
        public override void Read(byte register, byte[] buffer, int count)
        {
            Transfer(register, _readFlag, count);
            Array.Copy(_in, 1, buffer, 0, count);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Write(byte register, byte[] buffer, int count)
        {
            Array.Copy(buffer, 0, _out, 1, count);
            Transfer(register, 0, count);
        }

        /// <inheritdoc/>
        public override void Reopen()
        {
            Close();
            Open();
        }

        /// <inheritdoc/>
        public override void Close()
        {
            if (_device != null)
            {
                _device.Dispose();
                _device = null;
            }
        }

        [HotPath]
        private void Transfer(byte register, byte direction, int count)
        {
            if (_device == null)
            {
                throw new BusException(Name, register, BusStatus.NotOpen);
            }

            int command = (register << _addressShift) | direction;
            if (count > 1)
            {
                command |= _burstFlag;
            }

            _out[0] = (byte)command;
            try
            {
                _device.TransferFullDuplex(new SpanByte(_out, 0, 1 + count), new SpanByte(_in, 0, 1 + count));
            }
            catch (InvalidOperationException) // the controller refused; there is no other word from this wire
            {
                throw new BusException(Name, register, BusStatus.Unknown);
            }
        }

        private void Open()
        {
            try
            {
                _device = SpiDevice.Create(_settings);
            }
            catch (Exception) // the firmware throws several kinds, some of them plain: no such bus, no pins, pins in use
            {
                throw new BusException(Name, 0, BusStatus.NotOpen);
            }
        }
    }
}

using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>A chip behind an SPI chip select. Each access is one full-duplex frame: the command byte if the chip takes one, then the bytes.</summary>
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
        private readonly byte _writeFlag;
        private readonly byte _burstFlag;
        private readonly int _addressShift;
        private readonly int _lead; // command bytes in front of the data
        private readonly byte[] _out;
        private readonly byte[] _in;
        private SpiDevice _device;

        /// <summary>Opens the port. Does not talk to the chip.</summary>
        /// <param name="busId">Number of the controller, from 1.</param>
        /// <param name="chipSelect">Pin of the chip select, active low.</param>
        /// <param name="profile">How the chip speaks. The device opened first sets clock and mode of its whole bus.</param>
        /// <param name="highestHertz">The fastest the bus may run for the sake of others on it.</param>
        /// <exception cref="ArgumentOutOfRangeException">The profile's largest burst does not fit a frame.</exception>
        /// <exception cref="BusException">The port could not be opened.</exception>
        public SpiRegisterBus(int busId, int chipSelect, SpiProfile profile, int highestHertz = int.MaxValue)
            : base("SPI" + busId.ToString() + " CS" + chipSelect.ToString())
        {
            if (profile.LargestBurst < 1 || profile.LargestBurst >= LargestFrame)
            {
                throw new ArgumentOutOfRangeException(nameof(profile));
            }

            _settings = new SpiConnectionSettings(busId, chipSelect);
            _settings.Mode = profile.Mode;
            _settings.ClockFrequency = profile.ClockHz < highestHertz ? profile.ClockHz : highestHertz;
            _readFlag = profile.ReadFlag;
            _writeFlag = profile.WriteFlag;
            _burstFlag = profile.BurstFlag;
            _addressShift = profile.AddressShift;
            _lead = profile.CommandBytes;
            _out = new byte[_lead + profile.LargestBurst];
            _in = new byte[_lead + profile.LargestBurst];
            Open();
        }

        /// <summary>Gets whether the port is open.</summary>
        public bool IsOpen => _device != null;

        /// <inheritdoc/>
        public override int LeadInMicroseconds => _lead * 8 * 1000000 / _settings.ClockFrequency;

        /// <inheritdoc/>
        [HotPath]
        public override void Read(byte register, byte[] buffer, int count)
        {
            Transfer(register, _readFlag, count);
            Array.Copy(_in, _lead, buffer, 0, count);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Write(byte register, byte[] buffer, int count)
        {
            Array.Copy(buffer, 0, _out, _lead, count);
            Transfer(register, _writeFlag, count);
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

            int bytes = _lead + count;
            if (_lead != 0)
            {
                int command = (register << _addressShift) | direction;
                if (count > 1)
                {
                    command |= _burstFlag;
                }

                _out[0] = (byte)command;
            }

            try
            {
                _device.TransferFullDuplex(new SpanByte(_out, 0, bytes), new SpanByte(_in, 0, bytes));
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

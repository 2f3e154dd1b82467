using System;
using System.Device.I2c;

namespace Sensors.Drivers
{
    /// <summary>A chip behind an I2C address. Each access is one transaction: a read is the pointer, a repeated start, the bytes.</summary>
    public sealed class I2cRegisterBus : RegisterBus
    {
        /// <summary>Register bytes one write can carry unless the constructor is told otherwise.</summary>
        public const int DefaultLargestWrite = 8;

        private const int ReadLeadInBits = 29; // start, address, pointer, repeated start, address: 3 x 9 bits and two conditions

        private readonly I2cConnectionSettings _settings;
        private readonly byte[] _pointer = new byte[1];
        private readonly byte[] _frame; // pointer and data of a write, made once
        private I2cDevice _device;

        /// <summary>Opens the port. Does not talk to the chip.</summary>
        /// <param name="settings">Bus, address and speed. The device opened last sets the speed of its whole bus.</param>
        /// <param name="largestWrite">Most register bytes one write carries, 1 or more.</param>
        /// <exception cref="BusException">The port could not be opened.</exception>
        public I2cRegisterBus(I2cConnectionSettings settings, int largestWrite = DefaultLargestWrite)
            : base("I2C" + settings.BusId.ToString() + " 0x" + settings.DeviceAddress.ToString("X2"))
        {
            _settings = settings;
            _frame = new byte[1 + largestWrite];
            Open();
        }

        /// <inheritdoc/>
        public override int LeadInMicroseconds => ReadLeadInBits * 1000000 / ClockHz(_settings.BusSpeed);

        /// <inheritdoc/>
        [HotPath]
        public override void Read(byte register, byte[] buffer, int count)
        {
            RequireOpen(register);
            _pointer[0] = register;
            Require(register, _device.WriteRead(new SpanByte(_pointer), new SpanByte(buffer, 0, count)).Status);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Write(byte register, byte[] buffer, int count)
        {
            RequireOpen(register);
            _frame[0] = register;
            Array.Copy(buffer, 0, _frame, 1, count);
            Require(register, _device.Write(new SpanByte(_frame, 0, 1 + count)).Status);
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

        private static int ClockHz(I2cBusSpeed speed)
        {
            return speed == I2cBusSpeed.StandardMode ? 100000 : speed == I2cBusSpeed.FastMode ? 400000 : 1000000;
        }

        private void Open()
        {
            try
            {
                _device = I2cDevice.Create(_settings);
            }
            catch (Exception) // the firmware throws several kinds, some of them plain: no such bus, no pins, pins in use
            {
                throw new BusException(Name, 0, BusStatus.NotOpen);
            }
        }

        [HotPath]
        private void RequireOpen(byte register)
        {
            if (_device == null)
            {
                throw new BusException(Name, register, BusStatus.NotOpen);
            }
        }

        // A missing chip is a status, never an exception of the package: whoever does not look reads zeros.
        [HotPath]
        private void Require(byte register, I2cTransferStatus status)
        {
            if (status == I2cTransferStatus.FullTransfer)
            {
                return;
            }

            BusStatus why = BusStatus.Unknown;
            if (status == I2cTransferStatus.SlaveAddressNotAcknowledged)
            {
                why = BusStatus.NotAcknowledged;
            }
            else if (status == I2cTransferStatus.ClockStretchTimeout)
            {
                why = BusStatus.Timeout;
            }
            else if (status == I2cTransferStatus.PartialTransfer)
            {
                why = BusStatus.Partial;
            }

            throw new BusException(Name, register, why);
        }
    }
}

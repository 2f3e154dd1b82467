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
        private readonly byte _burstFlag;
        private I2cDevice _device;

        /// <summary>Opens the port. Does not talk to the chip.</summary>
        /// <param name="settings">Bus, address and speed. The device opened last sets the speed of its whole bus.</param>
        /// <param name="largestWrite">Most register bytes one write carries, 1 or more.</param>
        /// <param name="burstFlag">Bits set in the pointer when more than one byte is moved; 0 where the chip needs none, as most.</param>
        /// <exception cref="BusException">The port could not be opened.</exception>
        public I2cRegisterBus(I2cConnectionSettings settings, int largestWrite = DefaultLargestWrite, byte burstFlag = 0)
            : base("I2C" + settings.BusId.ToString() + " 0x" + settings.DeviceAddress.ToString("X2"))
        {
            _settings = settings;
            _frame = new byte[1 + largestWrite];
            _burstFlag = burstFlag;
            Open();
        }

        /// <inheritdoc/>
        public override int LeadInMicroseconds => ReadLeadInBits * 1000000 / ClockHz(_settings.BusSpeed);

        /// <inheritdoc/>
        public override bool TellsSilence
        {
            [HotPath]
            get { return true; }
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Read(byte register, byte[] buffer, int count)
        {
            RequireOpen(register);
            _pointer[0] = Pointer(register, count);
            Require(register, _device.WriteRead(new SpanByte(_pointer), new SpanByte(buffer, 0, count)).Status);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Write(byte register, byte[] buffer, int count)
        {
            RequireOpen(register);
            _frame[0] = Pointer(register, count);
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

        /// <summary>Tells what a bus speed is in hertz.</summary>
        /// <param name="speed">The speed.</param>
        /// <returns>Hertz.</returns>
        public static int ClockHz(I2cBusSpeed speed)
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
        private byte Pointer(byte register, int count)
        {
            return count > 1 ? (byte)(register | _burstFlag) : register;
        }

        [HotPath]
        private void RequireOpen(byte register)
        {
            if (_device == null)
            {
                throw new BusException(Name, register, BusStatus.NotOpen);
            }
        }

        /// <summary>Tells what a status of the package means. A missing chip is a status, never an exception: whoever does not look reads zeros.</summary>
        /// <param name="status">What the package returned; not for <see cref="I2cTransferStatus.FullTransfer"/>.</param>
        /// <returns>Why the transfer failed.</returns>
        [HotPath]
        public static BusStatus StatusOf(I2cTransferStatus status)
        {
            if (status == I2cTransferStatus.SlaveAddressNotAcknowledged)
            {
                return BusStatus.NotAcknowledged;
            }

            if (status == I2cTransferStatus.ClockStretchTimeout)
            {
                return BusStatus.Timeout;
            }

            return status == I2cTransferStatus.PartialTransfer ? BusStatus.Partial : BusStatus.Unknown;
        }

        [HotPath]
        private void Require(byte register, I2cTransferStatus status)
        {
            if (status != I2cTransferStatus.FullTransfer)
            {
                throw new BusException(Name, register, StatusOf(status));
            }
        }
    }
}

using NanoFramework.Pc;

namespace System.Device.I2c
{
    /// <summary>One I2C controller of a board: its speed, the pins it took, and how many devices are open on it.</summary>
    internal sealed class I2cBus
    {
        private const int StandardHz = 100_000;
        private const int FastHz = 400_000;
        private const int FastPlusHz = 1_000_000;

        private readonly PcBoard _board;
        private readonly int _id;
        private int _open;
        private int _clockHz = StandardHz;

        public I2cBus(PcBoard board, int id)
        {
            _board = board;
            _id = id;
        }

        /// <summary>Opens a device. It sets the speed of the whole bus, as the driver on a board does.</summary>
        /// <param name="speed">Speed asked for.</param>
        /// <exception cref="Exception">A pin is missing or in use by something else: on a board a plain exception too.</exception>
        public void Open(I2cBusSpeed speed)
        {
            lock (this)
            {
                // The pins in force now count, even where the bus is running on others: the controller is configured anew.
                int data = _board.Packages.PinMap.Get(PinMap.I2c, _id, PinMap.I2cData);
                int clock = _board.Packages.PinMap.Get(PinMap.I2c, _id, PinMap.I2cClock);
                if (data < 0 || clock < 0)
                {
                    throw new Exception("I2C" + _id + ": no pins. Call Configuration.SetPinFunction first.");
                }

                if (_board.Packages.Pins.IsReserved(data) || _board.Packages.Pins.IsReserved(clock))
                {
                    throw new Exception("I2C" + _id + ": pin " + data + " or " + clock + " is in use.");
                }

                _clockHz = speed switch
                {
                    I2cBusSpeed.FastModePlus => FastPlusHz,
                    I2cBusSpeed.FastMode => FastHz,
                    _ => StandardHz,
                };
                _open++;
            }
        }

        /// <summary>Closes a device.</summary>
        public void Close()
        {
            lock (this)
            {
                _open--;
            }
        }

        /// <summary>Moves one transaction.</summary>
        /// <param name="address">7-bit address.</param>
        /// <param name="write">Bytes to write.</param>
        /// <param name="read">Receives the bytes read; untouched on failure.</param>
        /// <returns>Status, and the bytes of both directions together.</returns>
        /// <exception cref="InvalidOperationException">Every device of this bus was closed.</exception>
        public I2cTransferResult Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
        {
            _board.ThrowIfOff();
            lock (this)
            {
                if (_open <= 0)
                {
                    throw new InvalidOperationException("I2C" + _id + " is closed.");
                }

                if (write.IsEmpty && read.IsEmpty)
                {
                    // No start condition is sent: a zero-length write finds no chip and none missing.
                    return new I2cTransferResult(I2cTransferStatus.FullTransfer, 0);
                }

                I2cTransferStatus status = _board.TransferI2c(_id, address, _clockHz, write, read);
                if (status == I2cTransferStatus.PartialTransfer)
                {
                    status = I2cTransferStatus.SlaveAddressNotAcknowledged; // a refused data byte: the driver knows no difference
                }

                return status == I2cTransferStatus.FullTransfer
                    ? new I2cTransferResult(status, (uint)(write.Length + read.Length))
                    : new I2cTransferResult(status, 0);
            }
        }
    }
}

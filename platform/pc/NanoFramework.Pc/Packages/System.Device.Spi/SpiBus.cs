using System.Device.Gpio;
using NanoFramework.Pc;

namespace System.Device.Spi
{
    /// <summary>One SPI controller of a board. What its first device was opened with holds for all, until the last is closed.</summary>
    internal sealed class SpiBus
    {
        /// <summary>Bytes of the longest transfer the driver takes.</summary>
        public const int MaxTransferBytes = 16384;

        /// <summary>Devices the driver takes on one bus.</summary>
        public const int MaxDevices = 3;

        /// <summary>
        /// Bytes clocked while a device is opened, all zero on MOSI: the driver reads two bytes and writes two, one after the
        /// other, "to leave the signals in a known state".
        /// </summary>
        public const int OpeningBytes = 4;

        /// <summary>
        /// Whether the chip select is active in that transfer. It is, on a board: a chip takes the zeros for a command. In the
        /// driver the settings of the dummy transfer carry the device's chip select (nf-interpreter, nanoHAL_Spi.cpp).
        /// </summary>
        public const bool OpeningSelectsChip = true;

        private const int MinClockHz = 20_000_000 / 256;

        private readonly PcBoard _board;
        private readonly int _id;
        private readonly int[] _chipSelects = new int[MaxDevices];
        private readonly bool[] _taken = new bool[MaxDevices];
        private readonly int[] _pins = new int[3];
        private readonly byte[] _wire = new byte[MaxTransferBytes]; // what MOSI carries
        private readonly byte[] _answer = new byte[MaxTransferBytes]; // what MISO carries
        private int _open;
        private SpiMode _mode;
        private int _clockHz;
        private DataFlow _bitOrder;

        public SpiBus(PcBoard board, int id)
        {
            _board = board;
            _id = id;
        }

        /// <summary>Opens a device.</summary>
        /// <param name="settings">Its settings; clock, mode and bit order count only for the first on the bus.</param>
        /// <returns>The device's place on the bus.</returns>
        /// <exception cref="IndexOutOfRangeException">Three devices are open on the bus.</exception>
        /// <exception cref="NotSupportedException">The chip select is taken on this bus.</exception>
        /// <exception cref="ArgumentException">A pin of the bus is missing or in use.</exception>
        public int Open(SpiConnectionSettings settings)
        {
            int slot;
            lock (this)
            {
                slot = TakeSlot(settings);
            }

            if (settings.ChipSelectLine >= 0)
            {
                _board.SetPinMode(settings.ChipSelectLine, PinMode.Output);
                _board.WritePin(settings.ChipSelectLine, settings.ChipSelectLineActiveState == PinValue.Low);
            }

            Span<byte> nothing = stackalloc byte[OpeningBytes];
            nothing.Clear();
            TransferFrame(OpeningSelectsChip ? settings.ChipSelectLine : -1, settings.ChipSelectLineActiveState == PinValue.High, nothing, nothing);
            return slot;
        }

        /// <summary>Closes a device.</summary>
        /// <param name="slot">What <see cref="Open"/> returned.</param>
        public void Close(int slot)
        {
            lock (this)
            {
                _taken[slot] = false;
                if (_chipSelects[slot] >= 0)
                {
                    _board.Packages.Pins.Release(_chipSelects[slot]);
                }

                if (--_open == 0)
                {
                    ReleaseBusPins();
                }
            }
        }

        /// <summary>Moves one frame. Where one direction is longer, the other is filled with zeros or dropped.</summary>
        /// <param name="settings">The device's settings.</param>
        /// <param name="write">Bytes on MOSI.</param>
        /// <param name="read">Receives the bytes on MISO.</param>
        /// <exception cref="ArgumentException">The frame is longer than <see cref="MaxTransferBytes"/>.</exception>
        public void Transfer(SpiConnectionSettings settings, ReadOnlySpan<byte> write, Span<byte> read)
        {
            _board.ThrowIfOff();
            int length = Math.Max(write.Length, read.Length);
            if (length > MaxTransferBytes)
            {
                throw new ArgumentException("SPI" + _id + ": " + length + " bytes in one transfer, at most " + MaxTransferBytes + ".");
            }

            bool activeHigh = settings.ChipSelectLineActiveState == PinValue.High;
            lock (this)
            {
                if (write.Length == length && read.Length == length && _bitOrder == DataFlow.MsbFirst)
                {
                    TransferFrame(settings.ChipSelectLine, activeHigh, write, read);
                    return;
                }

                Span<byte> wire = _wire.AsSpan(0, length);
                Span<byte> answer = _answer.AsSpan(0, length);
                wire.Clear();
                write.CopyTo(wire);
                Reverse(wire);
                TransferFrame(settings.ChipSelectLine, activeHigh, wire, answer);
                Reverse(answer);
                answer.Slice(0, read.Length).CopyTo(read);
            }
        }

        private int TakeSlot(SpiConnectionSettings settings)
        {
            if (_open >= MaxDevices)
            {
                throw new IndexOutOfRangeException("SPI" + _id + ": " + MaxDevices + " devices are open, the driver takes no more.");
            }

            int free = -1;
            for (int i = 0; i < MaxDevices; i++)
            {
                if (!_taken[i])
                {
                    free = free < 0 ? i : free;
                }
                else if (_chipSelects[i] == settings.ChipSelectLine)
                {
                    throw new NotSupportedException("SPI" + _id + ": chip select " + settings.ChipSelectLine + " is taken.");
                }
            }

            if (settings.Configuration == SpiBusConfiguration.Simplex)
            {
                throw new NotSupportedException("SPI" + _id + ": simplex is not supported.");
            }

            bool first = _open == 0;
            if (first)
            {
                ReserveBusPins(settings.Configuration == SpiBusConfiguration.FullDuplex);
            }

            if (settings.ChipSelectLine >= 0 && !_board.Packages.Pins.TryReserve(settings.ChipSelectLine))
            {
                if (first)
                {
                    ReleaseBusPins();
                }

                throw new Exception("SPI" + _id + ": chip select " + settings.ChipSelectLine + " is in use."); // CLR_E_FAIL: a plain exception
            }

            if (first)
            {
                _mode = settings.Mode;
                _bitOrder = settings.DataFlow;
                _clockHz = settings.ClockFrequency == 0 ? 40_000_000 : Math.Max(settings.ClockFrequency, MinClockHz);
            }

            _open++;
            _taken[free] = true;
            _chipSelects[free] = settings.ChipSelectLine;
            return free;
        }

        private void ReserveBusPins(bool fullDuplex)
        {
            for (int i = 0; i < _pins.Length; i++)
            {
                _pins[i] = _board.Packages.PinMap.Get(PinMap.Spi, _id, i);
                if (_pins[i] < 0 && (fullDuplex || i != PinMap.SpiMiso))
                {
                    throw new ArgumentException("SPI" + _id + ": pins are missing. Call Configuration.SetPinFunction first.");
                }
            }

            foreach (int pin in _pins)
            {
                if (pin >= 0 && _board.Packages.Pins.IsReserved(pin))
                {
                    throw new ArgumentException("SPI" + _id + ": pin " + pin + " is in use.");
                }
            }

            foreach (int pin in _pins)
            {
                if (pin >= 0)
                {
                    _board.Packages.Pins.TryReserve(pin);
                }
            }
        }

        private void ReleaseBusPins()
        {
            foreach (int pin in _pins)
            {
                if (pin >= 0)
                {
                    _board.Packages.Pins.Release(pin);
                }
            }
        }

        private void TransferFrame(int chipSelect, bool activeHigh, ReadOnlySpan<byte> write, Span<byte> read)
        {
            lock (this)
            {
                if (!activeHigh || chipSelect < 0)
                {
                    _board.TransferSpi(_id, chipSelect, _mode, _clockHz, write, read);
                    return;
                }

                // The board knows chip selects that are active low; this one is an output the chip's inverter sees.
                _board.WritePin(chipSelect, true);
                _board.TransferSpi(_id, -1, _mode, _clockHz, write, read);
                _board.WritePin(chipSelect, false);
            }
        }

        private void Reverse(Span<byte> bytes)
        {
            if (_bitOrder == DataFlow.MsbFirst)
            {
                return;
            }

            for (int i = 0; i < bytes.Length; i++)
            {
                int b = bytes[i];
                b = ((b & 0xF0) >> 4) | ((b & 0x0F) << 4);
                b = ((b & 0xCC) >> 2) | ((b & 0x33) << 2);
                bytes[i] = (byte)(((b & 0xAA) >> 1) | ((b & 0x55) << 1));
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Device.I2c;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>The I2C and SPI wires of a board: who hangs where, and what a transaction costs.</summary>
    internal sealed class BoardBuses
    {
        private const long NanosecondsPerSecond = 1_000_000_000;
        private const long NanosecondsPerMillisecond = 1_000_000;
        private const int BitsPerI2cByte = 9; // with its acknowledge
        private const byte Floating = 0xFF;

        private readonly VirtualTime _time;
        private readonly long _overhead;
        private readonly long _timeout;
        private readonly List<(int Bus, int Address, II2cChip Chip)> _i2c = [];
        private readonly List<(int Bus, int ChipSelect, ISpiChip Chip)> _spi = [];

        public BoardBuses(VirtualTime time, VirtualEsp32Options options)
        {
            _time = time;
            _overhead = (long)(options.TransactionOverheadMicroseconds * 1000);
            _timeout = options.I2cTimeoutMilliseconds * NanosecondsPerMillisecond;
        }

        /// <summary>Gets what one thread at a time holds while chips see a transaction.</summary>
        public object Gate { get; } = new();

        public List<VirtualChip> Chips { get; } = [];

        public void WireI2c(int bus, int address, II2cChip chip)
        {
            ArgumentNullException.ThrowIfNull(chip);
            if (address is < 0x08 or > 0x77)
            {
                throw new ArgumentOutOfRangeException(nameof(address), address, "A 7-bit I2C address is 0x08 to 0x77.");
            }

            if (_i2c.Exists(wire => wire.Bus == bus && wire.Address == address))
            {
                throw new ArgumentException($"I2C{bus} already has a chip at 0x{address:X2}.", nameof(address));
            }

            _i2c.Add((bus, address, chip));
            chip.Wired(address);
            Remember(chip);
        }

        public void WireSpi(int bus, int chipSelect, ISpiChip chip)
        {
            ArgumentNullException.ThrowIfNull(chip);
            if (_spi.Exists(wire => wire.ChipSelect == chipSelect))
            {
                throw new ArgumentException($"Pin {chipSelect} already selects a chip.", nameof(chipSelect));
            }

            _spi.Add((bus, chipSelect, chip));
            Remember(chip);
        }

        public I2cTransferStatus TransferI2c(int bus, int address, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            lock (Gate)
            {
                long now = _time.AdvanceWithoutWaiting(_overhead, onBus: true);
                II2cChip? chip = null;
                foreach ((int Bus, int Address, II2cChip Chip) wire in _i2c)
                {
                    if (wire.Bus == bus && wire.Chip.HoldsBus)
                    {
                        _time.AdvanceWithoutWaiting(_timeout, onBus: true);
                        return I2cTransferStatus.ClockStretchTimeout;
                    }

                    if (wire.Bus == bus && wire.Address == address)
                    {
                        chip = wire.Chip;
                    }
                }

                foreach ((int Bus, int Address, II2cChip Chip) wire in _i2c)
                {
                    if (wire.Bus == bus)
                    {
                        wire.Chip.Overhear(clockHz, now);
                    }
                }

                long perByte = BitsPerI2cByte * NanosecondsPerSecond / clockHz;
                long end = now + perByte;
                bool acknowledged = chip is not null && Run(chip, perByte, write, read, ref end);
                chip?.Stop(end);
                _time.AdvanceWithoutWaiting(end - now, onBus: true);
                return acknowledged ? I2cTransferStatus.FullTransfer : I2cTransferStatus.SlaveAddressNotAcknowledged;
            }
        }

        public void TransferSpi(int bus, int chipSelect, SpiMode mode, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            if (write.Length != read.Length)
            {
                throw new ArgumentException($"A full-duplex frame has as many bytes in as out; got {write.Length} and {read.Length}.", nameof(read));
            }

            lock (Gate)
            {
                var frame = new SpiFrame(_time.AdvanceWithoutWaiting(_overhead, onBus: true), clockHz, mode);
                ISpiChip? chip = null;
                foreach ((int Bus, int ChipSelect, ISpiChip Chip) wire in _spi)
                {
                    if (wire.Bus == bus && wire.ChipSelect == chipSelect)
                    {
                        chip = wire.Chip;
                    }
                }

                if (chip is null)
                {
                    read.Fill(Floating);
                }
                else
                {
                    chip.Transfer(frame, write, read);
                }

                _time.AdvanceWithoutWaiting(frame.After(write.Length) - frame.StartNanoseconds, onBus: true);
            }
        }

        /// <summary>Runs the bytes of a transaction; <paramref name="end"/> is the time of its first acknowledge bit, then of its end.</summary>
        private static bool Run(II2cChip chip, long perByte, ReadOnlySpan<byte> write, Span<byte> read, ref long end)
        {
            bool writes = write.Length > 0 || read.Length == 0;
            if (writes)
            {
                if (!chip.Start(false, end))
                {
                    return false;
                }

                foreach (byte value in write)
                {
                    end += perByte;
                    if (!chip.Write(value, end))
                    {
                        return false;
                    }
                }

                if (read.Length == 0)
                {
                    return true;
                }

                end += perByte; // the repeated start's address
            }

            if (!chip.Start(true, end))
            {
                return false;
            }

            for (int i = 0; i < read.Length; i++)
            {
                read[i] = chip.Read(end);
                end += perByte;
            }

            return true;
        }

        private void Remember(object chip)
        {
            if (chip is VirtualChip virtualChip && !Chips.Contains(virtualChip))
            {
                Chips.Add(virtualChip);
            }
        }
    }
}

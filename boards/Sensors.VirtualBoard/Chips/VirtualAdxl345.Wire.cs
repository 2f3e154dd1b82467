using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <content>The two front ends: SPI frames, and I2C bytes behind a register pointer.</content>
    public sealed partial class VirtualAdxl345
    {
        private const int MaximumClockHz = 5_000_000;
        private const long MinimumGapNanoseconds = 150;
        private const byte ReadBit = 0x80, MultipleBit = 0x40, AddressMask = 0x3F;
        private const byte Floating = 0xFF;

        private long _lastRise = LongAgo;
        private int _pointer;
        private bool _pointerExpected;
        private bool _addressed;

        /// <inheritdoc/>
        public void Transfer(in SpiFrame frame, ReadOnlySpan<byte> mosi, Span<byte> miso)
        {
            long fall = frame.StartNanoseconds;
            long rise = frame.After(mosi.Length);
            if (Faults.MissesCall(fall))
            {
                miso.Fill(Floating);
                return;
            }

            if (fall - _lastRise < MinimumGapNanoseconds)
            {
                Violations.Add(fall, "chip select was high for less than 150 ns between two frames");
            }

            if (frame.ClockHz > MaximumClockHz)
            {
                Violations.Add(fall, "SPI clock of " + frame.ClockHz + " Hz; the limit is 5000000 Hz");
            }

            _lastRise = rise;
            if (frame.Mode != SpiMode.Mode3)
            {
                Violations.Add(fall, "SPI " + frame.Mode + "; the chip needs Mode3");
                Garble(miso);
                return;
            }

            RunFrame(frame, mosi, miso);
            EndDataRead(rise);
            if (Faults.StuckMiso is byte level)
            {
                miso.Fill(level);
            }
        }

        /// <inheritdoc/>
        public bool Start(bool read, long nanoseconds)
        {
            if (!_addressed && Faults.MissesCall(nanoseconds))
            {
                return false;
            }

            EndDataRead(nanoseconds);
            _addressed = true;
            _pointerExpected = !read;
            return true;
        }

        /// <inheritdoc/>
        public bool Write(byte value, long nanoseconds)
        {
            if (_pointerExpected)
            {
                _pointer = value & AddressMask;
                _pointerExpected = false;
            }
            else
            {
                WriteRegister(_pointer, value, nanoseconds);
                _pointer = (_pointer + 1) & AddressMask;
            }

            return true;
        }

        /// <inheritdoc/>
        public byte Read(long nanoseconds)
        {
            const long ByteNanoseconds = 20_000; // 8 bits at 400 kHz; only its being over 5 µs matters
            byte value = ReadRegister(_pointer, nanoseconds);
            if (_pointer == Adxl345Map.DataZ1)
            {
                EndDataRead(nanoseconds + ByteNanoseconds);
            }

            _pointer = (_pointer + 1) & AddressMask;
            return value;
        }

        /// <inheritdoc/>
        public void Stop(long nanoseconds)
        {
            EndDataRead(nanoseconds);
            _addressed = false;
        }

        private static void Garble(Span<byte> miso)
        {
            // Half a clock off, every bit is read while it changes; any fixed nonsense that is no valid answer will do.
            for (int i = 0; i < miso.Length; i++)
            {
                miso[i] = (byte)(0xA5 ^ (i * 29));
            }
        }

        private void RunFrame(in SpiFrame frame, ReadOnlySpan<byte> mosi, Span<byte> miso)
        {
            if (mosi.Length == 0)
            {
                return;
            }

            byte command = mosi[0]; // taken first: a controller may receive into the array it sends from
            bool read = (command & ReadBit) != 0;
            bool multiple = (command & MultipleBit) != 0;
            int register = command & AddressMask;
            miso[0] = Floating; // nothing is driven during the command byte
            bool outputWired = ((_registers[Adxl345Map.DataFormat] & Adxl345Map.ThreeWireSpi) != 0) == _options.ThreeWire;
            for (int i = 1; i < mosi.Length; i++)
            {
                byte sent = mosi[i];
                miso[i] = Floating;
                if (read)
                {
                    byte value = ReadRegister(register, frame.After(i));
                    miso[i] = outputWired ? value : Floating;
                }
                else
                {
                    WriteRegister(register, sent, frame.After(i + 1));
                }

                if (multiple)
                {
                    if (register == Adxl345Map.DataZ1)
                    {
                        EndDataRead(frame.After(i + 1));
                    }

                    register = (register + 1) & AddressMask;
                }
            }
        }
    }
}

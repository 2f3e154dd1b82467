using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>The wires of chips with numbered 8-bit registers: SPI frames with a command byte, I2C with a register pointer.</summary>
    /// <remarks>
    /// A chip names the wires it really has by declaring <see cref="ISpiChip"/>, <see cref="II2cChip"/> or both; the members here
    /// then serve them. Only such a chip can be wired there.
    /// </remarks>
    public abstract class VirtualByteChip : VirtualChip
    {
        /// <summary>A time long before any other.</summary>
        private protected const long LongAgo = long.MinValue / 2;

        private const byte Floating = 0xFF;
        private const int OpeningFrameBytes = 4;
        private const long I2cByteNanoseconds = 20_000; // 8 bits at 400 kHz

        private readonly SpiRules? _spi;
        private long _lastRise = LongAgo;
        private int _pointer;
        private bool _pointerMoves;
        private bool _pointerExpected;
        private bool _addressed;

        private protected VirtualByteChip(VirtualTime time, string name, SpiRules? spi)
            : base(time, name) => _spi = spi;

        /// <summary>Gets whether the chip holds the I2C clock low.</summary>
        public bool HoldsBus => Faults.HoldsBus;

        /// <summary>Gets whether the frame under way is the four zero bytes that an ESP32's driver clocks out when it opens a port.</summary>
        /// <remarks>What they write takes effect; that they write where nothing may be written is not the chip's user's fault.</remarks>
        private protected bool PortOpens { get; private set; }

        /// <summary>Gets whether the chip drives the SPI output; a chip set to three wires on a four-wire board does not.</summary>
        private protected virtual bool OutputWired => true;

        /// <summary>Takes one SPI frame.</summary>
        /// <param name="frame">When it began, its clock and mode.</param>
        /// <param name="mosi">What the controller sends.</param>
        /// <param name="miso">Receives what the chip drives; as long as <paramref name="mosi"/>.</param>
        public void Transfer(in SpiFrame frame, ReadOnlySpan<byte> mosi, Span<byte> miso)
        {
            SpiRules rules = _spi ?? throw new InvalidOperationException(Name + " has no SPI port.");
            long fall = frame.StartNanoseconds;
            long rise = frame.After(mosi.Length);
            if (Faults.MissesCall(fall))
            {
                miso.Fill(Floating);
                return;
            }

            if (fall - _lastRise < rules.MinimumGapNanoseconds)
            {
                Violations.Add(fall, $"chip select was high for less than {rules.MinimumGapNanoseconds} ns between two frames");
            }

            if (frame.ClockHz > rules.MaximumClockHz)
            {
                Violations.Add(fall, $"SPI clock of {frame.ClockHz} Hz; the limit is {rules.MaximumClockHz} Hz");
            }

            _lastRise = rise;
            if (!rules.Understands(frame.Mode))
            {
                Violations.Add(fall, $"SPI {frame.Mode}; the chip needs {rules.Mode}");
                Garble(miso);
                return;
            }

            PortOpens = mosi.Length == OpeningFrameBytes && mosi.IndexOfAnyExcept((byte)0) < 0;
            RunFrame(rules, frame, mosi, miso);
            PortOpens = false;
            EndTransaction(rise);
            if (Faults.StuckMiso is byte level)
            {
                miso.Fill(level);
            }
        }

        /// <summary>Takes an I2C start condition and the chip's own address.</summary>
        /// <param name="read">The direction bit.</param>
        /// <param name="nanoseconds">Virtual time at the acknowledge bit.</param>
        /// <returns>True when the chip acknowledges.</returns>
        public bool Start(bool read, long nanoseconds)
        {
            if (!_addressed && (Faults.MissesCall(nanoseconds) || IsDeaf(nanoseconds)))
            {
                return false;
            }

            EndTransaction(nanoseconds);
            _addressed = true;
            _pointerExpected = !read;
            return true;
        }

        /// <summary>Takes an I2C byte: the register pointer first, then data.</summary>
        /// <param name="value">The byte.</param>
        /// <param name="nanoseconds">Virtual time at the acknowledge bit.</param>
        /// <returns>True when the chip acknowledges.</returns>
        public bool Write(byte value, long nanoseconds)
        {
            if (_pointerExpected)
            {
                _pointer = DecodePointer(value, out _pointerMoves);
                _pointerExpected = false;
            }
            else
            {
                WriteRegister(_pointer, value, nanoseconds);
                MovePointer(nanoseconds);
            }

            return true;
        }

        /// <summary>Gives an I2C byte.</summary>
        /// <param name="nanoseconds">Virtual time at the first bit of the byte.</param>
        /// <returns>What the chip drives.</returns>
        public byte Read(long nanoseconds)
        {
            byte value = ReadRegister(_pointer, nanoseconds);
            MovePointer(nanoseconds + I2cByteNanoseconds);
            return value;
        }

        /// <summary>Takes an I2C stop condition.</summary>
        /// <param name="nanoseconds">Virtual time.</param>
        public void Stop(long nanoseconds)
        {
            EndTransaction(nanoseconds);
            _addressed = false;
        }

        private protected override void Reset(long nanoseconds)
        {
            _pointer = 0;
            _pointerMoves = true;
            _addressed = false;
        }

        /// <summary>Gives a register's byte, with the side effects of reading it.</summary>
        private protected abstract byte ReadRegister(int register, long nanoseconds);

        /// <summary>Takes a register's byte.</summary>
        private protected abstract void WriteRegister(int register, byte value, long nanoseconds);

        /// <summary>Tells which register follows another inside a transaction: the next number unless the chip wraps or stays.</summary>
        private protected abstract int NextRegister(int register);

        /// <summary>Takes I2C's pointer byte apart.</summary>
        private protected virtual int DecodePointer(byte value, out bool moves)
        {
            moves = true;
            return value;
        }

        /// <summary>Tells whether the chip is busy with something that keeps it from acknowledging its I2C address.</summary>
        private protected virtual bool IsDeaf(long nanoseconds) => false;

        /// <summary>Notes that the address has moved past a register within a transaction.</summary>
        private protected virtual void Passed(int register, long nanoseconds)
        {
        }

        /// <summary>Notes the end of a transaction: chip select rises, a stop or a repeated start.</summary>
        private protected virtual void EndTransaction(long nanoseconds)
        {
        }

        /// <summary>Notes a write of a register that the data sheet does not let be written.</summary>
        private protected void RefuseWrite(int register, byte value, long nanoseconds)
        {
            if (!PortOpens)
            {
                Violations.Add(nanoseconds, $"write of 0x{value:X2} to register 0x{register:X2}, which is read-only or reserved");
            }
        }

        /// <summary>Answers a read of a register that the data sheet does not define.</summary>
        /// <returns>0.</returns>
        private protected byte RefuseRead(int register, long nanoseconds)
        {
            Strays.Add(nanoseconds, $"read of register 0x{register:X2}, which the data sheet reserves");
            return 0;
        }

        private static void Garble(Span<byte> miso)
        {
            // Half a clock off, every bit is read while it changes; any fixed nonsense that is no valid answer will do.
            for (int i = 0; i < miso.Length; i++)
            {
                miso[i] = (byte)(0xA5 ^ (i * 29));
            }
        }

        private void MovePointer(long nanoseconds)
        {
            if (_pointerMoves)
            {
                Passed(_pointer, nanoseconds);
                _pointer = NextRegister(_pointer);
            }
        }

        private void RunFrame(SpiRules rules, in SpiFrame frame, ReadOnlySpan<byte> mosi, Span<byte> miso)
        {
            if (mosi.Length == 0)
            {
                return;
            }

            byte command = mosi[0]; // taken first: a controller may receive into the array it sends from
            bool read = ((command & rules.DirectionBit) != 0) == rules.DirectionBitReads;
            bool multiple = rules.MultipleBit == 0 || (command & rules.MultipleBit) != 0;
            int register = (command >> rules.AddressShift) & rules.AddressMask;
            miso[0] = Floating; // nothing is driven during the command byte
            for (int i = 1; i < mosi.Length; i++)
            {
                byte sent = mosi[i];
                miso[i] = Floating;
                if (read)
                {
                    byte value = ReadRegister(register, frame.After(i));
                    miso[i] = OutputWired ? value : Floating;
                }
                else
                {
                    WriteRegister(register, sent, frame.After(i + 1));
                }

                if (multiple)
                {
                    Passed(register, frame.After(i + 1));
                    register = NextRegister(register);
                }
            }
        }
    }
}

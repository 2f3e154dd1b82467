namespace Sensors.VirtualBoard
{
    /// <summary>The I2C side of chips with 16-bit registers behind a pointer byte, most significant byte first.</summary>
    /// <remarks>
    /// The pointer keeps its value between transactions. A register is read once, when its first byte goes out; further
    /// bytes repeat the pair. A write takes effect with its second byte; a single data byte is a violation and changes nothing.
    /// Chips with wider registers among them tell so by <see cref="BytesOf"/> and <see cref="ReadWide"/>.
    /// </remarks>
    public abstract class VirtualWordChip : VirtualChip, II2cChip
    {
        private int _pointer;
        private int _written;
        private byte _high;
        private ulong _latched;
        private int _width;
        private int _readBytes;
        private bool _addressed;

        private protected VirtualWordChip(VirtualTime time, string name)
            : base(time, name)
        {
        }

        /// <inheritdoc/>
        public bool HoldsBus => Faults.HoldsBus;

        /// <inheritdoc/>
        public bool Start(bool read, long nanoseconds)
        {
            if (!_addressed && (Faults.MissesCall(nanoseconds) || IsDeaf(nanoseconds)))
            {
                return false;
            }

            EndWrite(nanoseconds);
            _addressed = true;
            _readBytes = 0;
            return true;
        }

        /// <inheritdoc/>
        public bool Write(byte value, long nanoseconds)
        {
            switch (_written++)
            {
                case 0:
                    _pointer = value;
                    break;
                case 1:
                    _high = value;
                    break;
                case 2:
                    WriteWord(_pointer, (ushort)((_high << 8) | value), nanoseconds);
                    break;
                default:
                    Violations.Add(nanoseconds, $"more than two bytes written to register 0x{_pointer:X2}");
                    break;
            }

            return true;
        }

        /// <inheritdoc/>
        public byte Read(long nanoseconds)
        {
            if (_readBytes == 0)
            {
                _width = BytesOf(_pointer);
                _latched = ReadWide(_pointer, nanoseconds);
            }

            return (byte)(_latched >> (8 * (_width - 1 - (_readBytes++ % _width))));
        }

        /// <inheritdoc/>
        public void Stop(long nanoseconds)
        {
            EndWrite(nanoseconds);
            _addressed = false;
        }

        private protected override void Reset(long nanoseconds)
        {
            _pointer = 0;
            _written = 0;
            _addressed = false;
        }

        private protected virtual bool IsDeaf(long nanoseconds) => false;

        /// <summary>Tells how many bytes a register sends before it repeats.</summary>
        private protected virtual int BytesOf(int register) => 2;

        /// <summary>Reads a register of any width, right-justified.</summary>
        private protected virtual ulong ReadWide(int register, long nanoseconds) => ReadWord(register, nanoseconds);

        private protected abstract ushort ReadWord(int register, long nanoseconds);

        private protected abstract void WriteWord(int register, ushort value, long nanoseconds);

        private void EndWrite(long nanoseconds)
        {
            if (_written == 2)
            {
                Violations.Add(nanoseconds, $"a single byte written to the 16-bit register 0x{_pointer:X2}");
            }

            _written = 0;
        }
    }
}

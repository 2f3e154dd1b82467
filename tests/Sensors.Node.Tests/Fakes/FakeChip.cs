using System;
using Sensors.Drivers;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>A chip behind a register bus, with faults a test can choose. Each transfer takes a little time.</summary>
    internal abstract class FakeChip : RegisterBus
    {
        protected FakeChip(string name, TestClock clock)
            : base(name)
        {
            Clock = clock;
        }

        /// <summary>Gets or sets how many of the next transfers fail.</summary>
        public int FailNext { get; set; }

        /// <summary>Gets or sets how many transfers succeed before <see cref="FailNext"/> begins to count.</summary>
        public int FailAfter { get; set; }

        /// <summary>Gets or sets whether nobody answers.</summary>
        public bool Dead { get; set; }

        /// <summary>Gets or sets whether a failing chip only answers again once the bus was opened anew.</summary>
        public bool StuckUntilReopened { get; set; }

        /// <summary>Gets or sets whether the chip has stopped measuring.</summary>
        public bool Silent { get; set; }

        public int Reopens { get; private set; }

        protected TestClock Clock { get; }

        public override void Read(byte register, byte[] buffer, int count)
        {
            Transfer(register);
            for (int i = 0; i < count; i++)
            {
                buffer[i] = ReadByte((byte)(register + Step(i)), i);
            }
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            Transfer(register);
            Accept(register, count == 2 ? (buffer[0] << 8) | buffer[1] : buffer[0]);
        }

        public override void Reopen()
        {
            Reopens++;
            StuckUntilReopened = false;
        }

        public override void Close()
        {
        }

        /// <summary>Takes the supply away and gives it back: reset values.</summary>
        public abstract void BrownOut();

        protected abstract byte ReadByte(byte register, int index);

        protected abstract void Accept(byte register, int value);

        /// <summary>Tells how far register addresses advance with each byte of a burst; chips with 16-bit registers stay.</summary>
        protected abstract int Step(int index);

        private void Transfer(byte register)
        {
            Clock.Now += 20;
            bool fails = Dead || StuckUntilReopened;
            if (FailAfter > 0)
            {
                FailAfter--;
            }
            else if (FailNext > 0)
            {
                FailNext--;
                fails = true;
            }

            if (fails)
            {
                throw new BusException(Name, register, BusStatus.NotAcknowledged);
            }
        }
    }

    /// <summary>A chip with 16-bit registers, most significant byte first, and a conversion every cycle.</summary>
    internal abstract class FakeWordChip : FakeChip
    {
        private readonly int[] _words = new int[256];
        private readonly long _cycle;
        private readonly byte _flagRegister;
        private readonly int _flag;
        private long _seen; // conversions whose flag was cleared
        private long _startedAt;
        private int _word;

        protected FakeWordChip(string name, TestClock clock, long cycleMicroseconds, byte flagRegister, int flag)
            : base(name, clock)
        {
            _cycle = cycleMicroseconds;
            _flagRegister = flagRegister;
            _flag = flag;
        }

        public int[] Words => _words;

        protected void Restart()
        {
            _startedAt = Clock.Now;
            _seen = 0;
        }

        protected abstract int Value(byte register, int stored);

        protected override int Step(int index) => 0;

        protected override byte ReadByte(byte register, int index)
        {
            if (index == 0)
            {
                _word = Value(register, _words[register]);
                if (register == _flagRegister)
                {
                    long made = Silent ? _seen : (Clock.Now - _startedAt) / _cycle;
                    _word = made > _seen ? _word | _flag : _word & ~_flag;
                    _seen = made;
                }

                return (byte)(_word >> 8);
            }

            return (byte)_word;
        }

        protected override void Accept(byte register, int value) => _words[register] = value;
    }

    /// <summary>As much of a TMP117 as its source uses.</summary>
    internal sealed class FakeTmp117 : FakeWordChip
    {
        public FakeTmp117(TestClock clock)
            : base("I2C1 0x48", clock, 500000, 0x01, 0x2000)
        {
            BrownOut();
        }

        /// <summary>Gets or sets the temperature, in 1/128 °C.</summary>
        public short Digits { get; set; } = 25 * 128;

        public override void BrownOut()
        {
            Array.Clear(Words);
            Words[0x01] = 0x0220;
            Words[0x02] = 0x6000;
            Words[0x03] = 0x8000;
            Words[0x0F] = 0x0117;
            Restart();
        }

        protected override int Value(byte register, int stored) => register == 0x00 ? (ushort)Digits : stored;

        protected override void Accept(byte register, int value)
        {
            if (register == 0x01 && (value & 0x0002) != 0)
            {
                BrownOut(); // soft reset
                return;
            }

            base.Accept(register, value);
            if (register == 0x01)
            {
                Restart();
            }
        }
    }

    /// <summary>As much of an INA226 as its source uses.</summary>
    internal sealed class FakeIna226 : FakeWordChip
    {
        public FakeIna226(TestClock clock)
            : base("I2C1 0x40", clock, 2256, 0x06, 0x0008)
        {
            BrownOut();
        }

        /// <summary>Gets or sets the voltage over the shunt, in 2.5 µV.</summary>
        public short Shunt { get; set; } = 4000;

        public override void BrownOut()
        {
            Array.Clear(Words);
            Words[0x00] = 0x4127;
            Words[0xFE] = 0x5449;
            Words[0xFF] = 0x2260;
            Restart();
        }

        protected override int Value(byte register, int stored) => register == 0x01 || register == 0x04 ? (ushort)Shunt : stored;

        protected override void Accept(byte register, int value)
        {
            base.Accept(register, value);
            if (register == 0x00)
            {
                Restart();
            }
        }
    }

    /// <summary>As much of an ADXL345 as its source uses: 3,200 samples a second into a FIFO of 33.</summary>
    internal sealed class FakeAdxl345 : FakeChip
    {
        private readonly byte[] _registers = new byte[64];
        private readonly short[] _sample = new short[3];
        private long _startedAt;
        private long _read; // samples read or pushed out
        private long _silentAt = -1;

        public FakeAdxl345(TestClock clock, int slot)
            : base("SPI1 slot " + slot, clock)
        {
            BrownOut();
        }

        public override int LeadInMicroseconds => 5;

        /// <summary>Gets or sets the count all axes show at the peaks of a square wave of 16 samples.</summary>
        public short Amplitude { get; set; } = 256;

        public byte Identity { get; set; } = 0xE5;

        public override void BrownOut()
        {
            Array.Clear(_registers);
            _registers[0x2C] = 0x0A;
        }

        protected override int Step(int index) => index;

        protected override byte ReadByte(byte register, int index)
        {
            switch (register)
            {
                case 0x00:
                    return Identity;
                case 0x30:
                    return (byte)(Level() >= 33 ? 1 : 0);
                case 0x39:
                    return (byte)Level();
                case >= 0x32 and <= 0x37:
                    return Data(register - 0x32);
                default:
                    return _registers[register];
            }
        }

        protected override void Accept(byte register, int value)
        {
            _registers[register] = (byte)value;
            if (register == 0x2D || register == 0x38)
            {
                _startedAt = Clock.Now;
                _read = 0;
            }
        }

        private int Level()
        {
            if ((_registers[0x2D] & 0x08) == 0)
            {
                return 0;
            }

            if (!Silent)
            {
                _silentAt = -1;
            }
            else if (_silentAt < 0)
            {
                _silentAt = Clock.Now;
            }

            long made = ((_silentAt < 0 ? Clock.Now : _silentAt) - _startedAt) * 3200 / 1000000;
            if (made - _read > 33)
            {
                _read = made - 33; // the oldest were pushed out
            }

            return made > _read ? (int)(made - _read) : 0;
        }

        private byte Data(int index)
        {
            if (index == 0)
            {
                short value = (_read / 8) % 2 == 0 ? Amplitude : (short)-Amplitude;
                _sample[0] = value;
                _sample[1] = value;
                _sample[2] = value;
                _read++;
            }

            return (byte)(_sample[index / 2] >> (8 * (index & 1)));
        }
    }
}

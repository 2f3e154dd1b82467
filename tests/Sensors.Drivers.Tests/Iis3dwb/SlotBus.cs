using System;
using System.Collections.Generic;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    /// <summary>A FIFO of slots that a test fills by hand, with stamps that say what the test wants and a clock that stands still.</summary>
    internal sealed class SlotBus : RegisterBus
    {
        private readonly byte[] _registers = new byte[256];
        private readonly List<byte[]> _slots = [];
        private readonly StepClock _clock;

        public SlotBus(StepClock clock)
            : base("slots")
        {
            _clock = clock;
            _registers[0x0F] = 0x7B;
        }

        /// <summary>Gets or sets the flags of FIFO_STATUS2 that the next status read shows.</summary>
        public int Flags { get; set; }

        /// <summary>Gets or sets the microseconds a burst takes.</summary>
        public int BurstMicroseconds { get; set; }

        /// <summary>Gets or sets the timestamp's counts per 32 samples.</summary>
        public int CountsPerStamp { get; set; } = 96;

        /// <summary>Gets or sets the timestamp's count.</summary>
        public uint Counts { get; set; } = 0xFFFFFFB0; // runs over soon

        /// <summary>Gets the number of the next sample.</summary>
        public int Number { get; private set; }

        public int Level => _slots.Count;

        /// <summary>Makes samples, each 32nd behind a stamp; lost ones are made and thrown away.</summary>
        public void Make(int samples, bool lost = false)
        {
            for (int i = 0; i < samples; i++, Number++)
            {
                if (Number % 32 == 0)
                {
                    Counts += (uint)CountsPerStamp;
                    if (!lost)
                    {
                        AddStamp(Counts);
                    }
                }

                if (!lost)
                {
                    Add(2, Number, (Number & 0xFF) | ((Number >> 8) << 8), 0);
                }
            }
        }

        public void AddStamp(uint counts) => Add(4, 0, (int)(counts & 0xFFFF), (int)(counts >> 16));

        public void Add(int kind, int count, int x, int y)
        {
            int tag = (kind << 3) | ((count & 3) << 1);
            _slots.Add([(byte)(tag | (int.PopCount(tag) & 1)), (byte)x, (byte)(x >> 8), (byte)y, (byte)(y >> 8), 0, 0]);
        }

        public override void Read(byte register, byte[] buffer, int count)
        {
            for (int i = 0; i < count; i++)
            {
                buffer[i] = _registers[(register + i) & 0xFF];
            }

            if (register == 0x12)
            {
                buffer[0] &= 0xFE;
            }
            else if (register == 0x3A)
            {
                buffer[0] = (byte)_slots.Count;
                buffer[1] = (byte)((_slots.Count >> 8) | Flags);
                Flags = 0;
            }
            else if (register == 0x78)
            {
                for (int i = 0; i < count / 7; i++)
                {
                    _slots[i].CopyTo(buffer, 7 * i);
                }

                _slots.RemoveRange(0, count / 7);
                _clock.Now += BurstMicroseconds;
            }
        }

        public override void Write(byte register, byte[] buffer, int count)
        {
            Array.Copy(buffer, 0, _registers, register, count);
            if (register == 0x0A && buffer[0] == 0)
            {
                _slots.Clear();
            }
        }

        public override void Reopen()
        {
        }

        public override void Close()
        {
        }
    }
}

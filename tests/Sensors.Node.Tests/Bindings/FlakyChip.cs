using System;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Bindings
{
    /// <summary>What becomes of one transaction on its way to a chip.</summary>
    internal enum Wire
    {
        Good,
        Missed,
        BitTurned,
    }

    /// <summary>A chip behind a bad cable: a plan decides of each transaction, a test counts what it did.</summary>
    internal sealed class FlakyChip : II2cChip
    {
        private readonly II2cChip _chip;
        private bool _addressed;
        private Wire _fate;
        private int _turnAt;

        public FlakyChip(II2cChip chip) => _chip = chip;

        /// <summary>Gets or sets what becomes of transaction n, from 0.</summary>
        public Func<int, Wire> Plan { get; set; } = _ => Wire.Good;

        /// <summary>Gets or sets which byte of a read a turned bit is in.</summary>
        public int TurnedByte { get; set; } = 1;

        /// <summary>Gets or sets which bits of it turn over.</summary>
        public byte TurnedBits { get; set; } = 0x10;

        /// <summary>Gets how many transactions were begun.</summary>
        public int Transactions { get; private set; }

        /// <summary>Gets how many were missed or spoilt.</summary>
        public int Faults { get; private set; }

        public bool HoldsBus => _chip.HoldsBus;

        public void Wired(int address) => _chip.Wired(address);

        public void Overhear(int clockHz, long nanoseconds) => _chip.Overhear(clockHz, nanoseconds);

        public bool Start(bool read, long nanoseconds)
        {
            if (!_addressed)
            {
                _fate = Plan(Transactions++);
                Faults += _fate == Wire.Good ? 0 : 1;
                if (_fate == Wire.Missed)
                {
                    return false;
                }
            }

            _addressed = true;
            _turnAt = _fate == Wire.BitTurned ? TurnedByte : -1;
            return _chip.Start(read, nanoseconds);
        }

        public bool Write(byte value, long nanoseconds) => _chip.Write(value, nanoseconds);

        public byte Read(long nanoseconds)
        {
            byte value = _chip.Read(nanoseconds);
            return (byte)(_turnAt-- == 0 ? value ^ TurnedBits : value);
        }

        public void Stop(long nanoseconds)
        {
            _addressed = false;
            _chip.Stop(nanoseconds);
        }
    }
}

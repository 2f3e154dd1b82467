namespace Sensors.VirtualBoard
{
    /// <summary>The FIFO of an ADXL345: 32 levels and the output stage, entries of X, Y, Z (data sheet Rev. E, "FIFO").</summary>
    internal sealed class Adxl345Fifo
    {
        /// <summary>Entries it can hold: 32 levels and one in the output stage, so FIFO_STATUS can reach 33.</summary>
        public const int Capacity = 33;

        private readonly short[] _entries = new short[3 * Capacity];
        private int _first;

        public int Count { get; private set; }

        public void Clear() => Count = 0;

        /// <summary>Adds an entry; a full FIFO drops its oldest first.</summary>
        /// <returns>True when an entry was dropped.</returns>
        public bool Push(short x, short y, short z)
        {
            bool drops = Count == Capacity;
            if (drops)
            {
                DropOldest();
            }

            int at = 3 * ((_first + Count) % Capacity);
            _entries[at] = x;
            _entries[at + 1] = y;
            _entries[at + 2] = z;
            Count++;
            return drops;
        }

        public void DropOldest()
        {
            _first = (_first + 1) % Capacity;
            Count--;
        }

        public void Pop(short[] xyz)
        {
            int at = 3 * _first;
            xyz[0] = _entries[at];
            xyz[1] = _entries[at + 1];
            xyz[2] = _entries[at + 2];
            DropOldest();
        }
    }
}

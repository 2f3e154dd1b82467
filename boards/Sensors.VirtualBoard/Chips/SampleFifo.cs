using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A FIFO of entries of X, Y, Z that drops its oldest when it is full.</summary>
    internal sealed class SampleFifo
    {
        private readonly int[] _entries;
        private int _first;

        public SampleFifo(int capacity)
        {
            Capacity = capacity;
            _entries = new int[3 * capacity];
        }

        /// <summary>Gets the entries it can hold.</summary>
        public int Capacity { get; }

        public int Count { get; private set; }

        public void Clear() => Count = 0;

        /// <summary>Adds an entry; a full FIFO drops its oldest first.</summary>
        /// <returns>True when an entry was dropped.</returns>
        public bool Push(ReadOnlySpan<int> xyz)
        {
            bool drops = Count == Capacity;
            if (drops)
            {
                DropOldest();
            }

            xyz.CopyTo(_entries.AsSpan(3 * ((_first + Count) % Capacity), 3));
            Count++;
            return drops;
        }

        public void DropOldest()
        {
            _first = (_first + 1) % Capacity;
            Count--;
        }

        /// <summary>Gives the oldest entry and leaves it where it is.</summary>
        public ReadOnlySpan<int> Peek() => _entries.AsSpan(3 * _first, 3);

        public void Pop(Span<int> xyz)
        {
            Peek().CopyTo(xyz);
            DropOldest();
        }
    }
}

using System;

namespace Sensors.Node
{
    /// <summary>What the journal keeps in memory of its segments, oldest first: 22 bytes of each.</summary>
    internal sealed class JournalIndex
    {
        /// <summary>The generation of a segment that is not sound, and left alone until it is delivered.</summary>
        public const int Unsound = 255;

        private int[] _low;
        private int[] _high;
        private long[] _epochs;
        private short[] _sizes;
        private short[] _counts;
        private byte[] _generations;
        private bool[] _stuck;

        /// <summary>Makes it.</summary>
        /// <param name="most">The most segments.</param>
        public JournalIndex(int most)
        {
            Make(most);
        }

        /// <summary>Gets how many segments there are.</summary>
        public int Count { get; private set; }

        /// <summary>Gets how many of them are sound.</summary>
        public int Sound
        {
            get
            {
                int sound = 0;
                for (int i = 0; i < Count; i++)
                {
                    if (_generations[i] != Unsound) { sound++; }
                }

                return sound;
            }
        }

        /// <summary>Gets how many records are in all of them.</summary>
        public int Records { get; private set; }

        /// <summary>Gets their bytes.</summary>
        public int Bytes { get; private set; }

        /// <summary>Tells the first order a segment stands for.</summary>
        public int Low(int index)
        {
            return _low[index];
        }

        /// <summary>Tells the last order a segment stands for.</summary>
        public int High(int index)
        {
            return _high[index];
        }

        /// <summary>Tells the epoch of a segment's first section.</summary>
        public long Epoch(int index)
        {
            return _epochs[index];
        }

        /// <summary>Tells the bytes of a segment that count.</summary>
        public int Size(int index)
        {
            return _sizes[index];
        }

        /// <summary>Tells the records of a segment.</summary>
        public int RecordsOf(int index)
        {
            return _counts[index];
        }

        /// <summary>Tells how often a segment was thinned.</summary>
        public int Generation(int index)
        {
            return _generations[index];
        }

        /// <summary>Tells whether a segment cannot be merged with the one behind it.</summary>
        public bool IsStuck(int index)
        {
            return _stuck[index];
        }

        /// <summary>Notes that a segment cannot be merged with the one behind it.</summary>
        public void Stick(int index)
        {
            _stuck[index] = true;
        }

        /// <summary>Tells whether there is a segment of these orders.</summary>
        public bool Has(int low, int high)
        {
            for (int i = 0; i < Count; i++)
            {
                if (_low[i] == low && _high[i] == high) { return true; }
            }

            return false;
        }

        /// <summary>Makes a segment's name.</summary>
        public string Name(int index)
        {
            return JournalForm.Name(_low[index], _high[index], _epochs[index]);
        }

        /// <summary>Empties it, and makes room.</summary>
        public void Clear(int most)
        {
            if (most > _low.Length) { Make(most); }
            Count = 0;
            Records = 0;
            Bytes = 0;
        }

        /// <summary>Puts a segment in its place: by first order, of the same the wider one first.</summary>
        /// <returns>Where it stands.</returns>
        public int Insert(int low, int high, long epoch)
        {
            if (Count == _low.Length) { Grow(); }
            int at = Count++;
            while (at > 0 && (_low[at - 1] > low || (_low[at - 1] == low && _high[at - 1] < high)))
            {
                Copy(at - 1, at);
                at--;
            }

            _low[at] = low;
            _high[at] = high;
            _epochs[at] = epoch;
            _sizes[at] = 0;
            _counts[at] = 0;
            _generations[at] = 0;
            _stuck[at] = false;
            return at;
        }

        /// <summary>Notes what is in a segment.</summary>
        public void Set(int index, int size, int records, int generation)
        {
            Bytes += size - _sizes[index];
            Records += records - _counts[index];
            _sizes[index] = (short)size;
            _counts[index] = (short)records;
            _generations[index] = (byte)generation;
            _stuck[index] = false;
            if (index > 0) { _stuck[index - 1] = false; }
        }

        /// <summary>Takes a segment out.</summary>
        public void Remove(int index)
        {
            Set(index, 0, 0, 0);
            Count--;
            for (int i = index; i < Count; i++) { Copy(i + 1, i); }
        }

        private void Copy(int from, int to)
        {
            _low[to] = _low[from];
            _high[to] = _high[from];
            _epochs[to] = _epochs[from];
            _sizes[to] = _sizes[from];
            _counts[to] = _counts[from];
            _generations[to] = _generations[from];
            _stuck[to] = _stuck[from];
        }

        private void Make(int most)
        {
            _low = new int[most];
            _high = new int[most];
            _epochs = new long[most];
            _sizes = new short[most];
            _counts = new short[most];
            _generations = new byte[most];
            _stuck = new bool[most];
        }

        private void Grow()
        {
            int[] low = _low;
            int[] high = _high;
            long[] epochs = _epochs;
            short[] sizes = _sizes;
            short[] counts = _counts;
            byte[] generations = _generations;
            bool[] stuck = _stuck;
            Make(low.Length + 8);
            Array.Copy(low, 0, _low, 0, low.Length);
            Array.Copy(high, 0, _high, 0, low.Length);
            Array.Copy(epochs, 0, _epochs, 0, low.Length);
            Array.Copy(sizes, 0, _sizes, 0, low.Length);
            Array.Copy(counts, 0, _counts, 0, low.Length);
            Array.Copy(generations, 0, _generations, 0, low.Length);
            Array.Copy(stuck, 0, _stuck, 0, low.Length);
        }
    }
}

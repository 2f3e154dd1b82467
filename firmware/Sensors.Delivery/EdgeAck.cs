using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What the edge says it has stored of one epoch: everything up to a number, and ranges above it. Gap records count as stored.</summary>
    public sealed class EdgeAck
    {
        /// <summary>The most ranges that are kept; an edge that has more says so again later.</summary>
        public const int MostRanges = 16;

        private readonly long[] _from = new long[MostRanges];
        private readonly long[] _to = new long[MostRanges];
        private int _count;

        /// <summary>Gets the epoch; 0 before the first.</summary>
        public long Epoch { [HotPath] get; private set; }

        /// <summary>Gets the number up to which all is stored.</summary>
        public long UpTo { [HotPath] get; private set; }

        /// <summary>Begins what an edge says.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="upTo">All up to here is stored.</param>
        [HotPath]
        public void Begin(long epoch, long upTo)
        {
            Epoch = epoch;
            UpTo = upTo;
            _count = 0;
        }

        /// <summary>Adds a range; what does not fit is left out.</summary>
        /// <param name="from">First number.</param>
        /// <param name="to">Last number.</param>
        [HotPath]
        public void Add(long from, long to)
        {
            if (_count < MostRanges)
            {
                _from[_count] = from;
                _to[_count] = to;
                _count++;
            }
        }

        /// <summary>Ends what an edge says, whose ranges were added before the rest was known.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="upTo">All up to here is stored.</param>
        [HotPath]
        internal void End(long epoch, long upTo)
        {
            Epoch = epoch;
            UpTo = upTo;
        }

        /// <summary>Takes over what another says.</summary>
        /// <param name="other">The other.</param>
        [HotPath]
        public void CopyFrom(EdgeAck other)
        {
            Begin(other.Epoch, other.UpTo);
            for (int i = 0; i < other._count; i++)
            {
                Add(other._from[i], other._to[i]);
            }
        }

        /// <summary>Tells whether all numbers from one to another are stored.</summary>
        /// <param name="epoch">Their epoch.</param>
        /// <param name="from">First number.</param>
        /// <param name="to">Last number.</param>
        /// <returns>False also for another epoch.</returns>
        [HotPath]
        public bool Covers(long epoch, long from, long to)
        {
            return EndOf(epoch, from, to) != 0;
        }

        /// <summary>Tells whether all numbers from one to another are stored, by a statement that ends somewhere.</summary>
        /// <param name="epoch">Their epoch.</param>
        /// <param name="from">First number.</param>
        /// <param name="to">Last number.</param>
        /// <returns>False also for another epoch, and where an epoch was closed without knowing its last number: that says nothing of a number that
        /// was never sent.</returns>
        [HotPath]
        public bool Has(long epoch, long from, long to)
        {
            long end = EndOf(epoch, from, to);
            return end != 0 && end < Gap.NoEnd;
        }

        /// <summary>Counts the numbers of a stretch that are stored.</summary>
        /// <param name="epoch">Their epoch.</param>
        /// <param name="from">First number, from 1.</param>
        /// <param name="to">Last number.</param>
        /// <returns>0 and up; 0 for another epoch.</returns>
        public long CountWithin(long epoch, long from, long to)
        {
            if (epoch != Epoch)
            {
                return 0;
            }

            long count = Common(1, UpTo, from, to);
            for (int i = 0; i < _count; i++)
            {
                count += Common(_from[i] > UpTo ? _from[i] : UpTo + 1, _to[i], from, to);
            }

            return count;
        }

        private static long Common(long from, long to, long otherFrom, long otherTo)
        {
            long first = from > otherFrom ? from : otherFrom;
            long last = to < otherTo ? to : otherTo;
            return last < first ? 0 : last - first + 1;
        }

        // Where the range ends that holds all these numbers; 0 for none.
        [HotPath]
        private long EndOf(long epoch, long from, long to)
        {
            if (epoch != Epoch)
            {
                return 0;
            }

            if (to <= UpTo)
            {
                return UpTo;
            }

            long first = from > UpTo ? from : UpTo + 1;
            for (int i = 0; i < _count; i++)
            {
                if (_from[i] <= first && to <= _to[i])
                {
                    return _to[i];
                }
            }

            return 0;
        }
    }
}

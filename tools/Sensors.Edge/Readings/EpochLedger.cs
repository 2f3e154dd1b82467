using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Edge
{
    /// <summary>The account of one epoch of one node.</summary>
    public sealed class EpochLedger
    {
        private readonly RangeSet _came = new();
        private readonly RangeSet _settled = new(); // what came, and what a gap record gives up

        internal EpochLedger(long epoch, long first)
        {
            Epoch = epoch;
            First = first;
            Next = first;
        }

        /// <summary>Gets the epoch.</summary>
        public long Epoch { get; }

        /// <summary>Gets the first sequence that is expected: 1, or the first one heard by one who joined midway.</summary>
        public long First { get; }

        /// <summary>Gets the sequence expected next: one above the highest that came.</summary>
        public long Next { get; private set; }

        /// <summary>Gets how many different readings came.</summary>
        public long Received { get; private set; }

        /// <summary>Gets how many readings came again.</summary>
        public long Duplicates { get; private set; }

        /// <summary>Gets how many readings came after later ones.</summary>
        public long Late { get; private set; }

        /// <summary>Gets how many readings between <see cref="First"/> and <see cref="Next"/> neither came nor are given up by a gap record.</summary>
        public long Missing => Gaps().Sum(gap => gap.Count);

        /// <summary>Gets how many readings between <see cref="First"/> and <see cref="Next"/> gap records give up.</summary>
        public long Lost => _came.Holes(First, Next - 1).Sum(gap => gap.Count) - Missing;

        /// <summary>Lists the readings between <see cref="First"/> and <see cref="Next"/> that neither came nor are given up by a gap record.</summary>
        /// <returns>Gaps, ascending.</returns>
        public IReadOnlyList<SequenceRange> Gaps() => _settled.Holes(First, Next - 1).ToList();

        internal SequenceVerdict Enter(long sequence)
        {
            if (!_came.Add(sequence))
            {
                Duplicates++;
                return SequenceVerdict.Duplicate;
            }

            Received++;
            bool follows = sequence <= Next || _settled.Contains(Next, sequence - 1);
            _settled.Add(sequence);
            if (sequence < Next)
            {
                Late++;
                return SequenceVerdict.Late;
            }

            Next = sequence + 1;
            return follows ? SequenceVerdict.Next : SequenceVerdict.Ahead;
        }

        internal void GiveUp(SequenceRange range) => _settled.Add(range.From, range.To);
    }
}

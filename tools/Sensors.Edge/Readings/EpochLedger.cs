using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>The account of one epoch of one node.</summary>
    public sealed class EpochLedger
    {
        private readonly List<Run> _runs = new(); // what came: apart from each other, ascending

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

        /// <summary>Gets how many readings between <see cref="First"/> and <see cref="Next"/> did not come.</summary>
        public long Missing
        {
            get
            {
                long missing = 0;
                foreach (SequenceGap gap in Gaps()) { missing += gap.Count; }
                return missing;
            }
        }

        /// <summary>Lists the readings between <see cref="First"/> and <see cref="Next"/> that did not come.</summary>
        /// <returns>Gaps, ascending.</returns>
        public IReadOnlyList<SequenceGap> Gaps()
        {
            var gaps = new List<SequenceGap>();
            long expected = First;
            foreach (Run run in _runs)
            {
                if (run.From > expected) { gaps.Add(new SequenceGap(expected, run.From - 1)); }
                expected = Math.Max(expected, run.To + 1);
            }

            return gaps;
        }

        internal SequenceVerdict Enter(long sequence)
        {
            int after = FirstRunAbove(sequence); // the run before it begins below or at the sequence
            bool hasRunBefore = after > 0;
            if (hasRunBefore && _runs[after - 1].To >= sequence)
            {
                Duplicates++;
                return SequenceVerdict.Duplicate;
            }

            bool joinsBefore = hasRunBefore && _runs[after - 1].To == sequence - 1;
            bool joinsAfter = after < _runs.Count && _runs[after].From == sequence + 1;
            if (joinsBefore && joinsAfter)
            {
                _runs[after - 1] = new Run(_runs[after - 1].From, _runs[after].To);
                _runs.RemoveAt(after);
            }
            else if (joinsBefore)
            {
                _runs[after - 1] = new Run(_runs[after - 1].From, sequence);
            }
            else if (joinsAfter)
            {
                _runs[after] = new Run(sequence, _runs[after].To);
            }
            else
            {
                _runs.Insert(after, new Run(sequence, sequence));
            }

            Received++;
            if (sequence < Next)
            {
                Late++;
                return SequenceVerdict.Late;
            }

            bool isNext = sequence == Next;
            Next = sequence + 1;
            return isNext ? SequenceVerdict.Next : SequenceVerdict.Ahead;
        }

        // Index of the first run that begins above the sequence.
        private int FirstRunAbove(long sequence)
        {
            int low = 0;
            int high = _runs.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_runs[middle].From <= sequence) { low = middle + 1; } else { high = middle; }
            }

            return low;
        }

        private readonly record struct Run(long From, long To);
    }
}

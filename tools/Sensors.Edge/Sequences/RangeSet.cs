using System;
using System.Collections;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>A set of numbers, kept as the ranges it consists of: small as long as few numbers are missing between others.</summary>
    internal sealed class RangeSet : IReadOnlyList<SequenceRange>
    {
        private readonly List<SequenceRange> _ranges = []; // ascending; no two touch

        /// <summary>Gets how many ranges there are.</summary>
        public int Count => _ranges.Count;

        /// <summary>Gets the end of the range that begins at 1; 0 when there is none.</summary>
        public long UpTo => _ranges.Count > 0 && _ranges[0].From == 1 ? _ranges[0].To : 0;

        /// <summary>Gets a range; they ascend, and do not touch each other.</summary>
        public SequenceRange this[int index] => _ranges[index];

        /// <summary>Adds a number.</summary>
        /// <returns>False when it is there already.</returns>
        public bool Add(long number)
        {
            int last = _ranges.Count - 1;
            if (last >= 0 && _ranges[last].To == number - 1) // nearly always
            {
                _ranges[last] = _ranges[last] with { To = number };
                return true;
            }

            return Add(number, number) > 0;
        }

        /// <summary>Adds all numbers of a range.</summary>
        /// <returns>How many of them were not there.</returns>
        public long Add(long from, long to)
        {
            int begin = FirstEndingAtOrAbove(from - 1); // what it touches or overlaps begins here
            int end = begin;
            long there = 0;
            long low = from;
            long high = to;
            for (; end < _ranges.Count && _ranges[end].From <= to + 1; end++)
            {
                SequenceRange each = _ranges[end];
                there += Math.Max(0, Math.Min(each.To, to) - Math.Max(each.From, from) + 1);
                low = Math.Min(low, each.From);
                high = Math.Max(high, each.To);
            }

            var joined = new SequenceRange(low, high);
            if (begin == end)
            {
                _ranges.Insert(begin, joined);
            }
            else
            {
                _ranges[begin] = joined;
                _ranges.RemoveRange(begin + 1, end - begin - 1);
            }

            return to - from + 1 - there;
        }

        /// <summary>Tells whether a number is there.</summary>
        public bool Contains(long number) => IndexOf(number) >= 0;

        /// <summary>Tells whether all numbers of a range are there.</summary>
        public bool Contains(long from, long to)
        {
            int at = IndexOf(from);
            return at >= 0 && _ranges[at].To >= to;
        }

        /// <summary>Finds the range that holds a number.</summary>
        /// <returns>Its index, -1 when none does.</returns>
        public int IndexOf(long number)
        {
            int at = FirstEndingAtOrAbove(number);
            return at < _ranges.Count && _ranges[at].From <= number ? at : -1;
        }

        /// <summary>Lists what is not there.</summary>
        /// <param name="from">The first number that counts.</param>
        /// <param name="to">The last number that counts.</param>
        public IEnumerable<SequenceRange> Holes(long from, long to)
        {
            long expected = from;
            for (int i = FirstEndingAtOrAbove(from); i < _ranges.Count && _ranges[i].From <= to; i++)
            {
                if (_ranges[i].From > expected) { yield return new SequenceRange(expected, _ranges[i].From - 1); }
                expected = _ranges[i].To + 1;
            }

            if (expected <= to) { yield return new SequenceRange(expected, to); }
        }

        /// <inheritdoc/>
        public IEnumerator<SequenceRange> GetEnumerator() => _ranges.GetEnumerator();

        /// <inheritdoc/>
        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private int FirstEndingAtOrAbove(long number)
        {
            int low = 0;
            int high = _ranges.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (_ranges[middle].To < number) { low = middle + 1; } else { high = middle; }
            }

            return low;
        }
    }
}

using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Mean, mean squares and extremes of raw counts, exact, in one pass. Made once and used again; one thread at a time.</summary>
    /// <remarks>
    /// <para>
    /// Counts are integers, so their sums are exact in a long, whatever offset gravity or a converter puts on them: nothing cancels,
    /// as it does in one-pass float, and no second pass over the samples is needed to subtract the mean. The device and a PC
    /// compute the same bits.
    /// </para>
    /// <para>
    /// With c = the mean cut to an integer: sum (x - c)^2 = sum x^2 - 2 c sum x + n c^2 is exact too (each term below 2^63 for any
    /// array), and the variance = that / n - (mean - c)^2, where the second term is below 1 count^2.
    /// </para>
    /// </remarks>
    internal sealed class CountMoments
    {
        private long _sum;
        private long _squares;

        /// <summary>Gets how many values were taken.</summary>
        internal int Count { get; private set; }

        /// <summary>Gets the smallest count; 0 without values.</summary>
        internal int Smallest { get; private set; }

        /// <summary>Gets the largest count; 0 without values.</summary>
        internal int Largest { get; private set; }

        /// <summary>Takes every <paramref name="stride"/>-th count of an array, in place of what was taken before.</summary>
        /// <param name="counts">Holds the counts.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="stride">Distance of two, 1 or more.</param>
        /// <param name="count">How many, 0 or more.</param>
        [HotPath]
        internal void Take(short[] counts, int first, int stride, int count)
        {
            long sum = 0;
            long squares = 0;
            int smallest = short.MaxValue;
            int largest = short.MinValue;
            int end = first + count * stride;
            for (int i = first; i < end; i += stride)
            {
                int x = counts[i];
                sum += x;
                squares += x * x;
                if (x < smallest) { smallest = x; }
                if (x > largest) { largest = x; }
            }

            _sum = sum;
            _squares = squares;
            Count = count;
            Smallest = count > 0 ? smallest : 0;
            Largest = count > 0 ? largest : 0;
        }

        /// <summary>Gives the mean, in counts; 0 without values.</summary>
        [HotPath]
        internal double Mean()
        {
            return Count > 0 ? (double)_sum / Count : 0;
        }

        /// <summary>Gives the mean of the squares, in counts squared; 0 without values.</summary>
        [HotPath]
        internal double MeanSquare()
        {
            return Count > 0 ? (double)_squares / Count : 0;
        }

        /// <summary>Gives the population variance, in counts squared: exactly 0 where all values are the same.</summary>
        [HotPath]
        internal double Variance()
        {
            if (Count == 0 || Smallest == Largest) { return 0; }

            long centre = _sum / Count;
            long aboutCentre = _squares - 2 * centre * _sum + Count * centre * centre;
            double rest = (double)(_sum - centre * Count) / Count;
            return (double)aboutCentre / Count - rest * rest;
        }
    }
}

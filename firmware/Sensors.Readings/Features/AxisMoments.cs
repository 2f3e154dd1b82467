using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Mean, central moments to the fourth and extremes of raw counts, in one pass. Made once and used again; one thread at a time.</summary>
    /// <remarks>
    /// <para>
    /// Powers are summed about a count of the block and moved to the mean afterwards. That cancels less than one fears: for any member c of n
    /// values, (c - mean)² is at most n times the variance, so at 16,384 samples the fourth moment loses at most nine of double's sixteen digits, in the worst
    /// case there is (one spike, taken for the centre), and none that count in any other. The middle of eight members is taken, to be further from that case.
    /// </para>
    /// <para>
    /// Sums of first and second powers are exact: integers below 2^53. Fourth powers in 64-bit integers would overflow at 4,096 samples from
    /// 6,888 counts on; in double they cannot, and the interpreter takes no longer.
    /// </para>
    /// </remarks>
    internal sealed class AxisMoments
    {
        private const int Members = 8;

        /// <summary>Gets how many values were taken.</summary>
        internal int Count { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the smallest count; 0 without values.</summary>
        internal int Smallest { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the largest count; 0 without values.</summary>
        internal int Largest { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the mean, in counts; 0 without values.</summary>
        internal double Mean { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the population variance, in counts squared: exactly 0 where all values are the same.</summary>
        internal double Variance { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the third central moment, in counts cubed.</summary>
        internal double Third { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the fourth central moment, in counts to the fourth.</summary>
        internal double Fourth { [HotPath] get; [HotPath] private set; }

        /// <summary>Takes every <paramref name="stride"/>-th count of an array, in place of what was taken before.</summary>
        /// <param name="counts">Holds the counts.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="stride">Distance of two, 1 or more.</param>
        /// <param name="count">How many, 0 or more.</param>
        [HotPath]
        internal void Take(short[] counts, int first, int stride, int count)
        {
            Count = count;
            Smallest = 0;
            Largest = 0;
            Mean = 0;
            Variance = 0;
            Third = 0;
            Fourth = 0;
            if (count <= 0) { return; }

            int centre = Centre(counts, first, stride, count);
            double sum1 = 0;
            double sum2 = 0;
            double sum3 = 0;
            double sum4 = 0;
            int smallest = centre;
            int largest = centre;
            int i = first;
            int end = first + count * stride;
            if ((count & 1) != 0)
            {
                smallest = counts[i];
                largest = smallest;
                double d = smallest - centre;
                double square = d * d;
                sum1 = d;
                sum2 = square;
                sum3 = square * d;
                sum4 = square * square;
                i += stride;
            }
            else
            {
                smallest = short.MaxValue;
                largest = short.MinValue;
            }

            // Two at a time: half the jumps, and three comparisons where there were four.
            int two = 2 * stride;
            while (i < end)
            {
                int a = counts[i];
                int b = counts[i + stride];
                i += two;
                if (a < b)
                {
                    if (a < smallest) { smallest = a; }
                    if (b > largest) { largest = b; }
                }
                else
                {
                    if (b < smallest) { smallest = b; }
                    if (a > largest) { largest = a; }
                }

                double d = a - centre;
                double square = d * d;
                sum1 += d;
                sum2 += square;
                sum3 += square * d;
                sum4 += square * square;
                d = b - centre;
                square = d * d;
                sum1 += d;
                sum2 += square;
                sum3 += square * d;
                sum4 += square * square;
            }

            Smallest = smallest;
            Largest = largest;
            double n = count;
            double off = sum1 / n;
            Mean = centre + off;
            if (smallest == largest) { return; }

            // Moments about the centre to moments about the mean.
            double second = sum2 / n;
            double third = sum3 / n;
            double square1 = off * off;
            Variance = second - square1;
            Third = third - 3 * off * second + 2 * off * square1;
            Fourth = sum4 / n - 4 * off * third + 6 * square1 * second - 3 * square1 * square1;
        }

        [HotPath]
        private static int Centre(short[] counts, int first, int stride, int count)
        {
            int apart = count / Members;
            if (apart == 0) { return counts[first]; }

            int sum = 0;
            for (int i = 0; i < Members; i++) { sum += counts[first + i * apart * stride]; }
            return sum / Members;
        }
    }
}

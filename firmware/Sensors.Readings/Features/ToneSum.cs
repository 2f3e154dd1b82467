using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The sum of x[n] exp(-i a (n - (N - 1) / 2)): how much of one frequency is in a window. Made once; one thread at a time.</summary>
    /// <remarks>
    /// Goertzel's recursion, s = x + 2 cos(a) s' - s'', needs one product a sample. In double its error is that of N roundings
    /// times 1 / a: some 1e-11 at 50 Hz of 12,800 samples a second. Time counts from the middle of the window: there, cosines and sines
    /// are even and odd, and the normal equations of a fit fall apart into two.
    /// </remarks>
    internal sealed class ToneSum
    {
        /// <summary>Gets the real part, the sum of x cos.</summary>
        internal double Real { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the imaginary part, less the sum of x sin.</summary>
        internal double Imaginary { [HotPath] get; [HotPath] private set; }

        /// <summary>Sums over a window.</summary>
        /// <param name="samples">Holds the samples.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <param name="angle">Radians a sample, above 0 and below pi.</param>
        [HotPath]
        internal void Take(float[] samples, int offset, int count, double angle)
        {
            double factor = 2 * Math.Cos(angle);
            double last = 0;
            double before = 0;
            int end = offset + count;
            int i = offset;
            if ((count & 1) != 0)
            {
                last = samples[i];
                i++;
            }

            for (; i < end; i += 2)
            {
                // Two steps, so that nothing has to be moved between them.
                before = samples[i] + (factor * last) - before;
                last = samples[i + 1] + (factor * before) - last;
            }

            // last - before exp(-i a) is the sum of x exp(i a (N - 1 - n)); half of that turn goes back.
            double real = last - (before * factor / 2);
            double imaginary = before * Math.Sin(angle);
            double back = angle * (count - 1) / 2;
            double cosine = Math.Cos(back);
            double sine = Math.Sin(back);
            Real = (real * cosine) + (imaginary * sine);
            Imaginary = (imaginary * cosine) - (real * sine);
        }

        /// <summary>Gives the same sum of a 1 at every sample: sin(a N / 2) / sin(a / 2), N where a is 0.</summary>
        /// <param name="angle">Radians a sample, of either sign, less than two turns.</param>
        /// <param name="count">Samples.</param>
        [HotPath]
        internal static double OfOnes(double angle, int count)
        {
            double below = Math.Sin(angle / 2);
            return below < 1e-12 && below > -1e-12 ? count : Math.Sin(angle * count / 2) / below;
        }
    }
}

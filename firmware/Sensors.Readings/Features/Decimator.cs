using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Low-pass and decimation of one axis of counts: what a fast chip gives, at a rate that suits velocity and the orders of a shaft.</summary>
    /// <remarks>
    /// <para>
    /// Symmetric, so linear in phase; nine periods of the output long. Flat within 0.06 % up to 0.3 of the output's rate, and 64 dB down where what is there would fold
    /// onto those frequencies (62 dB at a factor of 3; 0.09 % and 58 dB at 2): 26.7 kHz by 7 or 8 is good up to 1,000 Hz, and from there on up to half the output's rate nothing is
    /// promised. Beyond the ends of the samples there is their mean.
    /// </para>
    /// <para>
    /// A filter of nine periods costs nine multiplications a sample. This one is a polynomial of the fourth degree within each period, so
    /// that all it needs of the samples of a period are five moments, sums of t^k x with k from 0 to 4 and t from -1/2 to 1/2, and these come from
    /// five additions a sample: sums of sums. Each period's moments are then weighed into nine outputs. Some 6 passes a sample.
    /// </para>
    /// <para>
    /// The weights were found by least squares whose own weights follow the error (Lawson's method), for factors of 5, 7 and 8 at once;
    /// <c>DecimatorTests</c> holds the response of every factor. Only the moments know the factor.
    /// </para>
    /// </remarks>
    public static class Decimator
    {
        /// <summary>The least reduction.</summary>
        public const int Least = 2;

        /// <summary>The largest reduction: the sums stay below 2^31.</summary>
        public const int Most = 16;

        /// <summary>The part of the output's rate up to which its spectrum is right.</summary>
        public const float FlatPart = 0.3f;

        private const int Reach = 4; // periods on each side of an output's own

        // Weights of the moments of a period 0 to 4 periods after the output's own. For those before it the odd moments' weights change their sign.
        private const float Centre0 = 0.9890647f, Centre2 = -1.420284f, Centre4 = 0.4163212f;
        private const float First0 = 0.009857857f, First1 = -0.8788807f, First2 = 0.7905039f, First3 = 0.3867933f, First4 = -0.2761101f;
        private const float Second0 = -0.00715842f, Second1 = 0.2930859f, Second2 = -0.08160104f, Second3 = -0.279406f, Second4 = 0.05638797f;
        private const float Third0 = 0.00388029f, Third1 = -0.09214565f, Third2 = -0.003909502f, Third3 = 0.0571727f, Third4 = 0.01570611f;
        private const float Fourth0 = -0.001531984f, Fourth1 = 0.01798058f, Fourth2 = 0.005261613f, Fourth3 = 0.01153066f, Fourth4 = 0.009878247f;

        // What the weights give of a constant is this; the ripple lies on both sides of 1.
        private const double Constant = 0.999511;

        /// <summary>Reduces the samples of an axis.</summary>
        /// <param name="counts">Holds the samples.</param>
        /// <param name="offset">Index of the axis's first one.</param>
        /// <param name="stride">Distance of two: 3 in blocks of three axes, 1 for an axis of its own.</param>
        /// <param name="samples">How many samples.</param>
        /// <param name="mean">Their mean, in counts: it is taken off.</param>
        /// <param name="factor">Samples of which one is made, <see cref="Least"/> to <see cref="Most"/>.</param>
        /// <param name="output">Receives the result from index 0, in counts.</param>
        /// <returns>How many were written: samples / factor, or as many as fit.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The factor is not one of these.</exception>
        [HotPath]
        public static int Reduce(short[] counts, int offset, int stride, int samples, double mean, int factor, float[] output)
        {
            if (factor < Least || factor > Most) { ThrowFactor(); }

            int outputs = samples / factor;
            int periods = outputs;
            if (outputs > output.Length)
            {
                outputs = output.Length;
                if (periods > outputs + Reach) { periods = outputs + Reach; }
            }

            // What each sum of sums would be if all samples were the mean, cut to an integer.
            int whole = (int)mean;
            float rest = (float)((mean - whole) * Constant);
            int mean0 = whole * factor;
            int mean1 = mean0 * (factor + 1) / 2;
            int mean2 = Rising(mean1, factor + 2, 3);
            int mean3 = Rising(mean2, factor + 3, 4);
            int mean4 = Rising(mean3, factor + 4, 5);

            // The sums of sums weigh the samples of a period, the last one first, q = 1, 2, ..., with T0 = 1, T1 = q, T2 = q (q + 1) / 2, T3 = q (q + 1) (q + 2) / 6, ...,
            // so q² = 2 T2 - T1, q³ = 6 T3 - 6 T2 + T1, q^4 = 24 T4 - 36 T3 + 14 T2 - T1. The time of a sample within its period is a + b q.
            double b = -1.0 / factor;
            double a = 0.5 - (b / 2);
            double a2 = a * a;
            double b2 = b * b;
            double scale = Scale(factor, a, b);
            float m00 = (float)scale;
            float m10 = (float)(scale * a);
            float m11 = (float)(scale * b);
            float m20 = (float)(scale * a2);
            float m21 = (float)(scale * b * ((2 * a) - b));
            float m22 = (float)(scale * 2 * b2);
            float m30 = (float)(scale * a2 * a);
            float m31 = (float)(scale * b * ((3 * a2) - (3 * a * b) + b2));
            float m32 = (float)(scale * 6 * b2 * (a - b));
            float m33 = (float)(scale * 6 * b2 * b);
            float m40 = (float)(scale * a2 * a2);
            float m41 = (float)(scale * b * ((4 * a2 * a) - (6 * a2 * b) + (4 * a * b2) - (b2 * b)));
            float m42 = (float)(scale * b2 * ((12 * a2) - (24 * a * b) + (14 * b2)));
            float m43 = (float)(scale * b2 * b * ((24 * a) - (36 * b)));
            float m44 = (float)(scale * 24 * b2 * b2);

            // Outputs under way; the first is finished with the next period.
            float next1 = 0, next2 = 0, next3 = 0, next4 = 0, next5 = 0, next6 = 0, next7 = 0, next8 = 0;
            int at = offset;
            for (int period = 0; period < outputs + Reach; period++)
            {
                float moment0 = 0, moment1 = 0, moment2 = 0, moment3 = 0, moment4 = 0;
                if (period < periods)
                {
                    int sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0;
                    int end = at + (factor * stride);
                    while (at != end)
                    {
                        sum0 += counts[at];
                        sum1 += sum0;
                        sum2 += sum1;
                        sum3 += sum2;
                        sum4 += sum3;
                        at += stride;
                    }

                    float of0 = sum0 - mean0;
                    float of1 = sum1 - mean1;
                    float of2 = sum2 - mean2;
                    float of3 = sum3 - mean3;
                    float of4 = sum4 - mean4;
                    moment0 = m00 * of0;
                    moment1 = (m10 * of0) + (m11 * of1);
                    moment2 = (m20 * of0) + (m21 * of1) + (m22 * of2);
                    moment3 = (m30 * of0) + (m31 * of1) + (m32 * of2) + (m33 * of3);
                    moment4 = (m40 * of0) + (m41 * of1) + (m42 * of2) + (m43 * of3) + (m44 * of4);
                }

                float even = (Fourth0 * moment0) + (Fourth2 * moment2) + (Fourth4 * moment4);
                float odd = (Fourth1 * moment1) + (Fourth3 * moment3);
                if (period >= Reach) { output[period - Reach] = next1 + even + odd - rest; }

                float last = even - odd;
                even = (Third0 * moment0) + (Third2 * moment2) + (Third4 * moment4);
                odd = (Third1 * moment1) + (Third3 * moment3);
                next1 = next2 + even + odd;
                float beforeLast = even - odd;
                even = (Second0 * moment0) + (Second2 * moment2) + (Second4 * moment4);
                odd = (Second1 * moment1) + (Second3 * moment3);
                next2 = next3 + even + odd;
                float beforeThat = even - odd;
                even = (First0 * moment0) + (First2 * moment2) + (First4 * moment4);
                odd = (First1 * moment1) + (First3 * moment3);
                next3 = next4 + even + odd;
                next4 = next5 + (Centre0 * moment0) + (Centre2 * moment2) + (Centre4 * moment4);
                next5 = next6 + even - odd;
                next6 = next7 + beforeThat;
                next7 = next8 + beforeLast;
                next8 = last;
            }

            return outputs;
        }

        // A term of sum over q of q (q + 1) (q + 2) ... / (1 2 3 ...) from the one before it, without overflow.
        [HotPath]
        private static int Rising(int before, int times, int by)
        {
            return (int)((long)before * times / by);
        }

        // One over the samples of a period, such that what comes out of a constant is the same for every factor.
        [HotPath]
        private static double Scale(int factor, double a, double b)
        {
            double second = 0; // moments of a period of ones: the odd ones are 0
            double fourth = 0;
            for (int q = 1; q <= factor; q++)
            {
                double square = (a + (b * q)) * (a + (b * q));
                second += square / factor;
                fourth += square * square / factor;
            }

            double constant = Centre0 + (2.0 * (First0 + Second0 + Third0 + Fourth0))
                + (second * (Centre2 + (2.0 * (First2 + Second2 + Third2 + Fourth2))))
                + (fourth * (Centre4 + (2.0 * (First4 + Second4 + Third4 + Fourth4))));
            return Constant / constant / factor;
        }

        private static void ThrowFactor()
        {
            throw new ArgumentOutOfRangeException("factor");
        }
    }
}

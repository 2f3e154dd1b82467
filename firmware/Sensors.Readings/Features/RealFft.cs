using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Fourier transform of real samples, single precision, made for an interpreter. Made once and used again; keeps no samples.</summary>
    /// <remarks>
    /// <para>
    /// On nanoCLR an array element costs ten times what a local does, and arithmetic next to nothing. So: N samples are N/2 complex
    /// ones; three of the classic passes are done in one (radix 8, and radix 4 for the rest), which reads and writes each element once where
    /// plain radix 2 does so three times; what follows from a twiddle factor is computed, not loaded; and the first pass reads the
    /// samples where they are, takes off the mean, applies the window and puts them into bit-reversed order on the way.
    /// </para>
    /// <para>
    /// The only table is a quarter of a cosine's period. Shorter transforms take every second, fourth, ... of it. Error: below 3e-7 of
    /// the largest line at 4,096 samples.
    /// </para>
    /// </remarks>
    public sealed class RealFft
    {
        /// <summary>The shortest transform.</summary>
        public const int Shortest = 8;

        /// <summary>The shortest transform with a window.</summary>
        public const int ShortestWindowed = 64;

        private const float Half = 0.5f;

        private readonly float[] _cosine;

        /// <summary>Makes the table for transforms up to a length.</summary>
        /// <param name="longest">Samples of the longest transform: a power of two, 8 or more.</param>
        /// <exception cref="ArgumentException">It is none.</exception>
        public RealFft(int longest)
        {
            if (!IsPowerOfTwo(longest) || longest < Shortest) { throw new ArgumentException("a transform's length is a power of two from 8"); }

            Longest = longest;
            int quarter = longest / 4;
            _cosine = new float[quarter + 1];
            for (int i = 0; i < quarter; i++) { _cosine[i] = (float)Math.Cos(Math.PI / 2 * i / quarter); }
        }

        /// <summary>Gets the samples of the longest transform.</summary>
        public int Longest { get; }

        /// <summary>Gets cos(2 pi i / <see cref="Longest"/>) for i from 0 to a quarter of that, both included.</summary>
        public float[] CosineTable
        {
            [HotPath]
            get { return _cosine; }
        }

        /// <summary>Tells whether a length is a power of two.</summary>
        /// <param name="length">The length.</param>
        /// <returns>True for 1, 2, 4, ...</returns>
        [HotPath]
        public static bool IsPowerOfTwo(int length)
        {
            return length > 0 && (length & (length - 1)) == 0;
        }

        /// <summary>Transforms real samples in place.</summary>
        /// <param name="data">
        /// The samples, from index 0. Receives X[k] = sum x[n] exp(-2 pi i k n / length): [0] = X[0], [1] = X[length / 2], both real; [2k], [2k + 1]
        /// = real and imaginary part of X[k].
        /// </param>
        /// <param name="length">How many: a power of two, from 8 to <see cref="Longest"/>.</param>
        [HotPath]
        public void Transform(float[] data, int length)
        {
            TransformHalves(data, length);
            FftPasses.Separate(data, length, _cosine, Longest / length);
        }

        /// <summary>
        /// Transforms pairs of samples as if they were complex numbers, in place: the step before real and imaginary parts are told apart, which
        /// <see cref="Spectrum"/> does together with the squares.
        /// </summary>
        /// <param name="data">The samples, from index 0.</param>
        /// <param name="length">How many samples: a power of two, from 8 to <see cref="Longest"/>.</param>
        [HotPath]
        internal void TransformHalves(float[] data, int length)
        {
            Reverse(data, length);
            Combine(data, length, 1);
        }

        /// <summary>As the other one, of counts without their mean under a periodic Hann window, into another array.</summary>
        /// <param name="counts">Holds the samples.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="stride">Distance of two, 1 or more.</param>
        /// <param name="mean">What is taken off each.</param>
        /// <param name="data">Receives the transform, from index 0.</param>
        /// <param name="length">How many samples: a power of two, from 64 to <see cref="Longest"/>.</param>
        [HotPath]
        internal void TransformHalves(short[] counts, int first, int stride, double mean, float[] data, int length)
        {
            // Integers are taken off exactly. What remains of the mean is a constant, and a constant's transform under this window is three lines:
            // taken off there, it costs nothing, and a float's rounding of 1 g leaves nothing in the lowest bins.
            int step = Longest / length;
            int whole = (int)mean;
            FftPasses.Load(counts, first, stride, whole, data, length, _cosine, step);
            Combine(data, length, 8);

            float part = (float)((mean - whole) * (length >> 3));
            float c = part * _cosine[step];
            float s = part * _cosine[_cosine.Length - 1 - step];
            data[0] -= 2 * part;
            data[1] -= 2 * part;
            data[2] += part - s;
            data[3] += c;
            data[length - 2] += part + s;
            data[length - 1] += c;
        }

        /// <summary>As the other one, of samples without their mean under a periodic Hann window, into another place.</summary>
        /// <param name="samples">Holds the samples; may be <paramref name="data"/>, behind what is written there.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="mean">What is taken off each.</param>
        /// <param name="data">Receives the transform, from index 0.</param>
        /// <param name="length">How many samples: a power of two, from 64 to <see cref="Longest"/>.</param>
        [HotPath]
        internal void TransformHalves(float[] samples, int first, float mean, float[] data, int length)
        {
            FftPasses.Load(samples, first, mean, data, length, _cosine, Longest / length);
            Combine(data, length, 8);
        }

        /// <summary>Applies a periodic Hann window in place.</summary>
        /// <param name="data">The samples, from index 0.</param>
        /// <param name="length">How many: a power of two, from 8 to <see cref="Longest"/>.</param>
        [HotPath]
        internal void Window(float[] data, int length)
        {
            // One cosine serves four samples: w = 1/2 - 1/2 cos a.
            float[] table = _cosine;
            int step = Longest / length;
            int half = length >> 1;
            int quarter = half >> 1;
            data[0] = 0;
            data[quarter] *= Half;
            data[half + quarter] *= Half;
            int angle = step;
            for (int i = 1; i < quarter; i++)
            {
                float c = Half * table[angle];
                float w = Half - c;
                data[i] *= w;
                data[length - i] *= w;
                w = Half + c;
                data[half - i] *= w;
                data[half + i] *= w;
                angle += step;
            }
        }

        // Puts pairs of samples into bit-reversed order.
        [HotPath]
        private static void Reverse(float[] data, int length)
        {
            int to = 0;
            for (int from = 2; from < length; from += 2)
            {
                int bit = length >> 1;
                while ((to & bit) != 0)
                {
                    to ^= bit;
                    bit >>= 1;
                }

                to |= bit;
                if (from < to)
                {
                    float real = data[from];
                    float imaginary = data[from + 1];
                    data[from] = data[to];
                    data[from + 1] = data[to + 1];
                    data[to] = real;
                    data[to + 1] = imaginary;
                }
            }
        }

        // Joins transforms of a number of pairs to transforms of eight times as many, until there is one. Radix 4 is for what radix 8 leaves:
        // 16 = 4 x 4, 32 = 8 x 4, 64 = 8 x 8. It comes last, where its butterflies are many and have the most twiddle factors to load.
        [HotPath]
        private void Combine(float[] data, int length, int size)
        {
            int pairs = length >> 1;
            while (size < pairs)
            {
                int left = pairs / size;
                if (left == 4 || left == 16)
                {
                    FftPasses.Radix4(data, length, size, _cosine, Longest / (4 * size));
                    size *= 4;
                }
                else
                {
                    FftPasses.Radix8(data, length, size, _cosine, Longest / (8 * size));
                    size *= 8;
                }
            }
        }
    }
}

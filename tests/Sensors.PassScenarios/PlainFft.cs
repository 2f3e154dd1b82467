using System;

namespace Sensors.PassScenarios
{
    /// <summary>The cost model's first example: a complex radix-2 FFT of 512 points in plain C#, a butterfly in the innermost of three loops.</summary>
    /// <remarks>From bit-reversed order: in the cost model's worked record, too, loading in that order is a part of its own.</remarks>
    public sealed class PlainFft
    {
        private const int Points = 512;
        private const int Shift = 14; // of a factor in integers

        private readonly float[] _real = new float[Points];
        private readonly float[] _imaginary = new float[Points];
        private readonly float[] _cosines = new float[Points / 2];
        private readonly float[] _sines = new float[Points / 2];
        private readonly int[] _intReal = new int[Points];
        private readonly int[] _intImaginary = new int[Points];
        private readonly int[] _intCosines = new int[Points / 2];
        private readonly int[] _intSines = new int[Points / 2];

        /// <summary>Makes the tables and a signal.</summary>
        public PlainFft()
        {
            for (int i = 0; i < Points / 2; i++)
            {
                double angle = 2 * Math.PI * i / Points;
                _cosines[i] = (float)Math.Cos(angle);
                _sines[i] = (float)-Math.Sin(angle);
                _intCosines[i] = (int)(_cosines[i] * (1 << Shift));
                _intSines[i] = (int)(_sines[i] * (1 << Shift));
            }

            short[] counts = new short[Points];
            Signal.Fill(counts, 1);
            for (int i = 0; i < Points; i++)
            {
                _real[i] = counts[i];
                _intReal[i] = counts[i];
            }
        }

        /// <summary>The transform in float.</summary>
        [Scenario("complex FFT of 512, float", Measured = 19000)]
        public void InFloat()
        {
            float[] real = _real, imaginary = _imaginary, cosines = _cosines, sines = _sines;
            int n = Points;
            for (int half = 1, stride = n >> 1; half < n; half <<= 1, stride >>= 1)
            {
                int step = half << 1;
                for (int k = 0, factor = 0; k < half; k++, factor += stride)
                {
                    float c = cosines[factor], s = sines[factor];
                    for (int a = k; a < n; a += step)
                    {
                        int b = a + half;
                        float realB = real[b], imaginaryB = imaginary[b];
                        float realT = realB * c - imaginaryB * s;
                        float imaginaryT = realB * s + imaginaryB * c;
                        float realA = real[a], imaginaryA = imaginary[a];
                        real[b] = realA - realT;
                        imaginary[b] = imaginaryA - imaginaryT;
                        real[a] = realA + realT;
                        imaginary[a] = imaginaryA + imaginaryT;
                    }
                }
            }
        }

        /// <summary>The transform in int.</summary>
        [Scenario("complex FFT of 512, int", Measured = 19000)]
        public void InInt()
        {
            int[] real = _intReal, imaginary = _intImaginary, cosines = _intCosines, sines = _intSines;
            int n = Points;
            for (int half = 1, stride = n >> 1; half < n; half <<= 1, stride >>= 1)
            {
                int step = half << 1;
                for (int k = 0, factor = 0; k < half; k++, factor += stride)
                {
                    int c = cosines[factor], s = sines[factor];
                    for (int a = k; a < n; a += step)
                    {
                        int b = a + half;
                        int realB = real[b], imaginaryB = imaginary[b];
                        int realT = (realB * c - imaginaryB * s) >> Shift;
                        int imaginaryT = (realB * s + imaginaryB * c) >> Shift;
                        int realA = real[a], imaginaryA = imaginary[a];
                        real[b] = realA - realT;
                        imaginary[b] = imaginaryA - imaginaryT;
                        real[a] = realA + realT;
                        imaginary[a] = imaginaryA + imaginaryT;
                    }
                }
            }
        }
    }
}

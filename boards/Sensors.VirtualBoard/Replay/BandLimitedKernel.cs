using System;
using System.Numerics;

namespace Sensors.VirtualBoard
{
    /// <summary>One kernel that filters a record as an accelerometer would and tells its value between samples.</summary>
    /// <remarks>
    /// The kernel is the inverse Fourier transform of <see cref="LowPass"/>'s |H(f)| cut off at half the record's rate, of at least
    /// 32 record samples and four periods of the corner on each side, the outer half of each side faded out by a raised cosine;
    /// tabulated at fractions of a sample and interpolated linearly, every row summing to 1. The window is flat in the middle, where a
    /// bell-shaped one would smear |H| by some percent. Magnitudes hold to 0.6 % up to 90 % of half the record's rate.
    /// </remarks>
    internal sealed class BandLimitedKernel
    {
        private const int ShortestHalf = 32;
        private const int LongestFine = 256;
        private const int FinePhases = 64, CoarsePhases = 16;
        private const double CornerPeriods = 4;
        private const double FlatPart = 0.5;

        private readonly float[] _rows;
        private readonly int _phases;

        public BandLimitedKernel(double rateHertz, double cornerHertz)
        {
            Half = Math.Max(ShortestHalf, (int)Math.Ceiling(CornerPeriods * rateHertz / cornerHertz));
            Taps = 2 * Half;
            _phases = Taps <= LongestFine ? FinePhases : CoarsePhases;
            _rows = new float[(_phases + 1) * Taps];
            double[] fine = Tabulate(rateHertz, cornerHertz);
            for (int phase = 0; phase <= _phases; phase++)
            {
                FillRow(phase, fine);
            }
        }

        /// <summary>Gets how many record samples before and after a point take part.</summary>
        public int Half { get; }

        /// <summary>Gets how many record samples take part.</summary>
        public int Taps { get; }

        /// <summary>Tells the filtered value at a point between the two middle samples.</summary>
        /// <param name="samples"><see cref="Taps"/> samples, the point lies after number <see cref="Half"/> - 1.</param>
        /// <param name="fraction">How far after it, 0 to 1 of a sample.</param>
        public float Apply(ReadOnlySpan<float> samples, double fraction)
        {
            double position = fraction * _phases;
            int phase = Math.Min((int)position, _phases - 1);
            var weight = (float)(position - phase);
            ReadOnlySpan<float> lower = _rows.AsSpan(phase * Taps, Taps);
            ReadOnlySpan<float> upper = _rows.AsSpan((phase + 1) * Taps, Taps);
            float sumLower = 0;
            float sumUpper = 0;
            for (int i = 0; i < samples.Length; i++)
            {
                sumLower += samples[i] * lower[i];
                sumUpper += samples[i] * upper[i];
            }

            return sumLower + (weight * (sumUpper - sumLower));
        }

        private static double Window(double x)
        {
            double faded = (x - FlatPart) / (1 - FlatPart);
            return faded <= 0 ? 1 : faded >= 1 ? 0 : (1 + Math.Cos(Math.PI * faded)) / 2;
        }

        /// <summary>Makes the impulse response at steps of 1/phases of a record sample, from 0 on.</summary>
        private double[] Tabulate(double rateHertz, double cornerHertz)
        {
            int length = (int)BitOperations.RoundUpToPowerOf2((uint)(4 * (Half + 1) * _phases));
            var spectrum = new Complex[length];
            double step = rateHertz * _phases / length;
            for (int i = 0; i < length; i++)
            {
                double hertz = step * Math.Min(i, length - i);
                spectrum[i] = hertz < rateHertz / 2 ? LowPass.Gain(hertz, cornerHertz) : 0;
            }

            Fourier.Transform(spectrum);
            return Array.ConvertAll(spectrum, value => value.Real);
        }

        private void FillRow(int phase, double[] fine)
        {
            Span<float> row = _rows.AsSpan(phase * Taps, Taps);
            Span<double> exact = Taps <= LongestFine ? stackalloc double[Taps] : new double[Taps];
            double sum = 0;
            for (int tap = 0; tap < Taps; tap++)
            {
                int distance = Math.Abs(phase - ((tap - Half + 1) * _phases));
                exact[tap] = fine[distance] * Window((double)distance / (Half * _phases));
                sum += exact[tap];
            }

            for (int tap = 0; tap < Taps; tap++)
            {
                row[tap] = (float)(exact[tap] / sum);
            }
        }
    }
}

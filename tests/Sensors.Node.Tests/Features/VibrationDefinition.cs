using System;
using MathNet.Numerics.Statistics;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>
    /// The definitions of a vibration's features in float64, moments and transforms by MathNet.Numerics; one axis. Written for reading, and without
    /// regard to how the node computes them. Envelopes are not here.
    /// </summary>
    internal static class VibrationDefinition
    {
        /// <summary>Gives the fields of an axis; NaN where there is none.</summary>
        /// <param name="counts">The axis's counts.</param>
        /// <param name="weight">What one is, in m/s².</param>
        /// <param name="rate">Samples per second.</param>
        /// <param name="options">Bands and machine.</param>
        /// <param name="length">Samples of a segment of the spectrum.</param>
        /// <param name="velocity">Whether the window supports velocity and displacement.</param>
        public static double[] Of(short[] counts, double weight, double rate, VibrationOptions options, int length, bool velocity)
        {
            double[] v = new double[VibrationFields.PerAxis];
            Array.Fill(v, double.NaN);
            double[] x = Array.ConvertAll(counts, c => c * weight);
            double mean = v[VibrationFields.Mean] = x.Mean();
            double rms = v[VibrationFields.Rms] = x.PopulationStandardDeviation();
            double peak = v[VibrationFields.Peak] = Math.Max(x.Maximum() - mean, mean - x.Minimum());
            v[VibrationFields.PeakToPeak] = x.Maximum() - x.Minimum();
            if (x.Maximum() == x.Minimum())
            {
                v[VibrationFields.Rms] = 0;
            }
            else
            {
                v[VibrationFields.Crest] = peak / rms;
                v[VibrationFields.Skewness] = x.PopulationSkewness();
                v[VibrationFields.Kurtosis] = x.PopulationKurtosis() + 3;
            }

            double[] power = Welch(x, mean, length);
            double df = rate / length;
            double Sum(double low, double high, bool closed, Func<double, double> factor)
            {
                double sum = 0;
                for (int k = 0; k < power.Length; k++)
                {
                    double f = k * df;
                    if (f >= low && (f < high || (closed && f == high))) { sum += power[k] * factor(f); }
                }

                return sum;
            }

            double all = Sum(df, rate, true, _ => 1);
            if (x.Maximum() > x.Minimum()) { v[VibrationFields.Centroid] = Sum(df, rate, true, f => f) / all; }
            for (int i = 0; i < options.BandEdges.Length / 2; i++)
            {
                (double low, double high) = (options.BandEdges[2 * i], options.BandEdges[2 * i + 1]);
                if (high <= 1.05 * rate / 2 && high - low >= df) { v[VibrationFields.FirstBand + i] = Math.Sqrt(Sum(low, high, false, _ => 1)); }
            }

            if (velocity)
            {
                v[VibrationFields.Velocity] = 1e3 * Math.Sqrt(Sum(options.VelocityLow, options.VelocityHigh, true, f => Math.Pow(2 * Math.PI * f, -2)));
                v[VibrationFields.Displacement] = 1e6 * Math.Sqrt(Sum(options.VelocityLow, options.VelocityHigh, true, f => Math.Pow(2 * Math.PI * f, -4)));
            }

            double shaft = options.SpeedRpm / 60;
            if (shaft >= 3.5 * df)
            {
                for (int i = 1; i <= 5; i++) { v[VibrationFields.FirstOrder + i - 1] = Line(i * shaft, 0.015); }
            }

            if (shaft >= 7 * df)
            {
                for (int i = 0; i < 3; i++) { v[VibrationFields.FirstHalfOrder + i] = Line((i + 0.5) * shaft, 0.015); }
            }

            if (2 * options.MainsHertz >= 3.5 * df) { v[VibrationFields.MainsLine] = Line(2 * options.MainsHertz, 0.005); }
            return v;

            double Line(double hertz, double part)
            {
                double width = Math.Max(part * hertz, df);
                int best = -1;
                for (int k = 1; k < power.Length; k++)
                {
                    if (Math.Abs(k * df - hertz) <= width && (best < 0 || power[k] > power[best])) { best = k; }
                }

                return hertz + width >= rate / 2 ? double.NaN : Height(power, best).Amplitude;
            }
        }

        /// <summary>Gives the mean power spectrum of segments overlapping by half, under a periodic Hann window.</summary>
        public static double[] Welch(double[] x, double mean, int length)
        {
            double[] power = new double[length / 2 + 1];
            int segments = 0;
            for (int from = 0; from + length <= x.Length; from += length / 2)
            {
                double[] one = SpectrumTests.Power(x, from, length, mean);
                for (int k = 0; k < power.Length; k++) { power[k] += one[k]; }
                segments++;
            }

            return Array.ConvertAll(power, p => p / segments);
        }

        /// <summary>Gives all local maxima from bin 2 on, the highest first, as frequency in bins and amplitude.</summary>
        public static (double Bin, double Amplitude)[] Peaks(double[] power)
        {
            var peaks = new System.Collections.Generic.List<(double Power, int Bin)>();
            for (int k = 2; k < power.Length - 1; k++)
            {
                if (power[k] > power[k - 1] && power[k] >= power[k + 1]) { peaks.Add((power[k], k)); }
            }

            peaks.Sort((a, b) => b.Power.CompareTo(a.Power));
            return Array.ConvertAll(peaks.ToArray(), p => Height(power, p.Bin));
        }

        private static (double Bin, double Amplitude) Height(double[] power, int k)
        {
            double amplitude = Math.Sqrt(3 * power[k]);
            double left = k > 0 ? power[k - 1] : 0;
            double right = k + 1 < power.Length ? power[k + 1] : 0;
            double ratio = Math.Sqrt(Math.Max(left, right) / power[k]);
            double d = (2 * ratio - 1) / (ratio + 1);
            if (!(power[k] > 0) || ratio > 1 || d <= 1e-6) { return (k, amplitude); }
            return (right > left ? k + d : k - d, amplitude * Math.PI * d / Math.Sin(Math.PI * d) * (1 - d * d));
        }
    }
}

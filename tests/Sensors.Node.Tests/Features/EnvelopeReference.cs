using System;
using System.Linq;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;

namespace Sensors.Node.Tests.Features
{
    /// <summary>The envelope method of the definitions in float64, written apart from the device's: poles as complex numbers, sections in order, MathNet's transform.</summary>
    internal sealed class EnvelopeReference
    {
        public EnvelopeReference(short[] counts, int first, int stride, int samples, double weight, double rate, int factor, int length, double low = 500, double high = 5000)
        {
            double[] x = Enumerable.Range(0, samples).Select(i => (double)counts[first + (i * stride)]).ToArray();
            double mean = x.Average();
            for (int i = 0; i < samples; i++) { x[i] = (x[i] - mean) * weight; }
            foreach (double[] section in Sections(low, Math.Min(high, 0.45 * rate), rate)) { Filter(section, x); }

            double[] envelope = new double[length];
            for (int i = 0; i < length * factor; i++) { envelope[i / factor] += Math.Abs(x[i]) / factor; }
            Mean = envelope.Average();
            Rms = Math.Sqrt(envelope.Sum(e => (e - Mean) * (e - Mean)) / length);
            Complex[] spectrum = envelope.Select((e, i) => new Complex((e - Mean) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length))), 0)).ToArray();
            Fourier.Forward(spectrum, FourierOptions.NoScaling);
            Lines = Enumerable.Range(0, length / 2).Select(k => (k == 0 ? 1 : 2) * spectrum[k].Magnitude / (length / 2.0)).ToArray();
            Spacing = rate / ((double)factor * length);
            double[] sorted = Lines.Where((_, k) => k * Spacing >= 10 - 1e-6 && k * Spacing <= 500 + 1e-6).OrderBy(a => a).ToArray();
            Floor = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }

        /// <summary>Gets the mean of the envelope, in the unit of the weight.</summary>
        public double Mean { get; }

        /// <summary>Gets the RMS about the mean.</summary>
        public double Rms { get; }

        /// <summary>Gets the amplitudes of the lines.</summary>
        public double[] Lines { get; }

        /// <summary>Gets the distance of two lines in Hz.</summary>
        public double Spacing { get; }

        /// <summary>Gets the median of the lines from 10 to 500 Hz.</summary>
        public double Floor { get; }

        /// <summary>Gives the highest line within 2 % of a frequency, or one line, where that is more; not interpolated.</summary>
        public double Line(double frequency)
        {
            double reach = Math.Max(0.02 * frequency, Spacing);
            return Lines.Where((_, k) => Math.Abs((k * Spacing) - frequency) <= reach).Max();
        }

        /// <summary>Designs the band-pass as SciPy's <c>butter(2, [low, high], 'bandpass', output='sos')</c>: b0, b1, b2, a1, a2 of each section, the upper edge's first.</summary>
        public static double[][] Sections(double low, double high, double rate)
        {
            double warpedLow = 2 * rate * Math.Tan(Math.PI * low / rate);
            double warpedHigh = 2 * rate * Math.Tan(Math.PI * high / rate);
            double width = warpedHigh - warpedLow;
            double square = warpedLow * warpedHigh;
            Complex half = Complex.FromPolarCoordinates(1, 3 * Math.PI / 4) * width / 2;
            Complex root = Complex.Sqrt((half * half) - square);
            Complex[] analog = [half + root, half - root];
            Complex[] digital = analog.Select(s => ((2 * rate) + s) / ((2 * rate) - s)).ToArray();
            double gain = Math.Pow(width * 2 * rate, 2) / analog.Aggregate(1.0, (product, s) => product * Math.Pow(((2 * rate) - s).Magnitude, 2));
            Complex[] ordered = digital.OrderByDescending(z => Math.Abs(z.Phase)).ToArray();
            return
            [
                [gain, 2 * gain, gain, -2 * ordered[0].Real, Math.Pow(ordered[0].Magnitude, 2)],
                [1, -2, 1, -2 * ordered[1].Real, Math.Pow(ordered[1].Magnitude, 2)],
            ];
        }

        private static void Filter(double[] section, double[] x)
        {
            double first = 0;
            double second = 0;
            for (int i = 0; i < x.Length; i++)
            {
                double y = (section[0] * x[i]) + first;
                first = (section[1] * x[i]) - (section[3] * y) + second;
                second = (section[2] * x[i]) - (section[4] * y);
                x[i] = y;
            }
        }
    }
}

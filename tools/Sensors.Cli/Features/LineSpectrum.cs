using System;
using System.Linq;
using Sensors.Cli.Drawing;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>The lines of a spectrum as the node's own <see cref="Spectrum"/> computes them: amplitudes (peak), for pictures.</summary>
    /// <param name="Curve">A line per frequency, from 0 Hz to half the rate.</param>
    /// <param name="Facts">How it was made.</param>
    internal sealed record LineSpectrum(ChartCurve Curve, SpectrumFacts Facts)
    {
        private const double PowerToAmplitude = 3; // under a Hann window, A² = 3 P

        /// <summary>Averages transforms of a length over counts, overlapping by half, each without the mean of all.</summary>
        public static LineSpectrum Of(short[] counts, double weight, double rate, int length)
        {
            double mean = counts.Average(count => (double)count);
            var spectrum = new Spectrum(new RealFft(length), new float[2 * length]);
            int averages = 0;
            spectrum.Begin(length);
            for (int first = 0; first + length <= counts.Length; first += length / 2)
            {
                spectrum.Add(counts, first, 1, mean);
                averages++;
            }

            spectrum.End(rate);
            float[] lines = new float[spectrum.Last + 1];
            for (int k = 0; k < lines.Length; k++)
            {
                lines[k] = (float)(Math.Sqrt(PowerToAmplitude * spectrum.Scale * spectrum.Squares[k]) * weight);
            }

            return new LineSpectrum(new ChartCurve(0, spectrum.Resolution, lines), new SpectrumFacts(rate, length, averages));
        }
    }
}

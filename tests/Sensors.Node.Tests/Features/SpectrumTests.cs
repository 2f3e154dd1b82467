using System;
using System.Numerics;
using MathNet.Numerics.IntegralTransforms;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>The windowed power spectrum against its definition in float64.</summary>
    public class SpectrumTests
    {
        [Theory]
        [InlineData(64)]
        [InlineData(128)]
        [InlineData(256)]
        [InlineData(512)]
        [InlineData(1024)]
        [InlineData(2048)]
        [InlineData(4096)]
        [InlineData(65536)]
        public void EveryBinAgreesWithTheDefinition(int length)
        {
            var random = new Random(length);
            var fft = new RealFft(2 * length); // made for longer ones
            foreach (int stride in new[] { 1, 3 })
            {
                short[] counts = new short[7 + stride * length];
                for (int i = 0; i < counts.Length; i++) { counts[i] = (short)random.Next(-20000, 20000); }
                double[] samples = new double[length];
                for (int i = 0; i < length; i++) { samples[i] = counts[7 + i * stride]; }
                double mean = Mean(samples, 0, length);
                double[] expected = Power(samples, 0, length, mean);

                var spectrum = new Spectrum(fft, new float[2 * length]);
                spectrum.Begin(length);
                spectrum.Add(counts, 7, stride, mean);
                spectrum.End(1000);
                Compare(expected, spectrum);

                float[] work = new float[2 * length];
                for (int i = 0; i < length; i++) { work[length + i] = (float)samples[i]; }
                var inPlace = new Spectrum(fft, work);
                inPlace.Begin(length);
                inPlace.Add(work, length, mean);
                inPlace.End(1000);
                Compare(expected, inPlace);

                for (int i = 0; i < length; i++) { work[i] = (float)(samples[i] - mean); }
                inPlace.Begin(length);
                inPlace.AddHere();
                inPlace.End(1000);
                Compare(expected, inPlace);
            }
        }

        [Theory]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(7)]
        public void SegmentsAreAveraged(int segments)
        {
            const int length = 256;
            var random = new Random(segments);
            short[] counts = new short[length / 2 * (segments + 1)];
            double[] samples = new double[counts.Length];
            for (int i = 0; i < counts.Length; i++) { samples[i] = counts[i] = (short)random.Next(-200, 200); }
            double mean = Mean(samples, 0, samples.Length);
            double[] expected = new double[length / 2 + 1];
            var spectrum = new Spectrum(new RealFft(length), new float[2 * length]);
            for (int repeat = 0; repeat < 2; repeat++) // what was there before does not matter
            {
                spectrum.Begin(length);
                for (int s = 0; s < segments; s++) { spectrum.Add(counts, s * length / 2, 1, mean); }
                spectrum.End(1000);
            }

            for (int s = 0; s < segments; s++)
            {
                double[] one = Power(samples, s * length / 2, length, mean);
                for (int k = 0; k < one.Length; k++) { expected[k] += one[k] / segments; }
            }

            Compare(expected, spectrum);
        }

        internal static double Mean(double[] samples, int first, int length)
        {
            double sum = 0;
            for (int i = 0; i < length; i++) { sum += samples[first + i]; }
            return sum / length;
        }

        internal static double[] Power(double[] samples, int first, int length, double mean)
        {
            var values = new Complex[length];
            double squares = 0;
            for (int i = 0; i < length; i++)
            {
                double w = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / length);
                squares += w * w;
                values[i] = w * (samples[first + i] - mean);
            }

            Fourier.Forward(values, FourierOptions.NoScaling);
            double[] power = new double[length / 2 + 1];
            for (int k = 0; k < power.Length; k++)
            {
                double c = k == 0 || k == length / 2 ? 1 : 2;
                power[k] = c * (values[k].Real * values[k].Real + values[k].Imaginary * values[k].Imaginary) / (length * squares);
            }

            return power;
        }

        private static void Compare(double[] expected, Spectrum spectrum)
        {
            Assert.Equal(expected.Length - 1, spectrum.Last);
            double total = 0;
            foreach (double p in expected) { total += p; }
            double bin = Math.Sqrt(total / expected.Length);
            for (int k = 0; k < expected.Length; k++)
            {
                double found = Math.Sqrt(spectrum.Squares[k] * spectrum.Scale);
                Assert.True(Math.Abs(found - Math.Sqrt(expected[k])) < 3e-6 * bin, "bin " + k + ": " + found + ", expected " + Math.Sqrt(expected[k]));
            }

            Assert.True(Math.Abs(spectrum.MeanSquare(0, spectrum.Last + 1) / total - 1) < 1e-6);
        }
    }
}

using System;
using System.Linq;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.Statistics;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Current features of synthetic signals against MathNet.Numerics, which solves and transforms in its own way.</summary>
    public class CurrentSecondOpinionTests
    {
        [Fact]
        public void The_fit_is_that_of_a_QR_decomposition()
        {
            var random = new Random(4);
            double worst = 0;
            for (int seed = 0; seed < 40; seed++)
            {
                double rate = 1000 + (12_000 * random.NextDouble());
                double hertz = 42 + (26 * random.NextDouble());
                int count = (int)(rate / hertz * (3.1 + (9 * random.NextDouble())));
                int harmonics = Math.Min(40, (int)(0.45 * rate / hertz));
                float[] x = Signal(random, rate, hertz, count, harmonics, noise: 0.05, direct: 10 * (random.NextDouble() - 0.5));

                Matrix<double> columns = DenseMatrix.Create(count, (2 * harmonics) + 1, (row, column) =>
                {
                    double angle = 2 * Math.PI * hertz / rate * ((column + 1) / 2) * row;
                    return column % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle);
                });
                Vector<double> solution = columns.QR().Solve(DenseVector.OfEnumerable(x.Select(v => (double)v)));

                var fit = new HarmonicFit(40);
                fit.Fit(x, 0, count, x.Select(v => (double)v).Mean(), hertz / rate, harmonics);
                worst = Math.Max(worst, Math.Abs(fit.Direct - solution[0]));
                for (int h = 1; h <= harmonics; h++)
                {
                    double power = (solution[(2 * h) - 1] * solution[(2 * h) - 1]) + (solution[2 * h] * solution[2 * h]);
                    worst = Math.Max(worst, Math.Abs(Math.Sqrt(fit.Power(h)) - Math.Sqrt(power)));
                }
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"largest difference {worst:E1} of a fundamental of 1");
            Assert.InRange(worst, 0, 1e-7);
        }

        [Fact]
        public void The_frequency_is_that_of_a_whole_Hann_spectrum()
        {
            var random = new Random(5);
            for (int seed = 0; seed < 60; seed++)
            {
                double rate = 860 + (6000 * random.NextDouble());
                double hertz = 43 + (24 * random.NextDouble());
                int count = (int)(rate * (0.15 + (0.9 * random.NextDouble()) + (seed % 3 == 0 ? 1 : 0)));
                float[] x = Signal(random, rate, hertz, count, 7, noise: 0.02, direct: 1);

                double mean = x.Select(v => (double)v).Mean();
                double[] real = new double[count];
                for (int i = 0; i < count; i++) { real[i] = (x[i] - mean) * (0.5 - (0.5 * Math.Cos(2 * Math.PI * i / count))); }
                var complex = real.Select(v => new System.Numerics.Complex(v, 0)).ToArray();
                Fourier.Forward(complex, FourierOptions.AsymmetricScaling);
                int line = Enumerable.Range(0, count / 2).Where(k => k * rate / count is >= 40 and <= 70).MaxBy(k => complex[k].Magnitude);
                int side = complex[line + 1].Magnitude > complex[line - 1].Magnitude ? 1 : -1;
                double ratio = complex[line + side].Magnitude / complex[line].Magnitude;
                double expected = (line + (side * Math.Max(0, ((2 * ratio) - 1) / (ratio + 1)))) * rate / count;

                var spectrum = new MainsSpectrum();
                Assert.Equal(expected, spectrum.Find(x, 0, count, rate, mean), 1e-7 * expected);
                Assert.Equal(hertz, expected, 0.15);
            }
        }

        [Fact]
        public void Mean_RMS_and_crest_are_those_of_the_statistics()
        {
            var random = new Random(6);
            float[] v = new float[CurrentFeatures.ValueCount];
            for (int seed = 0; seed < 50; seed++)
            {
                float[] x = Signal(random, 435, 50 * random.NextDouble(), 87, 3, noise: 0.2, direct: 9.80665 * random.NextDouble());
                new CurrentFeatures().Compute(x, 0, x.Length, 435f, v);
                double[] wide = x.Select(value => (double)value).ToArray();
                Assert.Equal(wide.Mean(), v[CurrentFields.Mean], 1e-6);
                Assert.Equal(wide.RootMeanSquare(), v[CurrentFields.Rms], 1e-6);
                Assert.Equal(wide.Minimum(), v[CurrentFields.Min]);
                Assert.Equal(wide.Maximum(), v[CurrentFields.Max]);
                double peak = Math.Max(wide.Maximum() - wide.Mean(), wide.Mean() - wide.Minimum());
                Assert.Equal(peak / wide.PopulationStandardDeviation(), v[CurrentFields.Crest], 1e-5);
            }
        }

        private static float[] Signal(Random random, double rate, double hertz, int count, int harmonics, double noise, double direct)
        {
            double[] size = new double[harmonics + 1];
            double[] phase = new double[harmonics + 1];
            for (int h = 1; h <= harmonics; h++)
            {
                size[h] = h == 1 ? 1 : 0.4 * random.NextDouble() / h;
                phase[h] = 2 * Math.PI * random.NextDouble();
            }

            float[] x = new float[count];
            for (int i = 0; i < count; i++)
            {
                double sum = direct + (noise * (random.NextDouble() - 0.5));
                for (int h = 1; h <= harmonics; h++) { sum += size[h] * Math.Cos((2 * Math.PI * h * hertz * i / rate) + phase[h]); }
                x[i] = (float)sum;
            }

            return x;
        }
    }
}

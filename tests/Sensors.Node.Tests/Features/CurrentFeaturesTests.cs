using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Current features, from counts and from amperes.</summary>
    public class CurrentFeaturesTests
    {
        private const int Mean = 0, Rms = 1, Min = 2, Max = 3;

        [Fact]
        public void TrueRmsHoldsTheDirectPart()
        {
            const int count = 200;
            short[] counts = new short[count];
            float[] amperes = new float[count];
            const float weight = 0.001f;
            for (int i = 0; i < count; i++)
            {
                counts[i] = (short)Math.Round(3000 + 4000 * Math.Sqrt(2) * Math.Sin(2 * Math.PI * i / 50));
                amperes[i] = counts[i] * weight;
            }

            float[] v = new float[CurrentFeatures.ValueCount];
            Assert.Equal(0, new CurrentFeatures().Compute(counts, 0, count, weight, -32768, 32767, v));
            Assert.Equal(3.0, v[Mean], 1e-4);
            Assert.Equal(5.0, v[Rms], 1e-3); // sqrt(3^2 + 4^2)
            Assert.Equal(-2.646, v[Min], 1e-3); // the 50 points per cycle miss the very crest
            Assert.Equal(8.646, v[Max], 1e-3);

            float[] w = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures().Compute(amperes, 0, count, w);
            for (int i = 0; i < v.Length; i++) { Assert.Equal(v[i], w[i], 1e-5f); }
        }

        [Fact]
        public void ClippedCountsAreCounted()
        {
            float[] v = new float[CurrentFeatures.ValueCount];
            Assert.Equal(3, new CurrentFeatures().Compute(new short[] { 50, 99, 100, -100, 101, 0 }, 1, 5, 1f, -100, 100, v));
            Assert.Equal(0, new CurrentFeatures().Compute(new short[] { 50, 99, 100 }, 0, 2, 1f, -100, 100, v));
            Assert.Equal(new[] { 74.5f, (float)Math.Sqrt((2500 + 9801) / 2.0), 50f, 99f }, v);
        }

        [Fact]
        public void NoSamplesNoValues()
        {
            float[] v = { 1, 1, 1, 1 };
            new CurrentFeatures().Compute(new float[0], 0, 0, v);
            Assert.All(v, value => Assert.True(float.IsNaN(value)));
            v = new float[] { 1, 1, 1, 1 };
            Assert.Equal(0, new CurrentFeatures().Compute(new short[0], 0, 0, 1f, 0, 0, v));
            Assert.All(v, value => Assert.True(float.IsNaN(value)));
        }

        [Fact]
        public void ManyAmperesKeepTheirDigits()
        {
            var random = new Random(3);
            float[] amperes = new float[50_000];
            double squares = 0;
            for (int i = 0; i < amperes.Length; i++)
            {
                amperes[i] = 100f + (float)random.NextDouble();
                squares += (double)amperes[i] * amperes[i] / amperes.Length;
            }

            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures().Compute(amperes, 0, amperes.Length, v);
            Assert.True(Math.Abs(v[Rms] - Math.Sqrt(squares)) < 1e-7 * v[Rms]);
        }
    }
}

using System;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Current features, from counts and from amperes.</summary>
    public class CurrentFeaturesTests
    {
        private const int Mean = 0, Rms = 1, Min = 2, Max = 3, Frequency = 4, Crest = 5;

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
            new CurrentFeatures().Compute(amperes, 0, count, float.NaN, w);
            for (int i = 0; i < Frequency; i++) { Assert.Equal(v[i], w[i], 1e-5f); }
            Assert.True(float.IsNaN(v[Frequency]) && float.IsNaN(w[Frequency]));
        }

        [Fact]
        public void ClippedCountsAreCounted()
        {
            float[] v = new float[CurrentFeatures.ValueCount];
            Assert.Equal(3, new CurrentFeatures().Compute(new short[] { 50, 99, 100, -100, 101, 0 }, 1, 5, 1f, -100, 100, v));
            Assert.Equal(0, new CurrentFeatures().Compute(new short[] { 50, 99, 100 }, 0, 2, 1f, -100, 100, v));
            Assert.Equal(new[] { 74.5f, (float)Math.Sqrt((2500 + 9801) / 2.0), 50f, 99f, float.NaN, 1f, float.NaN, float.NaN, float.NaN, float.NaN }, v);
        }

        [Fact]
        public void NoSamplesNoValues()
        {
            float[] v = Ones();
            new CurrentFeatures().Compute(new float[0], 0, 0, 860f, v);
            Assert.All(v, value => Assert.True(float.IsNaN(value)));
            v = Ones();
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
            new CurrentFeatures().Compute(amperes, 0, amperes.Length, 860f, v);
            Assert.True(Math.Abs(v[Rms] - Math.Sqrt(squares)) < 1e-7 * v[Rms]);
        }

        [Fact]
        public void AnAlternatingCurrentIsMeasuredOverItsWholeCycles()
        {
            var random = new Random(50);
            double worstRms = 0;
            double worstFrequency = 0;
            double worstMean = 0;
            for (int seed = 0; seed < 500; seed++)
            {
                AlternatingCurrent mains = Mains(random);
                double rate = 860 * (0.9 + (0.2 * random.NextDouble()));
                int count = (int)(0.2 * rate);
                float[] v = Measured(mains, rate, 1.0, count, random, noise: 0.003);
                worstRms = Math.Max(worstRms, Math.Abs((v[Rms] / mains.Rms) - 1));
                worstFrequency = Math.Max(worstFrequency, Math.Abs((v[Frequency] / mains.Hertz) - 1));
                worstMean = Math.Max(worstMean, Math.Abs(v[Mean] - mains.Direct) / mains.Rms);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"rms {worstRms:P3}, frequency {worstFrequency:P3}, mean {worstMean:P3}");
            Assert.InRange(worstRms, 0, 0.005);
            Assert.InRange(worstFrequency, 0, 0.0005); // the rate is known here; the promise leaves room for its error
            Assert.InRange(worstMean, 0, 0.005);
        }

        [Theory]
        [InlineData(0.0, 1.0)] // instants need nothing undone
        [InlineData(1.0, 1.0)]
        [InlineData(1.0, 0.0)] // means taken for instants: 0.8 % low at 60 Hz
        public void WhatAConverterAveragesAwayIsPutBack(double part, double told)
        {
            var mains = new AlternatingCurrent { Hertz = 60, Amperes = 10, Direct = 1 };
            float[] v = Measured(mains, 860, part, 172, new Random(1), 0, told * part);
            double low = part > 0 && told == 0 ? Math.Sin(Math.PI * 60 / 860) / (Math.PI * 60 / 860) : 1;
            Assert.Equal(10 * low, v[Rms], 0.003);
            Assert.Equal(60, v[Frequency], 0.003);
            Assert.Equal(1, v[Mean], 0.003);
        }

        [Fact]
        public void FractionsOfACycleDoNotCount()
        {
            // 200 ms of 47.3 Hz are 9.46 cycles: over all of them the mean is off by what the last half cycle adds.
            for (int step = 0; step < 16; step++)
            {
                var mains = new AlternatingCurrent { Hertz = 47.3, Amperes = 10, Direct = 5, Phase = step * Math.PI / 8 };
                float[] v = Measured(mains, 860, 0, 172, new Random(1), 0, 0);
                Assert.Equal(10, v[Rms], 0.01);
                Assert.Equal(5, v[Mean], 0.02);
            }
        }

        [Theory]
        [InlineData(39.0, false)]
        [InlineData(40.5, true)]
        [InlineData(69.5, true)]
        [InlineData(71.0, false)]
        [InlineData(100.0, false)]
        public void OnlyTheMainsHaveAFrequency(double hertz, bool told)
        {
            float[] v = Measured(new AlternatingCurrent { Hertz = hertz, Amperes = 3 }, 860, 0, 172, new Random(1), 0);
            Assert.Equal(told, !float.IsNaN(v[Frequency]));
            Assert.Equal(3, v[Rms], 0.15);
        }

        [Fact]
        public void NoiseHasNoFrequency()
        {
            var random = new Random(7);
            for (int i = 0; i < 1000; i++)
            {
                float[] v = Measured(new AlternatingCurrent { Direct = 0.1 }, 860, 0, 172, random, noise: 0.01);
                Assert.True(float.IsNaN(v[Frequency]));
                Assert.Equal(0.01, v[Rms], 0.003);
                Assert.Equal(0.1, v[Mean], 0.005);
            }
        }

        [Fact]
        public void ASineAboveItsNoiseHasOne()
        {
            var random = new Random(8);
            for (int i = 0; i < 300; i++)
            {
                float[] v = Measured(new AlternatingCurrent { Hertz = 50, Amperes = 1 }, 860, 1, 172, random, noise: 0.1);
                Assert.Equal(50, v[Frequency], 0.35);
                Assert.Equal(1, v[Rms], 0.04);
            }
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(5)]
        [InlineData(20)]
        [InlineData(40)]
        public void ShortAndConstantWindowsAreHarmless(int count)
        {
            float[] constant = new float[count + 2];
            Array.Fill(constant, 2f);
            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures().ComputeAlternating(constant, 1, count, 860f, 1f, v);
            Assert.True(float.IsNaN(v[Frequency]));
            if (count > 2)
            {
                Assert.Equal(2f, v[Mean]);
                Assert.Equal(0f, v[Rms]);
                Assert.Equal(2f, v[Max]);
            }

            float[] sine = new float[count + 2];
            for (int i = 0; i < sine.Length; i++) { sine[i] = (float)Math.Sin(2 * Math.PI * 50 * i / 860); }
            new CurrentFeatures().ComputeAlternating(sine, 1, count, 860f, 1f, v); // less than three cycles tell no frequency
            Assert.True(float.IsNaN(v[Frequency]));
        }

        [Fact]
        public void OnlyTheWindowIsRead()
        {
            var mains = new AlternatingCurrent { Hertz = 50, Amperes = 1 };
            float[] v = Measured(mains, 860, 0, 172, new Random(1), 0);
            float[] w = new float[CurrentFeatures.ValueCount];
            float[] padded = new float[192];
            Array.Fill(padded, float.NaN);
            Samples(mains, 860, 0, 172, new Random(1), 0).CopyTo(padded, 10);
            new CurrentFeatures().ComputeAlternating(padded, 10, 172, 860f, 0f, w);
            Assert.Equal(v, w);
        }

        [Fact]
        public void AlternatingFeaturesAllocateNothing()
        {
            float[] amperes = Samples(new AlternatingCurrent { Hertz = 50, Amperes = 1 }, 860, 0, 172, new Random(1), 0);
            var features = new CurrentFeatures();
            float[] v = new float[CurrentFeatures.ValueCount];
            features.ComputeAlternating(amperes, 0, 172, 860f, 1f, v);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) { features.ComputeAlternating(amperes, 0, 172, 860f, 1f, v); }
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        private static float[] Ones()
        {
            float[] values = new float[CurrentFeatures.ValueCount];
            Array.Fill(values, 1f);
            return values;
        }

        private static AlternatingCurrent Mains(Random random) => new()
        {
            Hertz = 45 + (20 * random.NextDouble()),
            Amperes = 1,
            Direct = random.NextDouble() - 0.5,
            Phase = 2 * Math.PI * random.NextDouble(),
            Third = 0.2,
            ThirdPhase = 2 * Math.PI * random.NextDouble(),
            Fifth = 0.1,
            FifthPhase = 2 * Math.PI * random.NextDouble(),
        };

        private static float[] Measured(AlternatingCurrent mains, double rate, double part, int count, Random random, double noise, double? told = null)
        {
            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures().ComputeAlternating(Samples(mains, rate, part, count, random, noise), 0, count, (float)rate, (float)(told ?? part), v);
            return v;
        }

        // Means over a part of each sample's time, and noise.
        private static float[] Samples(AlternatingCurrent mains, double rate, double part, int count, Random random, double noise)
        {
            const int points = 16;
            float[] amperes = new float[count];
            for (int i = 0; i < count; i++)
            {
                double sum = 0;
                for (int p = 0; p < points; p++)
                {
                    mains.At((i + (part * (p + 0.5) / points)) / rate, out double a, out _);
                    sum += a;
                }

                double spread = 0;
                for (int n = 0; n < 12; n++) { spread += random.NextDouble() - 0.5; }
                amperes[i] = (float)((sum / points) + (noise * spread));
            }

            return amperes;
        }
    }
}

using System;
using Sensors.Node;

namespace Sensors.Node.Tests.Features
{
    /// <summary>Vibration features: known signals, edges, and agreement with two-pass float64.</summary>
    public class VibrationFeaturesTests
    {
        private const int Mean = 0, Rms = 1, Peak = 2, PeakToPeak = 3, Crest = 4, PerAxis = 5;

        [Fact]
        public void SineOnOneAxisGravityOnAnother()
        {
            const int samples = 1000;
            const float weight = 0.0383072f; // 3.9 mg
            short[] xyz = new short[3 * samples];
            for (int i = 0; i < samples; i++)
            {
                xyz[3 * i] = (short)Math.Round(10000 * Math.Sin(2 * Math.PI * i / 100));
                xyz[3 * i + 2] = 256;
            }

            float[] v = new float[VibrationFeatures.ValueCount];
            Assert.Equal(0, new VibrationFeatures().Compute(xyz, 0, samples, weight, -32768, 32767, v));
            Assert.Equal(0f, v[Mean]);
            Assert.Equal(10000 / Math.Sqrt(2) * weight, v[Rms], 1e-3);
            Assert.Equal(10000 * (double)weight, v[Peak], 1e-4);
            Assert.Equal(20000 * (double)weight, v[PeakToPeak], 1e-4);
            Assert.Equal(Math.Sqrt(2), v[Crest], 1e-4);
            Assert.Equal(256 * (double)weight, v[2 * PerAxis + Mean], 1e-5);
            Assert.Equal(0f, v[2 * PerAxis + Rms]);
            Assert.Equal(0f, v[2 * PerAxis + Peak]);
            Assert.Equal(0f, v[2 * PerAxis + PeakToPeak]);
            Assert.True(float.IsNaN(v[2 * PerAxis + Crest]), "no crest factor without vibration");
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        public void TooFewSamplesLeaveValuesAbsent(int samples)
        {
            float[] v = new float[VibrationFeatures.ValueCount];
            int clipped = new VibrationFeatures().Compute(new short[] { 7, 8, 9 }, 0, samples, 1f, -100, 100, v);
            Assert.Equal(0, clipped);
            for (int i = 0; i < v.Length; i++)
            {
                bool present = samples == 1 && i % PerAxis == Mean;
                Assert.Equal(present, !float.IsNaN(v[i]));
            }
        }

        [Fact]
        public void ClippedSamplesAreCountedOnceEach()
        {
            short[] xyz = { 0, 0, 0, 100, 0, 0, 100, -100, 100, 99, -99, 0, 0, 0, -101 };
            float[] v = new float[VibrationFeatures.ValueCount];
            Assert.Equal(3, new VibrationFeatures().Compute(xyz, 0, 5, 1f, -100, 100, v));
            Assert.Equal(0, new VibrationFeatures().Compute(xyz, 0, 1, 1f, -100, 100, v));
        }

        [Fact]
        public void OffsetIsRespected()
        {
            short[] xyz = { 999, 999, 1, 2, 3, 3, 4, 5, 999 };
            float[] v = new float[VibrationFeatures.ValueCount];
            new VibrationFeatures().Compute(xyz, 2, 2, 1f, -1000, 1000, v);
            Assert.Equal(new[] { 2f, 1f, 1f, 2f, 1f, 3f, 1f, 1f, 2f, 1f, 4f, 1f, 1f, 2f, 1f }, v);
        }

        [Fact]
        public void ExtremeCountsDoNotOverflow()
        {
            short[] xyz = new short[3 * 100_000];
            for (int i = 0; i < xyz.Length; i++) { xyz[i] = i / 3 % 2 == 0 ? short.MinValue : short.MaxValue; }
            float[] v = new float[VibrationFeatures.ValueCount];
            Assert.Equal(100_000, new VibrationFeatures().Compute(xyz, 0, 100_000, 1f, -32768, 32767, v));
            Assert.Equal(-0.5f, v[Mean]);
            Assert.Equal(32767.5f, v[Rms]);
            Assert.Equal(32767.5f, v[Peak]);
            Assert.Equal(65535f, v[PeakToPeak]);
            Assert.Equal(1f, v[Crest]);
        }

        [Theory]
        [InlineData(0, 3)]
        [InlineData(256, 5)]     // 1 g of gravity at 3.9 mg, little vibration
        [InlineData(16384, 2)]   // 1 g at 2 g full scale
        [InlineData(-32000, 1)]
        [InlineData(0, 12000)]
        public void AgreesWithTwoPassDouble(int offset, int amplitude)
        {
            var random = new Random(offset + amplitude);
            const int samples = 4096;
            const float weight = 0.00119709f;
            short[] xyz = new short[3 * samples];
            for (int i = 0; i < xyz.Length; i++) { xyz[i] = (short)(offset + random.Next(-amplitude, amplitude + 1)); }
            float[] v = new float[VibrationFeatures.ValueCount];
            new VibrationFeatures().Compute(xyz, 0, samples, weight, -32768, 32767, v);
            for (int axis = 0; axis < 3; axis++)
            {
                double mean = 0, squares = 0, peak = 0;
                for (int i = axis; i < xyz.Length; i += 3) { mean += (double)xyz[i] * weight / samples; }
                for (int i = axis; i < xyz.Length; i += 3)
                {
                    double a = (double)xyz[i] * weight - mean;
                    squares += a * a;
                    peak = Math.Max(peak, Math.Abs(a));
                }

                double rms = Math.Sqrt(squares / samples);
                int at = axis * PerAxis;
                Assert.True(Math.Abs(v[at + Mean] - mean) <= 2e-7 * Math.Abs(mean) + 1e-12);
                Assert.True(Math.Abs(v[at + Rms] - rms) <= 2e-7 * rms);
                Assert.True(Math.Abs(v[at + Peak] - peak) <= 2e-7 * peak);
                Assert.True(Math.Abs(v[at + Crest] - peak / rms) <= 2e-7 * peak / rms);
            }
        }

        [Fact]
        public void ChannelsNameTheValues()
        {
            Channel[] channels = VibrationFeatures.Channels();
            Assert.Equal(VibrationFeatures.ValueCount, channels.Length);
            string[] names = Array.ConvertAll(channels, c => c.Name);
            Assert.Equal("x_mean,x_rms,x_peak,x_p2p,x_crest,y_mean,y_rms,y_peak,y_p2p,y_crest,z_mean,z_rms,z_peak,z_p2p,z_crest", string.Join(",", names));
            Assert.All(channels, c => Assert.Equal(c.Name.EndsWith("crest", StringComparison.Ordinal) ? "/" : "m/s2", c.Unit));
        }

        [Fact]
        public void NothingIsAllocated()
        {
            var features = new VibrationFeatures();
            short[] xyz = new short[3 * 64];
            float[] v = new float[VibrationFeatures.ValueCount];
            features.Compute(xyz, 0, 64, 1f, -10, 10, v);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++) { features.Compute(xyz, 0, 64, 1f, 0, 10, v); }
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }
}

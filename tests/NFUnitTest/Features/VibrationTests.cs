using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Features
{
    [TestClass]
    public class VibrationTests
    {
        [TestMethod]
        public static void Moments_are_told_per_axis()
        {
            short[] xyz = { 999, 1, 2, 3, 3, 4, 5, 999 };
            float[] v = new float[VibrationFields.Count];
            int clipped = new VibrationFeatures(new VibrationOptions(), 256).Compute(xyz, 1, 2, 0.5f, 1000f, true, -1000, 5, v);
            Assert.AreEqual(1, clipped);
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                int at = axis * VibrationFields.PerAxis;
                Assert.AreEqual((axis + 2) * 0.5f, v[at + VibrationFields.Mean]);
                Assert.AreEqual(0.5f, v[at + VibrationFields.Rms]);
                Assert.AreEqual(0.5f, v[at + VibrationFields.Peak]);
                Assert.AreEqual(1f, v[at + VibrationFields.PeakToPeak]);
                Assert.AreEqual(1f, v[at + VibrationFields.Crest]);
                Assert.AreEqual(0f, v[at + VibrationFields.Skewness]);
                Assert.AreEqual(1f, v[at + VibrationFields.Kurtosis]);
                Assert.IsTrue(float.IsNaN(v[at + VibrationFields.Centroid]));
            }
        }

        [TestMethod]
        public static void Vibration_on_gravity_keeps_its_digits()
        {
            // 15 of 16 samples at 16384 counts, one a count higher: p = 1/16, q = 15/16, variance = p q exactly, RMS = 0.2420614591...
            short[] counts = new short[16];
            for (int i = 0; i < counts.Length; i++) { counts[i] = 16384; }
            counts[7] = 16385;
            float[] v = new float[VibrationFields.Count];
            var features = new VibrationFeatures(new VibrationOptions(), 256);
            features.Begin();
            Assert.AreEqual(0, features.ComputeAxis(counts, 0, 1, 16, 0, 1f, 1000f, true, -32768, 32767, v));
            Assert.AreEqual(QualityNotes.SpectrumWindow, features.Notes);
            Assert.AreEqual(16384.0625f, v[VibrationFields.Mean]);
            Assert.AreEqual(0.24206146f, v[VibrationFields.Rms]);
            Assert.AreEqual(0.9375f, v[VibrationFields.Peak]);
            Assert.AreEqual(3.87298335f, v[VibrationFields.Crest]); // sqrt(15)
            AssertNear(3.61478446f, v[VibrationFields.Skewness], 1e-6f); // (q - p) / sqrt(p q)
            AssertNear(14.0666667f, v[VibrationFields.Kurtosis], 1e-6f); // (1 - 3 p q) / (p q)
        }

        [TestMethod]
        public static void The_ends_of_the_counts_do_not_overflow()
        {
            short[] xyz = new short[3 * 4096];
            for (int i = 0; i < xyz.Length; i++) { xyz[i] = i / 3 % 2 == 0 ? short.MinValue : short.MaxValue; }
            float[] v = new float[VibrationFields.Count];
            var features = new VibrationFeatures(new VibrationOptions(), 1024);
            Assert.AreEqual(4096, features.Compute(xyz, 0, 4096, 1f, 3200f, true, short.MinValue, short.MaxValue, v));
            Assert.AreEqual(-0.5f, v[VibrationFields.Mean]);
            Assert.AreEqual(32767.5f, v[VibrationFields.Rms]);
            Assert.AreEqual(65535f, v[VibrationFields.PeakToPeak]);
            Assert.AreEqual(1f, v[VibrationFields.Crest]);
            Assert.AreEqual(1f, v[VibrationFields.Kurtosis]);
            Assert.IsTrue((features.Notes & QualityNotes.AliasingRisk) != 0);
        }

        [TestMethod]
        public static void Too_few_samples_leave_values_absent()
        {
            float[] v = new float[VibrationFields.Count];
            var features = new VibrationFeatures(new VibrationOptions(), 256);
            features.Compute(new short[] { 7, 8, 9 }, 0, 1, 1f, 1000f, true, -100, 100, v);
            Assert.AreEqual(8f, v[VibrationFields.PerAxis]);
            Assert.IsTrue(float.IsNaN(v[VibrationFields.PerAxis + VibrationFields.Rms]));
            features.Compute(new short[0], 0, 0, 1f, 1000f, true, -100, 100, v);
            for (int i = 0; i < v.Length; i++) { Assert.IsTrue(float.IsNaN(v[i])); }
        }

        [TestMethod]
        public static void A_square_wave_has_its_lines()
        {
            // 1,000 counts for 16 samples, -1,000 for 16: at 3,200 Hz lines of 4/pi, 4/(3 pi), ... times 1,000 at 100, 300, 500 Hz. Sampled, the n-th of 32 is
            // 1/8 / sin(n pi / 32): 1273.2395 becomes 1275.2864.
            short[] counts = new short[1024];
            for (int i = 0; i < counts.Length; i++) { counts[i] = (short)(i % 32 < 16 ? 1000 : -1000); }
            float[] v = new float[VibrationFields.Count];
            var options = new VibrationOptions { SpeedRpm = 6000f, BandEdges = new float[] { 50f, 200f, 250f, 1000f } };
            var features = new VibrationFeatures(options, 1024);
            features.Begin();
            features.ComputeAxis(counts, 0, 1, 1024, 1, 0.01f, 3200f, true, short.MinValue, short.MaxValue, v);
            int at = VibrationFields.PerAxis;
            AssertNear(10f, v[at + VibrationFields.Rms], 1e-6f);
            AssertNear(100f, v[at + VibrationFields.FirstPeak], 1e-5f);
            AssertNear(12.752864f, v[at + VibrationFields.FirstPeak + 1], 1e-5f);
            AssertNear(300f, v[at + VibrationFields.FirstPeak + 2], 1e-5f);
            AssertNear(4.3060840f, v[at + VibrationFields.FirstPeak + 3], 1e-5f);
            AssertNear(500f, v[at + VibrationFields.FirstPeak + 4], 1e-5f);
            AssertNear(9.0176366f, v[at + VibrationFields.FirstBand], 1e-5f); // 12.752864 / sqrt 2
            AssertNear(12.752864f, v[at + VibrationFields.FirstOrder], 1e-5f);
            Assert.IsTrue(v[at + VibrationFields.FirstOrder + 1] < 1e-4f);
            AssertNear(4.3060840f, v[at + VibrationFields.FirstOrder + 2], 1e-5f);
            AssertNear(12.752864f, v[at + VibrationFields.MainsLine], 1e-5f);
            Assert.IsTrue(float.IsNaN(v[at + VibrationFields.Velocity]));
            Assert.IsTrue((features.Notes & QualityNotes.VelocityWindow) != 0);
        }

        [TestMethod]
        public static void A_transform_is_what_it_should_be()
        {
            var fft = new RealFft(64);
            for (int length = 8; length <= 64; length *= 2)
            {
                float[] data = new float[length];
                data[1] = 1f; // exp(-2 pi i k / length)
                fft.Transform(data, length);
                float[] table = fft.CosineTable;
                int step = 64 / length;
                AssertNear(1f, data[0], 1e-6f);
                AssertNear(-1f, data[1], 1e-6f);
                for (int k = 1; k <= length / 4; k++)
                {
                    AssertNear(1f + table[k * step], 1f + data[2 * k], 1e-6f);
                    AssertNear(1f + table[16 - k * step], 1f - data[2 * k + 1], 1e-6f);
                }
            }
        }

        private static void AssertNear(float expected, float found, float part)
        {
            float error = found / expected - 1f;
            Assert.IsTrue(error <= part && error >= -part, "a value is off");
        }
    }
}

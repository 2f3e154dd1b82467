using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Features
{
    [TestClass]
    public class FeatureTests
    {
        [TestMethod]
        public static void Vibration_is_told_per_axis()
        {
            short[] xyz = { 999, 1, 2, 3, 3, 4, 5, 999 };
            float[] v = new float[VibrationFeatures.ValueCount];
            int clipped = new VibrationFeatures().Compute(xyz, 1, 2, 0.5f, -1000, 5, v);
            Assert.AreEqual(1, clipped);
            for (int axis = 0; axis < 3; axis++)
            {
                int at = axis * 5;
                Assert.AreEqual((axis + 2) * 0.5f, v[at]);
                Assert.AreEqual(0.5f, v[at + 1]);
                Assert.AreEqual(0.5f, v[at + 2]);
                Assert.AreEqual(1f, v[at + 3]);
                Assert.AreEqual(1f, v[at + 4]);
            }
        }

        [TestMethod]
        public static void Vibration_on_gravity_keeps_its_digits()
        {
            // 15 of 16 samples at 16384 counts, one a count higher: variance = 15/256 exactly, RMS = 0.2420614591...
            short[] xyz = new short[3 * 16];
            for (int i = 0; i < xyz.Length; i++) { xyz[i] = 16384; }
            xyz[21] = 16385;
            float[] v = new float[VibrationFeatures.ValueCount];
            new VibrationFeatures().Compute(xyz, 0, 16, 1f, -32768, 32767, v);
            Assert.AreEqual(16384.0625f, v[0]);
            Assert.AreEqual(0.24206146f, v[1]);
            Assert.AreEqual(0.9375f, v[2]);
            Assert.AreEqual(3.87298335f, v[4]); // sqrt(15)
            Assert.AreEqual(0f, v[6]);
            Assert.IsTrue(float.IsNaN(v[9]), "no crest factor without vibration");
        }

        [TestMethod]
        public static void Vibration_at_the_ends_of_the_counts_does_not_overflow()
        {
            short[] xyz = new short[3 * 4096];
            for (int i = 0; i < xyz.Length; i++) { xyz[i] = i / 3 % 2 == 0 ? short.MinValue : short.MaxValue; }
            float[] v = new float[VibrationFeatures.ValueCount];
            Assert.AreEqual(4096, new VibrationFeatures().Compute(xyz, 0, 4096, 1f, short.MinValue, short.MaxValue, v));
            Assert.AreEqual(-0.5f, v[0]);
            Assert.AreEqual(32767.5f, v[1]);
            Assert.AreEqual(65535f, v[3]);
            Assert.AreEqual(1f, v[4]);
        }

        [TestMethod]
        public static void Too_few_samples_leave_values_absent()
        {
            float[] v = new float[VibrationFeatures.ValueCount];
            new VibrationFeatures().Compute(new short[] { 7, 8, 9 }, 0, 1, 1f, -100, 100, v);
            Assert.AreEqual(8f, v[5]);
            Assert.IsTrue(float.IsNaN(v[6]));
            new VibrationFeatures().Compute(new short[0], 0, 0, 1f, -100, 100, v);
            for (int i = 0; i < v.Length; i++) { Assert.IsTrue(float.IsNaN(v[i])); }
        }

        [TestMethod]
        public static void A_temperature_line_has_its_slope()
        {
            var features = new TemperatureFeatures();
            for (int i = 0; i <= 60; i++) { features.Add(7200000 + i * 1000, 20f + i * 0.03125f); }
            features.Add(7300000, float.NaN);
            float[] v = new float[TemperatureFeatures.ValueCount];
            features.Compute(v);
            Assert.AreEqual(20.9375f, v[0]);
            Assert.AreEqual(20f, v[1]);
            Assert.AreEqual(21.875f, v[2]);
            Assert.AreEqual(1.875f, v[3]);
            features.Reset();
            features.Add(0, 5f);
            features.Compute(v);
            Assert.AreEqual(5f, v[0]);
            Assert.IsTrue(float.IsNaN(v[3]));
        }

        [TestMethod]
        public static void A_current_has_its_true_rms()
        {
            short[] counts = { 1, -1, 7, -7, 5, 5 };
            float[] v = new float[CurrentFeatures.ValueCount];
            Assert.AreEqual(1, new CurrentFeatures().Compute(counts, 0, 6, 0.1f, -100, 7, v));
            Assert.AreEqual(0.16666667f, v[0]);
            Assert.AreEqual(0.5f, v[1]);
            Assert.AreEqual(-0.7f, v[2]);
            Assert.AreEqual(0.7f, v[3]);

            new CurrentFeatures().Compute(new float[] { 3f, -5f, 4f }, 0, 3, v);
            Assert.AreEqual(0.6666667f, v[0]);
            Assert.AreEqual(4.0824829f, v[1]);
            Assert.AreEqual(-5f, v[2]);
            Assert.AreEqual(4f, v[3]);
        }

        [TestMethod]
        public static void An_alternating_current_has_its_frequency_and_no_direct_part_in_its_rms()
        {
            // 60 Hz at 900 samples a second: 15 samples a cycle, 3 A at the peak on 1 A.
            float[] cycle =
            {
                0f, 1.2202099f, 2.2294345f, 2.8531695f, 2.9835657f, 2.5980762f, 1.7633558f, 0.6237351f,
                -0.6237351f, -1.7633558f, -2.5980762f, -2.9835657f, -2.8531695f, -2.2294345f, -1.2202099f,
            };
            float[] amperes = new float[180];
            for (int i = 0; i < amperes.Length; i++) { amperes[i] = 1f + cycle[i % 15]; }
            float[] v = new float[CurrentFeatures.ValueCount];
            new CurrentFeatures().ComputeAlternating(amperes, 0, 180, 900f, 0f, v);
            Assert.IsTrue(v[0] > 0.999f && v[0] < 1.001f);
            Assert.IsTrue(v[1] > 2.120f && v[1] < 2.123f); // 3 / sqrt(2) = 2.1213
            Assert.IsTrue(v[4] > 59.99f && v[4] < 60.01f);
            new CurrentFeatures().Compute(amperes, 0, 180, v);
            Assert.IsTrue(float.IsNaN(v[4]));
        }
    }
}

using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Features
{
    [TestClass]
    public class FeatureTests
    {
        [TestMethod]
        public static void A_temperature_line_has_its_slope()
        {
            var features = new TemperatureFeatures();
            for (int i = 0; i <= 60; i++) { features.Add(7200000 + i * 1000, 20f + i * 0.03125f); }
            features.Add(7300000, float.NaN);
            float[] v = new float[TemperatureFeatures.ValueCount];
            features.Compute(float.NaN, v);
            Assert.AreEqual(20.9375f, v[0]);
            Assert.AreEqual(20f, v[1]);
            Assert.AreEqual(21.875f, v[2]);
            Assert.AreEqual(1.875f, v[3]);
            features.Reset();
            features.Add(0, 5f);
            features.Compute(float.NaN, v);
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

            new CurrentFeatures().Compute(new float[] { 3f, -5f, 4f }, 0, 3, float.NaN, v);
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
            new CurrentFeatures().Compute(amperes, 0, 180, 900f, v);
            Assert.IsTrue(float.IsNaN(v[4]));
        }
    }
}

using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Features
{
    [TestClass]
    public class TemperatureTests
    {
        [TestMethod]
        public static void The_average_goes_on_from_window_to_window()
        {
            // T = 100 s and a sample every 100 s: each moves it by 1 - 1/e = 0.6321206.
            var features = new TemperatureFeatures(new TemperatureOptions { AverageSeconds = 100f });
            float[] v = new float[TemperatureFeatures.ValueCount];
            features.Add(0, 20f);
            features.Compute(float.NaN, v);
            Assert.AreEqual(20f, v[TemperatureFields.Average]);
            Assert.IsTrue(float.IsNaN(v[TemperatureFields.Rise]));
            features.Reset();
            features.Add(100000, 30f);
            features.Compute(22f, v);
            Assert.IsTrue(v[TemperatureFields.Average] > 26.3211f && v[TemperatureFields.Average] < 26.3213f);
            Assert.AreEqual(8f, v[TemperatureFields.Rise]);
            features.Add(200000, 30f);
            features.Compute(22f, v);
            Assert.IsTrue(v[TemperatureFields.Average] > 28.6465f && v[TemperatureFields.Average] < 28.6467f);
            features.Reset();
            features.Compute(22f, v);
            for (int i = 0; i < v.Length; i++) { Assert.IsTrue(float.IsNaN(v[i])); }
        }

        [TestMethod]
        public static void A_humidity_has_no_average()
        {
            var features = new TemperatureFeatures();
            float[] v = new float[TemperatureFeatures.ValueCount];
            features.Add(0, 40f);
            features.Compute(float.NaN, v);
            Assert.AreEqual(40f, v[TemperatureFields.Mean]);
            Assert.IsTrue(float.IsNaN(v[TemperatureFields.Average]));
        }
    }
}

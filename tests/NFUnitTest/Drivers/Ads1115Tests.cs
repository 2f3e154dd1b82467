using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Ads1115Tests
    {
        [TestMethod]
        public static void A_clamp_with_22_ohm_gives_1_1_V_at_100_A()
        {
            CurrentClamp clamp = CurrentClamp.WithBurden(100, 50, 22000, 1);
            Assert.IsTrue(clamp.RatedVolts > 1.0999f && clamp.RatedVolts < 1.1001f);
            Assert.IsTrue(clamp.AmperesPerVolt > 90.9f && clamp.AmperesPerVolt < 90.92f);
            Assert.AreEqual((int)Ads1115Range.Millivolts2048, (int)clamp.Range);
            Assert.AreEqual((int)Ads1115Range.Millivolts4096, (int)CurrentClamp.WithBurden(100, 50, 33000, 1).Range);
        }

        [TestMethod]
        public static void Conversions_are_numbered_only_when_certain()
        {
            var timing = new Ads1115Timing();
            timing.Reset(1000);
            timing.Begin(0, 0);
            Assert.AreEqual(1, timing.NumberAt(1124, 1801));
            Assert.AreEqual(0, timing.NumberAt(1123, 1130));
            Assert.AreEqual(0, timing.NumberAt(1124, 1802));
            Assert.IsTrue(timing.End(2990, 3010));
            timing.Begin(0, 0);
            Assert.IsTrue(timing.End(19990, 20010));
            timing.Begin(0, 0);
            Assert.AreEqual(10, timing.NumberAt(10020, 10900));
            Assert.IsFalse(timing.End(10480, 10520));
        }
    }
}

using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Ina228Tests
    {
        [TestMethod]
        [DataRow(16200, 10000, 0x00, 4050)]
        [DataRow(16200, 2500, 0x10, 4050)]
        [DataRow(10000, 16384, 0x00, 4096)]
        public static void Calibration_is_four_times_as_large_in_the_small_range(int shuntMicroOhms, int milliAmperes, int range, int expected)
        {
            Assert.AreEqual(expected, Ina228.Calibration(shuntMicroOhms, milliAmperes, (Ina228Range)range));
        }

        [TestMethod]
        [DataRow(311040, 97200000)]
        [DataRow(-311040, -97200000)]
        [DataRow(524287, 163839687)]
        public static void The_shunt_voltage_is_in_nanovolts(int raw, int nanovolts)
        {
            Assert.AreEqual(nanovolts, Ina228.ToNanovolts(raw, Ina228Range.Millivolts164));
        }
    }
}

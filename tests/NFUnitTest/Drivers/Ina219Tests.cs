using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Ina219Tests
    {
        [TestMethod]
        [DataRow(2000, 1000, 20480)]
        [DataRow(100000, 100, 4096)]
        [DataRow(9000, 999, 4554)]
        public static void Calibration_is_the_truncated_even_quotient(int shuntMicroOhms, int microAmperes, int expected)
        {
            Assert.AreEqual(expected, Ina219.Calibration(shuntMicroOhms, microAmperes));
        }

        [TestMethod]
        public static void A_chip_that_does_not_reset_like_one_is_refused()
        {
            var bus = new WordBus(); // keeps what is written: 8000h
            SensorFault fault = SensorFault.None;
            try
            {
                new Ina219(bus).Start(100000, 100, Ina219Range.Millivolts320, Ina219Time.Bits9, Ina219Time.Samples4, Ina219Mode.Continuous);
            }
            catch (SensorException e)
            {
                fault = e.Fault;
            }

            Assert.AreEqual((int)SensorFault.WrongIdentity, (int)fault);
        }
    }
}

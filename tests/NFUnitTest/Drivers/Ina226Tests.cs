using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Ina226Tests
    {
        [TestMethod]
        [DataRow(100000, 25, 2048)]
        [DataRow(10000, 1000, 512)]
        [DataRow(2000, 1250, 2048)]
        [DataRow(15000, 167, 2043)]
        [DataRow(100000, 51200, 1)]
        public static void Calibration_is_the_truncated_quotient(int shuntMicroOhms, int microAmperes, int expected)
        {
            Assert.AreEqual(expected, Ina226.Calibration(shuntMicroOhms, microAmperes));
        }

        [TestMethod]
        public static void A_weight_too_coarse_is_refused()
        {
            Assert.ThrowsException(typeof(System.ArgumentOutOfRangeException), () => Ina226.Calibration(100000, 51201));
        }

        [TestMethod]
        public static void A_result_is_signed_and_a_lost_calibration_is_a_brown_out()
        {
            var bus = new WordBus();
            bus.Memory[0xFE] = 0x5449;
            bus.Memory[0xFF] = 0x2260;
            var chip = new Ina226(bus);
            chip.Start(100000, 25, Ina226Averages.Sixteen, Ina226Time.Microseconds1100, Ina226Time.Microseconds1100, Ina226Mode.Continuous);
            Assert.AreEqual((ushort)0x0800, bus.Memory[0x05]);
            Assert.AreEqual((ushort)0x4527, bus.Memory[0x00]);
            bus.Memory[0x06] = 0x0008;
            bus.Memory[0x01] = 0xFC18;
            bus.Memory[0x02] = 0x2580;
            bus.Memory[0x04] = 0xFC18;
            Assert.AreEqual(1, chip.TryRead(out int current, out int volts));
            Assert.AreEqual(-1000, current);
            Assert.AreEqual(9600, volts);
            bus.Memory[0x05] = 0;
            SensorFault fault = SensorFault.None;
            try
            {
                chip.TryRead(out _, out _);
            }
            catch (SensorException e)
            {
                fault = e.Fault;
            }

            Assert.AreEqual((int)SensorFault.BrownOut, (int)fault);
        }
    }
}

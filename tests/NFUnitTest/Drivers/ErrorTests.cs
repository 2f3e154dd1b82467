using System.Device.Spi;
using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class ErrorTests
    {
        [TestMethod]
        public static void A_bus_error_names_bus_register_and_status()
        {
            var error = new BusException("SPI1 CS27", 0x0A, BusStatus.NotAcknowledged);
            Assert.AreEqual("SPI1 CS27, register 0x0A: transfer failed, status 1", error.Message);
            Assert.AreEqual("SPI1 CS27", error.Bus);
            Assert.AreEqual((byte)0x0A, error.Register);
            Assert.AreEqual((int)BusStatus.NotAcknowledged, (int)error.Status);
        }

        [TestMethod]
        public static void A_sensor_error_tells_what_was_found_and_expected()
        {
            var error = new SensorException("LIS3DH", SensorFault.WrongIdentity, 0x0F, 0x00, 0x33);
            Assert.AreEqual("LIS3DH, register 0x0F: found 0x00, expected 0x33", error.Message);
            Assert.AreEqual((int)SensorFault.WrongIdentity, (int)error.Fault);
            Assert.AreEqual(0x33, error.Expected);
        }

        [TestMethod]
        public static void An_error_is_caught_by_its_own_type()
        {
            Assert.ThrowsException(typeof(BusException), () => throw new BusException("I2C1 0x48", 0, BusStatus.Timeout));
        }

        [TestMethod]
        public static void A_profile_keeps_what_the_data_sheet_says()
        {
            var profile = new SpiProfile(SpiMode.Mode3, 5000000, 0x80, 0x40, 1);
            Assert.AreEqual((int)SpiMode.Mode3, (int)profile.Mode);
            Assert.AreEqual(5000000, profile.ClockHz);
            Assert.AreEqual((byte)0x80, profile.ReadFlag);
            Assert.AreEqual((byte)0x40, profile.BurstFlag);
            Assert.AreEqual(1, profile.AddressShift);
        }
    }
}

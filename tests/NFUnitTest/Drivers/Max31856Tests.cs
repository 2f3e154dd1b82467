using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Max31856Tests
    {
        [TestMethod]
        [DataRow(0xFF, 0x60, 0x00, -1280)] // -10 °C
        [DataRow(0xFF, 0xFF, 0xE0, -1)]
        [DataRow(0x00, 0x00, 0x20, 1)]
        [DataRow(0x06, 0x40, 0x00, 12800)] // 100 °C
        [DataRow(0xF3, 0x80, 0x00, -25600)] // -200 °C
        public static void Results_have_their_sign(int high, int middle, int low, int digits)
        {
            MaximBus bus = Converted(out Max31856 chip);
            bus.Memory[0x0C] = (byte)high;
            bus.Memory[0x0D] = (byte)middle;
            bus.Memory[0x0E] = (byte)low;
            Assert.AreEqual(1, chip.TryRead(out int found));
            Assert.AreEqual(digits, found);
        }

        [TestMethod]
        public static void The_cold_junction_has_its_sign_and_no_offset_is_added()
        {
            MaximBus bus = Converted(out Max31856 chip);
            bus.Memory[0x0A] = 0xFF;
            bus.Memory[0x0B] = 0xFC;
            Assert.AreEqual(1, chip.TryRead(out int _));
            Assert.AreEqual(-1, chip.ColdJunction);
        }

        [TestMethod]
        [DataRow(0x01, 7)] // SensorOpen
        [DataRow(0x40, 9)] // OutOfRange
        [DataRow(0x02, 10)] // InputVoltage
        public static void Fault_bits(int status, int fault)
        {
            MaximBus bus = Converted(out Max31856 chip);
            bus.Memory[0x0F] = (byte)status;
            Assert.AreEqual(0, chip.TryRead(out int _));
            Assert.AreEqual(fault, (int)chip.ProbeFault);
        }

        private static MaximBus Converted(out Max31856 chip)
        {
            var bus = new MaximBus(0x42); // one-shot, fault clear
            var clock = new SteppedClock();
            chip = new Max31856(bus, clock);
            chip.Start(Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.OneShot);
            chip.StartOneShot();
            clock.Wait(chip.ConversionMicroseconds);
            return bus;
        }
    }
}

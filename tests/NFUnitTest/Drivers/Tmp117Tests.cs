using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Tmp117Tests
    {
        [TestMethod]
        [DataRow(0xF380, -3200, -25000)]
        [DataRow(0xFFF0, -16, -125)]
        [DataRow(0xFFFF, -1, -7)]
        [DataRow(0x0080, 128, 1000)]
        [DataRow(0x0C80, 3200, 25000)]
        [DataRow(0x3200, 12800, 100000)]
        [DataRow(0x7FFF, 32767, 255992)]
        public static void Codes_of_the_data_sheet(int code, int digits, int milliCelsius)
        {
            WordBus bus = Chip();
            Tmp117 chip = Started(bus);
            bus.Memory[0x00] = (ushort)code;
            bus.Memory[0x01] = 0x2220;
            Assert.AreEqual(1, chip.TryRead(out int raw));
            Assert.AreEqual(digits, raw);
            Assert.AreEqual(milliCelsius, Tmp117.ToMilliCelsius(raw));
        }

        [TestMethod]
        public static void Minus_256_is_never_a_temperature()
        {
            WordBus bus = Chip();
            Tmp117 chip = Started(bus);
            bus.Memory[0x00] = 0x8000;
            bus.Memory[0x01] = 0x2220;
            Assert.AreEqual(0, chip.TryRead(out int raw));
            Assert.AreEqual(0, raw);
        }

        [TestMethod]
        [DataRow(0x1116)]
        [DataRow(0x2117)]
        public static void The_other_members_of_the_family_are_refused(int id)
        {
            var bus = new WordBus();
            bus.Memory[0x0F] = (ushort)id;
            Assert.ThrowsException(typeof(SensorException), () => Started(bus));
        }

        private static WordBus Chip()
        {
            var bus = new WordBus();
            bus.Memory[0x0F] = 0x0117;
            return bus;
        }

        private static Tmp117 Started(WordBus bus)
        {
            var chip = new Tmp117(bus, new SteppedClock());
            chip.Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight);
            return chip;
        }
    }
}

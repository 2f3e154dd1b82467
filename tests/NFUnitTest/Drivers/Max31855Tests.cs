using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Max31855Tests
    {
        [TestMethod]
        [DataRow(0x3E80, 0x1900, 4000, 400)] // 1000 and 25 °C
        [DataRow(0x064C, 0x6490, 403, 1609)] // 100.75 and 100.5625
        [DataRow(0x0190, 0x0000, 100, 0)]
        [DataRow(0xFFFC, 0xFFF0, -1, -1)] // -0.25 and -0.0625
        [DataRow(0xFFF0, 0xFF00, -4, -16)]
        [DataRow(0xF060, 0xEC00, -1000, -320)] // -250 and -20
        public static void Words_of_the_data_sheet(int high, int low, int digits, int cold)
        {
            Max31855 chip = Framed(high, low);
            Assert.AreEqual(1, chip.TryRead(out int found));
            Assert.AreEqual(digits, found);
            Assert.AreEqual(cold, chip.ColdJunction);
        }

        [TestMethod]
        [DataRow(0x7FFD, 0x1901, 7)] // D0: open
        [DataRow(0x7FFD, 0x1902, 8)] // D1: short to ground
        [DataRow(0x7FFD, 0x1904, 8)] // D2: short to supply
        public static void Fault_bits(int high, int low, int fault)
        {
            Max31855 chip = Framed(high, low);
            Assert.AreEqual(0, chip.TryRead(out int _));
            Assert.AreEqual(fault, (int)chip.ProbeFault);
        }

        [TestMethod]
        [DataRow(0x0192, 0x1900)] // D17
        [DataRow(0x0190, 0x1908)] // D3
        [DataRow(0x0191, 0x1900)] // a fault without a reason
        public static void What_no_chip_sends_is_refused(int high, int low)
        {
            Max31855 chip = Framed(high, low);
            Assert.ThrowsException(typeof(SensorException), () => chip.TryRead(out int _));
        }

        [TestMethod]
        [DataRow(0x0000, 0x0000)]
        [DataRow(0xFFFF, 0xFFFF)]
        public static void A_dead_line_is_silence(int high, int low)
        {
            Max31855 chip = Framed(high, low);
            Assert.ThrowsException(typeof(BusException), () => chip.TryRead(out int _));
        }

        private static Max31855 Framed(int high, int low)
        {
            var bus = new MaximBus(0);
            var clock = new SteppedClock();
            var chip = new Max31855(bus, clock);
            bus.Memory[0] = 0x01; // 25 °C at both ends
            bus.Memory[1] = 0x90;
            bus.Memory[2] = 0x19;
            chip.Start(Max31855Type.K);
            bus.Memory[0] = (byte)(high >> 8);
            bus.Memory[1] = (byte)high;
            bus.Memory[2] = (byte)(low >> 8);
            bus.Memory[3] = (byte)low;
            clock.Wait(Max31855.ConversionMicroseconds);
            return chip;
        }
    }
}

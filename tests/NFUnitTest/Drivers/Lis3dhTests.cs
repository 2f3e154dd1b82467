using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Lis3dhTests
    {
        [TestMethod]
        public static void Start_writes_its_settings()
        {
            MemoryBus bus = Chip();
            new Lis3dh(bus, new SteppedClock()).Start(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.HighResolution);
            Assert.AreEqual((byte)0x97, bus.Memory[0x20]);
            Assert.AreEqual((byte)0xA8, bus.Memory[0x23]);
            Assert.AreEqual((byte)0x40, bus.Memory[0x24]);
            Assert.AreEqual((byte)0x80, bus.Memory[0x2E]);
        }

        [TestMethod]
        public static void Another_identity_is_refused()
        {
            MemoryBus bus = Chip();
            bus.Memory[0x0F] = 0x44;
            Assert.ThrowsException(
                typeof(SensorException),
                () => new Lis3dh(bus, new SteppedClock()).Start(Lis3dhRange.G2, Lis3dhRate.Hz100, Lis3dhMode.Normal));
        }

        [TestMethod]
        [DataRow(0x10, 0x00, 1)]
        [DataRow(0xF0, 0xFF, -1)]
        [DataRow(0xC0, 0x7F, 2044)]
        [DataRow(0x00, 0x80, -2048)]
        [DataRow(0x00, 0x40, 1024)]
        public static void A_sample_is_little_endian_signed_and_left_justified(int low, int high, int digits)
        {
            MemoryBus bus = Chip();
            var chip = new Lis3dh(bus, new SteppedClock());
            chip.Start(Lis3dhRange.G2, Lis3dhRate.Hz400, Lis3dhMode.HighResolution);
            bus.Memory[0x2F] = 1;
            for (int axis = 0; axis < 3; axis++)
            {
                bus.Memory[0x28 + (2 * axis)] = (byte)low;
                bus.Memory[0x29 + (2 * axis)] = (byte)high;
            }

            var xyz = new short[5];
            Assert.AreEqual(1, chip.ReadFifo(xyz, 1, 1));
            Assert.AreEqual(digits, (int)xyz[1]);
            Assert.AreEqual(digits, (int)xyz[2]);
            Assert.AreEqual(digits, (int)xyz[3]);
            Assert.AreEqual(0, (int)xyz[0]);
            Assert.AreEqual(0, (int)xyz[4]);
        }

        [TestMethod]
        [DataRow((int)Lis3dhRange.G2, 1)]
        [DataRow((int)Lis3dhRange.G4, 2)]
        [DataRow((int)Lis3dhRange.G8, 4)]
        [DataRow((int)Lis3dhRange.G16, 12)]
        public static void A_digit_weighs_what_the_range_says(int range, int milliG)
        {
            var chip = new Lis3dh(Chip(), new SteppedClock());
            chip.Start((Lis3dhRange)range, Lis3dhRate.Hz400, Lis3dhMode.Normal);
            Assert.AreEqual(milliG, (int)((chip.GPerDigit * 1000f) + 0.5f));
        }

        private static MemoryBus Chip()
        {
            var bus = new MemoryBus();
            bus.Memory[0x0F] = 0x33;
            return bus;
        }
    }
}

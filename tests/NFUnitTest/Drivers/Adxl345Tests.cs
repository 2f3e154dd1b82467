using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Adxl345Tests
    {
        [TestMethod]
        public static void Start_writes_its_settings()
        {
            MemoryBus bus = Chip();
            new Adxl345(bus, new SteppedClock()).Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            Assert.AreEqual((byte)0x0F, bus.Memory[0x2C]);
            Assert.AreEqual((byte)0x08, bus.Memory[0x2D]);
            Assert.AreEqual((byte)0x0B, bus.Memory[0x31]);
            Assert.AreEqual((byte)0x80, bus.Memory[0x38]);
        }

        [TestMethod]
        public static void Another_identity_is_refused()
        {
            var bus = new MemoryBus();
            Assert.ThrowsException(typeof(SensorException), () => new Adxl345(bus, new SteppedClock()).Start(Adxl345Range.G2, Adxl345Rate.Hz100));
        }

        [TestMethod]
        [DataRow(0x00, 0x00, 0)]
        [DataRow(0x01, 0x00, 1)]
        [DataRow(0xFF, 0xFF, -1)]
        [DataRow(0x00, 0x01, 256)]
        [DataRow(0x00, 0xFF, -256)]
        [DataRow(0xFE, 0x0F, 4094)]
        [DataRow(0x00, 0xF0, -4096)]
        public static void A_sample_is_little_endian_and_signed(int low, int high, int digits)
        {
            MemoryBus bus = Chip();
            var chip = new Adxl345(bus, new SteppedClock());
            chip.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            bus.Memory[0x39] = 1;
            for (int axis = 0; axis < 2; axis++)
            {
                bus.Memory[0x32 + (2 * axis)] = (byte)low;
                bus.Memory[0x33 + (2 * axis)] = (byte)high;
            }

            bus.Memory[0x37] = 0x01; // 1 g on Z: six equal bytes would be a dead line, not a sample

            var xyz = new short[5];
            Assert.AreEqual(1, chip.ReadFifo(xyz, 1, 1));
            Assert.AreEqual(digits, (int)xyz[1]);
            Assert.AreEqual(digits, (int)xyz[2]);
            Assert.AreEqual(256, (int)xyz[3]);
            Assert.AreEqual(0, (int)xyz[0]);
            Assert.AreEqual(0, (int)xyz[4]);
        }

        [TestMethod]
        [DataRow((int)Adxl345Range.G2, (int)Adxl345Rate.Hz800, 511, -512)]
        [DataRow((int)Adxl345Range.G16, (int)Adxl345Rate.Hz800, 4095, -4096)]
        [DataRow((int)Adxl345Range.G16, (int)Adxl345Rate.Hz3200, 4094, -4096)]
        public static void A_range_ends_where_the_digits_do(int range, int rate, int high, int low)
        {
            var chip = new Adxl345(Chip(), new SteppedClock());
            chip.Start((Adxl345Range)range, (Adxl345Rate)rate);
            Assert.AreEqual(high, chip.ClipHigh);
            Assert.AreEqual(low, chip.ClipLow);
        }

        [TestMethod]
        public static void A_brown_out_is_named()
        {
            MemoryBus bus = Chip();
            var chip = new Adxl345(bus, new SteppedClock());
            chip.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            chip.Check();
            bus.Memory[0x2D] = 0;
            SensorFault fault = SensorFault.None;
            try
            {
                chip.Check();
            }
            catch (SensorException e)
            {
                fault = e.Fault;
            }

            Assert.AreEqual((int)SensorFault.BrownOut, (int)fault);
        }

        private static MemoryBus Chip()
        {
            var bus = new MemoryBus();
            bus.Memory[0x00] = 0xE5;
            return bus;
        }
    }
}

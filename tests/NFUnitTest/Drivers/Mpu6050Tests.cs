using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Mpu6050Tests
    {
        [TestMethod]
        [DataRow(0x68, 0x07, 0x00)]
        [DataRow(0x71, 0x00, 0x01)]
        public static void Start_writes_its_settings(int identity, int divider, int config)
        {
            MemoryBus bus = Chip(identity);
            new Mpu6050(bus, new SteppedClock()).Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            Assert.AreEqual((byte)divider, bus.Memory[0x19]);
            Assert.AreEqual((byte)config, bus.Memory[0x1A]);
            Assert.AreEqual((byte)0x18, bus.Memory[0x1C]);
            Assert.AreEqual((byte)0x08, bus.Memory[0x23]);
            Assert.AreEqual((byte)0x40, bus.Memory[0x6A]);
            Assert.AreEqual((byte)0x01, bus.Memory[0x6B]);
        }

        [TestMethod]
        public static void Another_identity_is_refused()
        {
            MemoryBus bus = Chip(0x69);
            Assert.ThrowsException(
                typeof(SensorException),
                () => new Mpu6050(bus, new SteppedClock()).Start(Mpu6050Range.G2, Mpu6050Rate.Hz100, Mpu6050Filter.Hz44));
        }

        [TestMethod]
        [DataRow(0x00, 0x01, 1)]
        [DataRow(0xFF, 0xFF, -1)]
        [DataRow(0x7F, 0xFF, 32767)]
        [DataRow(0x80, 0x00, -32768)]
        [DataRow(0x01, 0x00, 256)]
        public static void A_sample_is_big_endian_and_signed(int high, int low, int digits)
        {
            MemoryBus bus = Chip(0x68);
            var chip = new Mpu6050(bus, new SteppedClock());
            chip.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            bus.Memory[0x73] = 6;
            for (int axis = 0; axis < 3; axis++)
            {
                bus.Memory[0x74 + (2 * axis)] = (byte)high;
                bus.Memory[0x75 + (2 * axis)] = (byte)low;
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
        [DataRow(0x68, 0, 36530)]
        [DataRow(0x68, -3400, 26530)]
        [DataRow(0x70, 0, 21000)]
        public static void Temperature_has_the_formula_of_the_part(int identity, int raw, int milliCelsius)
        {
            MemoryBus bus = Chip(identity);
            var chip = new Mpu6050(bus, new SteppedClock());
            chip.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            bus.Memory[0x41] = (byte)(raw >> 8);
            bus.Memory[0x42] = (byte)raw;
            Assert.AreEqual(milliCelsius, (int)((chip.ReadTemperature() * 1000f) + 0.5f));
        }

        private static MemoryBus Chip(int identity)
        {
            var bus = new MemoryBus();
            bus.Memory[0x75] = (byte)identity;
            return bus;
        }
    }
}

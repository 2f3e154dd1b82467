using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Lis2dw12Tests
    {
        [TestMethod]
        public static void Start_writes_its_settings()
        {
            ResettingBus bus = Chip();
            new Lis2dw12(bus, new SteppedClock()).Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
            Assert.AreEqual((byte)0x94, bus.Memory[0x20]);
            Assert.AreEqual((byte)0x0C, bus.Memory[0x21]);
            Assert.AreEqual((byte)0x34, bus.Memory[0x25]);
            Assert.AreEqual((byte)0xC0, bus.Memory[0x2E]);
        }

        [TestMethod]
        public static void Another_identity_is_refused()
        {
            ResettingBus bus = Chip();
            bus.Memory[0x0F] = 0x33;
            Assert.ThrowsException(
                typeof(SensorException),
                () => new Lis2dw12(bus, new SteppedClock()).Start(Lis2dw12Range.G2, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half));
        }

        [TestMethod]
        [DataRow(0x04, 0x00, 1)]
        [DataRow(0xFC, 0xFF, -1)]
        [DataRow(0xFC, 0x7F, 8191)]
        [DataRow(0x00, 0x80, -8192)]
        [DataRow(0x00, 0x40, 4096)]
        public static void A_sample_is_little_endian_signed_and_left_justified(int low, int high, int digits)
        {
            ResettingBus bus = Chip();
            var chip = new Lis2dw12(bus, new SteppedClock());
            chip.Start(Lis2dw12Range.G2, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
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
        [DataRow((int)Lis2dw12Range.G2, 244)]
        [DataRow((int)Lis2dw12Range.G4, 488)]
        [DataRow((int)Lis2dw12Range.G8, 976)]
        [DataRow((int)Lis2dw12Range.G16, 1952)]
        public static void A_digit_weighs_what_the_range_says(int range, int microG)
        {
            var chip = new Lis2dw12(Chip(), new SteppedClock());
            chip.Start((Lis2dw12Range)range, Lis2dw12Rate.Hz800, Lis2dw12Filter.Half);
            Assert.AreEqual(microG, (int)((chip.GPerDigit * 1000000f) + 0.5f));
        }

        private static ResettingBus Chip()
        {
            var bus = new ResettingBus();
            bus.Memory[0x0F] = 0x44;
            return bus;
        }

        /// <summary>Plain memory, but that a soft reset is over at once.</summary>
        private sealed class ResettingBus : RegisterBus
        {
            private readonly MemoryBus _memory = new MemoryBus();

            public ResettingBus()
                : base("I2C1 0x18")
            {
            }

            public byte[] Memory
            {
                get { return _memory.Memory; }
            }

            public override void Read(byte register, byte[] buffer, int count)
            {
                _memory.Read(register, buffer, count);
            }

            public override void Write(byte register, byte[] buffer, int count)
            {
                _memory.Write(register, buffer, count);
                Memory[0x21] = (byte)(Memory[0x21] & 0xBF);
            }

            public override void Reopen()
            {
            }

            public override void Close()
            {
            }
        }
    }
}

using nanoFramework.TestFramework;
using Sensors.Drivers;
using Sensors.Node;

namespace NFUnitTest.Drivers
{
    /// <summary>ADXL355 and ADXL357 on plain memory; a burst from 11h gives what follows it, so words are put at 11h and behind.</summary>
    [TestClass]
    public class Adxl355Tests
    {
        [TestMethod]
        public static void Start_writes_its_settings()
        {
            MemoryBus bus = Chip();
            new Adxl355(bus, new SteppedClock()).Start(Adxl355Range.G8, Adxl35xRate.Hz500);
            Assert.AreEqual((byte)0x01, bus.Memory[0x27]);
            Assert.AreEqual((byte)0x03, bus.Memory[0x28]);
            Assert.AreEqual((byte)0x60, bus.Memory[0x29]);
            Assert.AreEqual((byte)0x83, bus.Memory[0x2C]);
            Assert.AreEqual((byte)0x00, bus.Memory[0x2D]);
            Assert.AreEqual((byte)0x52, bus.Memory[0x2F]);
        }

        [TestMethod]
        public static void A_range_is_written_whole()
        {
            MemoryBus bus = Chip();
            bus.Memory[0x2C] = 0x81;
            new Adxl357(bus, new SteppedClock()).Start(Adxl357Range.G20, Adxl35xRate.Hz4000);
            Assert.AreEqual((byte)0x82, bus.Memory[0x2C]);
        }

        [TestMethod]
        public static void Another_identity_is_refused()
        {
            MemoryBus bus = Chip();
            bus.Memory[0x02] = 0xE9;
            Assert.ThrowsException(typeof(SensorException), () => new Adxl355(bus, new SteppedClock()).Start(Adxl355Range.G2, Adxl35xRate.Hz500));
        }

        [TestMethod]
        [DataRow(0x00, 0x00, 0x00, 0)]
        [DataRow(0x00, 0x00, 0x10, 1)]
        [DataRow(0xFF, 0xFF, 0xF0, -1)]
        [DataRow(0xF3, 0x80, 0x00, -51200)]
        [DataRow(0x7F, 0xFF, 0xF0, 524287)]
        [DataRow(0x80, 0x00, 0x00, -524288)]
        [DataRow(0x12, 0x34, 0x50, 0x12345)]
        public static void A_word_has_20_bits_and_a_sign(int high, int middle, int low, int digits)
        {
            MemoryBus bus = Chip();
            var chip = new Adxl357(bus, new SteppedClock());
            chip.Start(Adxl357Range.G10, Adxl35xRate.Hz4000);
            bus.Memory[0x05] = 3;
            for (int axis = 0; axis < 3; axis++)
            {
                bus.Memory[0x11 + (3 * axis)] = (byte)high;
                bus.Memory[0x12 + (3 * axis)] = (byte)middle;
                bus.Memory[0x13 + (3 * axis)] = (byte)(axis == 0 ? low | 1 : low);
            }

            var fine = new int[5];
            Assert.AreEqual(1, chip.ReadFifo(fine, 1, 1));
            Assert.AreEqual(0, fine[0]);
            Assert.AreEqual(digits, fine[1]);
            Assert.AreEqual(digits, fine[2]);
            Assert.AreEqual(digits, fine[3]);
            Assert.AreEqual(0, fine[4]);

            var coarse = new short[3];
            Assert.AreEqual(1, chip.ReadFifo(coarse, 0, 1));
            Assert.AreEqual(digits >> 4, (int)coarse[0]);
            Assert.AreEqual(digits >> 4, (int)coarse[2]);
        }

        [TestMethod]
        public static void Words_without_a_marker_are_lost_alignment()
        {
            MemoryBus bus = Chip();
            var chip = new Adxl355(bus, new SteppedClock());
            chip.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            bus.Memory[0x05] = 3;
            bus.Memory[0x18] = 0x12;
            SensorFault fault = SensorFault.None;
            try
            {
                chip.ReadFifo(new short[3], 0, 1);
            }
            catch (SensorException e)
            {
                fault = e.Fault;
            }

            Assert.AreEqual((int)SensorFault.LostAlignment, (int)fault);
        }

        [TestMethod]
        [DataRow(1885, 25000)]
        [DataRow(1704, 45000)]
        [DataRow(2474, -40082)]
        public static void Temperature_of_an_ADXL355(int raw, int milliCelsius)
        {
            Assert.AreEqual(milliCelsius, new Adxl355(Chip(), new SteppedClock()).ToMilliCelsius(raw));
        }

        [TestMethod]
        [DataRow(1852, 25000)]
        [DataRow(1671, 45000)]
        [DataRow(1885, 21354)]
        public static void Temperature_of_an_ADXL357(int raw, int milliCelsius)
        {
            Assert.AreEqual(milliCelsius, new Adxl357(Chip(), new SteppedClock()).ToMilliCelsius(raw));
        }

        [TestMethod]
        public static void The_node_uses_the_ADXL355_at_8_g()
        {
            MemoryBus bus = Chip();
            var source = new Adxl355Source(bus, new SteppedClock(), Adxl35xRate.Hz500);
            source.Start();
            Assert.AreEqual((byte)0x83, bus.Memory[0x2C]);
            Assert.AreEqual((byte)0x03, bus.Memory[0x28]);
            Assert.AreEqual("ADXL355", source.Chip);
            Assert.AreEqual(500, (int)source.NominalRate);
            Assert.AreEqual(8, source.SamplesPerLook);
            Assert.AreEqual(2452, (int)((source.Weight * 1000000f) + 0.5f)); // 0.25 mg in µm/s²
            Assert.AreEqual(80, (int)(source.ClipHigh * source.Weight)); // 8.192 g in m/s²
        }

        [TestMethod]
        public static void The_node_uses_the_ADXL357_at_40_g()
        {
            MemoryBus bus = Chip();
            var source = new Adxl357Source(bus, new SteppedClock(), Adxl35xRate.Hz4000);
            source.Start();
            Assert.AreEqual((byte)0x83, bus.Memory[0x2C]);
            Assert.AreEqual((byte)0x00, bus.Memory[0x28]);
            Assert.AreEqual("ADXL357", source.Chip);
            Assert.AreEqual(4000, (int)source.NominalRate);
            Assert.AreEqual(12258, (int)((source.Weight * 1000000f) + 0.5f)); // 1.25 mg in µm/s²
            Assert.AreEqual(-401, (int)(source.ClipLow * source.Weight)); // -40.96 g in m/s²
        }

        private static MemoryBus Chip()
        {
            var bus = new MemoryBus();
            bus.Memory[0x00] = 0xAD;
            bus.Memory[0x01] = 0x1D;
            bus.Memory[0x02] = 0xED;
            bus.Memory[0x2D] = 0x01; // standby, as after a reset
            return bus;
        }
    }
}

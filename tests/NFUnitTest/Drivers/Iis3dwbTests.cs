using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Iis3dwbTests
    {
        private const int Tag = 0x78;

        [TestMethod]
        public static void Start_writes_its_settings()
        {
            ResettingBus bus = Chip();
            new Iis3dwb(bus, new SteppedClock()).Start(Iis3dwbRange.G16, Iis3dwbFilter.RateBy20, Iis3dwbMode.Every8);
            Assert.AreEqual((byte)0x3F, bus.Memory[0x02]);
            Assert.AreEqual((byte)0x0A, bus.Memory[0x09]);
            Assert.AreEqual((byte)0xC6, bus.Memory[0x0A]);
            Assert.AreEqual((byte)0xA6, bus.Memory[0x10]);
            Assert.AreEqual((byte)0x44, bus.Memory[0x12]);
            Assert.AreEqual((byte)0x40, bus.Memory[0x17]);
        }

        [TestMethod]
        public static void Another_identity_is_refused()
        {
            Assert.ThrowsException(
                typeof(SensorException),
                () => new Iis3dwb(new ResettingBus(), new SteppedClock()).Start(Iis3dwbRange.G2, Iis3dwbFilter.Wide, Iis3dwbMode.Continuous));
        }

        [TestMethod]
        [DataRow(0x00, 0x00, 0)]
        [DataRow(0x01, 0x00, 1)]
        [DataRow(0xFF, 0xFF, -1)]
        [DataRow(0x00, 0x01, 256)]
        [DataRow(0xFF, 0x7F, 32767)]
        [DataRow(0x00, 0x80, -32768)]
        public static void A_sample_is_little_endian_and_signed_behind_its_tag(int low, int high, int digits)
        {
            ResettingBus bus = Chip();
            Iis3dwb chip = Started(bus);
            bus.Memory[0x3A] = 1;
            bus.Memory[Tag] = 0x11; // 0x11 >> 3 = 2: acceleration
            for (int axis = 0; axis < 3; axis++)
            {
                bus.Memory[Tag + 1 + (2 * axis)] = (byte)low;
                bus.Memory[Tag + 2 + (2 * axis)] = (byte)high;
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
        public static void A_run_of_samples_counts_and_a_step_is_a_gap()
        {
            ResettingBus bus = Chip();
            Iis3dwb chip = Started(bus);
            bus.Memory[0x3A] = 4;
            for (int i = 0; i < 4; i++)
            {
                bus.Memory[Tag + (7 * i)] = new byte[] { 0x12, 0x14, 0x17, 0x12 }[i]; // 1, 2, 3 and 1: at least one is missing
                bus.Memory[Tag + (7 * i) + 1] = (byte)i;
            }

            var xyz = new short[12];
            Assert.AreEqual(4, chip.ReadFifo(xyz, 0, 4));
            Assert.AreEqual(3, (int)xyz[9]);
            Assert.AreEqual(1, chip.Overruns);
            Assert.IsTrue(chip.Lost >= 1);
        }

        [TestMethod]
        [DataRow(0xFF)]
        [DataRow(0x00)]
        public static void A_dead_line_is_no_sample(int level)
        {
            ResettingBus bus = Chip();
            Iis3dwb chip = Started(bus);
            bus.Memory[0x3A] = 1;
            for (int i = 0; i < 7; i++)
            {
                bus.Memory[Tag + i] = (byte)level;
            }

            Assert.ThrowsException(typeof(BusException), () => chip.ReadFifo(new short[3], 0, 1));
        }

        [TestMethod]
        [DataRow(0x10)] // acceleration, wrong parity
        [DataRow(0x28)] // kind 5
        public static void A_tag_that_makes_no_sense_is_lost_alignment(int tag)
        {
            ResettingBus bus = Chip();
            Iis3dwb chip = Started(bus);
            bus.Memory[0x3A] = 1;
            bus.Memory[Tag] = (byte)tag;
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
        [DataRow((int)Iis3dwbMode.Snapshot, 512)]
        [DataRow((int)Iis3dwbMode.Continuous, 496)]
        [DataRow((int)Iis3dwbMode.Every8, 62)]
        public static void A_mode_has_its_depth(int mode, int depth)
        {
            var chip = new Iis3dwb(Chip(), new SteppedClock());
            chip.Start(Iis3dwbRange.G8, Iis3dwbFilter.Wide, (Iis3dwbMode)mode);
            Assert.AreEqual(depth, chip.Depth);
        }

        [TestMethod]
        public static void A_brown_out_is_named()
        {
            ResettingBus bus = Chip();
            Iis3dwb chip = Started(bus);
            chip.Check();
            bus.Memory[0x10] = 0;
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

        private static Iis3dwb Started(ResettingBus bus)
        {
            var chip = new Iis3dwb(bus, new SteppedClock());
            chip.Start(Iis3dwbRange.G16, Iis3dwbFilter.Wide, Iis3dwbMode.Continuous);
            return chip;
        }

        private static ResettingBus Chip()
        {
            var bus = new ResettingBus();
            bus.Memory[0x0F] = 0x7B;
            return bus;
        }

        /// <summary>Registers of plain memory, but for the reset bit, which clears itself.</summary>
        private sealed class ResettingBus : RegisterBus
        {
            public ResettingBus()
                : base("SPI1 CS5")
            {
            }

            public byte[] Memory { get; } = new byte[256];

            public override void Read(byte register, byte[] buffer, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    buffer[i] = Memory[(register + i) & 0xFF];
                }
            }

            public override void Write(byte register, byte[] buffer, int count)
            {
                for (int i = 0; i < count; i++)
                {
                    Memory[(register + i) & 0xFF] = register == 0x12 ? (byte)(buffer[i] & 0xFE) : buffer[i];
                }
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

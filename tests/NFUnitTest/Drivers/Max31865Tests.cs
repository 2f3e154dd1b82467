using nanoFramework.TestFramework;
using Sensors.Drivers;

namespace NFUnitTest.Drivers
{
    [TestClass]
    public class Max31865Tests
    {
        [TestMethod]
        [DataRow(-200, 1411, 1517)]
        [DataRow(-100, 4592, 4936)]
        [DataRow(-50, 6120, 6579)]
        [DataRow(0, 7620, 8192)]
        [DataRow(25, 8362, 8989)]
        [DataRow(50, 9099, 9781)]
        [DataRow(100, 10555, 11346)]
        [DataRow(150, 11989, 12888)]
        [DataRow(200, 13401, 14406)]
        [DataRow(300, 16159, 17371)]
        [DataRow(400, 18830, 20242)]
        [DataRow(600, 23906, 25699)]
        [DataRow(850, 29756, 31988)]
        public static void The_table_of_IEC_60751(int celsius, int code430, int code400)
        {
            Near(celsius, Max31865.ToCelsius(code430, 430000, Max31865Probe.Pt100));
            Near(celsius, Max31865.ToCelsius(code400, 400000, Max31865Probe.Pt100));
            Near(celsius, Max31865.ToCelsius(code430, 4300000, Max31865Probe.Pt1000));
            Near(celsius, Max31865.ToCelsius(code400, 4000000, Max31865Probe.Pt1000));
        }

        [TestMethod]
        [DataRow(0x3B88, 0x00, 7620, 0)]
        [DataRow(0x4154, 0x00, 8362, 0)]
        [DataRow(0xFFFF, 0xA0, 0, 7)] // SensorOpen
        [DataRow(0x0001, 0x40, 0, 8)] // SensorShort
        [DataRow(0x4155, 0x18, 0, 8)] // looks valid, but a wire touches ground
        [DataRow(0xF001, 0x80, 0, 9)] // OutOfRange
        [DataRow(0x4155, 0x04, 0, 10)] // InputVoltage
        public static void Results_and_fault_bits(int register, int status, int code, int fault)
        {
            var bus = new MaximBus(0x2E); // one-shot, fault cycle, fault clear
            var clock = new SteppedClock();
            var chip = new Max31865(bus, clock);
            chip.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            chip.StartOneShot();
            Assert.AreEqual(0, chip.TryRead(out int found));
            clock.Wait(chip.ConversionMicroseconds);
            bus.Memory[1] = (byte)(register >> 8);
            bus.Memory[2] = (byte)register;
            bus.Memory[7] = (byte)status;
            Assert.AreEqual(fault == 0 ? 1 : 0, chip.TryRead(out found));
            Assert.AreEqual(code, found);
            Assert.AreEqual(fault, (int)chip.ProbeFault);
        }

        [TestMethod]
        public static void A_wrong_reference_is_refused()
        {
            var chip = new Max31865(new MemoryBus(), new SteppedClock());
            Assert.ThrowsException(
                typeof(System.ArgumentOutOfRangeException),
                () => chip.Start(Max31865Probe.Pt1000, Max31865Wires.Four, 430000, Max31865Filter.Hz50, Max31865Mode.OneShot));
        }

        private static void Near(float expected, float found)
        {
            float off = found - expected;
            Assert.IsTrue(off < 0.04f && off > -0.04f);
        }
    }
}

using System;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact frames: raw numbers from the data sheet's tables, none of the driver's constants.
    public partial class Max31855Tests
    {
        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Max31855(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
            Assert.Throws<ArgumentNullException>(() => new Max31855(null!, clock));
            Assert.Throws<ArgumentNullException>(() => new Max31855(bus, null!));
        }

        [Theory]
        [InlineData(Max31855Type.K, -270, 1372)]
        [InlineData(Max31855Type.J, -210, 1200)]
        [InlineData(Max31855Type.N, -200, 1300)]
        [InlineData(Max31855Type.T, -270, 400)]
        [InlineData(Max31855Type.S, -50, 1768)]
        [InlineData(Max31855Type.R, -50, 1768)]
        [InlineData(Max31855Type.E, -200, 1000)]
        public void Each_type_has_its_range(Max31855Type type, int lowest, int highest)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started(type);
            Assert.Equal((lowest, highest), (chip.LowestCelsius, chip.HighestCelsius));
            foreach ((int quarters, bool good) in new[] { (lowest * 4, true), (highest * 4, true), ((lowest * 4) - 1, false), ((highest * 4) + 1, false) })
            {
                clock.Now += 100_000;
                bus.Expect("R 00 " + ((quarters << 18) | 0x1900).ToString("X8"));
                Assert.Equal(good ? 1 : 0, chip.TryRead(out int digits));
                Assert.Equal(good ? quarters : 0, digits);
                Assert.Equal(good ? SensorFault.None : SensorFault.OutOfRange, chip.ProbeFault);
            }

            bus.Done();
        }

        [Fact]
        public void Start_waits_for_the_first_conversion_and_reads_one_frame()
        {
            (_, ScriptedBus bus, StepClock clock) = Started();
            Assert.Equal([200_000], clock.Waits);
            bus.Done();
        }

        [Fact]
        public void Within_100_ms_of_a_frame_there_is_not_another()
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 99_999;
            Assert.Equal(0, chip.TryRead(out int digits));
            Assert.Equal(0, digits);
            clock.Now++;
            bus.Expect("R 00 01901900");
            Assert.Equal(1, chip.TryRead(out digits));
            Assert.Equal(100, digits);
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now += 50_000;
            bus.Expect("R 00 01901900");
            chip.Check(); // is a frame, too
            clock.Now += 99_999;
            Assert.Equal(0, chip.TryRead(out _));
            bus.Done();
            Assert.Equal(100_000, Max31855.ConversionMicroseconds);
        }

        [Theory] // table 4, with 25 °C of cold junction
        [InlineData("64001900", 6400)] // +1600
        [InlineData("3E801900", 4000)]
        [InlineData("064C1900", 403)]
        [InlineData("01901900", 100)]
        [InlineData("00001900", 0)]
        [InlineData("FFFC1900", -1)]
        [InlineData("FFF01900", -4)]
        [InlineData("FCE01900", -200)] // -50
        public void Thermocouple_words_of_the_data_sheet(string frame, int quarters)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started(Max31855Type.R);
            clock.Now += 100_000;
            bus.Expect("R 00 " + frame);
            Assert.Equal(1, chip.TryRead(out int digits));
            Assert.Equal(quarters, digits);
            Assert.Equal(quarters / 4.0, digits * (double)Max31855.CelsiusPerDigit);
            Assert.Equal(400, chip.ColdJunction);
            bus.Done();
        }

        [Fact]
        public void Minus_250_of_the_data_sheet()
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 F0601900");
            Assert.Equal(1, chip.TryRead(out int digits));
            Assert.Equal(-1000, digits);
        }

        [Theory] // table 5, with 25 °C of thermocouple
        [InlineData("01906490", 1609)] // 100.5625
        [InlineData("01901900", 400)]
        [InlineData("01900000", 0)]
        [InlineData("0190FFF0", -1)]
        [InlineData("0190FF00", -16)]
        [InlineData("0190EC00", -320)]
        [InlineData("0190D800", -640)] // -40, the lowest the chip works at
        [InlineData("01907D00", 2000)] // 125, the highest
        public void Cold_junction_words_of_the_data_sheet(string frame, int sixteenths)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 " + frame);
            Assert.Equal(1, chip.TryRead(out _));
            Assert.Equal(sixteenths, chip.ColdJunction);
            Assert.Equal(sixteenths / 16.0, chip.ColdJunction * (double)Max31855.ColdCelsiusPerDigit);
        }

        [Theory] // D2 short to supply, D1 short to ground, D0 open
        [InlineData("7FFD1901", SensorFault.SensorOpen)]
        [InlineData("7FFD1902", SensorFault.SensorShort)]
        [InlineData("7FFD1904", SensorFault.SensorShort)]
        [InlineData("01911907", SensorFault.SensorShort)]
        [InlineData("01911901", SensorFault.SensorOpen)] // even with a result that looks valid
        [InlineData("7FFC1900", SensorFault.OutOfRange)]
        [InlineData("80001900", SensorFault.OutOfRange)]
        public void Fault_bits_become_names(string frame, SensorFault fault)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 " + frame);
            Assert.Equal(0, chip.TryRead(out int digits));
            Assert.Equal((0, fault), (digits, chip.ProbeFault));
            bus.Done();
        }

        [Theory] // what no MAX31855 sends
        [InlineData("01921900")] // D17
        [InlineData("01901908")] // D3
        [InlineData("01901901")] // a reason without the fault
        [InlineData("01901902")]
        [InlineData("01901904")]
        [InlineData("01911900")] // the fault without a reason
        [InlineData("01907D10")] // a cold junction above 125 °C
        [InlineData("0190D7F0")] // below -40
        [InlineData("01908000")]
        [InlineData("FFFFFFFE")]
        public void Frames_that_cannot_be_are_corrupt(string frame)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 " + frame, "R 00 " + frame, "R 00 " + frame);
            var error = Assert.Throws<SensorException>(() => chip.TryRead(out _));
            Assert.Equal(("MAX31855", SensorFault.Corrupt, (byte)0), (error.Part, error.Fault, error.Register));
            Assert.Equal(Convert.ToInt32(frame, 16), error.Found);
            Assert.Equal(Convert.ToInt32(frame, 16) & ~0x00020008, error.Expected);
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(chip.Check).Fault);
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => chip.Start(Max31855Type.K)).Fault);
            bus.Done();
        }

        [Theory]
        [InlineData("00000000", 0)]
        [InlineData("FFFFFFFF", -1)]
        public void Frames_of_nothing_are_silence(string frame, int found)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 " + frame, "R 00 " + frame, "R 00 " + frame);
            var error = Assert.Throws<BusException>(() => chip.TryRead(out _));
            Assert.Equal(((byte)0, BusStatus.Silent), (error.Register, error.Status));
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(chip.Check).Status);
            var answer = Assert.Throws<SensorException>(() => chip.Start(Max31855Type.K));
            Assert.Equal((SensorFault.NoAnswer, (byte)0, found, 0), (answer.Fault, answer.Register, answer.Found, answer.Expected));
            bus.Done();
        }

        [Theory]
        [InlineData("00000010")] // nearly nothing is something
        [InlineData("00040000")]
        public void Zero_at_one_end_is_a_temperature(string frame)
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 " + frame);
            Assert.Equal(1, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void A_new_start_forgets_the_probe_s_fault()
        {
            (Max31855 chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now += 100_000;
            bus.Expect("R 00 7FFD1901", "R 00 01901900");
            Assert.Equal(0, chip.TryRead(out _));
            chip.Start(Max31855Type.K);
            Assert.Equal(SensorFault.None, chip.ProbeFault);
            bus.Done();
        }

        [Fact]
        public void Enum_values_and_profile_are_the_data_sheet_s()
        {
            Assert.Equal(
                [0, 1, 2, 3, 4, 5, 6],
                [(int)Max31855Type.K, (int)Max31855Type.J, (int)Max31855Type.N, (int)Max31855Type.T, (int)Max31855Type.S, (int)Max31855Type.R, (int)Max31855Type.E]);
            SpiProfile spi = Max31855.Spi;
            Assert.Equal((System.Device.Spi.SpiMode.Mode0, 5_000_000, 4, 0), (spi.Mode, spi.ClockHz, spi.LargestBurst, spi.CommandBytes));
        }

        private static (Max31855 Chip, ScriptedBus Bus, StepClock Clock) Started(Max31855Type type = Max31855Type.K)
        {
            var clock = new StepClock { Now = 1_000_000 };
            var bus = new ScriptedBus(clock).Expect("R 00 01901900");
            var chip = new Max31855(bus, clock);
            chip.Start(type);
            bus.Done();
            return (chip, bus, clock);
        }
    }
}

using System;
using System.Collections.Generic;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the register maps, none of the driver's constants.
    public partial class Mpu6050Tests
    {
        private static readonly string[] Registers = ["1D", "6B", "6C", "19", "1A", "1C", "37", "38", "23", "6A"];
        private static readonly string[] Settings16G1000 = ["", "01", "00", "07", "00", "18", "00", "10", "08", "40"];

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            var chip = new Mpu6050(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
            Assert.Equal((0, false, 170), (chip.Identity, chip.IsClone, chip.Depth)); // the largest: arrays made by it always fit
            Assert.Equal((0x68, 0x69, (byte)0x75, (byte)0x68), (Mpu6050.I2cAddress, Mpu6050.I2cAlternateAddress, Mpu6050.IdentityRegister, Mpu6050.IdentityValue));
        }

        [Fact]
        public void Start_checks_resets_wakes_configures_and_reads_back()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script("68", Settings16G1000));
            new Mpu6050(bus, clock).Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            bus.Done();
            Assert.Equal([100_000, 100_000, 30_000], clock.Waits); // power, reset, wake-up
        }

        [Theory]
        [InlineData("70", false)]
        [InlineData("71", false)]
        [InlineData("19", false)]
        [InlineData("98", true)]
        [InlineData("72", true)]
        public void Only_the_MPU6500_and_later_get_ACCEL_CONFIG2(string identity, bool clone)
        {
            string[] settings = ["02", "01", "00", "00", "02", "18", "00", "10", "08", "40"];
            settings[0] = clone ? "" : "02";
            (Mpu6050 chip, _, _) = Started(identity, Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz94, settings);
            Assert.Equal(clone, chip.IsClone);
            Assert.Equal(clone ? 94 : 92, chip.BandwidthHertz);
            Assert.Equal(85, chip.Depth);
        }

        [Theory]
        [InlineData("68", "", "07", "00", 260)]  // the divider's input is 8 kHz
        [InlineData("70", "00", "00", "01", 460)] // 1 kHz: the divider has no effect at 8 kHz
        [InlineData("98", "", "00", "01", 184)]
        public void The_widest_filter_needs_the_divider_that_its_part_has(string identity, string config2, string divider, string config, float bandwidth)
        {
            (Mpu6050 chip, _, _) = Started(
                identity, Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest, [config2, "01", "00", divider, config, "18", "00", "10", "08", "40"]);
            Assert.Equal(bandwidth, chip.BandwidthHertz);
            Assert.Equal(1000, chip.NominalHertz);
        }

        [Theory]
        [InlineData(Mpu6050Rate.Hz1000, "07", "00", 1000f)]
        [InlineData(Mpu6050Rate.Hz500, "0F", "01", 500f)]
        [InlineData(Mpu6050Rate.Hz250, "1F", "03", 250f)]
        [InlineData(Mpu6050Rate.Hz200, "27", "04", 200f)]
        [InlineData(Mpu6050Rate.Hz125, "3F", "07", 125f)]
        [InlineData(Mpu6050Rate.Hz100, "4F", "09", 100f)]
        [InlineData(Mpu6050Rate.Hz50, "9F", "13", 50f)]
        public void The_scale_is_not_divided_by_the_sample_rate_divider(Mpu6050Rate rate, string unfiltered, string filtered, float hertz)
        {
            (Mpu6050 chip, _, _) = Started("68", Mpu6050Range.G2, rate, Mpu6050Filter.Widest, ["", "01", "00", unfiltered, "00", "00", "00", "10", "08", "40"]);
            Assert.Equal((hertz, 1 / 16384f), (chip.NominalHertz, chip.GPerDigit));
            (chip, _, _) = Started("68", Mpu6050Range.G2, rate, Mpu6050Filter.Hz44, ["", "01", "00", filtered, "03", "00", "00", "10", "08", "40"]);
            Assert.Equal((hertz, 1 / 16384f), (chip.NominalHertz, chip.GPerDigit));
        }

        [Theory]
        [InlineData(Mpu6050Range.G2, "00", 16384)]
        [InlineData(Mpu6050Range.G4, "08", 8192)]
        [InlineData(Mpu6050Range.G8, "10", 4096)]
        [InlineData(Mpu6050Range.G16, "18", 2048)]
        public void Each_range_has_its_code_and_its_weight(Mpu6050Range range, string code, int digitsPerG)
        {
            (Mpu6050 chip, _, _) = Started("68", range, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest, ["", "01", "00", "07", "00", code, "00", "10", "08", "40"]);
            Assert.Equal(1f / digitsPerG, chip.GPerDigit);
            Assert.Equal((32767, -32768), (chip.ClipHigh, chip.ClipLow));
            Assert.Equal(170, chip.Depth);
        }

        [Theory]
        [InlineData(Mpu6050Filter.Hz184, "01", 184, 184)]
        [InlineData(Mpu6050Filter.Hz94, "02", 94, 92)]
        [InlineData(Mpu6050Filter.Hz44, "03", 44, 41)]
        [InlineData(Mpu6050Filter.Hz21, "04", 21, 20)]
        [InlineData(Mpu6050Filter.Hz10, "05", 10, 10)]
        [InlineData(Mpu6050Filter.Hz5, "06", 5, 5)]
        public void Each_filter_has_its_code_and_its_corner(Mpu6050Filter filter, string code, float corner, float wideCorner)
        {
            (Mpu6050 chip, _, _) = Started("68", Mpu6050Range.G16, Mpu6050Rate.Hz500, filter, ["", "01", "00", "01", code, "18", "00", "10", "08", "40"]);
            Assert.Equal(corner, chip.BandwidthHertz);
            (chip, _, _) = Started("71", Mpu6050Range.G16, Mpu6050Rate.Hz500, filter, [code, "01", "00", "01", code, "18", "00", "10", "08", "40"]);
            Assert.Equal(wideCorner, chip.BandwidthHertz);
        }

        [Fact]
        public void Exactly_six_identities_are_accepted()
        {
            var accepted = new List<int>();
            for (int identity = -1; identity <= 0x1FF; identity++)
            {
                if (Mpu6050.Accepts(identity))
                {
                    accepted.Add(identity);
                }
            }

            Assert.Equal([0x19, 0x68, 0x70, 0x71, 0x72, 0x98], accepted);
        }

        [Theory]
        [InlineData("68", 1)]
        [InlineData("70", 0)]
        public void Start_names_the_register_that_did_not_keep_its_value(string identity, int first)
        {
            string[] settings = ["01", "01", "00", "00", "01", "18", "00", "10", "08", "40"];
            settings[0] = first == 1 ? "" : "01";
            for (int index = first; index < Registers.Length; index++)
            {
                var clock = new StepClock();
                var bus = new ScriptedBus(clock);
                string[] script = Script(identity, settings);
                int readBack = script.Length - Registers.Length + index;
                int expected = Convert.ToInt32(settings[index], 16);
                script[readBack] = "R " + Registers[index] + " " + (expected ^ 0x20).ToString("X2");
                bus.Expect(script[..(readBack + 1)]);
                var error = Assert.Throws<SensorException>(() => new Mpu6050(bus, clock).Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz184));
                AssertFault(error, SensorFault.NotConfigured, Convert.ToByte(Registers[index], 16), expected ^ 0x20, expected);
                bus.Done();
            }
        }

        [Fact]
        public void No_sample_yet_is_zero_not_an_exception()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 0000", "R 23 08");
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void A_drain_is_the_count_one_burst_and_the_overflow_flag_most_significant_bytes_first()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 0018", "R 74 0001FFFF1000" + "7FFF8000FF00" + "010203040506", "R 23 08", "R 3A EF"); // every flag but the overflow
            var xyz = new short[12];
            Array.Fill(xyz, (short)-7);
            Assert.Equal(3, chip.ReadFifo(xyz, 2, 3));
            Assert.Equal([-7, -7, 1, -1, 4096, 32767, -32768, -256, 0x0102, 0x0304, 0x0506, -7], xyz);
            Assert.Equal((4, 0, 0), (chip.Level, chip.Overruns, chip.Realignments));
            bus.Done();
        }

        [Fact]
        public void A_full_fifo_fits_one_burst()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 03FC", "R 74 " + string.Concat(Repeat("000100020003", 170)), "R 23 08", "R 3A 01");
            var xyz = new short[3 * 170];
            Assert.Equal(170, chip.ReadFifo(xyz, 0, 200));
            Assert.Equal([1, 2, 3], xyz[^3..]);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("68", "0400")] // 1024: the FIFO ran over
        [InlineData("68", "03FD")]
        [InlineData("70", "0200")] // 512
        [InlineData("98", "01FF")]
        public void A_fifo_that_ran_over_is_reset_with_bit_2_and_enabled_with_bit_6(string identity, string count)
        {
            string[] settings = identity switch { "68" => Settings16G1000, "70" => ["00", "01", "00", "00", "01", "18", "00", "10", "08", "40"], _ => ["", "01", "00", "00", "01", "18", "00", "10", "08", "40"] };
            (Mpu6050 chip, ScriptedBus bus, StepClock clock) = Started(identity, settings: settings);
            clock.Now += 300_000;
            bus.Expect("R 72 " + count, "W 6A 04", "W 6A 40", "R 3A 11");
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((1, 1, 300), (chip.Overruns, chip.Realignments, chip.Lost)); // 1 kHz for 300 ms
            bus.Done();
        }

        [Fact]
        public void A_count_that_is_not_of_whole_samples_is_lost_alignment()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 0015", "W 6A 04", "W 6A 40", "R 3A 01");
            var error = Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1));
            AssertFault(error, SensorFault.LostAlignment, 0x72, 0x15, 0x12);
            Assert.Equal((1, 1), (chip.Overruns, chip.Realignments));
            bus.Done();
        }

        [Fact]
        public void An_overflow_flag_after_the_burst_takes_all_of_it_back()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 000C", "R 74 000100020003" + "000100020003", "R 23 08", "R 3A 10", "W 6A 04", "W 6A 40", "R 3A 00", "R 72 0000", "R 23 08");
            Assert.Equal(0, chip.ReadFifo(new short[6], 0, 2));
            Assert.Equal((1, 1), (chip.Overruns, chip.Realignments));
            Assert.True(chip.Lost >= 2);
            bus.Done();
        }

        [Theory]
        [InlineData("R 72 0000|R 23 00")] // none yet, and none ever
        [InlineData("R 72 0006|R 74 000000000000|R 23 00")] // an empty FIFO gives bytes as well
        public void A_chip_that_puts_nothing_into_its_fifo_any_more_browned_out(string lines)
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect(lines.Split('|'));
            var error = Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1));
            AssertFault(error, SensorFault.BrownOut, 0x23, 0x00, 0x08);
            Assert.True(chip.Lost >= 1);
            bus.Done();
        }

        [Theory]
        [InlineData("R 74 !")]
        [InlineData("R 74 000100020003|R 23 !")] // nobody can tell whether these were aligned
        [InlineData("R 74 000100020003|R 23 08|R 3A !")]
        public void A_read_that_breaks_off_empties_the_fifo_at_the_next_look(string lines)
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 0006").Expect(lines.Split('|'));
            Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            bus.Expect("R 72 0006", "W 6A 04", "W 6A !");
            Assert.ThrowsAny<Exception>(() => chip.ReadFifo(new short[3], 0, 1)); // still not known to be empty
            bus.Done();
            bus.Expect("R 72 000C", "W 6A 04", "W 6A 40", "R 3A 00");
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            bus.Expect("R 72 0006", "R 74 000100020003", "R 23 08", "R 3A 00");
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(1, chip.Realignments);
            bus.Done();
        }

        [Fact]
        public void Begin_empties_the_fifo_and_forgets_an_overflow_of_before()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 6A 04", "W 6A 40", "R 3A 10");
            chip.Begin();
            Assert.Equal((0, 0), (chip.Lost, chip.Realignments));
            bus.Done();
        }

        [Fact]
        public void Start_again_forgets_realignments()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 72 0400", "W 6A 04", "W 6A 40", "R 3A 11");
            chip.ReadFifo(new short[3], 0, 1);
            bus.Expect(Script("68", Settings16G1000));
            chip.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            Assert.Equal((0, 0), (chip.Realignments, chip.Overruns));
            bus.Done();
        }

        [Fact]
        public void Check_passes_while_settings_stand_and_tells_a_brown_out_from_a_lost_setting()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 75 68", "R 6B 01", "R 6A 40").Expect(ReadBack(Settings16G1000));
            chip.Check();
            bus.Expect("R 75 68", "R 6B 40");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x6B, 0x40, 0x01);
            bus.Expect("R 75 68", "R 6B 01", "R 6A 00");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x6A, 0x00, 0x40);
            bus.Expect("R 75 68", "R 6B 01", "R 6A 41", "R 6B 03");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x6B, 0x03, 0x01);
            bus.Expect("R 75 68", "R 6B 21", "R 6A 40", "R 6B 21"); // cycling is not sleeping
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x6B, 0x21, 0x01);
            bus.Expect("R 75 70");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.WrongIdentity, 0x75, 0x70, 0x68);
            bus.Done();
        }

        [Fact]
        public void Stop_sends_it_to_sleep()
        {
            (Mpu6050 chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 6B 40");
            chip.Stop();
            bus.Done();
        }

        [Theory]
        [InlineData("68", "0000", 36.53f)]
        [InlineData("68", "F0AC", 24.98882f)] // -3924 / 340 = -11.54
        [InlineData("68", "0154", 37.53f)]
        [InlineData("71", "0000", 21f)]
        [InlineData("71", "0538", 25.0014f)] // 1336 / 333.87
        [InlineData("71", "FEB2", 19.9996f)]
        public void Temperature_is_signed_big_endian_and_by_the_part_s_formula(string identity, string raw, float celsius)
        {
            string[] settings = identity == "68" ? Settings16G1000 : ["00", "01", "00", "00", "01", "18", "00", "10", "08", "40"];
            (Mpu6050 chip, ScriptedBus bus, _) = Started(identity, settings: settings);
            bus.Expect("R 41 " + raw);
            Assert.Equal(celsius, chip.ReadTemperature(), 0.0005f);
            bus.Done();
        }

        [Fact]
        public void There_is_no_self_test_and_asking_for_it_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            var chip = new Mpu6050(bus, clock);
            Assert.False(chip.HasSelfTest);
            Assert.Throws<InvalidOperationException>(() => chip.SelfTest(new int[3]));
            bus.Done();
        }

        private static string[] Repeat(string line, int times)
        {
            var lines = new string[times];
            Array.Fill(lines, line);
            return lines;
        }

        private static string[] Script(string identity, string[] settings)
        {
            var lines = new List<string> { "R 75 " + identity, "W 6B 80", "W 6B 01", "W 23 00", "W 6A 04" };
            for (int i = 0; i < Registers.Length; i++)
            {
                if (settings[i] != "")
                {
                    lines.Add("W " + Registers[i] + " " + settings[i]);
                }
            }

            lines.AddRange(ReadBack(settings));
            return lines.ToArray();
        }

        private static string[] ReadBack(string[] settings)
        {
            var lines = new List<string>();
            for (int i = 0; i < Registers.Length; i++)
            {
                if (settings[i] != "")
                {
                    lines.Add("R " + Registers[i] + " " + settings[i]);
                }
            }

            return lines.ToArray();
        }

        private static (Mpu6050 Chip, ScriptedBus Bus, StepClock Clock) Started(
            string identity = "68", Mpu6050Range range = Mpu6050Range.G16, Mpu6050Rate rate = Mpu6050Rate.Hz1000, Mpu6050Filter filter = Mpu6050Filter.Widest,
            string[]? settings = null)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock, 72);
            bus.Expect(Script(identity, settings ?? Settings16G1000));
            var chip = new Mpu6050(bus, clock);
            chip.Start(range, rate, filter);
            bus.Done();
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("MPU6050", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}

using System;
using System.Collections.Generic;
using System.Device.Spi;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Lis2dw12Tests
    {
        private static readonly string[] Registers = ["21", "22", "23", "24", "25", "3F", "2E", "20"];
        private static readonly string[] Settings16G1600 = ["0C", "00", "00", "00", "34", "00", "C0", "94"];

        public static TheoryData<Lis2dw12Rate, string, float, int> Rates => new()
        {
            { Lis2dw12Rate.Hz12_5, "24", 12.5f, 76000 },
            { Lis2dw12Rate.Hz25, "34", 25, 38000 },
            { Lis2dw12Rate.Hz50, "44", 50, 19000 },
            { Lis2dw12Rate.Hz100, "54", 100, 9500 },
            { Lis2dw12Rate.Hz200, "64", 200, 4750 },
            { Lis2dw12Rate.Hz400, "74", 400, 2375 },
            { Lis2dw12Rate.Hz800, "84", 800, 1187 },
            { Lis2dw12Rate.Hz1600, "94", 1600, 593 },
        };

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Lis2dw12(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
        }

        [Fact]
        public void Spi_is_mode_3_at_10_MHz_with_bit_7_for_reading_and_no_multiple_byte_bit()
        {
            SpiProfile spi = Lis2dw12.Spi;
            Assert.Equal((SpiMode.Mode3, 10_000_000, (byte)0x80, (byte)0, 0, 192), (spi.Mode, spi.ClockHz, spi.ReadFlag, spi.BurstFlag, spi.AddressShift, spi.LargestBurst));
            Assert.Equal((0x18, 0x19), (Lis2dw12.I2cAddress, Lis2dw12.I2cAlternateAddress));
            Assert.Equal((0x0F, 0x44), (Lis2dw12.IdentityRegister, Lis2dw12.IdentityValue));
        }

        [Fact]
        public void Start_checks_resets_empties_configures_samples_and_reads_back()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(Settings16G1600));
            new Lis2dw12(bus, clock).Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
            bus.Done();
            Assert.Equal([20000, 100], clock.Waits); // boot, soft reset
        }

        [Theory]
        [InlineData(1)]
        [InlineData(9)]
        public void Start_waits_for_the_reset(int busyLooks)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F 44", "W 21 44").Expect(Repeat("R 21 44", busyLooks)).Expect("R 21 04");
            bus.Expect(Configuration(Settings16G1600));
            new Lis2dw12(bus, clock).Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
            bus.Done();
            Assert.Equal(20000 + (100 * (busyLooks + 1)), clock.Now);
        }

        [Fact]
        public void Start_gives_up_on_a_reset_that_does_not_end()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F 44", "W 21 44").Expect(Repeat("R 21 44", 10));
            var error = Assert.Throws<SensorException>(() => new Lis2dw12(bus, clock).Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half));
            AssertFault(error, SensorFault.NotConfigured, 0x21, 0x44, 0x04);
            bus.Done();
        }

        [Theory]
        [InlineData(0x33, SensorFault.WrongIdentity)] // LIS3DH
        [InlineData(0x00, SensorFault.NoAnswer)]
        [InlineData(0xFF, SensorFault.NoAnswer)]
        [InlineData(0x01, SensorFault.WrongIdentity)]
        [InlineData(0x80, SensorFault.WrongIdentity)]
        [InlineData(0xFE, SensorFault.WrongIdentity)]
        [InlineData(0x7F, SensorFault.WrongIdentity)]
        [InlineData(0x45, SensorFault.WrongIdentity)]
        public void Start_refuses_another_identity(int id, SensorFault fault)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F " + id.ToString("X2"));
            var error = Assert.Throws<SensorException>(() => new Lis2dw12(bus, clock).Start(Lis2dw12Range.G2, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half));
            AssertFault(error, fault, 0x0F, id, 0x44);
            bus.Done();
        }

        [Theory]
        [MemberData(nameof(Rates))]
        public void Each_rate_has_its_code_its_hertz_and_its_patience(Lis2dw12Rate rate, string code, float hertz, int periodMicroseconds)
        {
            for (int late = 0; late <= 1; late++)
            {
                (Lis2dw12 chip, ScriptedBus bus, _) = Started(Lis2dw12Range.G16, rate, Lis2dw12Filter.Half, ["0C", "00", "00", "00", "34", "00", "C0", code]);
                Assert.Equal(hertz, chip.NominalHertz);

                // With 30 held there is room for two more; when that many periods have passed a third may have come.
                bus.Expect("R 2E C01E", "R 28 040000000400", "+" + ((2 * periodMicroseconds) + late));
                if (late == 1)
                {
                    bus.Expect("R 2E C001"); // a second look, for the number of samples lost
                }

                Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
                Assert.Equal(late, chip.Overruns);
                bus.Done();
            }
        }

        [Theory]
        [InlineData(Lis2dw12Range.G2, "04", 0.000244f)]
        [InlineData(Lis2dw12Range.G4, "14", 0.000488f)]
        [InlineData(Lis2dw12Range.G8, "24", 0.000976f)]
        [InlineData(Lis2dw12Range.G16, "34", 0.001952f)]
        public void Each_range_has_its_code_and_its_weight(Lis2dw12Range range, string code, float gPerDigit)
        {
            (Lis2dw12 chip, _, _) = Started(range, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half, ["0C", "00", "00", "00", code, "00", "C0", "94"]);
            Assert.Equal(gPerDigit, chip.GPerDigit, 1e-9f);
            Assert.Equal((8191, -8192), (chip.ClipHigh, chip.ClipLow));
            Assert.Equal(32, chip.Depth);
        }

        [Theory]
        [InlineData(Lis2dw12Filter.Half, Lis2dw12Rate.Hz1600, "34", "94", 400)] // not 800
        [InlineData(Lis2dw12Filter.Half, Lis2dw12Rate.Hz800, "34", "84", 400)]
        [InlineData(Lis2dw12Filter.Half, Lis2dw12Rate.Hz400, "34", "74", 200)]
        [InlineData(Lis2dw12Filter.Quarter, Lis2dw12Rate.Hz1600, "74", "94", 400)]
        [InlineData(Lis2dw12Filter.Quarter, Lis2dw12Rate.Hz800, "74", "84", 200)]
        [InlineData(Lis2dw12Filter.Tenth, Lis2dw12Rate.Hz1600, "B4", "94", 160)]
        [InlineData(Lis2dw12Filter.Twentieth, Lis2dw12Rate.Hz1600, "F4", "94", 80)]
        public void Bandwidth_is_a_part_of_the_rate_and_never_more_than_400_Hz(Lis2dw12Filter filter, Lis2dw12Rate rate, string control6, string control1, float hertz)
        {
            (Lis2dw12 chip, _, _) = Started(Lis2dw12Range.G16, rate, filter, ["0C", "00", "00", "00", control6, "00", "C0", control1]);
            Assert.Equal(hertz, chip.BandwidthHertz);
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        [InlineData(5)]
        [InlineData(6)]
        [InlineData(7)]
        public void Start_names_the_register_that_did_not_keep_its_value(int index)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string[] script = Script(Settings16G1600);
            int readBack = script.Length - Registers.Length + index;
            int expected = Convert.ToInt32(Settings16G1600[index], 16);
            script[readBack] = "R " + Registers[index] + " " + (expected ^ 0x20).ToString("X2");
            bus.Expect(script[..(readBack + 1)]);
            var error = Assert.Throws<SensorException>(() => new Lis2dw12(bus, clock).Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half));
            AssertFault(error, SensorFault.NotConfigured, Convert.ToByte(Registers[index], 16), expected ^ 0x20, expected);
            bus.Done();
        }

        [Fact]
        public void No_sample_yet_is_zero_not_an_exception()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C000");
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void A_drain_is_the_level_and_one_burst_of_six_bytes_per_sample()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C084", "R 28 0400FCFF0040" + "FC7F00800000" + "000100FFF0F0"); // bit 7 is the threshold flag
            var xyz = new short[12];
            Array.Fill(xyz, (short)-7);
            Assert.Equal(3, chip.ReadFifo(xyz, 2, 3));
            Assert.Equal([-7, -7, 1, -1, 4096, 8191, -8192, 0, 64, -64, -964, -7], xyz);
            Assert.Equal(4, chip.Level);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void A_full_fifo_fits_one_burst()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C020", "R 28 " + string.Concat(Repeat("040008000C00", 32)));
            var xyz = new short[96];
            Assert.Equal(32, chip.ReadFifo(xyz, 0, 40));
            Assert.Equal([1, 2, 3], xyz[93..]);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("60", 1)]
        [InlineData("E0", 1)]
        [InlineData("A0", 0)] // threshold only
        public void The_overrun_flag_counts(string samples, int overruns)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C0" + samples, "R 28 040000000400");
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(overruns, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData(0, 1)]   // SPI: no lead-in worth counting
        [InlineData(72, 0)]  // I2C at 400 kHz: 134 µs of each sample are the wire's own time
        public void The_time_of_the_burst_itself_is_no_pause(int leadIn, int overruns)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started(leadIn: leadIn);
            bus.Expect("R 2E C01F", "R 28 " + string.Concat(Repeat("040000000400", 31)), "+" + (593 + (31 * 134)));
            if (overruns == 1)
            {
                bus.Expect("R 2E C001");
            }

            Assert.Equal(31, chip.ReadFifo(new short[93], 0, 31));
            Assert.Equal(overruns, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void The_burst_s_time_is_not_overrated()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started(leadIn: 72);
            bus.Expect("R 2E C01F", "R 28 " + string.Concat(Repeat("040000000400", 31)), "+" + (594 + (31 * 134)), "R 2E C001");
            Assert.Equal(31, chip.ReadFifo(new short[93], 0, 31));
            Assert.Equal(1, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("FFFFFFFFFFFF")]
        [InlineData("010000000000")] // bits that 14 left-justified ones leave empty
        [InlineData("000002000000")]
        [InlineData("000000000300")]
        public void Bytes_the_chip_cannot_send_are_a_dead_line(string sample)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C001", "R 28 " + sample);
            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((BusStatus.Silent, (byte)0x28), (error.Status, error.Register));
            Assert.Equal(1, chip.Lost);
            bus.Done();
        }

        [Fact]
        public void A_burst_that_breaks_off_keeps_what_came_before_and_tells_at_the_next_call()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C003", "R 28 040008000C00" + "FFFFFFFFFFFF" + "FFFFFFFFFFFF", "R 2E C000");
            var xyz = new short[9];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 3));
            Assert.Equal([1, 2, 3, 0, 0, 0, 0, 0, 0], xyz);
            Assert.Equal(1, chip.Overruns);
            Assert.Throws<BusException>(() => chip.ReadFifo(xyz, 0, 3));
            bus.Done();
        }

        [Theory]
        [InlineData("00", false)] // a line shorted low, or a chip back at its reset values
        [InlineData("C0", true)]  // free fall: the FIFO still runs
        public void Zeros_are_believed_of_a_chip_whose_FIFO_still_runs(string control, bool believed)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C002", "R 28 040008000C00" + "000000000000", "R 2E " + control);
            if (believed)
            {
                Assert.Equal(2, chip.ReadFifo(new short[6], 0, 2));
            }
            else
            {
                Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => chip.ReadFifo(new short[6], 0, 2)).Status);
            }

            bus.Done();
        }

        [Theory]
        [InlineData("3F")]
        [InlineData("21")] // one more than the chip can hold
        public void A_level_that_cannot_be_is_a_dead_line(string level)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C0" + level);
            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((BusStatus.Silent, (byte)0x2F), (error.Status, error.Register));
            bus.Done();
        }

        [Theory]
        [InlineData("FFFF", "")] // nobody drives the line
        [InlineData("8000", "")]
        [InlineData("0100", "")] // bypass
        [InlineData("0000", "R 0F 00")] // shorted low: no level of 0
        [InlineData("0000", "R 0F FF")]
        public void A_level_is_believed_only_beside_the_setting_of_the_fifo(string look, string more)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E " + look);
            if (more.Length > 0)
            {
                bus.Expect(more);
            }

            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((BusStatus.Silent, (byte)0x2E), (error.Status, error.Register));
            bus.Done();
        }

        [Fact]
        public void A_fifo_at_its_reset_value_in_a_chip_that_is_there_is_a_brown_out()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 0000", "R 0F 44");
            AssertFault(Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1)), SensorFault.BrownOut, 0x2E, 0x00, 0xC0);
            bus.Done();
        }

        [Theory]
        [InlineData("00", false)] // the settings went inside the sample
        [InlineData("C0", true)]
        public void A_burst_that_ends_in_zeros_is_believed_while_the_FIFO_runs(string control, bool believed)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E C002", "R 28 040008000C00" + "040008000000", "R 2E " + control);
            if (believed)
            {
                Assert.Equal(2, chip.ReadFifo(new short[6], 0, 2));
            }
            else
            {
                Assert.Throws<BusException>(() => chip.ReadFifo(new short[6], 0, 2));
                Assert.Equal(1, chip.Overruns);
            }

            bus.Done();
        }

        [Theory]
        [InlineData("W 2E 01|R 2E C0")]
        [InlineData("W 2E 01|R 2E 00")] // a line shorted low tells nothing
        [InlineData("W 2E 01|R 2E 01|W 2E C0|R 2E 01")]
        public void Begin_tells_a_write_that_the_chip_missed(string lines)
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect(lines.Split('|'));
            var error = Assert.Throws<BusException>(chip.Begin);
            Assert.Equal((BusStatus.Silent, (byte)0x2E), (error.Status, error.Register));
            bus.Done();
        }

        [Fact]
        public void Begin_empties_the_fifo()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 2E 01", "R 2E 01", "W 2E C0", "R 2E C0");
            chip.Begin();
            bus.Done();
        }

        [Fact]
        public void Check_passes_while_settings_stand_and_tells_a_brown_out_from_a_lost_setting()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 0F 44", "R 20 94").Expect(ReadBack(Settings16G1600));
            chip.Check();
            bus.Expect("R 0F 44", "R 20 00");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x20, 0x00, 0x94);
            bus.Expect("R 0F 44", "R 20 94", "R 21 04");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x21, 0x04, 0x0C);
            bus.Expect("R 0F 00");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NoAnswer, 0x0F, 0x00, 0x44);
            bus.Done();
        }

        [Fact]
        public void Stop_powers_down()
        {
            (Lis2dw12 chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 20 00");
            chip.Stop();
            bus.Done();
        }

        [Theory]
        [InlineData(144, -144, 144, true)] // 70 mg at 0.488 mg a digit
        [InlineData(-3073, 3073, 3073, true)] // 1500 mg
        [InlineData(143, 144, 144, false)]
        [InlineData(144, 143, 144, false)]
        [InlineData(144, 144, -143, false)]
        [InlineData(3074, 144, 144, false)]
        [InlineData(144, -3074, 144, false)]
        [InlineData(144, 144, 3074, false)]
        public void Self_test_compares_means_before_and_after(int x, int y, int z, bool passes)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(["0C", "00", "00", "00", "14", "00", "C0", "44"]));
            ExpectSamples(bus, 11, -22, 2049);
            bus.Expect(Configuration(["0C", "40", "00", "00", "14", "00", "C0", "44"]));
            ExpectSamples(bus, 11 + x, -22 + y, 2049 + z);
            bus.Expect("W 20 00", "W 22 00");
            int[] change = [9000, 9000, 9000];
            Assert.Equal(passes, new Lis2dw12(bus, clock).SelfTest(change));
            Assert.Equal([x, y, z], change);
            bus.Done();
            Assert.Equal(2, clock.Waits.FindAll(wait => wait == 100_000).Count);
        }

        [Theory]
        [InlineData(1_000_000, 2)] // a second is still in time
        [InlineData(1_000_001, 1)]
        public void Self_test_ends_when_no_data_comes(int microseconds, int looks)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(["0C", "00", "00", "00", "14", "00", "C0", "44"])).Expect("W 2E 01", "R 2E 01", "W 2E C0", "R 2E C0", "R 2E C000", "+" + microseconds);
            bus.Expect(Repeat("R 2E C000", looks - 1));
            var error = Assert.Throws<SensorException>(() => new Lis2dw12(bus, clock).SelfTest(new int[3]));
            AssertFault(error, SensorFault.NoData, 0x28, 0, 5);
            bus.Done();
        }

        private static void ExpectSamples(ScriptedBus bus, int x, int y, int z)
        {
            bus.Expect("W 2E 01", "R 2E 01", "W 2E C0", "R 2E C0");
            for (int i = 0; i < 5; i++)
            {
                int scatter = 3 * (i - 2); // cancels over five samples
                bus.Expect("R 2E C000", "R 2E C002", "R 28 " + Left(x + scatter) + Left(y - scatter) + Left(z + scatter));
            }
        }

        private static string[] Repeat(string line, int times)
        {
            var lines = new string[times];
            Array.Fill(lines, line);
            return lines;
        }

        private static string Left(int digits) => ((digits << 2) & 0xFF).ToString("X2") + ((digits >> 6) & 0xFF).ToString("X2");

        private static string[] Script(string[] settings)
        {
            var lines = new List<string> { "R 0F 44", "W 21 44", "R 21 04" };
            lines.AddRange(Configuration(settings));
            return lines.ToArray();
        }

        private static string[] Configuration(string[] settings)
        {
            var lines = new List<string> { "W 20 00", "W 2E 01", "R 2E 01" };
            for (int i = 0; i < Registers.Length; i++)
            {
                lines.Add("W " + Registers[i] + " " + settings[i]);
            }

            lines.AddRange(ReadBack(settings));
            return lines.ToArray();
        }

        private static string[] ReadBack(string[] settings)
        {
            var lines = new string[Registers.Length];
            for (int i = 0; i < Registers.Length; i++)
            {
                lines[i] = "R " + Registers[i] + " " + settings[i];
            }

            return lines;
        }

        private static (Lis2dw12 Chip, ScriptedBus Bus, StepClock Clock) Started(
            Lis2dw12Range range = Lis2dw12Range.G16, Lis2dw12Rate rate = Lis2dw12Rate.Hz1600, Lis2dw12Filter filter = Lis2dw12Filter.Half,
            string[]? settings = null, int leadIn = 0)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock, leadIn);
            bus.Expect(Script(settings ?? Settings16G1600));
            var chip = new Lis2dw12(bus, clock);
            chip.Start(range, rate, filter);
            bus.Done();
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("LIS2DW12", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}

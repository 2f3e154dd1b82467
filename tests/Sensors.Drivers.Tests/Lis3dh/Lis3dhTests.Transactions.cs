using System;
using System.Collections.Generic;
using System.Device.Spi;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Lis3dhTests
    {
        private static readonly string[] Registers = ["21", "22", "23", "24", "25", "2E", "20"];
        private static readonly string[] Settings8G1344 = ["00", "00", "A0", "40", "00", "80", "97"];

        public static TheoryData<Lis3dhRate, string, float, int> Rates => new()
        {
            { Lis3dhRate.Hz1, "17", 1, 950000 },
            { Lis3dhRate.Hz10, "27", 10, 95000 },
            { Lis3dhRate.Hz25, "37", 25, 38000 },
            { Lis3dhRate.Hz50, "47", 50, 19000 },
            { Lis3dhRate.Hz100, "57", 100, 9500 },
            { Lis3dhRate.Hz200, "67", 200, 4750 },
            { Lis3dhRate.Hz400, "77", 400, 2375 },
            { Lis3dhRate.Fastest, "97", 1344, 706 },
        };

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Lis3dh(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
        }

        [Fact]
        public void Spi_is_mode_3_at_10_MHz_with_bit_7_for_reading_and_bit_6_for_more_bytes()
        {
            SpiProfile spi = Lis3dh.Spi;
            Assert.Equal((SpiMode.Mode3, 10_000_000, (byte)0x80, (byte)0x40, 0, 192), (spi.Mode, spi.ClockHz, spi.ReadFlag, spi.BurstFlag, spi.AddressShift, spi.LargestBurst));
            Assert.Equal((0x18, 0x19, 0x80), (Lis3dh.I2cAddress, Lis3dh.I2cAlternateAddress, Lis3dh.I2cBurstFlag));
            Assert.Equal((0x0F, 0x33), (Lis3dh.IdentityRegister, Lis3dh.IdentityValue));
        }

        [Fact]
        public void Start_checks_boots_empties_configures_samples_and_reads_back()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(Settings8G1344));
            new Lis3dh(bus, clock).Start(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            bus.Done();
            Assert.Equal([5000, 5000], clock.Waits); // power-up, boot
        }

        [Theory]
        [InlineData(Lis3dhMode.Normal)]
        [InlineData(Lis3dhMode.HighResolution)]
        public void A_rate_that_the_mode_does_not_have_is_refused_before_anything_is_said(Lis3dhMode mode)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            Assert.Throws<ArgumentOutOfRangeException>(() => new Lis3dh(bus, clock).Start(Lis3dhRange.G2, Lis3dhRate.Hz1600, mode));
            bus.Done();
        }

        [Theory]
        [InlineData(0x44, SensorFault.WrongIdentity)] // LIS2DW12
        [InlineData(0x00, SensorFault.NoAnswer)]
        [InlineData(0xFF, SensorFault.NoAnswer)]
        [InlineData(0x01, SensorFault.WrongIdentity)]
        [InlineData(0x80, SensorFault.WrongIdentity)]
        [InlineData(0xFE, SensorFault.WrongIdentity)]
        [InlineData(0x7F, SensorFault.WrongIdentity)]
        [InlineData(0x32, SensorFault.WrongIdentity)]
        public void Start_refuses_another_identity(int id, SensorFault fault)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F " + id.ToString("X2"));
            var error = Assert.Throws<SensorException>(() => new Lis3dh(bus, clock).Start(Lis3dhRange.G2, Lis3dhRate.Hz100, Lis3dhMode.Normal));
            AssertFault(error, fault, 0x0F, id, 0x33);
            bus.Done();
        }

        [Theory]
        [MemberData(nameof(Rates))]
        public void Each_rate_has_its_code_its_hertz_and_its_patience(Lis3dhRate rate, string code, float hertz, int periodMicroseconds)
        {
            for (int late = 0; late <= 1; late++)
            {
                (Lis3dh chip, ScriptedBus bus, _) = Started(Lis3dhRange.G8, rate, Lis3dhMode.Normal, ["00", "00", "A0", "40", "00", "80", code]);
                Assert.Equal(hertz, chip.NominalHertz);

                // With 30 held there is room for two more; when that many periods have passed a third may have come.
                bus.Expect("R 2E 801E", "R 28 400000004000", "+" + ((2 * periodMicroseconds) + late));
                if (late == 1)
                {
                    bus.Expect("R 2E 8001"); // a second look, for the number of samples lost
                }

                Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
                Assert.Equal(late, chip.Overruns);
                bus.Done();
            }
        }

        [Theory]
        [InlineData(Lis3dhRange.G2, "80", 0.001f, 2044, -2048)]
        [InlineData(Lis3dhRange.G4, "90", 0.002f, 2044, -2048)]
        [InlineData(Lis3dhRange.G8, "A0", 0.004f, 2044, -2048)]
        [InlineData(Lis3dhRange.G16, "B0", 0.012f, 1332, -1332)] // 12 mg, not 8: 16 g is digit 1333, of which the FIFO keeps 1332
        public void Each_range_has_its_code_its_weight_and_its_ends(Lis3dhRange range, string code, float gPerDigit, int high, int low)
        {
            (Lis3dh chip, _, _) = Started(range, Lis3dhRate.Fastest, Lis3dhMode.Normal, ["00", "00", code, "40", "00", "80", "97"]);
            Assert.Equal(gPerDigit, chip.GPerDigit);
            Assert.Equal((high, low), (chip.ClipHigh, chip.ClipLow));
            Assert.Equal(32, chip.Depth);
        }

        [Theory]
        [InlineData(Lis3dhMode.HighResolution, Lis3dhRate.Fastest, Lis3dhRange.G2, "88", "97", 1344, 149.3333f, 2044)]
        [InlineData(Lis3dhMode.HighResolution, Lis3dhRate.Hz400, Lis3dhRange.G16, "B8", "77", 400, 44.4444f, 1332)]
        [InlineData(Lis3dhMode.Normal, Lis3dhRate.Fastest, Lis3dhRange.G2, "80", "97", 1344, 672, 2044)]
        [InlineData(Lis3dhMode.LowPower, Lis3dhRate.Fastest, Lis3dhRange.G2, "80", "9F", 5376, 2688, 2032)]
        [InlineData(Lis3dhMode.LowPower, Lis3dhRate.Hz1600, Lis3dhRange.G16, "B0", "8F", 1600, 800, 1328)]
        [InlineData(Lis3dhMode.LowPower, Lis3dhRate.Hz50, Lis3dhRange.G2, "80", "4F", 50, 25, 2032)]
        public void Each_mode_has_its_bits_its_rate_and_its_bandwidth(
            Lis3dhMode mode, Lis3dhRate rate, Lis3dhRange range, string control4, string control1, float hertz, float bandwidth, int high)
        {
            (Lis3dh chip, _, _) = Started(range, rate, mode, ["00", "00", control4, "40", "00", "80", control1]);
            Assert.Equal(hertz, chip.NominalHertz);
            Assert.Equal(bandwidth, chip.BandwidthHertz, 0.001f);
            Assert.Equal((high, range == Lis3dhRange.G16 ? -high : -2048), (chip.ClipHigh, chip.ClipLow));
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(2)]
        [InlineData(3)]
        [InlineData(4)]
        [InlineData(5)]
        [InlineData(6)]
        public void Start_names_the_register_that_did_not_keep_its_value(int index)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string[] script = Script(Settings8G1344);
            int readBack = script.Length - Registers.Length + index;
            int expected = Convert.ToInt32(Settings8G1344[index], 16);
            script[readBack] = "R " + Registers[index] + " " + (expected ^ 0x20).ToString("X2");
            bus.Expect(script[..(readBack + 1)]);
            var error = Assert.Throws<SensorException>(() => new Lis3dh(bus, clock).Start(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.Normal));
            AssertFault(error, SensorFault.NotConfigured, Convert.ToByte(Registers[index], 16), expected ^ 0x20, expected);
            bus.Done();
        }

        [Fact]
        public void No_sample_yet_is_zero_not_an_exception()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 8020");
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void A_drain_is_the_level_and_one_burst_of_six_bytes_per_sample()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 8084", "R 28 1000F0FF0040" + "C07F00800000" + "000100FFF0F0"); // bit 7 is the watermark flag
            var xyz = new short[12];
            Array.Fill(xyz, (short)-7);
            Assert.Equal(3, chip.ReadFifo(xyz, 2, 3));
            Assert.Equal([-7, -7, 1, -1, 1024, 2044, -2048, 0, 16, -16, -241, -7], xyz);
            Assert.Equal(4, chip.Level);
            Assert.Equal(0, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("5F")]
        [InlineData("DF")]
        [InlineData("40")] // whatever the five bits say
        public void A_full_fifo_shows_31_and_a_flag_and_means_32_in_one_burst(string source)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 80" + source, "R 28 " + string.Concat(Repeat("40008000C000", 32)));
            var xyz = new short[96];
            Assert.Equal(32, chip.ReadFifo(xyz, 0, 40));
            Assert.Equal([4, 8, 12], xyz[93..]);
            Assert.Equal(1, chip.Overruns); // one may have been overwritten
            Assert.True(chip.Lost >= 1);
            bus.Done();
        }

        [Fact]
        public void Thirty_one_without_the_flag_is_31()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 809F", "R 28 400000004000");
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((31, 0), (chip.Level, chip.Overruns));
            bus.Done();
        }

        [Theory]
        [InlineData(0, 1)]   // SPI: no lead-in worth counting
        [InlineData(72, 0)]  // I2C at 400 kHz: 134 µs of each sample are the wire's own time
        public void The_time_of_the_burst_itself_is_no_pause(int leadIn, int overruns)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started(leadIn: leadIn);
            bus.Expect("R 2E 801F", "R 28 " + string.Concat(Repeat("400000004000", 31)), "+" + (706 + (31 * 134)));
            if (overruns == 1)
            {
                bus.Expect("R 2E 8001");
            }

            Assert.Equal(31, chip.ReadFifo(new short[93], 0, 31));
            Assert.Equal(overruns, chip.Overruns);
            bus.Done();
        }

        [Fact]
        public void The_burst_s_time_is_not_overrated()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started(leadIn: 72);
            bus.Expect("R 2E 801F", "R 28 " + string.Concat(Repeat("400000004000", 31)), "+" + (707 + (31 * 134)), "R 2E 8001");
            Assert.Equal(31, chip.ReadFifo(new short[93], 0, 31));
            Assert.Equal(1, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData("FFFFFFFFFFFF")]
        [InlineData("010000000000")] // bits that 12 left-justified ones leave empty
        [InlineData("000008000000")]
        [InlineData("000000000F00")]
        public void Bytes_the_chip_cannot_send_are_a_dead_line(string sample)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 8001", "R 28 " + sample);
            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal((BusStatus.Silent, (byte)0x28), (error.Status, error.Register));
            Assert.Equal(1, chip.Lost);
            bus.Done();
        }

        [Fact]
        public void A_burst_that_breaks_off_keeps_what_came_before_and_tells_at_the_next_call()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 8003", "R 28 40008000C000" + "FFFFFFFFFFFF" + "FFFFFFFFFFFF", "R 2E 8020");
            var xyz = new short[9];
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 3));
            Assert.Equal([4, 8, 12, 0, 0, 0, 0, 0, 0], xyz);
            Assert.Equal(1, chip.Overruns);
            Assert.Throws<BusException>(() => chip.ReadFifo(xyz, 0, 3));
            bus.Done();
        }

        [Theory]
        [InlineData("00", false)] // a line shorted low, or a chip back at its reset values
        [InlineData("80", true)]  // free fall: the FIFO still runs
        public void Zeros_are_believed_of_a_chip_whose_FIFO_still_runs(string control, bool believed)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 8002", "R 28 40008000C000" + "000000000000", "R 2E " + control);
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
        [InlineData("FFFF", "")] // nobody drives the line
        [InlineData("C000", "")]
        [InlineData("0100", "")] // bypass
        [InlineData("0000", "R 0F 00")] // shorted low: no level of 0
        [InlineData("0000", "R 0F FF")]
        public void A_level_is_believed_only_beside_the_setting_of_the_fifo(string look, string more)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
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
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 0020", "R 0F 33");
            AssertFault(Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1)), SensorFault.BrownOut, 0x2E, 0x00, 0x80);
            bus.Done();
        }

        [Theory]
        [InlineData("40008000C000400080000000", "00", false)] // the settings went inside the sample
        [InlineData("40008000C000400080000000", "80", true)]
        [InlineData("00000000000040008000C000", "00", false)] // or before it, and what follows is new
        [InlineData("00000000000040008000C000", "80", true)]
        public void A_burst_with_zeros_is_believed_while_the_FIFO_runs(string burst, string control, bool believed)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 2E 8002", "R 28 " + burst, "R 2E " + control);
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
        [InlineData("W 2E 01|R 2E 80")]
        [InlineData("W 2E 01|R 2E 00")] // a line shorted low tells nothing
        [InlineData("W 2E 01|R 2E 01|W 2E 80|R 2E 01")]
        public void Begin_tells_a_write_that_the_chip_missed(string lines)
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect(lines.Split('|'));
            var error = Assert.Throws<BusException>(chip.Begin);
            Assert.Equal((BusStatus.Silent, (byte)0x2E), (error.Status, error.Register));
            bus.Done();
        }

        [Fact]
        public void Begin_empties_the_fifo()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 2E 01", "R 2E 01", "W 2E 80", "R 2E 80");
            chip.Begin();
            bus.Done();
        }

        [Fact]
        public void Check_passes_while_settings_stand_and_tells_a_brown_out_from_a_lost_setting()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 0F 33", "R 20 97").Expect(ReadBack(Settings8G1344));
            chip.Check();
            bus.Expect("R 0F 33", "R 20 07");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x20, 0x07, 0x97);
            bus.Expect("R 0F 33", "R 20 97", "R 21 04");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x21, 0x04, 0x00);
            bus.Expect("R 0F 00");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NoAnswer, 0x0F, 0x00, 0x33);
            bus.Done();
        }

        [Fact]
        public void Stop_powers_down()
        {
            (Lis3dh chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 20 07");
            chip.Stop();
            bus.Done();
        }

        [Theory]
        [InlineData(68, -68, 68, true)] // 17 digits of 4 mg
        [InlineData(-1440, 1440, 1440, true)] // 360 digits
        [InlineData(67, 68, 68, false)]
        [InlineData(68, 67, 68, false)]
        [InlineData(68, 68, -67, false)]
        [InlineData(1441, 68, 68, false)]
        [InlineData(68, -1441, 68, false)]
        [InlineData(68, 68, 1441, false)]
        public void Self_test_compares_means_before_and_after(int x, int y, int z, bool passes)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(["00", "00", "80", "40", "00", "80", "47"]));
            ExpectSamples(bus, 11, -22, 400);
            bus.Expect(Configuration(["00", "00", "82", "40", "00", "80", "47"]));
            ExpectSamples(bus, 11 + x, -22 + y, 400 + z);
            bus.Expect("W 20 07", "W 23 00");
            int[] change = [9000, 9000, 9000];
            Assert.Equal(passes, new Lis3dh(bus, clock).SelfTest(change));
            Assert.Equal([x, y, z], change);
            bus.Done();
            Assert.Equal(2, clock.Waits.FindAll(wait => wait == 90_000).Count);
        }

        [Theory]
        [InlineData(1_000_000, 2)] // a second is still in time
        [InlineData(1_000_001, 1)]
        public void Self_test_ends_when_no_data_comes(int microseconds, int looks)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(["00", "00", "80", "40", "00", "80", "47"])).Expect("W 2E 01", "R 2E 01", "W 2E 80", "R 2E 80", "R 2E 8020", "+" + microseconds);
            bus.Expect(Repeat("R 2E 8020", looks - 1));
            var error = Assert.Throws<SensorException>(() => new Lis3dh(bus, clock).SelfTest(new int[3]));
            AssertFault(error, SensorFault.NoData, 0x28, 0, 5);
            bus.Done();
        }

        private static void ExpectSamples(ScriptedBus bus, int x, int y, int z)
        {
            bus.Expect("W 2E 01", "R 2E 01", "W 2E 80", "R 2E 80");
            for (int i = 0; i < 5; i++)
            {
                int scatter = 3 * (i - 2); // cancels over five samples
                bus.Expect("R 2E 8020", "R 2E 8002", "R 28 " + Left(x + scatter) + Left(y - scatter) + Left(z + scatter));
            }
        }

        private static string[] Repeat(string line, int times)
        {
            var lines = new string[times];
            Array.Fill(lines, line);
            return lines;
        }

        private static string Left(int digits) => ((digits << 4) & 0xFF).ToString("X2") + ((digits >> 4) & 0xFF).ToString("X2");

        private static string[] Script(string[] settings)
        {
            var lines = new List<string> { "R 0F 33", "W 24 80" };
            lines.AddRange(Configuration(settings));
            return lines.ToArray();
        }

        private static string[] Configuration(string[] settings)
        {
            var lines = new List<string> { "W 20 07", "W 2E 01", "R 2E 01" };
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

        private static (Lis3dh Chip, ScriptedBus Bus, StepClock Clock) Started(
            Lis3dhRange range = Lis3dhRange.G8, Lis3dhRate rate = Lis3dhRate.Fastest, Lis3dhMode mode = Lis3dhMode.Normal,
            string[]? settings = null, int leadIn = 0)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock, leadIn);
            bus.Expect(Script(settings ?? Settings8G1344));
            var chip = new Lis3dh(bus, clock);
            chip.Start(range, rate, mode);
            bus.Done();
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("LIS3DH", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}

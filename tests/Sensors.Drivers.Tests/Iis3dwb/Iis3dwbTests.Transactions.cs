using System;
using System.Collections.Generic;
using System.Text;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Iis3dwbTests
    {
        private static readonly string[] Registers =
            ["12", "02", "07", "08", "09", "0B", "0C", "0D", "0E", "13", "14", "15", "17", "19", "73", "74", "75", "0A", "10"];

        public static TheoryData<Iis3dwbFilter, string, int> Filters => new()
        {
            { Iis3dwbFilter.Wide, "00", 0 },
            { Iis3dwbFilter.RateBy4, "00", 2 },
            { Iis3dwbFilter.RateBy10, "20", 2 },
            { Iis3dwbFilter.RateBy20, "40", 2 },
            { Iis3dwbFilter.RateBy45, "60", 2 },
            { Iis3dwbFilter.RateBy100, "80", 2 },
            { Iis3dwbFilter.RateBy200, "A0", 2 },
            { Iis3dwbFilter.RateBy400, "C0", 2 },
            { Iis3dwbFilter.RateBy800, "E0", 2 },
        };

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            Assert.Equal(512, new Iis3dwb(bus, clock).Depth);
            bus.Done();
            Assert.Empty(clock.Waits);
        }

        [Fact]
        public void Profile_is_mode_3_at_10_MHz_with_bursts_of_128_slots()
        {
            Assert.Equal(System.Device.Spi.SpiMode.Mode3, Iis3dwb.Spi.Mode);
            Assert.Equal(10_000_000, Iis3dwb.Spi.ClockHz);
            Assert.Equal((0x80, 0x00, 0, 896), (Iis3dwb.Spi.ReadFlag, Iis3dwb.Spi.BurstFlag, Iis3dwb.Spi.AddressShift, Iis3dwb.Spi.LargestBurst));
            Assert.Equal([0x0F, 0x7B], [Iis3dwb.IdentityRegister, Iis3dwb.IdentityValue]);
            Assert.Equal((512, 26667f), (Iis3dwb.FifoSlots, Iis3dwb.OutputHertz));
        }

        [Fact]
        public void Start_checks_resets_configures_reads_back_settles_and_empties()
        {
            (Iis3dwb chip, ScriptedBus bus, StepClock clock) = Started();
            Assert.Equal([10_000, 1_000, 40_000], clock.Waits);
            Assert.Equal((496, 26667f, 26667f), (chip.Depth, chip.NominalHertz, chip.TrimmedHertz));
            Assert.Equal((32767, -32768), (chip.ClipHigh, chip.ClipLow));
            bus.Done();
        }

        [Theory]
        [MemberData(nameof(Filters))]
        public void Each_filter_has_its_code(Iis3dwbFilter filter, string control8, int control1)
        {
            Started(filter: filter, control8: control8, control1: 0xA4 | control1);
        }

        [Theory]
        [InlineData(Iis3dwbRange.G2, 0xA0, 0.000061f)]
        [InlineData(Iis3dwbRange.G4, 0xA8, 0.000122f)]
        [InlineData(Iis3dwbRange.G8, 0xAC, 0.000244f)]
        [InlineData(Iis3dwbRange.G16, 0xA4, 0.000488f)]
        public void Each_range_has_its_code_and_its_weight(Iis3dwbRange range, int control1, float weight)
        {
            (Iis3dwb chip, _, _) = Started(range, control1: control1);
            Assert.Equal(weight, chip.GPerDigit);
        }

        [Theory]
        [InlineData(Iis3dwbMode.Snapshot, "01", 1, 512)]
        [InlineData(Iis3dwbMode.Continuous, "C6", 1, 496)]
        [InlineData(Iis3dwbMode.Every4, "C6", 4, 124)]
        [InlineData(Iis3dwbMode.Every8, "C6", 8, 62)]
        [InlineData(Iis3dwbMode.Every20, "C6", 20, 24)]
        public void Each_mode_has_its_fifo_its_rate_and_its_depth(Iis3dwbMode mode, string fifo, int every, int depth)
        {
            (Iis3dwb chip, _, _) = Started(mode: mode, fifo: fifo, trim: "1E"); // 30 digits of 0.15 %: 4.5 %
            Assert.Equal((depth, 26667f / every), (chip.Depth, chip.NominalHertz));
            Assert.Equal(26667 * 1.045 / every, chip.TrimmedHertz, 0.01);
        }

        [Theory]
        [InlineData("80", 0.808)]
        [InlineData("FF", 0.9985)]
        [InlineData("01", 1.0015)]
        [InlineData("7F", 1.1905)]
        public void The_trim_is_signed(string trim, double factor)
        {
            (Iis3dwb chip, _, _) = Started(trim: trim);
            Assert.Equal(26667 * factor, chip.TrimmedHertz, 0.01);
        }

        [Theory]
        [InlineData(0x00, SensorFault.NoAnswer)]
        [InlineData(0xFF, SensorFault.NoAnswer)]
        [InlineData(0x01, SensorFault.WrongIdentity)]
        [InlineData(0x80, SensorFault.WrongIdentity)]
        [InlineData(0xFE, SensorFault.WrongIdentity)]
        [InlineData(0x7F, SensorFault.WrongIdentity)]
        [InlineData(0x7A, SensorFault.WrongIdentity)]
        [InlineData(0xFB, SensorFault.WrongIdentity)]
        public void Start_refuses_another_identity(int id, SensorFault fault)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F " + id.ToString("X2"));
            AssertFault(Assert.Throws<SensorException>(() => Start(new Iis3dwb(bus, clock))), fault, 0x0F, id, 0x7B);
            bus.Done();
        }

        [Fact]
        public void A_reset_that_does_not_end_within_a_tenth_of_a_second_is_told()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 0F 7B", "W 12 01");
            for (int i = 0; i < 100; i++)
            {
                bus.Expect("R 12 05");
            }

            AssertFault(Assert.Throws<SensorException>(() => Start(new Iis3dwb(bus, clock))), SensorFault.NotConfigured, 0x12, 0x05, 0x04);
            bus.Done();
            Assert.Equal(10_000 + 100_000, clock.Now);

            clock = new StepClock();
            bus = new ScriptedBus(clock);
            string[] script = Script();
            bus.Expect(script[..2]);
            for (int i = 0; i < 99; i++)
            {
                bus.Expect(i % 2 == 0 ? "R 12 FF" : "R 12 44"); // missed frames are no answer either, nor is a chip that missed the reset
            }

            bus.Expect(script[2..]);
            Start(new Iis3dwb(bus, clock)); // the hundredth look is in time
            bus.Done();
        }

        [Fact]
        public void Start_names_the_register_that_did_not_keep_its_value()
        {
            string[] settings = Settings();
            for (int i = 0; i < Registers.Length; i++)
            {
                var clock = new StepClock();
                var bus = new ScriptedBus(clock);
                string[] script = Script();
                int at = 3 + Registers.Length + i;
                int expected = Convert.ToInt32(settings[i], 16);
                script[at] = "R " + Registers[i] + " " + (expected ^ 0x10).ToString("X2");
                bus.Expect(script[..(at + 1)]);
                var error = Assert.Throws<SensorException>(() => Start(new Iis3dwb(bus, clock)));
                AssertFault(error, SensorFault.NotConfigured, Convert.ToInt32(Registers[i], 16), expected ^ 0x10, expected);
                bus.Done();
            }
        }

        [Fact]
        public void Check_tells_a_brown_out_from_a_lost_setting()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            string[] script = Script();
            string[] readBack = script[(3 + Registers.Length)..(3 + (2 * Registers.Length))];
            bus.Expect("R 0F 7B", "R 10 A4").Expect(readBack);
            chip.Check();
            bus.Expect("R 0F 7B", "R 10 00");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.BrownOut, 0x10, 0x00, 0xA0);
            bus.Expect("R 0F 7B", "R 10 A4", "R 12 04");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NotConfigured, 0x12, 0x04, 0x44);
            bus.Expect("R 0F 00");
            AssertFault(Assert.Throws<SensorException>(chip.Check), SensorFault.NoAnswer, 0x0F, 0x00, 0x7B);
            bus.Expect("W 10 00");
            chip.Stop();
            bus.Done();
        }

        [Fact]
        public void A_drain_is_the_status_and_one_burst_and_0x11_shifted_by_3_is_acceleration()
        {
            (Iis3dwb chip, ScriptedBus bus, StepClock clock) = Started();
            clock.Now = 47_110;
            bus.Expect("R 3A 0500", "R 78 11" + "0100FFFF0010" + "12FE0F00F0FF00" + "14010203040506" + "17008000FF7F80" + "11FFFFFFFFFFFF");
            var xyz = new short[19];
            Array.Fill(xyz, (short)-7);
            Assert.Equal(5, chip.ReadFifo(xyz, 2, 5));
            Assert.Equal(
                [-7, -7, 1, -1, 4096, 4094, -4096, 255, 0x0201, 0x0403, 0x0605, -32768, -256, -32641, -1, -1, -1, -7, -7], xyz);
            Assert.Equal((5, 47_110, 0, 0), (chip.Level, chip.LevelMicroseconds, chip.Overruns, chip.Lost));
            bus.Expect("R 3A 0100", "R 78 12" + "000000000000"); // a sample of zeros is one: its tag says so
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 5));
            Assert.Equal([0, 0, 0], xyz[..3]);
            bus.Done();
        }

        [Fact]
        public void What_does_not_fit_waits_in_the_driver()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            var xyz = new short[12];
            bus.Expect("R 3A 0400", "R 78 " + Slots(0, 4));
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 1));
            bus.Expect("R 3A 0200"); // three in the driver and two in the chip
            Assert.Equal(2, chip.ReadFifo(xyz, 0, 2));
            Assert.Equal(5, chip.Level);
            bus.Expect("R 3A 0200", "R 78 " + Slots(4, 2));
            Assert.Equal(3, chip.ReadFifo(xyz, 0, 4));
            Assert.Equal([3, 0, 0, 4, 0, 0, 5, 0, 0], xyz[..9]);
            bus.Done();
        }

        [Fact]
        public void Slots_that_wait_count_as_held_and_127_are_one_burst()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 1800", "R 78 " + Slots(0, 24), "R 3A 0100");
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            chip.ReadFifo(new short[3], 0, 0);
            Assert.Equal(24, chip.Level);
            (chip, bus, _) = Started();
            bus.Expect("R 3A 7F00", "R 78 " + Slots(0, 127));
            Assert.Equal(124, chip.ReadFifo(new short[3 * 127], 0, 127));
            bus.Done();
        }

        [Fact]
        public void A_long_drain_goes_in_bursts_of_128_slots()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 2C01", "R 78 " + Slots(0, 128), "R 78 " + Slots(128, 128), "R 78 " + Slots(256, 44)); // 300, less stamps
            var xyz = new short[900];
            Assert.Equal(291, chip.ReadFifo(xyz, 0, 300)); // 300 slots hold at least 291 samples once stamps come
            Assert.Equal([290, 0, 0], xyz[870..873]);
            Assert.Equal(291, chip.Level);
            bus.Done();
        }

        [Theory]
        [InlineData("0000", 0)]
        [InlineData("0100", 1)]
        [InlineData("2000", 32)] // before the first stamp is known: 32 samples, a stamp, 32 samples ...
        [InlineData("2100", 32)]
        [InlineData("2200", 33)]
        [InlineData("4100", 64)]
        [InlineData("4200", 64)]
        [InlineData("4300", 65)]
        [InlineData("FF01", 496)]
        public void Level_counts_samples_not_slots(string status, int level)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A " + status);
            if (status == "0000")
            {
                bus.Expect(Frame(), "R 3A 0000"); // an empty FIFO and a dead line look alike
            }

            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 0));
            Assert.Equal((level, 0), (chip.Level, chip.Overruns));
            bus.Done();
        }

        [Theory]
        [InlineData("0002", 1)] // 512 slots
        [InlineData("FF41", 1)] // completely filled
        [InlineData("0140", 1)]
        [InlineData("0108", 1)] // was completely filled
        [InlineData("01B0", 0)] // watermark, will be full, batch counter: Zephyr's reader took them for the others
        [InlineData("0104", 0)]
        public void Overrun_flags_are_told_from_the_others(string status, int overruns)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A " + status);
            Assert.Equal(0, chip.ReadFifo(new short[3], 0, 0));
            Assert.Equal(overruns, chip.Overruns);
            bus.Expect("R 3A 0108"); // the latched flag once more: it was full while it was looked at
            chip.ReadFifo(new short[3], 0, 0);
            Assert.Equal(1, chip.Overruns);
            bus.Expect("R 3A 0100");
            chip.ReadFifo(new short[3], 0, 0);
            bus.Expect("R 3A 0108");
            chip.ReadFifo(new short[3], 0, 0);
            Assert.Equal(2, chip.Overruns);
            bus.Done();
        }

        [Theory]
        [InlineData(0x3A, "R 3A FFFF")]
        [InlineData(0x3A, "R 3A 0102")] // 513 slots of 512
        [InlineData(0x0A, "R 3A 0000", "R 0A 00000000000000")]
        [InlineData(0x0A, "R 3A 0000", "R 0A FFFFFFFFFFFFFF")]
        [InlineData(0x0A, "R 3A 0000", "R 0A C6000000006BA4")] // another chip
        [InlineData(0x0A, "R 3A 0000", "R 0A 00000000007BA4")] // an earlier flush was cut: no sample would ever come
        [InlineData(0x3A, "R 3A 0000", "R 0A C6000000007BA4", "R 3A FFFF")]
        public void A_status_that_no_chip_sends_is_silence(int register, params string[] frames)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect(frames);
            var error = Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            Assert.Equal(((byte)register, BusStatus.Silent), (error.Register, error.Status));
            bus.Done();
        }

        [Fact]
        public void A_level_of_zero_from_a_dead_line_is_asked_again()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0000", Frame(), "R 3A 0200", "R 78 " + Slots(0, 2));
            Assert.Equal(2, chip.ReadFifo(new short[6], 0, 2));
            bus.Expect("R 3A 0000", Frame(), "R 3A 0108"); // and the overrun it told with it
            Assert.Equal(0, chip.ReadFifo(new short[6], 0, 0));
            Assert.Equal((1, 1), (chip.Level, chip.Overruns));
            bus.Done();
        }

        [Theory]
        [InlineData(0x0A, "R 0A C6000000007BA4")] // the chip missed the bypass: what it holds is old
        [InlineData(0x0A, "R 0A FFFFFFFFFFFFFF")]
        [InlineData(0x0A, "R 0A 00000000000000")] // bypass reads zeros, and so does a dead line
        [InlineData(0x0A, "R 0A 000000000000A4")]
        [InlineData(0x3A, "R 0A 00000000007BA4", "R 3A FFFF")] // the latched flag stands still
        [InlineData(0x0A, "R 0A 00000000007BA4", "R 3A 0000", "W 0A C6", "R 0A 00000000007BA4")] // the chip missed the mode: nothing would come
        [InlineData(0x0A, "R 0A 00000000007BA4", "R 3A 0000", "W 0A C6", "R 0A FFFFFFFFFFFFFF")]
        public void Begin_proves_that_the_fifo_was_emptied(int register, params string[] frames)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("W 0A 00").Expect(frames);
            var error = Assert.Throws<BusException>(chip.Begin);
            Assert.Equal(((byte)register, BusStatus.Silent), (error.Register, error.Status));
            bus.Expect(Flush());
            chip.Begin();
            bus.Done();
        }

        [Fact]
        public void A_brown_out_shows_when_the_fifo_is_empty_or_emptied()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0000", Frame("00", "00"));
            AssertFault(Assert.Throws<SensorException>(() => chip.ReadFifo(new short[3], 0, 1)), SensorFault.BrownOut, 0x10, 0x00, 0xA0);
            bus.Expect("W 0A 00", Frame("00", "00"));
            AssertFault(Assert.Throws<SensorException>(chip.Begin), SensorFault.BrownOut, 0x10, 0x00, 0xA0);
            bus.Done();
        }

        [Theory]
        [InlineData("00")]
        [InlineData("FF")]
        public void A_trim_from_a_dead_line_is_asked_again(string dead)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script()[..^3]).Expect("R 63 " + dead, Frame(), "R 63 14");
            var chip = new Iis3dwb(bus, clock);
            Start(chip);
            Assert.Equal(26667 * 1.03, chip.TrimmedHertz, 0.01);
            bus.Done();
        }

        [Theory]
        [InlineData(false, "00")]
        [InlineData(false, "FF")]
        [InlineData(true, "01")]
        public void A_push_that_the_chip_missed_is_no_failed_self_test(bool down, string found)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(Settings(control1: 0xA8)));
            ExpectAverage(bus, 0, 0, 0);
            bus.Expect("W 14 01", "R 14 " + (down ? "01" : found));
            if (down)
            {
                ExpectAverage(bus, 13000, 13000, 13000);
                bus.Expect("W 14 02", "R 14 " + found);
            }

            var error = Assert.Throws<BusException>(() => new Iis3dwb(bus, clock).SelfTest(new int[3]));
            Assert.Equal(((byte)0x14, BusStatus.Silent), (error.Register, error.Status));
            bus.Done();
        }

        [Theory]
        [InlineData("00000000000000", true)]
        [InlineData("FFFFFFFFFFFFFF", true)]
        [InlineData("00000000000001", false)]
        [InlineData("FFFFFFFEFFFFFF", false)]
        [InlineData("FF00FFFFFFFFFF", false)]
        [InlineData("09000000000000", false)] // kind 1
        [InlineData("28000000000000", false)] // kind 5
        [InlineData("10000000000000", false)] // acceleration, wrong parity
        [InlineData("90000000000000", false)] // kind 18: more bits than the tag's own must not be dropped
        public void A_slot_that_makes_no_sense_is_silence_or_lost_alignment(string slot, bool silent)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0400", "R 78 " + Slots(0, 2) + slot + Slots(3, 1));
            if (!silent)
            {
                bus.Expect(Flush());
            }

            bus.Expect("R 3A 0100"); // the gap's length, by the clock
            var xyz = new short[12];
            Assert.Equal(2, chip.ReadFifo(xyz, 0, 4));
            Assert.Equal((1, true), (chip.Overruns, chip.Lost > 0));
            if (silent)
            {
                Assert.Equal(BusStatus.Partial, Assert.Throws<BusException>(() => chip.ReadFifo(xyz, 0, 4)).Status);
            }
            else
            {
                var error = Assert.Throws<SensorException>(() => chip.ReadFifo(xyz, 0, 4));
                AssertFault(error, SensorFault.LostAlignment, 0x78, Convert.ToInt32(slot[..2], 16), 0x11);
            }

            bus.Expect("R 3A 0100", "R 78 " + Slots(9, 1));
            Assert.Equal(1, chip.ReadFifo(xyz, 0, 4)); // told once
            Assert.Equal(9, xyz[0]);
            bus.Done();
        }

        [Fact]
        public void A_wire_that_fails_while_the_fifo_is_emptied_is_a_bus_error()
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0100", "R 78 09000000000000", "W 0A !");
            Assert.Throws<BusException>(() => chip.ReadFifo(new short[3], 0, 1));
            bus.Expect("R 3A 0200", "R 78 " + Slots(5, 2));
            Assert.Equal(2, chip.ReadFifo(new short[6], 0, 2));
            bus.Done();
        }

        [Theory]
        [InlineData(2, 1)] // acceleration counts 0, 2: one is missing
        [InlineData(3, 1)]
        [InlineData(0, 1)]
        [InlineData(1, 0)]
        public void A_step_in_the_count_is_a_gap(int next, int overruns)
        {
            (Iis3dwb chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 3A 0200", "R 78 " + Slots(0, 1) + Slots(next, 1));
            if (overruns > 0)
            {
                bus.Expect("R 3A 0100");
            }

            Assert.Equal(2, chip.ReadFifo(new short[6], 0, 2));
            Assert.Equal((overruns, overruns), (chip.Overruns, chip.Lost));
            bus.Done();
        }

        [Theory]
        [InlineData(6558, 6558, 6558, -6558, -6558, -6558, true)] // 800 mg of 0.122 mg
        [InlineData(26229, -26229, 26229, -26229, 26229, -26229, true)] // 3200 mg, either way
        [InlineData(6557, 6558, 6558, -6558, -6558, -6558, false)]
        [InlineData(6558, 6557, 6558, -6558, -6558, -6558, false)]
        [InlineData(6558, 6558, 6557, -6558, -6558, -6558, false)]
        [InlineData(6558, 6558, 6558, -6557, -6558, -6558, false)]
        [InlineData(6558, 6558, 6558, -6558, -6558, -6557, false)]
        [InlineData(26230, 6558, 6558, -6558, -6558, -6558, false)]
        [InlineData(6558, 6558, 6558, -26230, -6558, -6558, false)]
        [InlineData(6558, 6558, 6558, 6558, -6558, -6558, false)] // both ways are one way
        [InlineData(-6557, 6558, 6558, 6558, -6558, -6558, false)]
        [InlineData(0, 0, 0, 0, 0, 0, false)]
        public void Self_test_compares_means_at_rest_up_and_down(int x, int y, int z, int downX, int downY, int downZ, bool passes)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(Settings(control1: 0xA8)));
            ExpectAverage(bus, 11, -22, 33);
            bus.Expect("W 14 01", "R 14 01");
            ExpectAverage(bus, 11 + x, -22 + y, 33 + z);
            bus.Expect("W 14 02", "R 14 02");
            ExpectAverage(bus, 11 + downX, -22 + downY, 33 + downZ);
            bus.Expect("W 14 00", "W 10 00");
            int[] change = [9000, 9000, 9000];
            Assert.Equal(passes, new Iis3dwb(bus, clock).SelfTest(change));
            Assert.Equal([x, y, z], change);
            Assert.Equal([10_000, 1_000, 40_000, 100_000, 100_000, 100_000], clock.Waits);
            bus.Done();
        }

        [Theory]
        [InlineData(0, 102)] // a look each millisecond; the first one later than 0.1 s is the last
        [InlineData(100_000, 2)]
        [InlineData(100_001, 1)]
        public void Self_test_ends_when_no_data_comes(int held, int looks)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(Settings(control1: 0xA8))).Expect(Flush(control1: "A8"));
            for (int i = 0; i < looks; i++)
            {
                bus.Expect("R 3A 0000", Frame(control1: "A8"), "R 3A 0000");
                if (i == 0)
                {
                    bus.Expect("+" + held);
                }
            }

            AssertFault(Assert.Throws<SensorException>(() => new Iis3dwb(bus, clock).SelfTest(new int[3])), SensorFault.NoData, 0x3A, 0, 1);
            bus.Done();
        }

        private static void ExpectAverage(ScriptedBus bus, int x, int y, int z)
        {
            var slots = new StringBuilder(Slot(0, 30000, -30000, 30000)); // the first one is dropped
            for (int i = 1; i <= 5; i++)
            {
                int scatter = 3 - i;
                slots.Append(Slot(i, x + scatter, y - scatter, z + scatter));
            }

            bus.Expect(Flush(control1: "A8")).Expect("R 3A 0600", "R 78 " + slots);
            for (int i = 0; i < 5; i++)
            {
                bus.Expect("R 3A 0100"); // one at a time; the others wait in the driver
            }
        }

        private static string Slot(int count, int x, int y, int z) => TagOf(2, count) + Little(x) + Little(y) + Little(z);

        /// <summary>Makes slots of acceleration with running numbers on X.</summary>
        private static string Slots(int first, int count)
        {
            var text = new StringBuilder();
            for (int i = 0; i < count; i++)
            {
                text.Append(Slot(first + i, first + i, 0, 0));
            }

            return text.ToString();
        }

        private static string Stamp(uint counts) => TagOf(4, 0) + Little((int)(counts & 0xFFFF)) + Little((int)(counts >> 16)) + "0000";

        private static string TagOf(int kind, int count)
        {
            int tag = (kind << 3) | ((count & 3) << 1);
            return (tag | (int.PopCount(tag) & 1)).ToString("X2");
        }

        private static string Little(int value) => (value & 0xFF).ToString("X2") + ((value >> 8) & 0xFF).ToString("X2");

        private static string[] Settings(int control1 = 0xA4, string control8 = "00", string fifo = "C6") =>
            ["44", "3F", "00", "00", "0A", "00", "00", "00", "00", "04", "00", "00", control8, "20", "00", "00", "00", fifo, control1.ToString("X2")];

        private static string[] Script(string[]? settings = null, string trim = "00")
        {
            settings ??= Settings();
            var lines = new List<string> { "R 0F 7B", "W 12 01", "R 12 BE" };
            for (int i = 0; i < Registers.Length; i++)
            {
                lines.Add("W " + Registers[i] + " " + settings[i]);
            }

            for (int i = 0; i < Registers.Length; i++)
            {
                lines.Add("R " + Registers[i] + " " + settings[i]);
            }

            lines.AddRange(Flush(settings[17], settings[18]));
            lines.Add("R 63 " + trim);
            if (trim is "00" or "FF")
            {
                lines.AddRange([Frame(settings[17], settings[18]), "R 63 " + trim]); // a dead line reads so, too
            }

            return lines.ToArray();
        }

        private static string[] Flush(string fifo = "C6", string control1 = "A4") =>
            ["W 0A 00", Frame("00", control1), "R 3A 0000", "W 0A " + fifo, Frame(fifo, control1)];

        /// <summary>Makes the frame from FIFO_CTRL4 to CTRL1_XL, with the identity in between.</summary>
        private static string Frame(string fifo = "C6", string control1 = "A4") => "R 0A " + fifo + "00000000" + "7B" + control1;

        private static void Start(Iis3dwb chip) => chip.Start(Iis3dwbRange.G16, Iis3dwbFilter.Wide, Iis3dwbMode.Continuous);

        private static (Iis3dwb Chip, ScriptedBus Bus, StepClock Clock) Started(
            Iis3dwbRange range = Iis3dwbRange.G16,
            Iis3dwbFilter filter = Iis3dwbFilter.Wide,
            Iis3dwbMode mode = Iis3dwbMode.Continuous,
            int control1 = 0xA4,
            string control8 = "00",
            string fifo = "C6",
            string trim = "00")
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            bus.Expect(Script(Settings(control1, control8, fifo), trim));
            var chip = new Iis3dwb(bus, clock);
            chip.Start(range, filter, mode);
            bus.Done();
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("IIS3DWB", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}

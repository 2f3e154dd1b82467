using System;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Max31865Tests
    {
        public static TheoryData<Max31865Probe, Max31865Wires, int, Max31865Filter, string, string, string> Settings => new()
        {
            // Thresholds: 3.910 and 0.180 times R0, as a share of the reference, one bit to the left; the lowest bit of the low one alternates.
            { Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, "01", "E8C8", "0AB4" },
            { Max31865Probe.Pt100, Max31865Wires.Two, 430_000, Max31865Filter.Hz60, "00", "E8C8", "0AB4" },
            { Max31865Probe.Pt100, Max31865Wires.Three, 400_000, Max31865Filter.Hz60, "10", "FA3C", "0B84" },
            { Max31865Probe.Pt1000, Max31865Wires.Three, 4_300_000, Max31865Filter.Hz50, "11", "E8C8", "0AB4" },
            { Max31865Probe.Pt1000, Max31865Wires.Four, 4_000_000, Max31865Filter.Hz50, "01", "FA3C", "0B84" },
            { Max31865Probe.Pt100, Max31865Wires.Four, 220_000, Max31865Filter.Hz50, "01", "FFFC", "14F0" }, // never the reset value FFFFh
            { Max31865Probe.Pt100, Max31865Wires.Four, 1_000_000, Max31865Filter.Hz50, "01", "6418", "0498" },
        };

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Max31865(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
            Assert.Throws<ArgumentNullException>(() => new Max31865(null!, clock));
            Assert.Throws<ArgumentNullException>(() => new Max31865(bus, null!));
        }

        [Theory]
        [MemberData(nameof(Settings))]
        public void Start_writes_everything_and_reads_it_back(
            Max31865Probe probe, Max31865Wires wires, int reference, Max31865Filter filter, string rest, string high, string low)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            string marked = Marked(low);
            bus.Expect("R 00 FF", "W 00 01"); // a chip in automatic mode at 50 Hz: out of it, with the filter as it is
            bus.Expect("W 00 " + Or(rest, 0x02) + "0000" + high + marked, "R 00 " + rest + "0000" + high + marked + "00");
            var chip = new Max31865(bus, clock);
            chip.Start(probe, wires, reference, filter, Max31865Mode.OneShot);
            Assert.Equal(filter == Max31865Filter.Hz50 ? 66000 : 55000, chip.ConversionMicroseconds);
            Assert.False(chip.IsConverting);
            Assert.Empty(clock.Waits);
            bus.Done();
        }

        [Theory]
        [MemberData(nameof(Settings))]
        public void A_one_shot_is_bias_fault_cycle_conversion_result_and_rest(
            Max31865Probe probe, Max31865Wires wires, int reference, Max31865Filter filter, string rest, string high, string low)
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(probe, wires, reference, filter, rest, high, low);
            for (int i = 0; i < 4; i++)
            {
                string marker = i % 2 == 0 ? low : Marked(low);
                bus.Expect("W 00 " + Or(rest, 0x82), "R 00 " + Or(rest, 0x80)); // bias on, faults cleared, and seen to be
                bus.Expect("W 00 " + Or(rest, 0x84)); // 100X010X
                bus.Expect("W 00 " + Or(rest, 0xA0) + "0000" + high + marker);
                clock.Waits.Clear();
                chip.StartOneShot();
                Assert.Equal([10000, 600], clock.Waits);
                Assert.True(chip.IsConverting);
                clock.Now += chip.ConversionMicroseconds - 1;
                Assert.Equal(0, chip.TryRead(out int code)); // not a byte on the wire
                Assert.Equal(0, code);
                clock.Now++;
                bus.Expect("R 00 " + Or(rest, 0x80) + "3B88" + high + marker + "00", "W 00 " + Or(rest, 0x02)); // bias off, faults cleared
                Assert.Equal(1, chip.TryRead(out code));
                Assert.Equal(7620, code);
                Assert.Equal((SensorFault.None, 0), (chip.ProbeFault, chip.LastFaultStatus));
                Assert.False(chip.IsConverting);
                Assert.Equal(0, chip.TryRead(out _));
                bus.Done();
            }
        }

        [Fact]
        public void Automatic_mode_begins_behind_bias_and_fault_cycle()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = StartedAutomatic(Max31865Filter.Hz50, "01");
            Assert.Equal([10000, 600], clock.Waits);
            clock.Now += 65999;
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now++;
            bus.Expect("R 00 C13B88E8C80AB400");
            Assert.Equal(1, chip.TryRead(out int code));
            Assert.Equal(7620, code);
            clock.Now += 20999;
            Assert.Equal(0, chip.TryRead(out code));
            Assert.Equal(0, code);
            clock.Now++;
            bus.Expect("R 00 C14154E8C80AB400");
            Assert.Equal(1, chip.TryRead(out code));
            Assert.Equal(8362, code);
            Assert.True(chip.IsConverting);
            bus.Done();
        }

        [Fact]
        public void Automatic_mode_at_60_hertz_is_faster()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = StartedAutomatic(Max31865Filter.Hz60, "00");
            clock.Now += 54999;
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now++;
            bus.Expect("R 00 C03B88E8C80AB400");
            Assert.Equal(1, chip.TryRead(out _));
            clock.Now += 17599;
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now++;
            bus.Expect("R 00 C03B88E8C80AB400");
            Assert.Equal(1, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void In_automatic_mode_a_fault_asks_for_a_cycle_and_conversion_goes_on()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = StartedAutomatic(Max31865Filter.Hz50, "01");
            clock.Now += 66000;
            clock.Waits.Clear();
            bus.Expect("R 00 C1FFFFE8C80AB480"); // full scale
            bus.Expect("W 00 81", "R 00 81", "W 00 85", "R 00 81FFFFE8C80AB4A0", "W 00 83", "W 00 C10000E8C80AB6");
            Assert.Equal(0, chip.TryRead(out int code));
            Assert.Equal((0, SensorFault.SensorOpen, 0xA0), (code, chip.ProbeFault, chip.LastFaultStatus));
            Assert.Equal([10000, 600], clock.Waits);
            clock.Now += 65999; // the first after a pause
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now++;
            bus.Expect("R 00 C13B88E8C80AB600");
            Assert.Equal(1, chip.TryRead(out _));
            Assert.Equal(SensorFault.None, chip.ProbeFault);
            bus.Expect("R 00 C13B88E8C80AB600", "W 00 81", "R 00 81", "W 00 85", "R 00 813B89E8C80AB610", "W 00 83", "W 00 C10000E8C80AB4");
            Assert.Equal(SensorFault.SensorShort, chip.CheckWires());
            bus.Done();
        }

        [Theory] // result; fault status after the cycle; verdict
        [InlineData("FFFF", "80", SensorFault.SensorOpen)]
        [InlineData("FFFD", "80", SensorFault.OutOfRange)]
        [InlineData("FEFF", "80", SensorFault.OutOfRange)]
        [InlineData("4154", "00", SensorFault.None)]
        public void Wires_can_be_checked_in_automatic_mode(string result, string status, SensorFault fault)
        {
            (Max31865 chip, ScriptedBus bus, _) = StartedAutomatic(Max31865Filter.Hz60, "00");
            bus.Expect("R 00 C0" + result + "E8C80AB400", "W 00 80", "R 00 80", "W 00 84", "R 00 80" + result + "E8C80AB4" + status);
            bus.Expect("W 00 82", "W 00 C00000E8C80AB6");
            Assert.Equal(fault, chip.CheckWires());
            bus.Done();
        }

        [Fact]
        public void A_brown_out_is_named_wherever_it_shows()
        {
            const string Reset = "000000FFFF000000";
            (Max31865 chip, ScriptedBus bus, StepClock clock) = StartedAutomatic(Max31865Filter.Hz50, "01");
            bus.Expect("R 00 " + Reset);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.CheckWires()).Fault);
            bus.Expect("R 00 C14154E8C80AB400", "W 00 81", "R 00 81", "W 00 85", "R 00 " + Reset);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => chip.CheckWires()).Fault);
            bus.Done();

            bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 030000E8C80AB6", "R 00 010000E8C80AB600");
            bus.Expect("W 00 83", "R 00 81", "W 00 85", "W 00 C10000E8C80AB4", "R 00 " + Reset);
            var error = Assert.Throws<SensorException>(() => new Max31865(bus, clock).Start(
                Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.Automatic));
            Assert.Equal(SensorFault.NotConfigured, error.Fault);
            bus.Done();
        }

        [Fact]
        public void A_new_start_forgets_the_probe_s_fault()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("R 00 81FFFFE8C80AB4A0", "W 00 03");
            Assert.Equal(0, chip.TryRead(out _));
            bus.Expect("R 00 01", "W 00 01", "W 00 030000E8C80AB6", "R 00 010000E8C80AB600");
            chip.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            Assert.Equal(SensorFault.None, chip.ProbeFault);
            bus.Done();
        }

        [Theory] // tables 10 to 12: wires, fault status, result, fault
        [InlineData(2, 0x80, 0xFFFF, SensorFault.SensorOpen)]
        [InlineData(3, 0x80, 0xFFFF, SensorFault.SensorOpen)]
        [InlineData(4, 0x80, 0xFFFF, SensorFault.SensorOpen)]
        [InlineData(2, 0xA0, 0xFFFF, SensorFault.SensorOpen)]
        [InlineData(4, 0xA0, 0xFFFF, SensorFault.SensorOpen)]
        [InlineData(4, 0x80, 0xFFFD, SensorFault.OutOfRange)] // hotter than 850 °C, but not endless
        [InlineData(2, 0x80, 0xE901, SensorFault.OutOfRange)]
        [InlineData(2, 0x40, 0x0001, SensorFault.SensorShort)]
        [InlineData(3, 0x40, 0x0A01, SensorFault.SensorShort)]
        [InlineData(4, 0x40, 0x0001, SensorFault.SensorShort)]
        [InlineData(2, 0x20, 0x4155, SensorFault.SensorShort)] // two wires: RTDIN+ or RTDIN- touches the supply
        [InlineData(3, 0x20, 0x4155, SensorFault.SensorOpen)] // FORCE+ unconnected
        [InlineData(4, 0x20, 0x4155, SensorFault.SensorOpen)] // FORCE+ or FORCE- unconnected
        [InlineData(4, 0x60, 0x0001, SensorFault.SensorOpen)]
        [InlineData(2, 0x10, 0x4155, SensorFault.SensorShort)]
        [InlineData(3, 0x08, 0x4155, SensorFault.SensorShort)]
        [InlineData(4, 0x18, 0x4155, SensorFault.SensorShort)]
        [InlineData(4, 0x48, 0x0001, SensorFault.SensorShort)]
        [InlineData(4, 0x98, 0xFFFF, SensorFault.SensorShort)] // a path to ground is certain, the result is not
        [InlineData(2, 0x04, 0x4155, SensorFault.InputVoltage)]
        [InlineData(4, 0xFC, 0xFFFF, SensorFault.InputVoltage)]
        [InlineData(4, 0x00, 0x4155, SensorFault.Corrupt)] // the fault bit without a reason
        [InlineData(4, 0x00, 0x4157, SensorFault.Corrupt)]
        [InlineData(4, 0x84, 0xFFFD, SensorFault.InputVoltage)]
        [InlineData(4, 0x00, 0xE8C8, SensorFault.Corrupt)] // at the high threshold without a word of it
        [InlineData(4, 0x00, 0x0AB4, SensorFault.Corrupt)]
        [InlineData(4, 0x00, 0x0000, SensorFault.Corrupt)]
        [InlineData(4, 0x00, 0xE8C6, SensorFault.None)]
        [InlineData(4, 0x03, 0x4154, SensorFault.None)] // two bits that mean nothing
        [InlineData(2, 0xA7, 0xFFFF, SensorFault.InputVoltage)]
        [InlineData(2, 0x23, 0x4155, SensorFault.SensorShort)]
        [InlineData(4, 0x58, 0x0001, SensorFault.SensorShort)]
        [InlineData(2, 0xA3, 0xFFFF, SensorFault.SensorOpen)]
        [InlineData(4, 0x83, 0xFFFD, SensorFault.OutOfRange)]
        [InlineData(4, 0x00, 0x0AB6, SensorFault.None)]
        public void Fault_bits_become_names(int wires, int status, int result, SensorFault fault)
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started((Max31865Wires)wires);
            int rest = wires == 3 ? 0x11 : 0x01;
            OneShot(chip, bus, clock, rest);
            bus.Expect("R 00 " + (0x80 | rest).ToString("X2") + result.ToString("X4") + "E8C80AB4" + status.ToString("X2"));
            bus.Expect("W 00 " + (0x02 | rest).ToString("X2"));
            Assert.Equal(fault == SensorFault.None ? 1 : 0, chip.TryRead(out int code));
            Assert.Equal(fault == SensorFault.None ? result >> 1 : 0, code);
            Assert.Equal((fault, status), (chip.ProbeFault, chip.LastFaultStatus));
            Assert.False(chip.IsConverting);
            bus.Done();
        }

        [Fact]
        public void A_conversion_still_under_way_is_no_result()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("R 00 A13B88E8C80AB400", "R 00 813B88E8C80AB400", "W 00 03");
            Assert.Equal(0, chip.TryRead(out _));
            Assert.Equal(1, chip.TryRead(out _));
            bus.Done();
        }

        [Theory] // what all registers read, and what that is
        [InlineData("0000000000000000", 0x00, BusStatus.Silent)]
        [InlineData("FFFFFFFFFFFFFFFF", 0x00, BusStatus.Silent)]
        [InlineData("813B88E8C80AB600", 0x06, BusStatus.Silent)] // the threshold of the conversion before: this one was never begun
        public void A_frame_of_nothing_is_silence(string map, int register, BusStatus status)
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("R 00 " + map);
            var error = Assert.Throws<BusException>(() => chip.TryRead(out _));
            Assert.Equal(((byte)register, status), (error.Register, error.Status));
            Assert.Equal(register == 0x00, chip.IsConverting); // a read may be tried again, a conversion must be begun again
            bus.Done();
        }

        [Theory]
        [InlineData("000000FFFF000000", SensorFault.BrownOut, 0x03, 0xFF, 0xE8)]
        [InlineData("813B88E8C70AB400", SensorFault.Corrupt, 0x04, 0xC7, 0xC8)]
        [InlineData("813B88E8C80BB400", SensorFault.Corrupt, 0x05, 0x0B, 0x0A)]
        [InlineData("813B88FFC60AB400", SensorFault.Corrupt, 0x03, 0xFF, 0xE8)]
        [InlineData("813B88E8C80AB500", SensorFault.Corrupt, 0x06, 0xB5, 0xB4)]
        [InlineData("813B88E8C80AB700", SensorFault.Corrupt, 0x06, 0xB7, 0xB4)]
        [InlineData("003B88FFC80AB400", SensorFault.Corrupt, 0x03, 0xFF, 0xE8)]
        [InlineData("813B88FFC80A0000", SensorFault.Corrupt, 0x03, 0xFF, 0xE8)]
        [InlineData("0001000000000000", SensorFault.Corrupt, 0x03, 0x00, 0xE8)]
        [InlineData("FEFFFFFFFFFFFFFF", SensorFault.Corrupt, 0x03, 0xFF, 0xE8)]
        [InlineData("FFFFFF00FF00FFFF", SensorFault.Corrupt, 0x03, 0x00, 0xE8)]
        [InlineData("893B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0x89, 0x81)]
        [InlineData("853B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0x85, 0x81)]
        [InlineData("833B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0x83, 0x81)]
        [InlineData("913B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0x91, 0x81)]
        [InlineData("803B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0x80, 0x81)]
        [InlineData("013B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0x01, 0x81)]
        [InlineData("C13B88E8C80AB400", SensorFault.NotConfigured, 0x00, 0xC1, 0x81)]
        [InlineData("000000E8C80AB400", SensorFault.NotConfigured, 0x00, 0x00, 0x81)]
        [InlineData("00000000FF000000", SensorFault.Corrupt, 0x03, 0x00, 0xE8)]
        [InlineData("FFFFFFFFFFFFFFFE", SensorFault.Corrupt, 0x03, 0xFF, 0xE8)]
        [InlineData("0000000000000001", SensorFault.Corrupt, 0x03, 0x00, 0xE8)]
        [InlineData("5555555555555555", SensorFault.Corrupt, 0x03, 0x55, 0xE8)]
        public void Settings_that_changed_are_named(string map, SensorFault fault, int register, int found, int expected)
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("R 00 " + map);
            AssertFault(Assert.Throws<SensorException>(() => chip.TryRead(out _)), fault, register, found, expected);
            bus.Expect("R 00 " + map);
            Assert.Equal(fault, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Done();
        }

        [Theory]
        [InlineData("0000000000000000", SensorFault.NoAnswer, 0x00, 0x00, 0x01)]
        [InlineData("FFFFFFFFFFFFFFFF", SensorFault.NoAnswer, 0x00, 0xFF, 0x01)]
        [InlineData("000000FFFF000000", SensorFault.NotConfigured, 0x03, 0xFF, 0xE8)]
        [InlineData("010000E8C80AFF00", SensorFault.NotConfigured, 0x06, 0xFF, 0xB6)]
        [InlineData("000000E8C80AB600", SensorFault.NotConfigured, 0x00, 0x00, 0x01)]
        public void Start_names_what_did_not_answer_or_keep_its_value(string map, SensorFault fault, int register, int found, int expected)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 030000E8C80AB6", "R 00 " + map);
            var chip = new Max31865(bus, clock);
            var error = Assert.Throws<SensorException>(
                () => chip.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.OneShot));
            AssertFault(error, fault, register, found, expected);
            bus.Done();
        }

        [Theory]
        [InlineData("01")]
        [InlineData("00")]
        [InlineData("FF")]
        public void Without_bias_nothing_is_converted(string found)
        {
            (Max31865 chip, ScriptedBus bus, StepClock _) = Started(Max31865Wires.Four);
            bus.Expect("W 00 83", "R 00 " + found);
            var error = Assert.Throws<BusException>(chip.StartOneShot);
            Assert.Equal(((byte)0x00, BusStatus.Silent), (error.Register, error.Status));
            Assert.False(chip.IsConverting);
            Assert.Equal(0, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void Check_knows_what_the_configuration_should_be_at_any_time()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            bus.Expect("R 00 010000E8C80AB600");
            chip.Check();
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("R 00 A10000E8C80AB400", "R 00 810000E8C80AB400");
            chip.Check();
            chip.Check();
            bus.Expect("R 00 813B88E8C80AB400", "W 00 03", "R 00 013B88E8C80AB400", "W 00 03", "R 00 013B88E8C80AB400");
            Assert.Equal(1, chip.TryRead(out _));
            chip.Check();
            chip.Stop();
            chip.Check();
            bus.Done();
        }

        [Fact]
        public void Stop_forgets_the_conversion_under_way()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("W 00 03");
            chip.Stop();
            Assert.Equal(0, chip.TryRead(out _));
            bus.Done();
        }

        [Theory]
        [InlineData(Max31865Probe.Pt100, 2, 100_000)]
        [InlineData(Max31865Probe.Pt100, 2, 1_000_001)]
        [InlineData(Max31865Probe.Pt100, 2, 0)]
        [InlineData(Max31865Probe.Pt1000, 2, 430_000)]
        [InlineData(Max31865Probe.Pt100, 2, 4_300_000)]
        [InlineData(Max31865Probe.Pt100, 1, 430_000)]
        [InlineData(Max31865Probe.Pt100, 5, 430_000)]
        public void What_cannot_be_is_refused_without_a_word_to_the_chip(Max31865Probe probe, int wires, int reference)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            Assert.Throws<ArgumentOutOfRangeException>(
                () => new Max31865(bus, clock).Start(probe, (Max31865Wires)wires, reference, Max31865Filter.Hz50, Max31865Mode.OneShot));
            bus.Done();
        }

        [Fact]
        public void A_reference_hardly_larger_than_the_probe_will_do()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 030000FFFC2E16", "R 00 010000FFFC2E1600");
            new Max31865(bus, clock).Start(Max31865Probe.Pt100, Max31865Wires.Four, 100_001, Max31865Filter.Hz50, Max31865Mode.OneShot);
            bus.Done();
        }

        [Fact]
        public void A_bus_error_passes_through()
        {
            (Max31865 chip, ScriptedBus bus, StepClock clock) = Started(Max31865Wires.Four);
            OneShot(chip, bus, clock, 0x01);
            bus.Expect("R 00 !");
            Assert.Equal(BusStatus.NotAcknowledged, Assert.Throws<BusException>(() => chip.TryRead(out _)).Status);
            bus.Expect("R 00 813B88E8C80AB400", "W 00 03"); // the result is still there
            Assert.Equal(1, chip.TryRead(out _));
            bus.Done();
        }

        [Fact]
        public void Enum_values_and_profile_are_the_data_sheet_s()
        {
            Assert.Equal([100_000, 1_000_000], [(int)Max31865Probe.Pt100, (int)Max31865Probe.Pt1000]);
            Assert.Equal([2, 3, 4], [(int)Max31865Wires.Two, (int)Max31865Wires.Three, (int)Max31865Wires.Four]);
            Assert.Equal([0, 1], [(int)Max31865Filter.Hz60, (int)Max31865Filter.Hz50]);
            Assert.Equal(32768, Max31865.CodesPerReference);
            SpiProfile spi = Max31865.Spi;
            Assert.Equal((System.Device.Spi.SpiMode.Mode3, 5_000_000, 0x00, 0x80), (spi.Mode, spi.ClockHz, spi.ReadFlag, spi.WriteFlag));
            Assert.Equal((0x00, 0, 8, 1), (spi.BurstFlag, spi.AddressShift, spi.LargestBurst, spi.CommandBytes));
        }

        [Theory] // IEC 60751; codes with 430 and with 400 ohms
        [InlineData(-200, 18520, 1411, 1517)]
        [InlineData(-100, 60256, 4592, 4936)]
        [InlineData(-50, 80306, 6120, 6579)]
        [InlineData(0, 100000, 7620, 8192)]
        [InlineData(25, 109735, 8362, 8989)]
        [InlineData(50, 119397, 9099, 9781)]
        [InlineData(100, 138505, 10555, 11346)]
        [InlineData(150, 157325, 11989, 12888)]
        [InlineData(200, 175856, 13401, 14406)]
        [InlineData(300, 212051, 16159, 17371)]
        [InlineData(400, 247092, 18830, 20242)]
        [InlineData(600, 313708, 23906, 25699)]
        [InlineData(850, 390481, 29756, 31988)]
        public void The_table_of_IEC_60751(double celsius, int milliOhms, int code430, int code400)
        {
            Assert.Equal(celsius, Max31865.ToCelsius(milliOhms / 100_000f), 0.003); // the table's last digit is 2 mK
            Assert.Equal(celsius, Max31865.ToCelsius(code430, 430_000, Max31865Probe.Pt100), 0.04);
            Assert.Equal(celsius, Max31865.ToCelsius(code400, 400_000, Max31865Probe.Pt100), 0.04);
            Assert.Equal(celsius, Max31865.ToCelsius(code430, 4_300_000, Max31865Probe.Pt1000), 0.04);
            Assert.Equal(celsius, Max31865.ToCelsius(code400, 4_000_000, Max31865Probe.Pt1000), 0.04);
            Assert.Equal(milliOhms, Max31865.ToMilliOhms(code430, 430_000), 14.0); // a code is 13 milliohms
            Assert.Equal((int)(code400 * 400_000L / 32768), Max31865.ToMilliOhms(code400, 400_000));
        }

        [Fact]
        public void Within_1_mK_of_the_defining_equation_from_minus_200_to_850()
        {
            double worst = 0;
            for (double t = -200; t <= 850; t += 0.125)
            {
                double ratio = 1 + (3.9083e-3 * t) - (5.775e-7 * t * t) - (t < 0 ? 4.183e-12 * (t - 100) * t * t * t : 0);
                worst = Math.Max(worst, Math.Abs(Max31865.ToCelsius((float)ratio) - t));
            }

            Assert.InRange(worst, 0, 0.0005);
        }

        [Fact]
        public void Every_code_of_both_references_is_within_1_mK()
        {
            foreach (int reference in new[] { 430_000, 400_000 })
            {
                double before = double.MinValue;
                for (int code = 1411; code * (long)reference <= 390_481L * 32768; code++)
                {
                    double celsius = Max31865.ToCelsius(code, reference, Max31865Probe.Pt100);
                    double ohms = 100 * (1 + (3.9083e-3 * celsius) - (5.775e-7 * celsius * celsius)
                        - (celsius < 0 ? 4.183e-12 * (celsius - 100) * Math.Pow(celsius, 3) : 0));
                    Assert.Equal(code * (reference / 1000.0) / 32768, ohms, 0.0003); // a millikelvin is 0.0003 ohms and more
                    Assert.True(celsius > before);
                    before = celsius;
                }
            }
        }

        private static string Or(string hex, int bits) => (Convert.ToInt32(hex, 16) | bits).ToString("X2");

        private static string Marked(string low) => (Convert.ToInt32(low, 16) | 0x02).ToString("X4");

        private static (Max31865 Chip, ScriptedBus Bus, StepClock Clock) Started(Max31865Wires wires) =>
            Started(Max31865Probe.Pt100, wires, 430_000, Max31865Filter.Hz50, wires == Max31865Wires.Three ? "11" : "01", "E8C8", "0AB4");

        private static (Max31865 Chip, ScriptedBus Bus, StepClock Clock) Started(
            Max31865Probe probe, Max31865Wires wires, int reference, Max31865Filter filter, string rest, string high, string low)
        {
            var clock = new StepClock { Now = 1_000_000 };
            var bus = new ScriptedBus(clock);
            bus.Expect("R 00 00", "W 00 00", "W 00 " + Or(rest, 0x02) + "0000" + high + Marked(low), "R 00 " + rest + "0000" + high + Marked(low) + "00");
            var chip = new Max31865(bus, clock);
            chip.Start(probe, wires, reference, filter, Max31865Mode.OneShot);
            bus.Done();
            return (chip, bus, clock);
        }

        private static (Max31865 Chip, ScriptedBus Bus, StepClock Clock) StartedAutomatic(Max31865Filter filter, string rest)
        {
            var clock = new StepClock { Now = 1_000_000 };
            var bus = new ScriptedBus(clock);
            bus.Expect("R 00 00", "W 00 00", "W 00 " + Or(rest, 0x02) + "0000E8C80AB6", "R 00 " + rest + "0000E8C80AB600");
            bus.Expect("W 00 " + Or(rest, 0x82), "R 00 " + Or(rest, 0x80), "W 00 " + Or(rest, 0x84));
            bus.Expect("W 00 " + Or(rest, 0xC0) + "0000E8C80AB4", "R 00 " + Or(rest, 0xC0) + "0000E8C80AB400");
            var chip = new Max31865(bus, clock);
            chip.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, filter, Max31865Mode.Automatic);
            bus.Done();
            return (chip, bus, clock);
        }

        // The first one-shot after Start, up to the moment its result is due.
        private static void OneShot(Max31865 chip, ScriptedBus bus, StepClock clock, int rest)
        {
            string on = (0x80 | rest).ToString("X2");
            bus.Expect("W 00 " + (0x82 | rest).ToString("X2"), "R 00 " + on, "W 00 " + (0x84 | rest).ToString("X2"), "W 00 " + (0xA0 | rest).ToString("X2") + "0000E8C80AB4");
            chip.StartOneShot();
            bus.Done();
            clock.Now += 66000;
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("MAX31865", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}

using System;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Exact transactions: raw numbers from the data sheet's register map, none of the driver's constants.
    public partial class Max31856Tests
    {
        // 02h to 09h for type K, with the marker clear and set: mask, cold junction 125 and -55, thermocouple 1372 and -200, offset.
        private const string Clear = "007DC955C0F38000";
        private const string Set = "007DC955C1F38000";

        [Fact]
        public void Constructor_touches_nothing()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock);
            _ = new Max31856(bus, clock);
            bus.Done();
            Assert.Empty(clock.Waits);
            Assert.Throws<ArgumentNullException>(() => new Max31856(null!, clock));
            Assert.Throws<ArgumentNullException>(() => new Max31856(bus, null!));
        }

        [Theory] // type; CR1; thresholds of 0.0625 degC, the upper one with its marker
        [InlineData(Max31856Type.B, "00", "71C10FA0", 250, 1820)]
        [InlineData(Max31856Type.E, "01", "3E81F380", -200, 1000)]
        [InlineData(Max31856Type.J, "02", "4B01F2E0", -210, 1200)]
        [InlineData(Max31856Type.K, "03", "55C1F380", -200, 1372)]
        [InlineData(Max31856Type.N, "04", "5141F380", -200, 1300)]
        [InlineData(Max31856Type.R, "05", "6E81FCE0", -50, 1768)]
        [InlineData(Max31856Type.S, "06", "6E81FCE0", -50, 1768)]
        [InlineData(Max31856Type.T, "07", "1901F380", -200, 400)]
        public void Start_writes_everything_for_each_type_and_reads_it_back(Max31856Type type, string cr1, string thresholds, int lowest, int highest)
        {
            var clock = new StepClock();
            string settings = cr1 + "007DC9" + thresholds + "00";
            var bus = new ScriptedBus(clock).Expect("R 00 FF", "W 00 01"); // a chip in automatic mode at 50 Hz: out of it, with the filter as it is
            bus.Expect("W 00 12" + settings, "R 00 10" + settings + "190003200000");
            var chip = new Max31856(bus, clock);
            chip.Start(type, Max31856Averages.One, Max31856Filter.Hz60, Max31856Mode.OneShot);
            Assert.Equal((lowest, highest), (chip.LowestCelsius, chip.HighestCelsius));
            Assert.False(chip.IsConverting);
            Assert.Empty(clock.Waits);
            bus.Done();
        }

        [Theory] // averages; CR1; the longest one-shot and update in µs, an open-circuit test of 15 ms included
        [InlineData(Max31856Averages.One, Max31856Filter.Hz60, "03", 170000, 105000)]
        [InlineData(Max31856Averages.One, Max31856Filter.Hz50, "03", 200000, 125000)]
        [InlineData(Max31856Averages.Two, Max31856Filter.Hz60, "13", 206700, 123350)]
        [InlineData(Max31856Averages.Four, Max31856Filter.Hz50, "23", 332000, 191000)]
        [InlineData(Max31856Averages.Eight, Max31856Filter.Hz60, "33", 426900, 233450)]
        [InlineData(Max31856Averages.Sixteen, Max31856Filter.Hz50, "43", 860000, 455000)]
        public void Times_follow_filter_and_averaging(Max31856Averages averages, Max31856Filter filter, string cr1, int oneShot, int update)
        {
            string rest = filter == Max31856Filter.Hz50 ? "1" : "0";
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 1" + (filter == Max31856Filter.Hz50 ? "3" : "2") + cr1 + Set);
            bus.Expect("R 00 1" + rest + cr1 + Set + "190003200000");
            var chip = new Max31856(bus, clock);
            chip.Start(Max31856Type.K, averages, filter, Max31856Mode.OneShot);
            Assert.Equal((oneShot, update), (chip.ConversionMicroseconds, chip.UpdateMicroseconds));
            clock.Now = 5_000_000;
            bus.Expect("W 00 5" + rest + cr1 + Clear);
            chip.StartOneShot();
            clock.Now += oneShot - 1;
            Assert.Equal(0, chip.TryRead(out _)); // not a byte on the wire
            clock.Now++;
            bus.Expect("R 00 1" + rest + cr1 + Clear + "190003200000");
            Assert.Equal(1, chip.TryRead(out int digits));
            Assert.Equal(6400, digits);
            Assert.False(chip.IsConverting);
            Assert.Equal(0, chip.TryRead(out digits));
            Assert.Equal(0, digits);
            bus.Done();
        }

        [Fact]
        public void Each_one_shot_carries_the_settings_and_another_marker()
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Started();
            for (int i = 0; i < 4; i++)
            {
                string settings = i % 2 == 0 ? Clear : Set;
                bus.Expect("W 00 5123" + settings, "R 00 1123" + settings + "190003200000");
                chip.StartOneShot();
                Assert.True(chip.IsConverting);
                clock.Now += 332000;
                Assert.Equal(1, chip.TryRead(out _));
                bus.Done();
            }
        }

        [Fact]
        public void Automatic_mode_gives_one_result_per_update()
        {
            var clock = new StepClock { Now = 1_000_000 };
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 1323" + Set, "R 00 1123" + Set + "000000000000");
            bus.Expect("W 00 9123" + Clear, "R 00 9123" + Clear + "000000000000");
            var chip = new Max31856(bus, clock);
            chip.Start(Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.Automatic);
            clock.Now += 331999;
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now++;
            bus.Expect("R 00 9123" + Clear + "190003200000");
            Assert.Equal(1, chip.TryRead(out _));
            Assert.True(chip.IsConverting);
            clock.Now += 190999;
            Assert.Equal(0, chip.TryRead(out _));
            clock.Now++;
            bus.Expect("R 00 9123" + Clear + "190003200000", "W 00 11", "R 00 1123" + Clear + "190003200000");
            Assert.Equal(1, chip.TryRead(out _));
            chip.Stop();
            Assert.Equal(0, chip.TryRead(out _));
            chip.Check();
            bus.Done();
        }

        [Fact]
        public void Automatic_mode_at_60_hertz_is_faster()
        {
            var clock = new StepClock { Now = 1_000_000 };
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 1203" + Set, "R 00 1003" + Set + "000000000000");
            bus.Expect("W 00 9003" + Clear, "R 00 9003" + Clear + "000000000000");
            var chip = new Max31856(bus, clock);
            chip.Start(Max31856Type.K, Max31856Averages.One, Max31856Filter.Hz60, Max31856Mode.Automatic);
            foreach (int microseconds in new[] { 170_000, 105_000, 105_000 })
            {
                clock.Now += microseconds - 1;
                Assert.Equal(0, chip.TryRead(out _));
                clock.Now++;
                bus.Expect("R 00 9003" + Clear + "190003200000");
                Assert.Equal(1, chip.TryRead(out _));
            }

            bus.Done();
        }

        [Theory] // 24 bits, of which 19 count; digits of 0.0078125 degC
        [InlineData("FF6000", -1280)] // -10: the sign defect
        [InlineData("FFFFE0", -1)]
        [InlineData("000000", 0)]
        [InlineData("000020", 1)]
        [InlineData("00003F", 1)] // the five lowest bits are no data
        [InlineData("064000", 12800)]
        [InlineData("F38000", -25600)] // -200
        [InlineData("55C000", 175616)] // 1372
        public void Results_have_their_sign(string code, int expected)
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 1123" + Clear + "1900" + code + "00");
            Assert.Equal(1, chip.TryRead(out int digits));
            Assert.Equal(expected, digits);
            Assert.Equal(expected / 128.0, digits * (double)Max31856.CelsiusPerDigit);
            bus.Done();
        }

        [Theory] // 14 bits of 0.015625 degC
        [InlineData("1900", 1600)]
        [InlineData("0004", 1)]
        [InlineData("0003", 0)] // the two lowest bits are no data
        [InlineData("FFFC", -1)]
        [InlineData("C900", -3520)]
        [InlineData("7D00", 8000)]
        public void The_cold_junction_has_its_sign(string code, int digits)
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 1123" + Clear + code + "03200000");
            Assert.Equal(1, chip.TryRead(out _));
            Assert.Equal(digits, chip.ColdJunction);
            Assert.Equal(digits / 64.0, digits * (double)Max31856.ColdCelsiusPerDigit);
            bus.Done();
        }

        [Theory]
        [InlineData(0x00, "032000", SensorFault.None)]
        [InlineData(0x01, "032000", SensorFault.SensorOpen)]
        [InlineData(0x41, "032000", SensorFault.SensorOpen)]
        [InlineData(0x80, "032000", SensorFault.OutOfRange)]
        [InlineData(0x40, "032000", SensorFault.OutOfRange)]
        [InlineData(0x20, "032000", SensorFault.OutOfRange)]
        [InlineData(0x10, "032000", SensorFault.OutOfRange)]
        [InlineData(0x08, "032000", SensorFault.OutOfRange)]
        [InlineData(0x04, "032000", SensorFault.OutOfRange)]
        [InlineData(0x00, "55C0E0", SensorFault.None)] // the last digits of the threshold's own step
        [InlineData(0x00, "55C100", SensorFault.Corrupt)] // above 1372 without a word of it
        [InlineData(0x00, "F38000", SensorFault.None)]
        [InlineData(0x00, "F37FE0", SensorFault.Corrupt)] // below -200
        public void Fault_bits_become_names(int status, string code, SensorFault fault)
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 1123" + Clear + "1900" + code + status.ToString("X2"));
            Assert.Equal(fault == SensorFault.None ? 1 : 0, chip.TryRead(out int digits));
            Assert.Equal((fault, status), (chip.ProbeFault, chip.LastFaultStatus));
            Assert.True(fault == SensorFault.None || digits == 0);
            Assert.False(chip.IsConverting);
            bus.Done();
        }

        [Fact]
        public void A_voltage_fault_or_a_conversion_under_way_is_waited_out()
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 5123" + Clear + "190003200002", "R 00 1123" + Clear + "190003200043", "R 00 5123" + Clear + "190003200000");
            Assert.Equal(0, chip.TryRead(out int digits));
            Assert.Equal((0, SensorFault.InputVoltage, 0x02), (digits, chip.ProbeFault, chip.LastFaultStatus));
            Assert.Equal(0, chip.TryRead(out _));
            Assert.Equal(0, chip.TryRead(out _));
            Assert.True(chip.IsConverting);
            bus.Expect("R 00 1123" + Clear + "190003200000");
            Assert.Equal(1, chip.TryRead(out _));
            Assert.Equal(SensorFault.None, chip.ProbeFault);
            bus.Done();
        }

        [Theory]
        [InlineData("00000000000000000000000000000000", 0x00, true)]
        [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x00, true)]
        [InlineData("1123007DC955C1F38000190003200000", 0x06, false)] // the marker of the conversion before: this one was never begun
        public void A_frame_of_nothing_is_silence(string map, int register, bool converting)
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 " + map);
            var error = Assert.Throws<BusException>(() => chip.TryRead(out _));
            Assert.Equal(((byte)register, BusStatus.Silent), (error.Register, error.Status));
            Assert.Equal(converting, chip.IsConverting);
            bus.Done();
        }

        [Theory]
        [InlineData("0003FF7FC07FFF800000000000000000", SensorFault.BrownOut, 0x01, 0x03, 0x23)]
        [InlineData("1123FF7DC955C0F38000190003200000", SensorFault.BrownOut, 0x02, 0xFF, 0x00)]
        [InlineData("1124007DC955C0F38000190003200000", SensorFault.Corrupt, 0x01, 0x24, 0x23)]
        [InlineData("1123007CC955C0F38000190003200000", SensorFault.Corrupt, 0x03, 0x7C, 0x7D)]
        [InlineData("1123007DC855C0F38000190003200000", SensorFault.Corrupt, 0x04, 0xC8, 0xC9)]
        [InlineData("1123007DC954C0F38000190003200000", SensorFault.Corrupt, 0x05, 0x54, 0x55)]
        [InlineData("1123007DC955C2F38000190003200000", SensorFault.Corrupt, 0x06, 0xC2, 0xC0)]
        [InlineData("1123007DC955C3F38000190003200000", SensorFault.Corrupt, 0x06, 0xC3, 0xC0)]
        [InlineData("1123007DC955C0F28000190003200000", SensorFault.Corrupt, 0x07, 0xF2, 0xF3)]
        [InlineData("1123007DC955C0F38100190003200000", SensorFault.Corrupt, 0x08, 0x81, 0x80)]
        [InlineData("1123007DC955C0F38010190003200000", SensorFault.Corrupt, 0x09, 0x10, 0x00)]
        [InlineData("FEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", SensorFault.BrownOut, 0x01, 0xFF, 0x23)]
        [InlineData("FF00FFFFFFFFFFFFFFFFFFFFFFFFFFFF", SensorFault.BrownOut, 0x01, 0x00, 0x23)]
        [InlineData("FFFF00FFFFFFFFFFFFFFFFFFFFFFFFFF", SensorFault.Corrupt, 0x01, 0xFF, 0x23)]
        [InlineData("1323007DC955C0F38000190003200000", SensorFault.NotConfigured, 0x00, 0x13, 0x11)]
        [InlineData("1523007DC955C0F38000190003200000", SensorFault.NotConfigured, 0x00, 0x15, 0x11)]
        [InlineData("1923007DC955C0F38000190003200000", SensorFault.NotConfigured, 0x00, 0x19, 0x11)]
        [InlineData("3123007DC955C0F38000190003200000", SensorFault.NotConfigured, 0x00, 0x31, 0x11)]
        [InlineData("1023007DC955C0F38000190003200000", SensorFault.NotConfigured, 0x00, 0x10, 0x11)]
        [InlineData("9123007DC955C0F38000190003200000", SensorFault.NotConfigured, 0x00, 0x91, 0x11)]
        [InlineData("00000000000000000000000000000001", SensorFault.Corrupt, 0x01, 0x00, 0x23)]
        [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFE", SensorFault.BrownOut, 0x01, 0xFF, 0x23)]
        [InlineData("55555555555555555555555555555555", SensorFault.Corrupt, 0x01, 0x55, 0x23)]
        public void Settings_that_changed_are_named(string map, SensorFault fault, int register, int found, int expected)
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 " + map, "R 00 " + map);
            AssertFault(Assert.Throws<SensorException>(() => chip.TryRead(out _)), fault, register, found, expected);
            Assert.Equal(fault, Assert.Throws<SensorException>(chip.Check).Fault);
            bus.Done();
        }

        [Theory]
        [InlineData("00000000000000000000000000000000", SensorFault.NoAnswer, 0x03, 0x00, 0x7D)]
        [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", SensorFault.NoAnswer, 0x03, 0xFF, 0x7D)]
        [InlineData("0003FF7FC07FFF800000000000000000", SensorFault.NotConfigured, 0x01, 0x03, 0x23)]
        [InlineData("1123007DC955C1F38010000000000000", SensorFault.NotConfigured, 0x09, 0x10, 0x00)]
        [InlineData("0123007DC955C1F38000000000000000", SensorFault.NotConfigured, 0x00, 0x01, 0x11)]
        public void Start_names_what_did_not_answer_or_keep_its_value(string map, SensorFault fault, int register, int found, int expected)
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 1323" + Set, "R 00 " + map);
            var chip = new Max31856(bus, clock);
            var error = Assert.Throws<SensorException>(
                () => chip.Start(Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.OneShot));
            AssertFault(error, fault, register, found, expected);
            bus.Done();
        }

        [Fact]
        public void A_brown_out_while_automatic_mode_begins_is_named()
        {
            var clock = new StepClock();
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 1323" + Set, "R 00 1123" + Set + "000000000000");
            bus.Expect("W 00 9123" + Clear, "R 00 0003FF7FC07FFF800000000000000000");
            var error = Assert.Throws<SensorException>(() => new Max31856(bus, clock).Start(
                Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.Automatic));
            Assert.Equal(SensorFault.NotConfigured, error.Fault);
            bus.Done();
        }

        [Fact]
        public void A_new_start_forgets_the_probe_s_fault()
        {
            (Max31856 chip, ScriptedBus bus, StepClock _) = Begun();
            bus.Expect("R 00 1123" + Clear + "190003200001");
            Assert.Equal(0, chip.TryRead(out _));
            bus.Expect("R 00 01", "W 00 01", "W 00 1323" + Set, "R 00 1123" + Set + "000000000000");
            chip.Start(Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.OneShot);
            Assert.Equal(SensorFault.None, chip.ProbeFault);
            bus.Done();
        }

        [Fact]
        public void A_bus_error_passes_through()
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Begun();
            bus.Expect("R 00 !");
            Assert.Equal(BusStatus.NotAcknowledged, Assert.Throws<BusException>(() => chip.TryRead(out _)).Status);
            bus.Expect("R 00 1123" + Clear + "190003200000"); // the result is still there
            Assert.Equal(1, chip.TryRead(out _));
            bus.Expect("W 00 !");
            Assert.Throws<BusException>(chip.StartOneShot);
            Assert.False(chip.IsConverting);
            bus.Done();
        }

        [Fact]
        public void Enum_values_and_profile_are_the_data_sheet_s()
        {
            Assert.Equal(
                [0, 1, 2, 3, 4, 5, 6, 7],
                [(int)Max31856Type.B, (int)Max31856Type.E, (int)Max31856Type.J, (int)Max31856Type.K,
                    (int)Max31856Type.N, (int)Max31856Type.R, (int)Max31856Type.S, (int)Max31856Type.T]);
            Assert.Equal(
                [0x00, 0x10, 0x20, 0x30, 0x40],
                [(int)Max31856Averages.One, (int)Max31856Averages.Two, (int)Max31856Averages.Four, (int)Max31856Averages.Eight, (int)Max31856Averages.Sixteen]);
            Assert.Equal([0, 1], [(int)Max31856Filter.Hz60, (int)Max31856Filter.Hz50]);
            SpiProfile spi = Max31856.Spi;
            Assert.Equal((System.Device.Spi.SpiMode.Mode3, 5_000_000, 0x00, 0x80), (spi.Mode, spi.ClockHz, spi.ReadFlag, spi.WriteFlag));
            Assert.Equal((0x00, 0, 16, 1), (spi.BurstFlag, spi.AddressShift, spi.LargestBurst, spi.CommandBytes));
        }

        private static (Max31856 Chip, ScriptedBus Bus, StepClock Clock) Started()
        {
            var clock = new StepClock { Now = 1_000_000 };
            var bus = new ScriptedBus(clock).Expect("R 00 00", "W 00 00", "W 00 1323" + Set, "R 00 1123" + Set + "000000000000");
            var chip = new Max31856(bus, clock);
            chip.Start(Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.OneShot);
            bus.Done();
            return (chip, bus, clock);
        }

        // The first one-shot after Start, up to the moment its result is due.
        private static (Max31856 Chip, ScriptedBus Bus, StepClock Clock) Begun()
        {
            (Max31856 chip, ScriptedBus bus, StepClock clock) = Started();
            bus.Expect("W 00 5123" + Clear);
            chip.StartOneShot();
            bus.Done();
            clock.Now += 332000;
            return (chip, bus, clock);
        }

        private static void AssertFault(SensorException error, SensorFault fault, int register, int found, int expected)
        {
            Assert.Equal(("MAX31856", fault, (byte)register, found, expected), (error.Part, error.Fault, error.Register, error.Found, error.Expected));
        }
    }
}

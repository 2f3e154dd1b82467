using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualMax31865Tests : IDisposable
    {
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 10 });
        private readonly ConstantSource _bath = new();
        private VirtualMax31865 _chip;
        private int _pin = Wire.ChipSelect;

        public VirtualMax31865Tests()
        {
            _chip = new VirtualMax31865(_board.Time, _bath, 1, options: new Max31865Options { NoiseLsb = 0 });
            _board.WireSpi(Wire.SpiBus, Wire.ChipSelect, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Assert.Equal([0x00, 0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00, 0x00], Map());
            Assert.Equal(0, _chip.Violations.Count);
            Assert.True(_chip.DataReadyPin());
        }

        [Fact]
        public void Bit_7_of_the_command_writes_and_the_address_moves_on()
        {
            Send(0x83, 0xE8, 0xC6, 0x0A, 0xB4);
            Assert.Equal([0xE8, 0xC6, 0x0A, 0xB4], Send(0x03, 0, 0, 0, 0)[1..]);
            _chip.BrownOut();
            Assert.Equal([0xFF, 0xFF, 0x00, 0x00], Send(0x03, 0, 0, 0, 0)[1..]);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void Undefined_addresses_read_FF_and_the_address_loops_from_7F_to_00()
        {
            Send(0x83, 0x12);
            Assert.Equal([0xFF, 0xFF], Send(0x08, 0, 0)[1..]);
            Assert.Equal([0xFF, 0x00, 0x00, 0x00, 0x12], Send(0x7F, 0, 0, 0, 0, 0)[1..]);
            Assert.Equal((3, 0), (_chip.Strays.Count, _chip.Violations.Count));
        }

        [Theory]
        [InlineData(0x81)]
        [InlineData(0x82)]
        [InlineData(0x87)]
        [InlineData(0x90)]
        public void Read_only_registers_do_not_take_a_write(byte command)
        {
            Send(command, 0x5A);
            Assert.Equal([0x00, 0x00, 0x00, 0xFF, 0xFF, 0x00, 0x00, 0x00], Map());
            Assert.Equal(1, _chip.Violations.Count);
        }

        [Fact]
        public void A_long_write_may_pass_over_the_result()
        {
            Send(0x80, 0x01, 0xAA, 0xAA, 0xE8, 0xC6, 0x0A, 0xB4);
            Assert.Equal([0x01, 0x00, 0x00, 0xE8, 0xC6, 0x0A, 0xB4, 0x00], Map());
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(SpiMode.Mode0, 5_000_000, 1)]
        [InlineData(SpiMode.Mode2, 5_000_000, 1)]
        [InlineData(SpiMode.Mode1, 5_000_000, 0)]
        [InlineData(SpiMode.Mode3, 5_000_000, 0)]
        [InlineData(SpiMode.Mode3, 5_000_001, 1)]
        public void Modes_1_and_3_up_to_5_MHz(SpiMode mode, int clockHz, int violations)
        {
            byte[] read = _board.SpiAt(clockHz, mode, 0x03, 0, 0, 0, 0);
            Assert.Equal(mode is SpiMode.Mode1 or SpiMode.Mode3, read[1] == 0xFF && read[3] == 0x00);
            Assert.Equal(violations, _chip.Violations.Count);
        }

        [Theory] // IEC 60751: temperature, resistance of a PT100 in milliohms, code with 430 and with 400 ohms, register with 430
        [InlineData(-200, 18520, 1411, 1517, 0x0B06)]
        [InlineData(-100, 60256, 4592, 4936, 0x23E0)]
        [InlineData(-50, 80306, 6120, 6579, 0x2FD0)]
        [InlineData(0, 100000, 7620, 8192, 0x3B88)]
        [InlineData(25, 109735, 8362, 8989, 0x4154)]
        [InlineData(50, 119397, 9099, 9781, 0x4716)]
        [InlineData(100, 138505, 10555, 11346, 0x5276)]
        [InlineData(150, 157325, 11989, 12888, 0x5DAA)]
        [InlineData(200, 175856, 13401, 14406, 0x68B2)]
        [InlineData(300, 212051, 16159, 17371, 0x7E3E)]
        [InlineData(400, 247092, 18830, 20242, 0x931C)]
        [InlineData(600, 313708, 23906, 25699, 0xBAC4)]
        [InlineData(850, 390481, 29756, 31988, 0xE878)]
        public void Temperatures_have_the_codes_of_IEC_60751(double celsius, int milliOhms, int code430, int code400, int register)
        {
            Assert.Equal(milliOhms, Max31865Map.PlatinumRatio(celsius) * 100_000, 0.5);
            _bath.Celsius = celsius;
            Assert.Equal(register, Measure() & 0xFFFE);
            foreach ((double ohms, double reference, int code) in new[] { (100, 430, code430), (100, 400, code400), (1000, 4300, code430), (1000.0, 4000.0, code400) })
            {
                Rewire(new Max31865Options { NoiseLsb = 0, ProbeOhms = ohms, ReferenceOhms = reference });
                Assert.Equal(code, Measure() >> 1, 1.0); // 390.481 of 430 is 29756.47: the table truncates where we round
            }
        }

        [Theory]
        [InlineData(0x00, 52)]
        [InlineData(0x01, 62.5)]
        public void A_one_shot_begins_when_chip_select_rises_and_shows_the_old_result_until_it_ends(byte filter, double milliseconds)
        {
            BiasOn(filter);
            _board.SpiAt(1_000, SpiMode.Mode3, (byte)0x80, (byte)(0xA0 | filter)); // 16 ms on the wire, which do not count
            Assert.Equal(0xA0 | filter, Send(0x00, 0)[1]);
            _board.Time.Advance((long)((milliseconds - 0.1) * 1e6));
            Assert.True(_chip.DataReadyPin());
            Assert.Equal([0x00, 0x00], Send(0x01, 0, 0)[1..]); // stale
            _board.Time.Advance(200_000);
            Assert.False(_chip.DataReadyPin());
            Assert.Equal(0x80 | filter, Send(0x00, 0)[1]); // the bit has cleared itself
            Assert.Equal(0x41, Send(0x01, 0, 0)[1]);
            Assert.True(_chip.DataReadyPin());
            _bath.Celsius = 300;
            _board.Sleep(1000);
            Assert.Equal(0x41, Send(0x01, 0, 0)[1]);
            Assert.Equal(1, _chip.Conversions);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(0x00, 60)]
        [InlineData(0x01, 50)]
        public void Automatic_mode_converts_at_the_mains_frequency(byte filter, int hertz)
        {
            BiasOn(filter);
            Send(0x80, (byte)(0xC0 | filter));
            _board.Sleep(10_000);
            Assert.Equal(0x41, Send(0x01, 0, 0)[1]);
            Assert.InRange(_chip.Conversions, (10 * hertz) - 4, 10 * hertz);
            Send(0x80, (byte)(0x80 | filter));
            long made = _chip.Conversions;
            _board.Sleep(1000);
            Send(0x01, 0, 0);
            Assert.Equal(made, _chip.Conversions);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void The_chip_s_own_clock_may_be_off()
        {
            _chip.Faults.RateErrorPercent = -5; // 65.8 ms: what the data sheet still allows
            BiasOn(0x01);
            Send(0x80, 0xA1);
            _board.Sleep(65);
            Assert.True(_chip.DataReadyPin());
            _board.Sleep(1);
            Assert.False(_chip.DataReadyPin());
        }

        [Fact]
        public void Without_bias_or_before_it_has_settled_the_result_is_too_low_and_a_violation()
        {
            Send(0x80, 0x20);
            _board.Sleep(60);
            Assert.Equal(1, Map()[2] & 1); // code 0 is at the low threshold
            Assert.Equal(1, _chip.Violations.Count);
            Send(0x80, 0x02);
            Send(0x80, 0x80);
            _board.Time.Advance(100_000);
            Send(0x80, 0xA0);
            _board.Sleep(60);
            Assert.InRange(Map()[1], 0x30, 0x40); // 41h once settled
            Assert.Equal(2, _chip.Violations.Count);
            Assert.Contains("settled", _chip.Violations.Texts[1]);
        }

        [Fact]
        public void Bias_time_is_counted()
        {
            Send(0x80, 0x80);
            _board.Sleep(77);
            Send(0x80, 0x00);
            _board.Sleep(1000);
            Assert.Equal(0.077, _chip.BiasSeconds, 0.001);
        }

        [Fact]
        public void The_filter_bit_changed_in_automatic_mode_is_a_violation()
        {
            BiasOn(0x00);
            Send(0x80, 0xC0);
            Send(0x80, 0xC1);
            Assert.Contains("filter", Assert.Single(_chip.Violations.Texts));
        }

        [Fact]
        public void A_running_conversion_minds_that_the_bias_goes()
        {
            BiasOn(0x00);
            Send(0x80, 0xA0);
            Send(0x80, 0x00);
            Assert.Contains("bias", Assert.Single(_chip.Violations.Texts));
        }

        [Theory] // fault; fault status after a conversion; after a cycle, too
        [InlineData(Max31865ProbeFault.None, 0x00, 0x00)]
        [InlineData(Max31865ProbeFault.Open, 0x80, 0xA0)]
        [InlineData(Max31865ProbeFault.Shorted, 0x40, 0x40)]
        [InlineData(Max31865ProbeFault.RtdinMinusLow, 0x00, 0x18)] // "appear to be valid"
        [InlineData(Max31865ProbeFault.RtdinPlusLow, 0x40, 0x48)]
        [InlineData(Max31865ProbeFault.OverUnderVoltage, 0x04, 0x04)]
        public void Faults_show_as_tables_10_to_12_say(Max31865ProbeFault fault, int converted, int cycled)
        {
            Send(0x83, 0xE8, 0xC6, 0x0A, 0xB4);
            _chip.ProbeFault = fault;
            int result = Measure();
            Assert.Equal(converted, Map()[7]);
            Assert.Equal(converted != 0 ? 1 : 0, result & 1);
            Send(0x80, 0x84);
            _board.Sleep(1);
            Assert.Equal(cycled, Map()[7]);
            Assert.Equal(cycled != 0 ? 1 : 0, Map()[2] & 1);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void With_FORCE_minus_open_the_result_is_arbitrary_and_the_cycle_tells()
        {
            Send(0x83, 0xE8, 0xC6, 0x0A, 0xB4);
            _chip.ProbeFault = Max31865ProbeFault.ForceMinusOpen;
            Assert.NotEqual(Measure() >> 1, Measure() >> 1);
            Send(0x80, 0x84);
            _board.Sleep(1);
            Assert.Equal(0x20, Map()[7] & 0x38);
        }

        [Fact]
        public void Faults_latch_until_cleared_by_exactly_the_right_write()
        {
            Send(0x83, 0xE8, 0xC6, 0x0A, 0xB4);
            _chip.ProbeFault = Max31865ProbeFault.Open;
            Measure();
            _chip.ProbeFault = Max31865ProbeFault.None;
            Measure();
            Assert.Equal(0x80, Map()[7]);
            foreach (byte wrong in new byte[] { 0xA2, 0x86, 0x8A, 0x80 })
            {
                Send(0x80, wrong);
                Assert.Equal(0x80, Map()[7] & 0x80);
            }

            Assert.Equal(3, _chip.Violations.Count); // the last of the four lacks the bit, which is no mistake
            _board.Sleep(100);
            Send(0x80, 0x82);
            Assert.Equal([0x80, 0x00], new[] { Map()[0], Map()[7] }); // D1 has cleared itself
            Assert.Equal(0, Map()[2] & 1);
        }

        [Fact]
        public void An_overvoltage_comes_back_at_once_and_stops_results()
        {
            Measure();
            _bath.Celsius = 300;
            _chip.ProbeFault = Max31865ProbeFault.OverUnderVoltage;
            Assert.Equal(0x4155, Measure());
            Send(0x80, 0x82);
            Assert.Equal(0x04, Map()[7]);
            _chip.ProbeFault = Max31865ProbeFault.None;
            Send(0x80, 0x82);
            Assert.Equal(0x00, Map()[7]);
            Assert.Equal(0x7E3E, Measure());
        }

        [Fact]
        public void A_fault_cycle_takes_550_us_and_its_bits_clear_themselves()
        {
            _chip.ProbeFault = Max31865ProbeFault.Open;
            BiasOn(0x00);
            Send(0x80, 0x84);
            _board.Time.Advance(500_000);
            Assert.Equal([0x84, 0x00], new[] { Map()[0], Map()[7] });
            _board.Time.Advance(100_000);
            Assert.Equal([0x80, 0x20], new[] { Map()[0], Map()[7] });
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Fact]
        public void A_manual_fault_cycle_waits_between_its_halves()
        {
            _chip.ProbeFault = Max31865ProbeFault.RtdinMinusLow;
            BiasOn(0x00);
            Send(0x80, 0x88);
            _board.Sleep(20);
            Assert.Equal([0x88, 0x00], new[] { Map()[0], Map()[7] });
            Send(0x80, 0x8C);
            _board.Sleep(1);
            Assert.Equal([0x80, 0x18], new[] { Map()[0], Map()[7] });
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(0x04)] // no bias
        [InlineData(0xC4)] // automatic
        [InlineData(0xA4)] // with a one-shot
        [InlineData(0x8C)] // second half without the first
        public void Fault_cycles_in_other_patterns_are_violations(byte configuration)
        {
            BiasOn(0x00);
            Send(0x80, configuration);
            Assert.Contains("cycle", Assert.Single(_chip.Violations.Texts));
        }

        [Fact]
        public void A_slow_input_filter_forbids_the_automatic_cycle()
        {
            Rewire(new Max31865Options { FilterMicroseconds = 430 }); // PT1000 board with the PT100's capacitor
            BiasOn(0x00);
            Send(0x80, 0x84);
            Assert.Contains("filter", Assert.Single(_chip.Violations.Texts));
        }

        [Theory] // wires; configuration bit 4; what 1 ohm in each wire adds
        [InlineData(2, 0x00, 2)]
        [InlineData(2, 0x10, 2)]
        [InlineData(3, 0x00, 1)]
        [InlineData(3, 0x10, 0)]
        [InlineData(4, 0x00, 0)]
        [InlineData(4, 0x10, -1)]
        public void Wires_add_what_the_wiring_does_not_take_away(int wires, byte bit4, double ohms)
        {
            _bath.Celsius = 0;
            Rewire(new Max31865Options { NoiseLsb = 0, Wires = wires, WireOhms = 1 });
            Assert.Equal(Math.Round((100 + ohms) / 430 * 32768), Measure(bit4) >> 1);
        }

        [Fact]
        public void Noise_repeats_with_the_seed()
        {
            Rewire(new Max31865Options { NoiseLsb = 2 });
            int[] first = [Measure(), Measure(), Measure(), Measure()];
            Assert.NotEqual(first[0], first[1]);
            Rewire(new Max31865Options { NoiseLsb = 2 });
            Assert.Equal(first, new[] { Measure(), Measure(), Measure(), Measure() });
        }

        [Fact]
        public void Faults_of_every_chip_show_on_the_wire()
        {
            Measure();
            _chip.Faults.NackNext(2);
            Assert.Equal([0xFF, 0xFF], Send(0x01, 0, 0)[1..]);
            Send(0x83, 0x12); // lost
            Assert.Equal(0xFF, Send(0x03, 0)[1]);
            _chip.Faults.StuckMiso = 0x00;
            Assert.Equal([0x00, 0x00, 0x00], Send(0x03, 0, 0));
            _chip.Faults.Clear();
            _chip.Faults.StuckData = true;
            _bath.Celsius = 300;
            Assert.Equal(0x4154, Measure());
        }

        [Fact]
        public void Opening_the_port_harms_nothing()
        {
            byte[] before = Map();
            Send(0, 0, 0, 0);
            Assert.Equal(before, Map());
            Assert.Equal((0, 0), (_chip.Violations.Count, _chip.Strays.Count));
        }

        private void Rewire(Max31865Options options)
        {
            int pin = 10 + _board.Chips.Count;
            _chip = new VirtualMax31865(_board.Time, _bath, 1, options: options);
            _pin = pin;
            _board.WireSpi(Wire.SpiBus, pin, _chip);
        }

        private byte[] Send(params byte[] mosi)
        {
            var miso = new byte[mosi.Length];
            _board.TransferSpi(Wire.SpiBus, _pin, SpiMode.Mode3, 5_000_000, mosi, miso);
            return miso;
        }

        private byte[] Map() => Send(0x00, 0, 0, 0, 0, 0, 0, 0, 0)[1..];

        private void BiasOn(byte bits)
        {
            Send(0x80, (byte)(0x80 | bits));
            _board.Sleep(10);
        }

        private int Measure(byte bits = 0)
        {
            BiasOn(bits);
            Send(0x80, (byte)(0xA0 | bits));
            _board.Sleep(60);
            byte[] miso = Send(0x01, 0, 0);
            return (miso[1] << 8) | miso[2];
        }
    }
}

using System;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualAds1115Tests : IDisposable
    {
        private const int Address = 0x48;
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { TransactionOverheadMicroseconds = 0 });
        private readonly Inputs _inputs = new();
        private readonly VirtualAds1115 _chip;

        public VirtualAds1115Tests()
        {
            _chip = new VirtualAds1115(_board.Time, _inputs, 1, options: new Ads1115Options { NoiseLsb = 0 });
            _board.WireI2c(Wire.I2cBus, Address, _chip);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Assert.Equal(0x0000, _board.Word(Address, 0x00));
            Assert.Equal(0x8583, _board.Word(Address, 0x01));
            Assert.Equal(0x8000, _board.Word(Address, 0x02));
            Assert.Equal(0x7FFF, _board.Word(Address, 0x03));
            Assert.Equal(0, _chip.Violations.Count + _chip.Strays.Count);
        }

        [Theory] // MUX; positive and negative input
        [InlineData(0, 0, 1)]
        [InlineData(1, 0, 3)]
        [InlineData(2, 1, 3)]
        [InlineData(3, 2, 3)]
        [InlineData(4, 0, -1)]
        [InlineData(5, 1, -1)]
        [InlineData(6, 2, -1)]
        [InlineData(7, 3, -1)]
        public void MUX_chooses_two_ends(int mux, int positive, int negative)
        {
            double[] volts = [0.1, 0.25, 0.7, 1.3];
            volts.CopyTo(_inputs.Volts, 0);
            _board.WriteWord(Address, 0x01, 0x85E3 | (mux << 12));
            _board.Sleep(2);
            double expected = volts[positive] - (negative < 0 ? 0 : volts[negative]);
            Assert.Equal(expected, (short)_board.Word(Address, 0x00) * 62.5e-6, 4e-5);
        }

        [Theory]
        [InlineData(0, 6.144)]
        [InlineData(1, 4.096)]
        [InlineData(2, 2.048)]
        [InlineData(3, 1.024)]
        [InlineData(4, 0.512)]
        [InlineData(5, 0.256)]
        public void PGA_sets_full_scale_where_codes_clip(int pga, double fullScale)
        {
            foreach (double part in (double[])[0.5, -0.5, 1.1, -1.1])
            {
                _inputs.Volts[0] = part * fullScale;
                _board.WriteWord(Address, 0x01, 0x81E3 | (pga << 9));
                _board.Sleep(2);
                Assert.Equal((short)Math.Clamp(part * 32768, -32768, 32767), (short)_board.Word(Address, 0x00));
            }
        }

        [Theory]
        [InlineData(0, 8)]
        [InlineData(1, 16)]
        [InlineData(2, 32)]
        [InlineData(3, 64)]
        [InlineData(4, 128)]
        [InlineData(5, 250)]
        [InlineData(6, 475)]
        [InlineData(7, 860)]
        public void OS_reads_0_for_one_period_and_a_wake(int rate, int hertz)
        {
            _board.WriteWord(Address, 0x01, 0x8503 | (rate << 5));
            double start = _board.Time.Nanoseconds * 1e-6;
            while ((_board.Word(Address, 0x01) & 0x8000) == 0)
            {
            }

            Assert.Equal((1000.0 / hertz) + 0.025, (_board.Time.Nanoseconds * 1e-6) - start, 0.2);
        }

        [Fact]
        public void A_written_OS_during_a_conversion_has_no_effect()
        {
            _board.WriteWord(Address, 0x01, 0x8583);
            _board.Sleep(4);
            _board.WriteWord(Address, 0x01, 0x8583);
            _board.Sleep(5);
            Assert.Equal(0x8583, _board.Word(Address, 0x01));
            _board.Sleep(20);
            Assert.Equal(1, _chip.Conversions);
        }

        [Fact]
        public void The_first_result_after_a_change_of_input_in_continuous_mode_is_stale()
        {
            _inputs.Volts[0] = 1;
            _inputs.Volts[1] = 0.5;
            _board.WriteWord(Address, 0x01, 0x4483); // AIN0, continuous, 128
            _board.Sleep(12); // in the second conversion
            _board.WriteWord(Address, 0x01, 0x5483);
            _board.Sleep(5); // the second is over
            Assert.Equal(2, _chip.Conversions);
            Assert.Equal(16000, _board.Word(Address, 0x00));
            _board.Sleep(8);
            Assert.Equal(8000, _board.Word(Address, 0x00));
            Assert.Equal(0, _board.Word(Address, 0x01) & 0x8000); // busy for ever
            _board.WriteWord(Address, 0x01, 0x5583);
            Assert.Equal(0, _board.Word(Address, 0x01) & 0x8000); // the one under way goes on
            _board.Sleep(9);
            Assert.Equal(0x8000, _board.Word(Address, 0x01) & 0x8000);
            Assert.Equal(4, _chip.Conversions);
        }

        [Theory]
        [InlineData(10.0)]
        [InlineData(-10.0)]
        public void The_oscillator_may_be_off(double percent)
        {
            var chip = new VirtualAds1115(_board.Time, _inputs, 1, options: new Ads1115Options { RateErrorPercent = percent });
            _board.WireI2c(Wire.I2cBus, 0x49, chip);
            _board.WriteWord(0x49, 0x01, 0x04E3);
            _board.Sleep(1000);
            Assert.InRange(chip.Conversions, (860 * (1 + (percent / 100))) - 2, (860 * (1 + (percent / 100))) + 2);
        }

        [Fact]
        public void A_result_is_the_mean_over_its_conversion()
        {
            _inputs.Hertz = 50;
            _inputs.Volts[0] = 1;
            _board.WriteWord(Address, 0x01, 0x8543); // 32 a second: 31.25 ms are 1.56 cycles
            _board.Sleep(40);
            Assert.InRange((short)_board.Word(Address, 0x00), -8000, 8000);
        }

        [Fact]
        public void The_ready_pin_pulses_with_both_thresholds_set_for_it()
        {
            _board.WriteWord(Address, 0x01, 0x04E0);
            _board.Sleep(100);
            Assert.True(_chip.Conversions > 80);
            Assert.Equal(0, _chip.ReadyPulses);
            _board.WriteWord(Address, 0x03, 0x8000);
            _board.WriteWord(Address, 0x02, 0x0000);
            long before = _chip.Conversions;
            _board.Sleep(100);
            Assert.Equal(_chip.Conversions - before, _chip.ReadyPulses);
            Assert.True(_chip.ReadyPulses > 80);
        }

        [Fact]
        public void A_brown_out_puts_every_register_back()
        {
            _board.WriteWord(Address, 0x01, 0x04E3);
            _board.WriteWord(Address, 0x02, 0x8001);
            _inputs.Volts[0] = 1;
            _board.Sleep(10);
            _chip.BrownOut();
            Assert.Equal(0x8583, _board.Word(Address, 0x01));
            Assert.Equal(0x8000, _board.Word(Address, 0x02));
            Assert.Equal(0, _board.Word(Address, 0x00));
        }

        [Fact]
        public void Other_pointers_and_writes_to_the_result_are_told()
        {
            Assert.Equal(0x7FFF, _board.Word(Address, 0x0F)); // a search for a TMP117
            Assert.Equal(1, _chip.Strays.Count);
            _board.WriteWord(Address, 0x00, 1);
            _board.WriteWord(Address, 0x0F, 1);
            Assert.Equal(2, _chip.Violations.Count);
            Assert.Equal(0x7FFF, _board.Word(Address, 0x03));
        }

        [Fact]
        public void A_clamp_rests_at_half_the_supply_and_ends_at_the_diodes()
        {
            var current = new AlternatingCurrent { Hertz = 50, Amperes = 100, Phase = Math.PI / 2 };
            var clamp = new Ads1115Clamp(current);
            Assert.Equal(1.65, clamp.VoltsAt(1, 0));
            Assert.Equal(1.65 + (1.1 * Math.Sqrt(2)), clamp.VoltsAt(0, 0), 1e-9); // 22 ohm, 100 A: 1.10 V RMS
            Assert.Equal(0, clamp.VoltsAt(3, 0));
            current.Amperes = 200;
            Assert.Equal(3.6, clamp.VoltsAt(0, 0), 1e-9);
            Assert.Equal(-0.3, clamp.VoltsAt(0, 0.01), 1e-9);
            Assert.Equal(1.65 + (5 * 0.011 * Math.Sqrt(2)), new Ads1115Clamp(new AlternatingCurrent { Amperes = 1, Phase = Math.PI / 2 }) { Turns = 5 }.VoltsAt(0, 0), 1e-9);
        }

        private sealed class Inputs : IAds1115Inputs
        {
            public double[] Volts { get; } = new double[4];

            public double Hertz { get; set; }

            public double VoltsAt(int input, double seconds) => Volts[input] * Math.Cos(2 * Math.PI * Hertz * seconds);
        }
    }
}

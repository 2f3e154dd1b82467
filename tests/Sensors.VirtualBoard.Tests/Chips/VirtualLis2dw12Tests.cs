using System;
using System.Collections.Generic;
using System.Device.Spi;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualLis2dw12Tests
    {
        private readonly RawBench _bench = new();
        private VirtualLis2dw12 _chip = null!;

        private void Make(IVibrationSource? source = null, Lis2dw12Options? options = null)
        {
            _chip = new VirtualLis2dw12(_bench.Time, source ?? new ConstantSource().WithAcceleration(0, 0, 1), 1, options: options ?? new Lis2dw12Options { NoiseFactor = 0 });
            _bench.Spi = _chip;
            _bench.I2c = _chip;
            _bench.WaitMilliseconds(20); // it boots
        }

        private void Run(byte control1, byte control6, byte fifo = 0xC0)
        {
            _bench.Send(0x21, 0x0C);
            _bench.Send(0x25, control6);
            _bench.Send(0x2E, fifo);
            _bench.Send(0x20, control1);
        }

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Make();
            for (byte register = 0x20; register <= 0x3F; register++)
            {
                Assert.Equal(register == 0x21 ? 0x04 : 0x00, _bench.Send((byte)(0x80 | register), 0)[0]);
            }

            Assert.Equal(0x44, _bench.Send(0x8F, 0)[0]);
            Assert.Equal(0, _chip.Violations.Count);
            Assert.Equal(0, _chip.Strays.Count);
        }

        [Fact]
        public void The_address_moves_on_while_IF_ADD_INC_says_so()
        {
            Make();
            _bench.Send(0x22, 0x01, 0x02, 0x03); // CTRL3, CTRL4, CTRL5
            Assert.Equal([0x01, 0x02, 0x03], _bench.Send(0xA2, 0, 0, 0));
            Assert.Equal([0x01, 0x02, 0x03], _bench.Read(0x22, 3));
            _bench.Send(0x21, 0x00);
            Assert.Equal([0x01, 0x01, 0x01], _bench.Send(0xA2, 0, 0, 0));
        }

        [Theory]
        [InlineData((byte)0x0D)]
        [InlineData((byte)0x0F)]
        [InlineData((byte)0x27)]
        [InlineData((byte)0x28)]
        [InlineData((byte)0x2F)]
        [InlineData((byte)0x3B)]
        [InlineData((byte)0x10)]
        public void Read_only_and_reserved_registers_do_not_take_a_write(byte register)
        {
            Make();
            byte before = _chip.Peek(register);
            _bench.Send(register, 0x5A);
            Assert.Equal(before, _chip.Peek(register));
            Assert.Equal(1, _chip.Violations.Count);
        }

        [Fact]
        public void Reserved_registers_read_as_0_and_are_noted()
        {
            Make();
            Assert.Equal(0, _bench.Send(0x80, 0)[0]);
            Assert.Equal(0, _bench.Send(0xC0, 0)[0]);
            Assert.Equal(2, _chip.Strays.Count);
        }

        [Fact]
        public void Wrong_modes_and_fast_clocks_are_noted_and_mode_0_is_understood()
        {
            Make();
            _bench.Mode = SpiMode.Mode1;
            Assert.NotEqual(0x44, _bench.Send(0x8F, 0)[0]);
            _bench.Mode = SpiMode.Mode0;
            Assert.Equal(0x44, _bench.Send(0x8F, 0)[0]);
            _bench.ClockHz = 10_000_001;
            _bench.Send(0x8F, 0);
            Assert.Equal(2, _chip.Violations.Count);
        }

        [Fact]
        public void A_soft_reset_takes_its_time_and_clears_itself()
        {
            Make();
            _bench.Send(0x25, 0x34);
            _bench.Send(0x21, 0x44);
            Assert.Equal(0x44, _bench.Send(0xA1, 0)[0]);
            _bench.Send(0x25, 0x34); // lost
            Assert.Equal(1, _chip.Violations.Count);
            _bench.WaitMilliseconds(0.2);
            Assert.Equal(0x04, _bench.Send(0xA1, 0)[0]);
            Assert.Equal(0x00, _bench.Send(0xA5, 0)[0]);
        }

        [Fact]
        public void Booting_takes_20_ms_and_keeps_the_settings()
        {
            Make();
            _bench.Send(0x25, 0x34);
            _bench.Send(0x21, 0x8C);
            _bench.WaitMilliseconds(19);
            Assert.Equal(0x8C, _bench.Send(0xA1, 0)[0]);
            _bench.WaitMilliseconds(1);
            Assert.Equal(0x0C, _bench.Send(0xA1, 0)[0]);
            Assert.Equal(0x34, _bench.Send(0xA5, 0)[0]);
            _chip.BrownOut();
            _bench.Send(0x20, 0x94);
            Assert.Equal(1, _chip.Violations.Count);
            Assert.Equal(0, _chip.Peek(0x20));
        }

        [Fact]
        public void With_I2C_disabled_only_SPI_is_heard()
        {
            Make();
            Assert.NotNull(_bench.Read(0x0F, 1));
            _bench.Send(0x21, 0x06);
            Assert.Null(_bench.Read(0x0F, 1));
            Assert.Equal(0x44, _bench.Send(0x8F, 0)[0]);
            _bench.Send(0x21, 0x05); // SIM: three wires on a four-wire board
            Assert.Equal(0xFF, _bench.Send(0x8F, 0)[0]);
        }

        [Theory]
        [InlineData(25, 0x00, 0x00, 0x00)]
        [InlineData(25.5, 0x80, 0x00, 0x00)] // 16 digits a degree, left-justified in 16 bits
        [InlineData(26, 0x00, 0x01, 0x01)]
        [InlineData(24, 0x00, 0xFF, 0xFF)]
        [InlineData(-15, 0x00, 0xD8, 0xD8)]
        public void Temperature_is_0_at_25_degrees(double celsius, byte low, byte high, byte eightBits)
        {
            Make(options: new Lis2dw12Options { Celsius = celsius });
            Assert.Equal([low, high], _bench.Send(0x8D, 0, 0));
            Assert.Equal(eightBits, _bench.Send(0xA6, 0)[0]);
        }

        [Theory]
        [InlineData(0x94, 0x00, 1.0, 4098, 2)]  // high performance, 2 g: 0.244 mg
        [InlineData(0x94, 0x10, 1.0, 2049, 2)]
        [InlineData(0x94, 0x20, 1.0, 1025, 2)]
        [InlineData(0x94, 0x30, 1.0, 512, 2)]
        [InlineData(0x94, 0x30, -20.0, -8192, 2)]
        [InlineData(0x94, 0x00, 3.0, 8191, 2)]
        [InlineData(0x54, 0x00, -0.5, -2049, 2)]
        [InlineData(0x50, 0x00, 1.0, 1025, 4)]  // low power 1: 12 bits, 0.976 mg
        [InlineData(0x51, 0x00, 1.0, 4098, 2)]
        public void Data_are_left_justified(byte control1, byte control6, double g, int digits, int shift)
        {
            Make(new ConstantSource().WithAcceleration(g, 0, 0));
            Run(control1, control6);
            _bench.WaitMilliseconds(25);
            Assert.Equal((short)(digits << shift), RawBench.Words(_bench.Send(0xA8, 0, 0))[0]);
        }

        [Theory]
        [InlineData(0x14, 12.5)]
        [InlineData(0x24, 12.5)]
        [InlineData(0x74, 400)]
        [InlineData(0x94, 1600)]
        [InlineData(0x10, 1.6)]
        [InlineData(0x60, 200)]
        [InlineData(0x90, 200)] // low power ends at 200 Hz
        public void Rates_are_as_tabled(byte control1, double hertz)
        {
            Make();
            Run(control1, 0);
            Assert.Equal(hertz, _chip.ActualRateHertz, 1e-9);
        }

        [Fact]
        public void One_burst_over_many_sets_wraps_and_takes_them_in_order()
        {
            foreach (bool spi in new[] { true, false })
            {
                Make(new RawBench.Counter(0.1));
                Run(0x94, 0x30);
                _bench.WaitMilliseconds(16);
                int level = _bench.Send(0xAF, 0)[0];
                Assert.InRange(level, 20, 30);
                short[] words = RawBench.Words(spi ? _bench.Send([0xA8, .. new byte[6 * level]]) : _bench.Read(0x28, 6 * level)!);
                for (int i = 0; i < level; i++)
                {
                    Assert.Equal(Math.Round(i * 0.1 / 0.001952), words[3 * i] >> 2);
                    Assert.Equal(Math.Round(-i * 0.1 / 0.001952), words[(3 * i) + 1] >> 2);
                    Assert.Equal(512, words[(3 * i) + 2] >> 2);
                }

                Assert.InRange(_bench.Send(0xAF, 0)[0], 0, 10);
                Assert.Equal(0, _chip.SamplesLost);
                Assert.Equal(0, _chip.Violations.Count);
            }
        }

        [Fact]
        public void A_set_of_which_one_byte_was_read_is_taken()
        {
            Make(new RawBench.Counter(0.1));
            Run(0x94, 0x30);
            _bench.WaitMilliseconds(4);
            _bench.Send(0xA8, 0);
            Assert.Equal(Math.Round(0.1 / 0.001952), RawBench.Words(_bench.Send(0xA8, 0, 0))[0] >> 2);
        }

        [Fact]
        public void A_full_fifo_says_32_and_an_overwritten_one_says_so_until_it_is_read()
        {
            Make(new RawBench.Counter(0.01));
            Run(0x94, 0x30, 0xD0); // threshold 16
            _bench.WaitMilliseconds(32.1 * 0.625);
            Assert.Equal(0xA0, _bench.Send(0xAF, 0)[0]);
            _bench.WaitMilliseconds(10 * 0.625);
            Assert.Equal(0xE0, _bench.Send(0xAF, 0)[0]);
            Assert.Equal(0xE0, _bench.Send(0xAF, 0)[0]);
            Assert.Equal(10, _chip.SamplesLost);
            Assert.Equal(0x80, _bench.Send(0xB7, 0)[0] & 0x80); // OVR again
            _bench.Send([0xA8, .. new byte[6 * 20]]);
            Assert.Equal(12, _bench.Send(0xAF, 0)[0]);
            _bench.Send(0x2E, 0x00);
            Assert.Equal(0, _bench.Send(0xAF, 0)[0]);
        }

        [Fact]
        public void Fifo_mode_stops_when_full()
        {
            Make(new RawBench.Counter(0.1));
            Run(0x94, 0x30, 0x20);
            _bench.WaitMilliseconds(500);
            Assert.Equal(0x60, _bench.Send(0xAF, 0)[0]);
            Assert.Equal(0, RawBench.Words(_bench.Send(0xA8, 0, 0))[0]);
        }

        [Fact]
        public void Triggered_modes_wait_for_an_event()
        {
            Make(new RawBench.Counter(0.1));
            Run(0x94, 0x30, 0x80); // bypass to continuous
            _bench.WaitMilliseconds(10);
            Assert.Equal(0, _bench.Send(0xAF, 0)[0]);
            _chip.SignalEvent();
            _bench.WaitMilliseconds(10);
            Assert.InRange(_bench.Send(0xAF, 0)[0], 15, 17);
            _bench.Send(0x2E, 0x00);
            _bench.Send(0x2E, 0x60); // continuous to FIFO
            _bench.WaitMilliseconds(50);
            _chip.SignalEvent();
            Assert.Equal(32, _bench.Send(0xAF, 0)[0] & 0x3F);
            short oldest = RawBench.Words(_bench.Send(0xA8, 0, 0))[0];
            _bench.WaitMilliseconds(50);
            Assert.InRange(RawBench.Words(_bench.Send(0xA8, 0, 0))[0], oldest, oldest + 300); // it stands
        }

        [Fact]
        public void Without_a_fifo_the_newest_sample_shows_and_BDU_holds_it_while_it_is_read()
        {
            Make(new RawBench.Counter(0.1));
            Run(0x94, 0x30, 0x00);
            _bench.WaitMilliseconds(0.7);
            Assert.Equal(0x01, _bench.Send(0xA7, 0)[0]);
            Assert.Equal(0, RawBench.Words(_bench.Send(0xA8, 0, 0))[0]);
            Assert.Equal(0x00, _bench.Send(0xA7, 0)[0]);
            _bench.WaitMilliseconds(6.25);
            Assert.InRange(RawBench.Words(_bench.Send(0xA8, 0, 0))[0] >> 2, 9 * 51, 12 * 52);
        }

        [Theory]
        [InlineData(0x94, 0x30, 400)] // 1600 Hz: 400, not 800
        [InlineData(0x84, 0x30, 400)]
        [InlineData(0x94, 0x70, 400)]
        [InlineData(0x94, 0xB0, 160)]
        [InlineData(0x94, 0xF0, 80)]
        [InlineData(0x74, 0x30, 200)]
        public void A_sine_at_the_corner_comes_through_at_70_7_percent(byte control1, byte control6, double corner)
        {
            foreach ((double part, double gain) in new[] { (0.25, 0.998), (1.0, 0.7071) })
            {
                Make(new ConstantSource().WithSine((corner * part) + 0.7, 4, 0, 0));
                Run(control1, control6);
                double[] g = Drain(4000).Select(set => (set.X >> 2) * 0.001952).ToArray();
                Assert.Equal(gain * 4 / Math.Sqrt(2), RawBench.Deviation(g), gain * 4 * 0.01);
            }
        }

        [Theory]
        [InlineData(0x94, 0x04, 90e-3 * 20)]       // LOW_NOISE, 400 Hz
        [InlineData(0x94, 0x00, 110e-3 * 20)]
        [InlineData(0x94, 0xC4, 90e-3 * 8.94427)]  // 80 Hz
        [InlineData(0x53, 0x04, 1.3)]              // low power 4
        public void Noise_is_the_density_times_the_root_of_the_bandwidth(byte control1, byte control6, double milliG)
        {
            Make(options: new Lis2dw12Options());
            Run(control1, control6);
            double[] mg = Drain(3000).Select(set => (set.Y >> 2) * 0.244).ToArray();
            Assert.Equal(milliG, RawBench.Deviation(mg), milliG * 0.06);
        }

        [Theory]
        [InlineData(0x40, 820)]  // 400 mg at 0.488
        [InlineData(0x80, -820)]
        public void Self_test_moves_every_axis_by_its_sign(byte control3, int digits)
        {
            Make(new ConstantSource());
            _chip.Faults.FailedSelfTestAxes = 4;
            Run(0x44, 0x10);
            _bench.Send(0x22, control3);
            _bench.WaitMilliseconds(400);
            (short X, short Y, short Z) last = Drain(10)[^1];
            Assert.Equal((digits, digits, 0), (last.X >> 2, last.Y >> 2, last.Z >> 2));
            _bench.Send(0x22, 0x00);
            Drain(30);
            Assert.Equal((0, 0, 0), Drain(10)[^1]);
        }

        [Fact]
        public void Interrupt_pins_show_enabled_sources()
        {
            Make();
            Run(0x94, 0x30, 0xC4);
            _bench.Send(0x23, 0x03);
            _bench.Send(0x24, 0x08);
            _bench.WaitMilliseconds(1);
            Assert.True(_chip.InterruptPin(1));
            Assert.False(_chip.InterruptPin(2));
            _bench.WaitMilliseconds(30);
            Assert.True(_chip.InterruptPin(2));
            _bench.Send(0x22, 0x08);
            Assert.False(_chip.InterruptPin(2));
        }

        [Fact]
        public void Settings_it_does_not_know_are_noted()
        {
            Make();
            _bench.Send(0x20, 0x98); // on demand
            _bench.Send(0x20, 0xA4); // no such rate
            Assert.Equal(2, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(0, 0.0, 1600)]
        [InlineData(20_000, 0.0, 1632)]
        [InlineData(0, -3.0, 1552)]
        public void The_real_rate_is_nominal_and_the_part_s_error(double ppm, double percent, int expected)
        {
            Make(options: new Lis2dw12Options { OutputRateErrorPpm = ppm });
            _chip.Faults.RateErrorPercent = percent;
            Run(0x94, 0x30);
            _bench.WaitMilliseconds(1000);
            _bench.Send(0xAF, 0);
            Assert.InRange(_chip.SamplesMade, expected - 1, expected + 1);
            Assert.Equal(expected - 32, _chip.SamplesLost, 1.0);
        }

        private List<(short X, short Y, short Z)> Drain(int count)
        {
            var sets = new List<(short X, short Y, short Z)>();
            while (sets.Count < count)
            {
                int level = _bench.Send(0xAF, 0)[0] & 0x3F;
                short[] words = RawBench.Words(_bench.Send([0xA8, .. new byte[6 * level]]));
                for (int i = 0; i < level && sets.Count < count; i++)
                {
                    sets.Add((words[3 * i], words[(3 * i) + 1], words[(3 * i) + 2]));
                }

                _bench.WaitMilliseconds(16_000 / _chip.ActualRateHertz);
            }

            return sets;
        }
    }
}

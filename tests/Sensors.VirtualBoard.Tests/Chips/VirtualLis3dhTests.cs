using System;
using System.Collections.Generic;
using System.Device.Spi;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualLis3dhTests
    {
        private readonly RawBench _bench = new();
        private VirtualLis3dh _chip = null!;

        private void Make(IVibrationSource? source = null, Lis3dhOptions? options = null)
        {
            _chip = new VirtualLis3dh(_bench.Time, source ?? new ConstantSource().WithAcceleration(0, 0, 1), 1, options: options ?? new Lis3dhOptions { NoiseFactor = 0 });
            _bench.Spi = _chip;
            _bench.I2c = _chip;
            _bench.WaitMilliseconds(5); // it boots
        }

        private void Run(byte control1, byte control4, byte fifo = 0x80, byte control5 = 0x40)
        {
            _bench.Send(0x23, control4);
            _bench.Send(0x24, control5);
            _bench.Send(0x2E, fifo);
            _bench.Send(0x20, control1);
        }

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Make();
            for (byte register = 0x1E; register <= 0x3F; register++)
            {
                byte expected = register switch { 0x1E => 0x10, 0x20 => 0x07, 0x2F => 0x20, _ => 0x00 };
                Assert.Equal(expected, _bench.Send((byte)(0x80 | register), 0)[0]);
            }

            Assert.Equal(0x33, _bench.Send(0x8F, 0)[0]);
            Assert.Equal(0, _chip.Violations.Count);
            Assert.Equal(0, _chip.Strays.Count);
        }

        [Fact]
        public void On_SPI_bit_6_moves_the_address_on()
        {
            Make();
            _bench.Send(0x61, 0x01, 0x02); // MS write of CTRL_REG2 and 3
            Assert.Equal([0x01, 0x02], _bench.Send(0xE1, 0, 0));
            Assert.Equal([0x01, 0x01], _bench.Send(0xA1, 0, 0));
            _bench.Send(0x21, 0x05, 0x06); // both bytes go to CTRL_REG2
            Assert.Equal([0x06, 0x02], _bench.Send(0xE1, 0, 0));
        }

        [Fact]
        public void On_I2C_bit_7_of_the_pointer_does()
        {
            Make();
            _bench.Write(0xA1, 0x01, 0x02);
            Assert.Equal([0x01, 0x02], _bench.Read(0xA1, 2));
            Assert.Equal([0x01, 0x01], _bench.Read(0x21, 2));
            Assert.Equal([0x33, 0x33], _bench.Read(0x0F, 2));
        }

        [Theory]
        [InlineData((byte)0x07)]
        [InlineData((byte)0x0E)]
        [InlineData((byte)0x0F)]
        [InlineData((byte)0x27)]
        [InlineData((byte)0x2D)]
        [InlineData((byte)0x2F)]
        [InlineData((byte)0x31)]
        [InlineData((byte)0x35)]
        [InlineData((byte)0x39)]
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
            Assert.Equal(0, _bench.Send(0x8E, 0)[0]);
            Assert.Equal(0, _bench.Read(0x40, 1)![0]);
            Assert.Equal(3, _chip.Strays.Count);
        }

        [Fact]
        public void Wrong_modes_and_fast_clocks_are_noted_and_three_wires_are_silent()
        {
            Make();
            _bench.Mode = SpiMode.Mode2;
            Assert.NotEqual(0x33, _bench.Send(0x8F, 0)[0]);
            _bench.Mode = SpiMode.Mode0;
            Assert.Equal(0x33, _bench.Send(0x8F, 0)[0]);
            _bench.ClockHz = 12_000_000;
            _bench.Send(0x8F, 0);
            Assert.Equal(2, _chip.Violations.Count);
            _bench.Send(0x23, 0x01);
            Assert.Equal(0xFF, _bench.Send(0x8F, 0)[0]);
        }

        [Fact]
        public void Booting_takes_5_ms_keeps_the_settings_and_clears_its_bit()
        {
            Make();
            _bench.Send(0x23, 0xA8);
            _bench.Send(0x24, 0xC0);
            Assert.Equal(0xC0, _bench.Send(0xA4, 0)[0]);
            _bench.Send(0x20, 0x97); // lost
            Assert.Equal(1, _chip.Violations.Count);
            _bench.WaitMilliseconds(5);
            Assert.Equal(0x40, _bench.Send(0xA4, 0)[0]);
            Assert.Equal([0x07, 0xA8], [_chip.Peek(0x20), _chip.Peek(0x23)]);
            _chip.BrownOut();
            Assert.Equal(0x00, _chip.Peek(0x23));
        }

        [Theory]
        [InlineData(0x57, 0x08, 1.0, 1000, 4)]   // high resolution, 2 g
        [InlineData(0x57, 0x18, 1.0, 500, 4)]
        [InlineData(0x57, 0x28, 1.0, 250, 4)]
        [InlineData(0x57, 0x38, 1.2, 100, 4)]    // 12 mg, not 8
        [InlineData(0x57, 0x38, 30.0, 1333, 4)]  // the element ends at 16 g
        [InlineData(0x57, 0x38, -30.0, -1333, 4)]
        [InlineData(0x57, 0x08, 3.0, 2047, 4)]
        [InlineData(0x57, 0x08, -3.0, -2048, 4)]
        [InlineData(0x57, 0x00, 1.0, 250, 6)]    // normal: ten bits
        [InlineData(0x57, 0x30, 4.8, 100, 6)]
        [InlineData(0x5F, 0x00, 0.8, 50, 8)]     // low power: eight
        [InlineData(0x5F, 0x20, 6.4, 100, 8)]
        public void Data_are_left_justified(byte control1, byte control4, double g, int digits, int shift)
        {
            Make(new ConstantSource().WithAcceleration(g, 0, 0));
            Run(control1, control4, 0x00, 0x00); // no FIFO: all bits
            _bench.WaitMilliseconds(100);
            byte[] bytes = _bench.Send(0xE8, 0, 0);
            Assert.Equal((short)(digits << shift), RawBench.Words(bytes)[0]);
            _bench.Send(0x23, (byte)(control4 | 0x40)); // BLE
            Assert.Equal([bytes[1], bytes[0]], _bench.Send(0xE8, 0, 0));
        }

        [Theory]
        [InlineData(10, 998 & ~3)]
        [InlineData(12, 998)]
        public void The_fifo_keeps_the_upper_ten_bits(int bits, int digits)
        {
            Make(new ConstantSource().WithAcceleration(0.998, 0, 0), new Lis3dhOptions { NoiseFactor = 0, FifoBits = bits });
            Run(0x57, 0x08);
            _bench.WaitMilliseconds(100);
            Assert.Equal(digits << 4, RawBench.Words(_bench.Send(0xE8, 0, 0))[0]);
        }

        [Theory]
        [InlineData(0x17, 0x00, 1)]
        [InlineData(0x27, 0x08, 10)]
        [InlineData(0x37, 0x00, 25)]
        [InlineData(0x47, 0x00, 50)]
        [InlineData(0x67, 0x00, 200)]
        [InlineData(0x77, 0x00, 400)]
        [InlineData(0x8F, 0x00, 1600)]
        [InlineData(0x97, 0x08, 1344)]
        [InlineData(0x97, 0x00, 1344)]
        [InlineData(0x9F, 0x00, 5376)]
        public void Rates_are_as_tabled(byte control1, byte control4, double hertz)
        {
            Make();
            Run(control1, control4);
            Assert.Equal(hertz, _chip.ActualRateHertz, 1e-9);
            Assert.Equal(0, _chip.Violations.Count);
        }

        [Theory]
        [InlineData(0x87, 0x00)] // 1600 Hz is of low power only
        [InlineData(0xA7, 0x00)]
        [InlineData(0x5F, 0x08)] // low power and high resolution
        [InlineData(0x53, 0x00)] // Z off
        public void Settings_that_are_not_allowed_are_noted(byte control1, byte control4)
        {
            Make();
            Run(control1, control4);
            Assert.Equal(1, _chip.Violations.Count);
        }

        [Fact]
        public void The_first_sample_takes_seven_periods_in_high_resolution_and_one_otherwise()
        {
            Make();
            Run(0x57, 0x00); // 100 Hz
            _bench.WaitMilliseconds(9.9);
            Assert.Equal(0x20, _bench.Send(0xAF, 0)[0]);
            _bench.WaitMilliseconds(0.2);
            Assert.Equal(0x81, _bench.Send(0xAF, 0)[0]);
            _bench.Send(0x20, 0x07);
            _bench.Send(0x2E, 0x00);
            Run(0x57, 0x08);
            _bench.WaitMilliseconds(69.9);
            Assert.Equal(0x20, _bench.Send(0xAF, 0)[0]);
            _bench.WaitMilliseconds(0.2);
            Assert.Equal(0x81, _bench.Send(0xAF, 0)[0]);
        }

        [Fact]
        public void One_burst_over_many_sets_wraps_and_takes_them_in_order()
        {
            foreach (bool spi in new[] { true, false })
            {
                Make(new RawBench.Counter(0.016));
                Run(0x97, 0x20);
                _bench.WaitMilliseconds(18);
                int level = _bench.Send(0xAF, 0)[0] & 0x1F;
                Assert.InRange(level, 20, 28);
                short[] words = RawBench.Words(spi ? _bench.Send([0xE8, .. new byte[6 * level]]) : _bench.Read(0xA8, 6 * level)!);
                for (int i = 0; i < level; i++)
                {
                    Assert.Equal((i, -i, 63), (words[3 * i] >> 6, words[(3 * i) + 1] >> 6, (words[(3 * i) + 2] >> 6) + 1)); // 1 g is 62.5 steps: to even
                }

                Assert.Equal(0, _chip.SamplesLost);
                Assert.Equal(0, _chip.Violations.Count);
            }
        }

        [Fact]
        public void FIFO_SRC_cannot_say_32()
        {
            Make(new RawBench.Counter(0.016));
            Run(0x97, 0x20, 0x8F); // watermark 15
            Assert.Equal(0x20, _bench.Send(0xAF, 0)[0]);
            _bench.WaitMilliseconds(31.2 / 1.344);
            Assert.Equal(0x9F, _bench.Send(0xAF, 0)[0]); // 31
            _bench.WaitMilliseconds(1 / 1.344);
            Assert.Equal(0xDF, _bench.Send(0xAF, 0)[0]); // 32: the same level, and OVRN
            Assert.Equal(0, _chip.SamplesLost);
            _bench.WaitMilliseconds(10 / 1.344);
            Assert.Equal(0xDF, _bench.Send(0xAF, 0)[0]);
            Assert.InRange(_chip.SamplesLost, 9, 11);
            _bench.Send(0xE8, 0);
            Assert.Equal(0x9F, _bench.Send(0xAF, 0)[0]); // one taken: OVRN is gone
            _bench.Send(0x24, 0x00);
            Assert.Equal(0x20, _bench.Send(0xAF, 0)[0]);
        }

        [Fact]
        public void Fifo_mode_stops_when_full_and_stream_to_fifo_after_an_event()
        {
            Make(new RawBench.Counter(0.016));
            Run(0x97, 0x20, 0x40);
            _bench.WaitMilliseconds(500);
            Assert.Equal(0, RawBench.Words(_bench.Send(0xE8, 0, 0))[0]);
            _bench.Send(0x2E, 0x00);
            _bench.Send(0x2E, 0xC0);
            _bench.WaitMilliseconds(100);
            _chip.SignalEvent();
            long lost = _chip.SamplesLost;
            Assert.Equal(0xDF, _bench.Send(0xAF, 0)[0]);
            _bench.WaitMilliseconds(100);
            short oldest = RawBench.Words(_bench.Send(0xE8, 0, 0))[0];
            Assert.Equal(oldest + (1 << 6), RawBench.Words(_bench.Send(0xE8, 0, 0))[0]);
            Assert.InRange(_chip.SamplesLost - lost, 130, 140);
        }

        [Fact]
        public void Without_a_fifo_the_newest_sample_shows_and_a_replaced_one_is_told()
        {
            Make(new RawBench.Counter(0.016));
            Run(0x57, 0x20, 0x80, 0x00); // stream mode without FIFO_EN: no FIFO
            _bench.WaitMilliseconds(12);
            Assert.Equal(0x0F, _bench.Send(0xA7, 0)[0]);
            _bench.WaitMilliseconds(10);
            Assert.Equal(0xFF, _bench.Send(0xA7, 0)[0]);
            Assert.Equal(1, RawBench.Words(_bench.Send(0xE8, 0, 0))[0] >> 6);
            Assert.Equal(0x00, _bench.Send(0xA7, 0)[0]);
            Assert.Equal(0x20, _bench.Send(0xAF, 0)[0]);
        }

        [Theory]
        [InlineData(0x97, 0x08, 1344 / 9.0)] // the trap: a ninth in high resolution
        [InlineData(0x77, 0x08, 400 / 9.0)]
        [InlineData(0x97, 0x00, 672)]
        [InlineData(0x77, 0x00, 200)]
        [InlineData(0x9F, 0x00, 2688)]
        public void A_sine_at_the_corner_comes_through_at_70_7_percent(byte control1, byte control4, double corner)
        {
            double rate = corner * ((control4 & 0x08) != 0 ? 9 : 2);
            foreach (double part in new[] { 0.25, 1.0 })
            {
                double hertz = (corner * part) + (rate * 5 / 4000); // five turns past each multiple of the rate, so that all phases are met
                double gain = 1 / Math.Sqrt(1 + Math.Pow(hertz / corner, 4));
                Make(new ConstantSource().WithSine(hertz, 1.8, 0, 0));
                Run(control1, control4);
                double[] g = Drain(4000).Select(set => (set.X >> 4) * 0.001).ToArray();
                Assert.Equal(gain * 1.8 / Math.Sqrt(2), RawBench.Deviation(g), gain * 1.8 * 0.005);
            }
        }

        [Theory]
        [InlineData(0x97, 0x08, 1344 / 9.0, 4)]
        [InlineData(0x97, 0x00, 672, 4)]
        [InlineData(0x9F, 0x00, 2688, 16)]
        public void Noise_is_220_ug_times_the_root_of_the_bandwidth(byte control1, byte control4, double corner, double step)
        {
            Make(options: new Lis3dhOptions());
            Run(control1, control4);
            double[] mg = Drain(3000).Select(set => (double)(set.Y >> 4)).ToArray();
            double milliG = 0.22 * Math.Sqrt(corner);
            double expected = Math.Sqrt((milliG * milliG) + (step * step / 12));
            Assert.Equal(expected, RawBench.Deviation(mg), expected * 0.06);
        }

        [Theory]
        [InlineData(0x02, 400)]
        [InlineData(0x04, -400)]
        public void Self_test_moves_every_axis_by_its_sign(byte control4, int milliG)
        {
            Make(new ConstantSource());
            _chip.Faults.FailedSelfTestAxes = 2;
            Run(0x47, 0x00);
            _bench.Send(0x23, control4);
            _bench.WaitMilliseconds(400);
            (short X, short Y, short Z) last = Drain(10)[^1];
            Assert.Equal((milliG, 0, milliG), (last.X >> 4, last.Y >> 4, last.Z >> 4));
            _bench.Send(0x23, 0x00);
            Drain(40);
            Assert.Equal((0, 0, 0), Drain(10)[^1]);
        }

        [Fact]
        public void The_interrupt_pin_shows_enabled_sources()
        {
            Make();
            Run(0x97, 0x20, 0x9F);
            _bench.Send(0x22, 0x02); // overrun
            _bench.WaitMilliseconds(10);
            Assert.False(_chip.InterruptPin());
            _bench.WaitMilliseconds(20);
            Assert.True(_chip.InterruptPin());
            _bench.Send(0x25, 0x02);
            Assert.False(_chip.InterruptPin());
        }

        [Theory]
        [InlineData(0, 0.0, 1344)]
        [InlineData(20_000, 0.0, 1371)]
        [InlineData(0, -3.0, 1304)]
        public void The_real_rate_is_nominal_and_the_part_s_error(double ppm, double percent, int expected)
        {
            Make(options: new Lis3dhOptions { OutputRateErrorPpm = ppm });
            _chip.Faults.RateErrorPercent = percent;
            Run(0x97, 0x20);
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
                byte source = _bench.Send(0xAF, 0)[0];
                int level = (source & 0x40) != 0 ? 32 : source & 0x1F;
                short[] words = RawBench.Words(_bench.Send([0xE8, .. new byte[6 * level]]));
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

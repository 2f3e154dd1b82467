using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualMpu6050Tests
    {
        private readonly RawBench _bench = new();
        private VirtualMpu6050 _chip = null!;

        private void Make(IVibrationSource? source = null, Mpu6050Options? options = null)
        {
            _chip = new VirtualMpu6050(_bench.Time, source ?? new ConstantSource().WithAcceleration(0, 0, 1), 1, options: options ?? new Mpu6050Options { NoiseFactor = 0 });
            _bench.I2c = _chip;
            _bench.WaitMilliseconds(100); // it starts up
        }

        /// <summary>Wakes the chip, and once it measures starts the FIFO with accelerations.</summary>
        private void Run(byte config = 0x01, byte divider = 0x00, byte range = 0x18, byte fifo = 0x08)
        {
            _bench.Write(0x6B, 0x01);
            _bench.Write(0x19, divider, config);
            _bench.Write(0x1C, range);
            _bench.Write(0x38, 0x10);
            _bench.WaitMilliseconds(35);
            _bench.Write(0x23, fifo);
            _bench.Write(0x6A, 0x04);
            _bench.Write(0x6A, 0x40);
            _bench.Read(0x3A, 1);
        }

        private int Word(byte register)
        {
            byte[] bytes = _bench.Read(register, 2)!;
            return (bytes[0] << 8) | bytes[1];
        }

        [Fact]
        public void Registers_hold_their_reset_values()
        {
            Make();
            foreach (byte register in new byte[] { 0x0D, 0x10, 0x19, 0x1A, 0x1B, 0x1C, 0x1F, 0x23, 0x37, 0x38, 0x3A, 0x3B, 0x43, 0x6A, 0x6C, 0x72, 0x73 })
            {
                Assert.Equal(0x00, _bench.Read(register, 1)![0]);
            }

            Assert.Equal(0x40, _bench.Read(0x6B, 1)![0]); // asleep
            Assert.Equal(0x68, _bench.Read(0x75, 1)![0]);
            Assert.Equal(0, _chip.Violations.Count);
            Assert.Equal(0, _chip.Strays.Count);
        }

        [Theory]
        [InlineData(0x68, 0x40)]
        [InlineData(0x98, 0x40)]
        [InlineData(0x70, 0x01)]
        [InlineData(0x71, 0x01)]
        [InlineData(0x19, 0x01)]
        public void Later_parts_are_awake_and_know_ACCEL_CONFIG2(int identity, int power)
        {
            Make(options: new Mpu6050Options { Identity = (byte)identity });
            Assert.Equal([identity, power], [_bench.Read(0x75, 1)![0], _bench.Read(0x6B, 1)![0]]);
            _bench.Write(0x1D, 0x02);
            Assert.Equal(power == 0x40 ? 0x00 : 0x02, _bench.Read(0x1D, 1)![0]);
            Assert.Equal(power == 0x40 ? 1 : 0, _chip.Violations.Count);
            Assert.Equal(power == 0x40 ? 1 : 0, _chip.Strays.Count);
        }

        [Fact]
        public void A_clone_s_identity_can_be_a_fault()
        {
            Make();
            _chip.Faults.WrongIdentity = -1;
            Assert.Equal(0x98, _bench.Read(0x75, 1)![0]);
        }

        [Fact]
        public void A_reset_takes_100_ms_and_clears_its_bit()
        {
            Make();
            _bench.Write(0x6B, 0x01);
            _bench.Write(0x1C, 0x18);
            _bench.Write(0x6B, 0x80);
            Assert.Equal(0xC0, _bench.Read(0x6B, 1)![0]);
            _bench.Write(0x1C, 0x18); // lost
            Assert.Equal(1, _chip.Violations.Count);
            _bench.WaitMilliseconds(100);
            Assert.Equal([0x40, 0x00], [_bench.Read(0x6B, 1)![0], _bench.Read(0x1C, 1)![0]]);
            _bench.Write(0x6B, 0x01);
            _chip.BrownOut();
            Assert.Equal(0x40, _chip.Peek(0x6B));
        }

        [Theory]
        [InlineData((byte)0x3A)]
        [InlineData((byte)0x3B)]
        [InlineData((byte)0x41)]
        [InlineData((byte)0x72)]
        [InlineData((byte)0x74)]
        [InlineData((byte)0x75)]
        [InlineData((byte)0x00)]
        public void Read_only_and_reserved_registers_do_not_take_a_write(byte register)
        {
            Make();
            byte before = _chip.Peek(register);
            _bench.Write(register, 0x5A);
            Assert.Equal(before, _chip.Peek(register));
            Assert.Equal(1, _chip.Violations.Count);
        }

        [Fact]
        public void Asleep_it_makes_nothing_and_from_sleep_it_takes_30_ms()
        {
            Make();
            _bench.WaitMilliseconds(500);
            Assert.Equal(0, _chip.SamplesMade);
            _bench.Write(0x1A, 0x01);
            _bench.Write(0x6B, 0x01);
            _bench.WaitMilliseconds(30.5);
            Assert.Equal(0, Word(0x3F));
            _bench.WaitMilliseconds(1);
            Assert.Equal(16384, Word(0x3F));
        }

        [Theory]
        [InlineData(0x00, 1.0, 16384)]
        [InlineData(0x08, 1.0, 8192)]
        [InlineData(0x10, -1.0, 0xF000)]
        [InlineData(0x18, -0.5, 0xFC00)]
        [InlineData(0x18, 20.0, 0x7FFF)]
        [InlineData(0x00, -3.0, 0x8000)]
        public void Data_are_most_significant_byte_first(byte range, double g, int word)
        {
            Make(new ConstantSource().WithAcceleration(g, 0, 0));
            Run(range: range);
            _bench.WaitMilliseconds(5);
            Assert.Equal(word, Word(0x3B));
            Assert.Equal(word, Word(0x74));
        }

        [Theory]
        [InlineData(0x68, 25.0, -3920)]
        [InlineData(0x68, 36.53, 0)]
        [InlineData(0x70, 25.0, 1335)]
        [InlineData(0x71, 21.0, 0)]
        public void Temperature_has_the_formula_of_the_part(int identity, double celsius, int raw)
        {
            Make(options: new Mpu6050Options { Identity = (byte)identity, Celsius = celsius });
            Assert.Equal(raw, (short)Word(0x41));
        }

        [Theory]
        [InlineData(0x68, 0x01, 0x00, 1000, 1)]
        [InlineData(0x68, 0x06, 0x09, 100, 1)]
        [InlineData(0x68, 0x00, 0x07, 1000, 1)] // 8 kHz without the low-pass
        [InlineData(0x68, 0x00, 0x4F, 100, 1)]
        [InlineData(0x68, 0x00, 0x01, 1000, 4)] // 4 kHz: each sample four times
        [InlineData(0x68, 0x00, 0x00, 1000, 8)]
        [InlineData(0x70, 0x00, 0x4F, 1000, 8)] // later parts: the divider has no effect
        [InlineData(0x70, 0x02, 0x04, 200, 1)]
        public void The_rate_is_what_the_divider_leaves_of_8_or_1_kHz(int identity, byte config, byte divider, double hertz, int copies)
        {
            Make(new RawBench.Counter(0.01), new Mpu6050Options { NoiseFactor = 0, Identity = (byte)identity, FifoBytes = 1024 });
            Run(config, divider);
            Assert.Equal(hertz, _chip.ActualRateHertz, 1e-9);
            _bench.WaitMilliseconds(10.5 * 1000 / hertz);
            Assert.InRange(Word(0x72), 9 * 6 * copies, 11 * 6 * copies);
            byte[] fifo = _bench.Read(0x74, 6 * copies * 4)!;
            Assert.Equal(4, fifo.Chunk(6).Select(set => (set[0] << 8) | set[1]).Distinct().Count());
        }

        [Fact]
        public void A_burst_of_FIFO_R_W_stays_there_and_an_empty_fifo_repeats_the_last_byte()
        {
            Make(new RawBench.Counter(0.01));
            Run();
            _bench.WaitMilliseconds(20.5);
            _bench.Write(0x23, 0x00);
            int count = Word(0x72);
            Assert.InRange(count, 19 * 6, 22 * 6);
            byte[] bytes = _bench.Read(0x74, count + 3)!;
            int first = (bytes[0] << 8) | bytes[1];
            for (int i = 0; i < count / 6; i++)
            {
                int at = 6 * i;
                Assert.InRange(((bytes[at] << 8) | bytes[at + 1]) - first - (i * 20.48), -1, 1);
                Assert.Equal(2048, (bytes[at + 4] << 8) | bytes[at + 5]);
            }

            Assert.Equal([bytes[count - 1], bytes[count - 1], bytes[count - 1]], bytes[count..]);
            Assert.Equal(0, Word(0x72));
        }

        [Fact]
        public void The_count_is_latched_by_its_high_byte()
        {
            Make();
            Run();
            _bench.WaitMilliseconds(50.5);
            byte high = _bench.Read(0x72, 1)![0];
            byte low = _bench.Read(0x73, 1)![0];
            _bench.WaitMilliseconds(50);
            Assert.Equal(low, _bench.Read(0x73, 1)![0]);
            Assert.True(Word(0x72) > ((high << 8) | low));
        }

        [Theory]
        [InlineData(0x68, 1024)]
        [InlineData(0x70, 512)]
        public void A_fifo_that_runs_over_says_so_once_and_has_lost_its_alignment(int identity, int capacity)
        {
            Make(new ConstantSource().WithAcceleration(1, -1, 0.5), new Mpu6050Options { NoiseFactor = 0, Identity = (byte)identity });
            Run();
            _bench.WaitMilliseconds((capacity / 6) - 1);
            Assert.Equal(0x00, _bench.Read(0x3A, 1)![0]);
            _bench.WaitMilliseconds(20);
            _bench.Write(0x23, 0x00); // no more
            Assert.Equal(capacity, Word(0x72));
            Assert.Equal(0x10, _bench.Read(0x3A, 1)![0]);
            Assert.True(_chip.SamplesLost > 0);
            byte[] set = _bench.Read(0x74, 6)!; // begins inside a sample
            Assert.NotEqual([0x08, 0x00, 0xF8, 0x00, 0x04, 0x00], set);
            Assert.Equal(0x00, _bench.Read(0x3A, 1)![0]); // cleared by reading
            _bench.Write(0x6A, 0x04);
            Assert.Equal(0, Word(0x72));
            _bench.Write(0x23, 0x08);
            _bench.Write(0x6A, 0x40);
            _bench.WaitMilliseconds(5);
            Assert.Equal([0x08, 0x00, 0xF8, 0x00, 0x04, 0x00], _bench.Read(0x74, 6));
        }

        [Fact]
        public void FIFO_EN_is_bit_6_and_FIFO_RESET_bit_2_which_needs_bit_6_clear()
        {
            Make();
            Run();
            _bench.WaitMilliseconds(10);
            _bench.Write(0x6A, 0x44);
            Assert.Equal(1, _chip.Violations.Count);
            Assert.True(Word(0x72) > 0);
            Assert.Equal(0x40, _bench.Read(0x6A, 1)![0]); // bit 2 clears itself
            _bench.Write(0x6A, 0x04);
            Assert.Equal(0, Word(0x72));
            _bench.WaitMilliseconds(10);
            Assert.Equal(0, Word(0x72)); // setting bit 2 enables nothing
        }

        [Fact]
        public void What_FIFO_EN_names_comes_in_the_order_of_the_registers()
        {
            Make(new ConstantSource().WithAcceleration(1, 0, 0), new Mpu6050Options { NoiseFactor = 0, Celsius = 36.53 + 1 });
            Run(fifo: 0xF8);
            _bench.WaitMilliseconds(5);
            Assert.Equal(0, Word(0x72) % 14);
            Assert.Equal([0x08, 0x00, 0, 0, 0, 0, 0x01, 0x54, 0, 0, 0, 0, 0, 0, 0x08], _bench.Read(0x74, 15));
        }

        [Theory]
        [InlineData(0x68, 0x01, 0x00, 184)]
        [InlineData(0x68, 0x02, 0x00, 94)]
        [InlineData(0x68, 0x03, 0x00, 44)]
        [InlineData(0x70, 0x01, 0x02, 92)]
        [InlineData(0x70, 0x01, 0x00, 460)]
        public void A_sine_at_the_corner_comes_through_at_70_7_percent(int identity, byte config, byte config2, double corner)
        {
            double hertz = corner + 1.25; // five turns past a multiple of the rate in 4,000 samples
            Make(new ConstantSource().WithSine(hertz, 4, 0, 0), new Mpu6050Options { NoiseFactor = 0, Identity = (byte)identity });
            if (identity != 0x68)
            {
                _bench.Write(0x1D, config2);
            }

            Run(config);
            double gain = 1 / Math.Sqrt(1 + Math.Pow(hertz / corner, 4));
            double[] g = Drain(4000).Select(set => set.X / 2048.0).ToArray();
            Assert.Equal(gain * 4 / Math.Sqrt(2), RawBench.Deviation(g), gain * 4 * 0.005);
        }

        [Fact]
        public void Unfiltered_the_corner_is_260_Hz_and_noise_400_ug_times_its_root()
        {
            Make(options: new Mpu6050Options());
            Run(config: 0x00, divider: 0x07);
            double expected = 0.4 * Math.Sqrt(260);
            Assert.Equal(expected, RawBench.Deviation(Drain(3000).Select(set => set.X / 2.048)), expected * 0.06);
        }

        [Fact]
        public void Self_test_bits_move_their_axis()
        {
            Make(new ConstantSource());
            Run(range: 0x10 | 0xA0); // X and Z, ±8 g
            _bench.WaitMilliseconds(20);
            Assert.Equal((2048, 0, 2048), ((short)Word(0x3B), (short)Word(0x3D), (short)Word(0x3F)));
            _chip.Faults.FailedSelfTestAxes = 1;
            _bench.WaitMilliseconds(20);
            Assert.Equal((0, 0, 2048), ((short)Word(0x3B), (short)Word(0x3D), (short)Word(0x3F)));
        }

        [Theory]
        [InlineData(0, 0.0, 1000)]
        [InlineData(20_000, 0.0, 1020)]
        [InlineData(0, -3.0, 970)]
        public void The_real_rate_is_nominal_and_the_part_s_error(double ppm, double percent, int expected)
        {
            Make(options: new Mpu6050Options { OutputRateErrorPpm = ppm });
            _chip.Faults.RateErrorPercent = percent;
            Run();
            long before = _chip.SamplesMade;
            _bench.WaitMilliseconds(1000);
            Word(0x72);
            Assert.InRange(_chip.SamplesMade - before, expected - 2, expected + 2);
            Assert.Equal(expected - 170, _chip.SamplesLost, 3.0);
        }

        private List<(short X, short Y, short Z)> Drain(int count)
        {
            var sets = new List<(short X, short Y, short Z)>();
            while (sets.Count < count)
            {
                int level = Word(0x72) / 6;
                byte[] bytes = _bench.Read(0x74, 6 * level)!;
                foreach (byte[] set in bytes.Chunk(6).Take(count - sets.Count))
                {
                    sets.Add(((short)((set[0] << 8) | set[1]), (short)((set[2] << 8) | set[3]), (short)((set[4] << 8) | set[5])));
                }

                _bench.WaitMilliseconds(20);
            }

            return sets;
        }
    }
}

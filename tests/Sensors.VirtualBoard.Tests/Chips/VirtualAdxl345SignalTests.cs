using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualAdxl345SignalTests
    {
        [Theory]
        [InlineData((byte)0x08, 0.5, 128)]    // full resolution, 2 g
        [InlineData((byte)0x0B, -0.5, -128)]  // full resolution, 16 g
        [InlineData((byte)0x0B, 20, 4095)]
        [InlineData((byte)0x0B, -20, -4096)]
        [InlineData((byte)0x08, 3, 511)]
        [InlineData((byte)0x08, -3, -512)]
        [InlineData((byte)0x09, 5, 1023)]
        [InlineData((byte)0x0A, 9, 2047)]
        [InlineData((byte)0x00, 1, 256)]      // 10 bits
        [InlineData((byte)0x01, 1, 128)]
        [InlineData((byte)0x02, 1, 64)]
        [InlineData((byte)0x03, 1, 32)]
        [InlineData((byte)0x03, -20, -512)]
        [InlineData((byte)0x04, 1, 256 << 6)] // left-justified
        [InlineData((byte)0x0F, 1, 256 << 3)]
        public void Data_format_scales_clips_and_justifies(byte format, double g, int expected)
        {
            var bench = new Adxl345Bench(new ConstantSource().WithAcceleration(g, 0, 0));
            bench.Send(0x31, format);
            bench.Send(0x2D, 0x08);
            bench.WaitMilliseconds(30);
            Assert.Equal((short)expected, bench.ReadEntry().X);
        }

        [Theory]
        [InlineData((byte)0x0F, (byte)0x0B, true)]
        [InlineData((byte)0x0E, (byte)0x08, true)]
        [InlineData((byte)0x0F, (byte)0x00, true)]  // 10 bits at 2 g
        [InlineData((byte)0x0F, (byte)0x03, false)] // 10 bits at 16 g
        [InlineData((byte)0x0D, (byte)0x0B, false)]
        public void Bit_0_is_0_at_1600_and_3200_Hz_where_an_LSB_is_3_9_mg(byte rate, byte format, bool alwaysEven)
        {
            var bench = new Adxl345Bench(new ConstantSource().WithSine(37, 1.5, 0, 0));
            bench.Send(0x31, format);
            bench.Send(0x2C, rate);
            bench.Send(0x38, 0x80);
            bench.Send(0x2D, 0x08);
            Assert.Equal(alwaysEven, Drain(bench, 200).All(entry => entry.X % 2 == 0));
        }

        [Fact]
        public void Offset_registers_add_15_6_mg_a_digit()
        {
            var bench = new Adxl345Bench(new ConstantSource().WithAcceleration(0, 0, 1));
            bench.Send(0x31, 0x0B);
            bench.Send(0x5E, 0x7F, 0x80, 0xC0);
            bench.Send(0x2D, 0x08);
            bench.WaitMilliseconds(30);
            Assert.Equal((127 * 4, -128 * 4, 256 - (64 * 4)), bench.ReadEntry());
        }

        [Fact]
        public void Sensitivity_and_zero_g_errors_are_the_specimen_s()
        {
            var options = new Adxl345Options { NoiseFactor = 0, SensitivityErrorPercent = 10, OffsetXMilliG = 100 };
            var bench = new Adxl345Bench(new ConstantSource().WithAcceleration(0, 0, 1), options);
            bench.Send(0x31, 0x0B);
            bench.Send(0x2D, 0x08);
            bench.WaitMilliseconds(30);
            Assert.Equal((28, 0, 282), bench.ReadEntry());
        }

        [Fact]
        public void Self_test_moves_every_axis_within_the_data_sheet_s_limits_at_3_3_V()
        {
            var bench = new Adxl345Bench();
            (double X, double Y, double Z) = SelfTestShift(bench);
            Assert.InRange(X, 88, 956);
            Assert.InRange(Y, -956, -88);
            Assert.InRange(Z, 110, 1286);
        }

        [Fact]
        public void A_failed_axis_does_not_move_in_self_test()
        {
            var bench = new Adxl345Bench();
            bench.Chip.Faults.FailedSelfTestAxes = 2;
            (double X, double Y, _) = SelfTestShift(bench);
            Assert.InRange(X, 88, 956);
            Assert.Equal(0, Y);
        }

        [Theory]
        [InlineData((byte)0x0A, 100)]
        [InlineData((byte)0x08, 100)] // constant below 100 Hz
        [InlineData((byte)0x0D, 800)]
        [InlineData((byte)0x0F, 3200)]
        public void Noise_grows_with_the_root_of_the_rate(byte rate, double hertz)
        {
            var bench = new Adxl345Bench(options: new Adxl345Options());
            bench.Send(0x31, 0x0B);
            bench.Send(0x2C, rate);
            bench.Send(0x38, 0x80);
            bench.Send(0x2D, 0x08);
            List<(short X, short Y, short Z)> entries = Drain(bench, 3000);
            double step = rate >= 0x0E ? 2 : 1;
            double quantisation = step * step / 12;
            Assert.Equal(Expected(290), Deviation(entries.Select(entry => (double)entry.X)), Expected(290) * 0.06);
            Assert.Equal(Expected(430), Deviation(entries.Select(entry => (double)entry.Z)), Expected(430) * 0.06);

            double Expected(double microG)
            {
                double lsb = microG * 1e-6 * Math.Sqrt(hertz / 2) * 256;
                return Math.Sqrt((lsb * lsb) + quantisation);
            }
        }

        [Theory]
        [InlineData(50, 1.0)]
        [InlineData(800, 0.9701)]
        [InlineData(1600, 0.7071)]
        [InlineData(3200, 0.2425)]
        public void A_sine_comes_through_as_the_stated_response_says(double hertz, double gain)
        {
            // Off the multiples of the rate by a little, so that samples fall on all phases of the sine.
            var bench = new Adxl345Bench(new ConstantSource().WithSine(hertz + 0.5, 4, 0, 0));
            bench.Send(0x31, 0x0B);
            bench.Send(0x2C, 0x0F);
            bench.Send(0x38, 0x80);
            bench.Send(0x2D, 0x08);
            double[] g = Drain(bench, 32_000).Select(entry => entry.X / 256.0).ToArray();
            Assert.Equal(gain * 4 / Math.Sqrt(2), Deviation(g), gain * 4 * 0.01);
        }

        [Fact]
        public void Stuck_data_repeats_the_last_sample()
        {
            var bench = new Adxl345Bench(new CountingSource());
            bench.Send(0x31, 0x0B);
            bench.Send(0x38, 0x80);
            bench.Send(0x2D, 0x08);
            List<(short X, short Y, short Z)> before = Drain(bench, 10);
            bench.Chip.Faults.StuckData = true;
            short last = before[^1].X;
            Assert.All(Drain(bench, 20), entry => Assert.InRange(entry.X, last, last + 2));
        }

        [Fact]
        public void The_same_seed_gives_the_same_bytes_whenever_they_are_read_and_another_seed_others()
        {
            Assert.Equal(Run(7, 5), Run(7, 5));
            Assert.Equal(Run(7, 5), Run(7, 8));
            Assert.NotEqual(Run(7, 5), Run(8, 5));

            static List<(short X, short Y, short Z)> Run(ulong seed, int perRound)
            {
                var machine = new VirtualMachine(seed: seed);
                var bench = new Adxl345Bench(machine.Vibration, new Adxl345Options { OutputRateErrorPpm = seed });
                bench.Send(0x31, 0x0B);
                bench.Send(0x2C, 0x0F);
                bench.Send(0x38, 0x80);
                bench.Send(0x2D, 0x08);
                return Drain(bench, 400, perRound);
            }
        }

        private static (double X, double Y, double Z) SelfTestShift(Adxl345Bench bench)
        {
            bench.Send(0x31, 0x0B);
            bench.Send(0x38, 0x80);
            bench.Send(0x2D, 0x08);
            List<(short X, short Y, short Z)> off = Drain(bench, 10);
            bench.Send(0x31, 0x8B);
            Drain(bench, 8); // with what the FIFO still held from before
            List<(short X, short Y, short Z)> on = Drain(bench, 10);
            return (on[^1].X - off[^1].X, on[^1].Y - off[^1].Y, on[^1].Z - off[^1].Z);
        }

        private static List<(short X, short Y, short Z)> Drain(Adxl345Bench bench, int count, int perRound = 8)
        {
            var entries = new List<(short X, short Y, short Z)>();
            double milliseconds = perRound * 1000.0 / bench.Chip.ActualRateHertz;
            while (entries.Count < count)
            {
                int level = bench.Read(0x39);
                for (int i = 0; i < level && entries.Count < count; i++)
                {
                    entries.Add(bench.ReadEntry());
                }

                bench.WaitMilliseconds(level == 0 ? milliseconds : milliseconds / 2);
            }

            Assert.Equal(0, bench.Chip.SamplesLost);
            return entries;
        }

        private static double Deviation(IEnumerable<double> values)
        {
            double[] all = values.ToArray();
            double mean = all.Average();
            return Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
        }
    }
}

using System;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The IIS3DWB driver against the virtual chip, through the bus adapter, the packages and a real board's file.</summary>
    public partial class Iis3dwbTests
    {
        [Theory]
        [InlineData(Iis3dwbRange.G2, 0.061)]
        [InlineData(Iis3dwbRange.G4, 0.122)]
        [InlineData(Iis3dwbRange.G8, 0.244)]
        [InlineData(Iis3dwbRange.G16, 0.488)]
        public void Full_scale_codes_are_in_the_order_2_16_4_8(Iis3dwbRange range, double milliG)
        {
            using var bench = new Iis3dwbBench(source: new ConstantSource().WithAcceleration(0.5, -1, 1.25));
            bench.Driver.Start(range, Iis3dwbFilter.Wide, Iis3dwbMode.Continuous);
            bench.Pass(5);
            var xyz = new short[3 * 200];
            int samples = bench.Driver.ReadFifo(xyz, 0, 200);
            Assert.InRange(samples, 120, 150);
            Assert.Equal(milliG / 1000, bench.Driver.GPerDigit, 1e-9);
            for (int i = 0; i < samples; i++)
            {
                Assert.Equal(0.5, xyz[3 * i] * bench.Driver.GPerDigit, milliG / 1000);
                Assert.Equal(-1, xyz[(3 * i) + 1] * bench.Driver.GPerDigit, milliG / 1000);
                Assert.Equal(1.25, xyz[(3 * i) + 2] * bench.Driver.GPerDigit, milliG / 1000);
            }

            Assert.Equal((short.MaxValue, short.MinValue), (bench.Driver.ClipHigh, bench.Driver.ClipLow));
            Assert.Empty(bench.Chip.Violations.Texts);
            Assert.Empty(bench.Chip.Strays.Texts);
        }

        [Theory]
        [InlineData(0, 0, 60, 5_000_000)] // the clock the board's shared bus runs at
        [InlineData(23_000, 12, 60, 5_000_000)]
        [InlineData(-18_000, -7, 200, 10_000_000)]
        public void Blocks_of_4096_samples_miss_nothing(double ppm, int trim, double overhead, int clockHz)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(ppm, trim: trim), overheadMicroseconds: overhead, clockHz: clockHz);
            bench.Start();
            for (int block = 0; block < 3; block++)
            {
                bench.Begin();
                int before = bench.Bus.Transactions;
                int looks = bench.ReadUntil(4096);
                Assert.InRange(looks, 20, 40);
                Assert.InRange(bench.Bus.Transactions - before, 2 * looks, 4 * looks); // a status read and few bursts, never one per sample
                Assert.Equal((4096, 0, 0, 0), (bench.Numbers.Count, bench.Missing(), bench.Driver.Lost, bench.Driver.Overruns));
                Assert.Equal(bench.Chip.ActualRateHertz, bench.Driver.MeasuredHertz(), 0.5 / (4096 / bench.Chip.ActualRateHertz));
            }

            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Theory]
        [InlineData(Iis3dwbMode.Continuous, 1, 12.5, 0, 0)]
        [InlineData(Iis3dwbMode.Continuous, 1, 25, 0, 0)]
        [InlineData(Iis3dwbMode.Continuous, 1, 25, -30_000, 14)]
        [InlineData(Iis3dwbMode.Every4, 4, 12.5, 17_000, -20)]
        [InlineData(Iis3dwbMode.Every8, 8, 25, 31_000, 3)]
        [InlineData(Iis3dwbMode.Every8, 8, 12.5, 0, 0)]
        [InlineData(Iis3dwbMode.Every20, 20, 25, -9_000, 0)]
        public void Lost_samples_are_counted_exactly_whatever_a_timestamp_is_worth(Iis3dwbMode mode, int every, double microseconds, double ppm, int trim)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(ppm, microseconds, trim));
            bench.Start(mode);
            bench.Begin();
            var random = new Random(5);
            int gaps = 0;
            for (int round = 0; round < 14; round++)
            {
                bench.ReadUntil(bench.Numbers.Count + (random.Next(20, 2000) / every) + 1);
                if (round % 2 == 0)
                {
                    bench.Pass(19.5 + (random.NextDouble() * random.Next(1, 150)));
                    gaps++;
                }
            }

            bench.ReadUntil(bench.Numbers.Count + (1000 / every));
            Assert.Equal(bench.Missing(every), bench.Driver.Lost);
            Assert.True(bench.Driver.Lost > 1000 / every);
            Assert.Equal(gaps, bench.Driver.Overruns);
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void A_gap_before_the_first_stamp_was_read_is_measured_by_the_clock()
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(trim: 20));
            bench.Start();
            bench.Begin();
            long begun = bench.Chip.SamplesMade;
            bench.Pass(60);
            bench.Read();
            Assert.Equal(1, bench.Driver.Overruns);
            int made = (int)(bench.Numbers[^1] + 1 - begun);
            Assert.InRange(bench.Driver.Lost + bench.Numbers.Count, made - 4, made + 4); // the factory's trim is the rate
            bench.ReadUntil(2000);
            Assert.Equal(0, bench.Missing());
            Assert.Equal(1, bench.Driver.Overruns);
        }

        [Fact]
        public void A_gap_between_the_first_two_stamps_is_exact_once_the_next_run_tells_what_a_count_is_worth()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            while (bench.Numbers.Count < 33)
            {
                bench.Pass(0.1);
                bench.Read();
            }

            bench.Pass(100);
            bench.ReadUntil(600);
            Assert.True(bench.Missing() > 2000);
            Assert.Equal(bench.Missing(), bench.Driver.Lost);
        }

        [Fact]
        public void A_pause_of_the_program_between_two_bursts_is_found_and_counted()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadUntil(500);
            for (int pause = 18; pause < 40; pause += 3)
            {
                int armed = 0;
                bench.Pass(11);
                bench.Bus.Before = (register, _) =>
                {
                    if (register == 0x78 && ++armed == 2)
                    {
                        bench.Pass(pause);
                    }
                };
                bench.Read();
                bench.Bus.Before = null;
                bench.ReadUntil(bench.Numbers.Count + 700);
                Assert.Equal(bench.Missing(), bench.Driver.Lost);
            }

            Assert.True(bench.Driver.Overruns >= 6);
            Assert.True(bench.Chip.SamplesLost > 0);
        }

        [Theory]
        [InlineData(4)]
        [InlineData(8)]
        [InlineData(20)]
        public void A_loss_that_the_tags_cannot_show_is_found_by_the_stamps(int slots)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadUntil(1000);
            int before = bench.Missing();
            do
            {
                bench.Chip.Swallow(slots); // with a stamp among them the tags show it, so more than once
                bench.ReadUntil(bench.Numbers.Count + 500);
            }
            while (bench.Missing() == before);
            bench.ReadUntil(bench.Numbers.Count + 500);
            Assert.Equal(bench.Missing(), bench.Driver.Lost);
            Assert.True(bench.Driver.Overruns > 0);
        }

        [Theory]
        [InlineData(0x01)]
        [InlineData(0x20)]
        [InlineData(0x80)]
        public void A_garbled_stamp_is_not_believed(int mask)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadUntil(1000);
            for (int index = 1; index <= 4; index++)
            {
                GarbleNextStamp(bench, index, mask);
                bench.ReadUntil(bench.Numbers.Count + 300);
                Assert.Equal((0, 0, 0), (bench.Missing(), bench.Driver.Lost, bench.Driver.Overruns));
            }
        }

        [Theory]
        [InlineData(Iis3dwbTagCount.TimeSlot)]
        [InlineData(Iis3dwbTagCount.Zero)]
        [InlineData(Iis3dwbTagCount.EverySlot)]
        public void Whatever_the_count_does_in_slots_that_are_no_sample_nothing_is_missed(Iis3dwbTagCount count)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(count: count));
            bench.Start();
            bench.Begin();
            bench.ReadUntil(3000);
            Assert.Equal((0, 0, 0), (bench.Missing(), bench.Driver.Lost, bench.Driver.Overruns));
            bench.Pass(150);
            bench.ReadUntil(5000);
            Assert.Equal(bench.Missing(), bench.Driver.Lost);
            Assert.Equal(1, bench.Driver.Overruns);
        }

        [Fact]
        public void Temperatures_in_the_fifo_are_skipped_and_counted()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Bus.Write(0x0A, 0xF6);
            bench.Begin();
            bench.Bus.Write(0x0A, 0xF6);
            bench.ReadUntil(2560);
            Assert.InRange(bench.Driver.SkippedSlots, 9, 11); // 104 Hz of 26.667 kHz
            Assert.Equal((0, 0, 0), (bench.Missing(), bench.Driver.Lost, bench.Driver.Overruns));
            bench.Start();
            Assert.Equal(0, bench.Driver.SkippedSlots);
        }

        [Fact]
        public void A_snapshot_is_the_first_512_samples_in_one_piece_and_waits_to_be_read()
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(11_000));
            bench.Start(Iis3dwbMode.Snapshot);
            Assert.Equal(512, bench.Driver.Depth);
            for (int shot = 0; shot < 3; shot++)
            {
                bench.Begin();
                long begun = bench.Chip.SamplesMade;
                for (int look = 0; look < 3; look++)
                {
                    bench.Pass(4.8);
                    Assert.Equal(0, bench.Read());
                    Assert.InRange(bench.Driver.Level, bench.Chip.FifoLevel - 3, bench.Chip.FifoLevel);
                }

                bench.Pass(500); // nothing is overwritten, however late
                Assert.Equal(100, bench.Read(100));
                Assert.Equal(412, bench.Read());
                Assert.Equal(0, bench.Read());
                Assert.InRange(bench.Numbers[0], begun - 4, begun + 4);
                Assert.Equal((0, 0, 0), (bench.Missing(), bench.Driver.Lost, bench.Driver.Overruns));
                bench.Pass(50);
                Assert.Equal(0, bench.Read());
            }

            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void A_snapshot_tells_its_rate_from_looks_while_it_fills()
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(-24_000));
            bench.Start(Iis3dwbMode.Snapshot);
            bench.Begin();
            while (bench.Read() == 0)
            {
                bench.Pass(1.3);
            }

            Assert.Equal(512, bench.Numbers.Count);
            Assert.Equal(bench.Chip.ActualRateHertz, bench.Driver.MeasuredHertz(), bench.Chip.ActualRateHertz * 0.001);
        }

        [Theory]
        [InlineData(Iis3dwbMode.Every4, 4, 124)]
        [InlineData(Iis3dwbMode.Every8, 8, 62)]
        [InlineData(Iis3dwbMode.Every20, 20, 24)]
        public void Every_nth_sample_is_every_nth_and_rate_level_and_depth_are_of_those(Iis3dwbMode mode, int every, int depth)
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(8_000));
            bench.Start(mode);
            Assert.Equal(depth, bench.Driver.Depth);
            Assert.Equal(26667f / every, bench.Driver.NominalHertz);
            bench.Begin();
            bench.ReadUntil(1024);
            Assert.Equal((0, 0, 0), (bench.Missing(every), bench.Driver.Lost, bench.Driver.Overruns));
            double rate = bench.Chip.ActualRateHertz / every;
            Assert.Equal(rate, bench.Driver.MeasuredHertz(), 0.5 / (1024 / rate));
            bench.ReadOn(1);
            bench.Pass(10);
            bench.Read(0);
            Assert.Equal(bench.Chip.FifoLevel * 32 / 33.0 / every, bench.Driver.Level, 2.0); // slots are not samples, and stamps are slots
            Assert.InRange(bench.Driver.Level, 10e-3 * rate, 13e-3 * rate);
        }

        [Theory]
        [InlineData(Iis3dwbFilter.Wide, Iis3dwbMode.Continuous, 6300)]
        [InlineData(Iis3dwbFilter.RateBy10, Iis3dwbMode.Every4, 2666.7)]
        [InlineData(Iis3dwbFilter.RateBy20, Iis3dwbMode.Every8, 1333.3)]
        [InlineData(Iis3dwbFilter.RateBy45, Iis3dwbMode.Every20, 592.6)]
        public void A_filter_s_corner_is_3_dB_down(Iis3dwbFilter filter, Iis3dwbMode mode, double corner)
        {
            using var bench = new Iis3dwbBench(source: new ConstantSource().WithSine(corner, 1, 0.5, 0));
            bench.Driver.Start(Iis3dwbRange.G4, filter, mode);
            var xyz = new short[3 * 1024];
            double square = 0;
            int all = 0;
            while (all < 2000)
            {
                bench.Pass(4.5);
                int got = bench.Driver.ReadFifo(xyz, 0, 1024);
                for (int i = 0; i < got; i++)
                {
                    square += Math.Pow(xyz[3 * i] * bench.Driver.GPerDigit, 2);
                }

                all += got;
            }

            Assert.Equal(0.5, Math.Sqrt(square / all), 0.01); // 1 g amplitude, 0.707 rms, and 3 dB down
        }

        [Fact]
        public void A_frame_the_chip_missed_is_a_bus_error_and_no_sample()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadOn(500);
            bench.Pass(5);
            bench.Chip.Faults.NackNext(1);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => bench.Read()).Status);
            bench.Bus.Before = (register, _) => bench.Chip.Faults.NackNext(register == 0x78 ? 1 : 0);
            var error = Assert.Throws<BusException>(() => bench.Read());
            Assert.Equal(((byte)0x78, BusStatus.Silent), (error.Register, error.Status));
            bench.Bus.Before = null;
            bench.ReadUntil(1500);
            Assert.Equal(bench.Missing(), bench.Driver.Lost); // up to the next stamp, and not one more
            Assert.InRange(bench.Driver.Lost, 0, 33);
        }

        [Theory]
        [InlineData(Iis3dwbMode.Continuous, 5)]
        [InlineData(Iis3dwbMode.Snapshot, 25)]
        public void Whatever_frame_of_a_begin_the_chip_misses_no_old_sample_passes_as_a_new_one(Iis3dwbMode mode, int milliseconds)
        {
            using var bench = new Iis3dwbBench();
            bench.Start(mode);
            for (int missed = 1; missed <= 5; missed++)
            {
                bench.Begin();
                bench.Pass(milliseconds);
                Assert.InRange(bench.Read(), 100, 512);
                int before = bench.Numbers[^1];
                bench.Pass(milliseconds);
                int frames = 0;
                bench.Bus.Before = (_, _) => bench.Chip.Faults.NackNext(++frames == missed ? 1 : 0);
                Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(bench.Driver.Begin).Status);
                bench.Bus.Before = null;
                bench.Begin();
                bench.Pass(milliseconds);
                Assert.InRange(bench.Read(), 100, 512);
                Assert.InRange(bench.Numbers[0], before + (milliseconds * 26), int.MaxValue); // nothing from before
                Assert.Equal((0, 0), (bench.Missing(), bench.Driver.Lost));
            }
        }

        [Fact]
        public void A_line_that_dies_between_two_bursts_keeps_what_was_read_and_tells_at_the_next_call()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadOn(500);
            bench.Pass(12);
            int bursts = 0;
            bench.Bus.Before = (register, _) => bench.Chip.Faults.StuckMiso = register == 0x78 && ++bursts == 2 ? (byte)0x00 : null;
            Assert.InRange(bench.Read(), 120, 128);
            bench.Bus.Before = null;
            Assert.Equal(BusStatus.Partial, Assert.Throws<BusException>(() => bench.Read()).Status);
            bench.ReadUntil(2000);
            Assert.True(bench.Missing() > 100); // the chip had given them
            Assert.Equal(bench.Missing(), bench.Driver.Lost);
            Assert.Equal(1, bench.Driver.Overruns);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_dead_line_never_becomes_a_sample(int level)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadOn(300);
            bench.Pass(4);
            bench.Chip.Faults.StuckMiso = (byte)level;
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => bench.Read()).Status);
            }

            var error = Assert.Throws<SensorException>(bench.Driver.Check);
            Assert.Equal((SensorFault.NoAnswer, level), (error.Fault, error.Found));
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(() => bench.Start()).Fault);
        }

        [Theory]
        [InlineData(1)]
        [InlineData(3)]
        [InlineData(6)]
        public void Lost_alignment_is_named_the_fifo_emptied_and_what_is_missing_counted(int bytes)
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadOn(500);
            bench.Pass(12);
            int bursts = 0;
            bench.Bus.Before = (register, _) =>
            {
                if (register == 0x78 && ++bursts == 2)
                {
                    bench.Chip.Slip(bytes);
                }
            };
            int kept = bench.Read();
            bench.Bus.Before = null;
            Assert.InRange(kept, 120, 128);
            var error = Assert.Throws<SensorException>(() => bench.Read());
            Assert.Equal(("IIS3DWB", SensorFault.LostAlignment, (byte)0x78, 0x11), (error.Part, error.Fault, error.Register, error.Expected));
            bench.ReadOn(1500);
            Assert.True(bench.Missing() > 100);
            Assert.Equal(bench.Missing(), bench.Driver.Lost);
            Assert.Equal(1, bench.Driver.Overruns);

            bench.Pass(5);
            bench.Chip.Slip(bytes);
            Assert.Equal(SensorFault.LostAlignment, Assert.Throws<SensorException>(() => bench.Read()).Fault); // at the first slot: at once
            bench.ReadUntil(bench.Numbers.Count + 500);
            Assert.Equal(bench.Missing(), bench.Driver.Lost);
        }

        [Fact]
        public void A_tag_with_wrong_parity_is_no_sample()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Begin();
            bench.ReadOn(500);
            for (int bit = 0; bit < 8; bit++)
            {
                bench.Pass(5);
                bench.Chip.Garble(40, 0, (byte)(1 << bit));
                Assert.InRange(bench.Read(), 38, 40);
                Assert.Equal(SensorFault.LostAlignment, Assert.Throws<SensorException>(() => bench.Read()).Fault);
                bench.ReadOn(500);
                Assert.Equal(bench.Missing(), bench.Driver.Lost);
            }
        }

        [Fact]
        public void Opening_the_port_zeroed_a_register_that_start_writes_again()
        {
            using var bench = new Iis3dwbBench();
            Assert.Equal(0x00, bench.Chip.Peek(0x02));
            bench.Start();
            Assert.Equal(0x3F, bench.Chip.Peek(0x02));
            Assert.Equal(0, bench.Chip.Violations.Count);
        }

        [Fact]
        public void Without_batching_the_fifo_stays_empty()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Bus.Write(0x09, 0x00);
            bench.Begin();
            bench.Pass(30);
            Assert.Equal(0, bench.Read());
            Assert.Equal(SensorFault.NotConfigured, Assert.Throws<SensorException>(bench.Driver.Check).Fault);
        }

        [Fact]
        public void A_brown_out_is_named_and_a_new_start_cures_it()
        {
            using var bench = new Iis3dwbBench();
            bench.Start();
            bench.Driver.Check();
            bench.Chip.BrownOut();
            bench.Pass(50);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => bench.Read()).Fault);
            var error = Assert.Throws<SensorException>(bench.Driver.Check);
            Assert.Equal((SensorFault.BrownOut, (byte)0x10, 0, 0xA0), (error.Fault, error.Register, error.Found, error.Expected));
            bench.Start();
            bench.Driver.Check();
            bench.Begin();
            bench.ReadUntil(1000);
            Assert.Equal((0, 0), (bench.Missing(), bench.Driver.Lost));
        }

        [Fact]
        public void Another_chip_is_refused()
        {
            using var bench = new Iis3dwbBench();
            bench.Chip.Faults.WrongIdentity = 0x6C;
            var error = Assert.Throws<SensorException>(() => bench.Start());
            Assert.Equal((SensorFault.WrongIdentity, (byte)0x0F, 0x6C, 0x7B), (error.Fault, error.Register, error.Found, error.Expected));
        }

        [Theory]
        [InlineData(0, true)]
        [InlineData(1, false)]
        [InlineData(2, false)]
        [InlineData(4, false)]
        public void Self_test_finds_an_axis_that_does_not_move(int failedAxes, bool passes)
        {
            using var bench = new Iis3dwbBench(new Iis3dwbOptions(), new ConstantSource().WithAcceleration(0, 0, 1));
            bench.Chip.Faults.FailedSelfTestAxes = failedAxes;
            long start = bench.Wires.Time.Nanoseconds;
            var change = new int[3];
            Assert.Equal(passes, bench.Driver.SelfTest(change));
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal((failedAxes & (1 << axis)) != 0 ? 0 : 1600 / 0.122, change[axis], 150.0);
            }

            Assert.InRange((bench.Wires.Time.Nanoseconds - start) * 1e-6, 300, 500);
            Assert.Equal((0, 0), (bench.Chip.Peek(0x14), bench.Chip.Peek(0x10)));
            Assert.Equal(0, bench.Chip.Violations.Count);
            bench.Start();
            bench.Driver.Check();
        }

        [Fact]
        public void The_factory_s_trim_is_a_first_rate()
        {
            using var bench = new Iis3dwbBench(Iis3dwbBench.Quiet(trim: -40));
            bench.Start(Iis3dwbMode.Every8);
            Assert.Equal(26667 * 0.94 / 8, bench.Driver.TrimmedHertz, 0.5);
            Assert.Equal(26667f / 8, bench.Driver.NominalHertz);
        }

        [Fact]
        public void Three_hundred_reads_allocate_nothing()
        {
            using var bench = new Iis3dwbBench(source: new ConstantSource().WithSine(100, 1, 1, 1));
            bench.Start();
            bench.Begin();
            var xyz = new short[3 * 512];
            long before = 0;
            int samples = 0;
            for (int i = 0; i < 310; i++)
            {
                before = i == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Wires.Time.Advance(i % 50 == 0 ? 25_000_000 : 4_600_000);
                samples += bench.Driver.ReadFifo(xyz, 0, 512);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(samples, 40_000, 80_000);
        }

        private static void GarbleNextStamp(Iis3dwbBench bench, int index, int mask)
        {
            // The stamps are at the samples whose number is a multiple of 32: so many slots are in front of the next one.
            bench.Read();
            int ahead = 31 - (bench.Numbers[^1] % 32);
            bench.Chip.Garble(ahead, index, (byte)mask);
        }
    }
}

using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The LIS3DH driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Lis3dhTests
    {
        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void Reads_what_the_chip_feels_in_every_range(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            bench.Source.WithAcceleration(0.5, -1, 1.25);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            foreach (Lis3dhRange range in Enum.GetValues<Lis3dhRange>())
            {
                driver.Start(range, Lis3dhRate.Hz400, Lis3dhMode.Normal);
                bench.Pass(30);
                var xyz = new short[3 * Lis3dh.FifoDepth];
                int samples = driver.ReadFifo(xyz, 0, Lis3dh.FifoDepth);
                Assert.InRange(samples, 11, 12);
                for (int i = 0; i < samples; i++)
                {
                    Assert.Equal(0.5, xyz[3 * i] * driver.GPerDigit, 2.01 * driver.GPerDigit); // in steps of four digits
                    Assert.Equal(-1, xyz[(3 * i) + 1] * driver.GPerDigit, 2.01 * driver.GPerDigit);
                    Assert.Equal(1.25, xyz[(3 * i) + 2] * driver.GPerDigit, 2.01 * driver.GPerDigit);
                }
            }

            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(0, chip.Strays.Count);
            Assert.Equal(0, driver.Overruns);
        }

        [Theory]
        [InlineData(Wiring.Spi, Lis3dhRate.Fastest, 60, 0)]
        [InlineData(Wiring.Spi, Lis3dhRate.Fastest, 0.2, 23_000)]
        [InlineData(Wiring.FastI2c, Lis3dhRate.Fastest, 120, -31_000)]
        [InlineData(Wiring.SlowI2c, Lis3dhRate.Hz400, 60, 12_000)]
        public void A_long_block_has_every_sample_and_tells_the_real_rate(Wiring wiring, Lis3dhRate rate, double overhead, double ppm)
        {
            const int Samples = 4096;
            using var bench = new LabBench(wiring, overhead);
            bench.Source.WithSine(50, 1, 2, 3);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench, new Lis3dhOptions { NoiseFactor = 0, OutputRateErrorPpm = ppm });
            driver.Start(Lis3dhRange.G8, rate, Lis3dhMode.Normal);
            driver.Begin();
            var xyz = new short[3 * Samples];
            int read = 0;
            for (int looks = 0; read < Samples; looks++)
            {
                Assert.InRange(looks, 0, 5000);
                bench.Pass(5);
                read += driver.ReadFifo(xyz, 3 * read, Samples - read);
            }

            Assert.Equal(0, driver.Overruns);
            Assert.Equal(0, driver.Lost);
            Assert.Equal(0, chip.SamplesLost);
            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(chip.ActualRateHertz, driver.MeasuredHertz(), 0.0005 * chip.ActualRateHertz);

            // Order and contiguity: each sample is the sine's next one, to the rounding of three, in steps of four digits.
            double step = 2 * Math.PI * 50 / chip.ActualRateHertz;
            for (int i = 1; i < Samples - 1; i++)
            {
                double expected = 2 * Math.Cos(step) * xyz[3 * i]; // sin(n+1) + sin(n-1) = 2 cos(step) sin(n)
                Assert.InRange(xyz[3 * (i + 1)] + xyz[3 * (i - 1)] - expected, -8.1, 8.1);
            }
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void Samples_lost_to_a_full_fifo_are_counted(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench, new Lis3dhOptions { NoiseFactor = 0, OutputRateErrorPpm = 4000 });
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            driver.Begin();
            var xyz = new short[3 * 32];
            int read = 0;
            for (int look = 0; look < 400; look++)
            {
                bench.Pass(look % 100 == 99 ? 150 : 6);
                read += driver.ReadFifo(xyz, 0, 32);
            }

            Assert.Equal(4, driver.Overruns);
            Assert.InRange(driver.Lost, chip.SamplesLost - 6, chip.SamplesLost + 6); // four gaps: a sample each, and 0.1 %
        }

        [Theory]
        [InlineData(false)]
        [InlineData(true)]
        public void A_pause_of_the_program_between_look_and_burst_is_marked(bool beforeTheClockIsRead)
        {
            using var bench = new LabBench(Wiring.Spi);
            var chip = new VirtualLis3dh(bench.Time, bench.Source, 1, options: new Lis3dhOptions { NoiseFactor = 0 });
            var bus = new PausingBus(bench.Connect(chip, 0, Lis3dh.Spi));
            var driver = new Lis3dh(bus, bench.Clock);
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            driver.Begin();
            bench.Pass(8);
            if (beforeTheClockIsRead)
            {
                bus.AfterNext(0x2E, () => bench.Pass(25)); // a garbage collection, say
            }
            else
            {
                bus.BeforeNext(0x28, () => bench.Pass(25));
            }

            Assert.InRange(driver.ReadFifo(new short[120], 0, 40), 10, 11);
            Assert.True(chip.SamplesLost > 0);
            Assert.Equal(1, driver.Overruns); // although the chip's own overrun flag is gone by now
            Assert.InRange(driver.Lost, beforeTheClockIsRead ? 1 : chip.SamplesLost - 1, chip.SamplesLost + 1); // there, when the look was is not known
        }

        [Theory]
        [InlineData(Lis3dhRange.G2)]
        [InlineData(Lis3dhRange.G4)]
        [InlineData(Lis3dhRange.G8)]
        [InlineData(Lis3dhRange.G16)]
        public void What_is_beyond_the_range_reads_as_its_end(Lis3dhRange range)
        {
            using var bench = new LabBench(Wiring.Spi);
            bench.Source.WithAcceleration(30, -30, 0);
            (Lis3dh driver, _) = Open(bench);
            driver.Start(range, Lis3dhRate.Hz100, Lis3dhMode.Normal);
            bench.Pass(30);
            var xyz = new short[3];
            Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
            Assert.True(xyz[0] >= driver.ClipHigh && xyz[0] < driver.ClipHigh + 4);
            Assert.True(xyz[1] <= driver.ClipLow && xyz[1] > driver.ClipLow - 4);
            Assert.Equal(0, xyz[2]);
        }

        [Theory]
        [InlineData(Wiring.Spi, 0, 400, true)]
        [InlineData(Wiring.FastI2c, 0, 400, true)]
        [InlineData(Wiring.SlowI2c, 0, 400, true)]
        [InlineData(Wiring.Spi, 1, 400, false)]
        [InlineData(Wiring.Spi, 2, 400, false)]
        [InlineData(Wiring.Spi, 4, 400, false)]
        [InlineData(Wiring.Spi, 0, 72, true)]
        [InlineData(Wiring.Spi, 0, 64, false)]
        [InlineData(Wiring.Spi, 0, 1440, true)]
        [InlineData(Wiring.Spi, 0, 1444, false)]
        public void Self_test_holds_each_axis_to_68_to_1440_mg(Wiring wiring, int failedAxes, double milliG, bool passes)
        {
            using var bench = new LabBench(wiring);
            bench.Source.WithAcceleration(0, 0, 0.4);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench, new Lis3dhOptions { NoiseFactor = 0, SelfTestMilliG = milliG });
            chip.Faults.FailedSelfTestAxes = failedAxes;
            Assert.True(driver.HasSelfTest);
            var change = new int[3];
            Assert.Equal(passes, driver.SelfTest(change));
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.InRange(change[axis], (failedAxes >> axis & 1) == 1 ? -1 : milliG - 4, (failedAxes >> axis & 1) == 1 ? 1 : milliG + 4);
            }

            Assert.Equal(0x07, chip.Peek(0x20));
            Assert.Equal(0, chip.Peek(0x23));
            Assert.Equal(0, chip.Violations.Count);
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void A_brown_out_is_named_and_a_new_start_cures_it(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Hz400, Lis3dhMode.Normal);
            driver.Check();
            chip.BrownOut();
            bench.Pass(50);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[3], 0, 1)).Fault); // no level of 0
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Hz400, Lis3dhMode.Normal);
            driver.Check();
            bench.Pass(50);
            Assert.True(driver.ReadFifo(new short[99], 0, 32) > 0);
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void A_lis2dw12_at_the_same_address_is_refused(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            chip.Faults.WrongIdentity = 0x44;
            var error = Assert.Throws<SensorException>(() => driver.Start(Lis3dhRange.G2, Lis3dhRate.Hz100, Lis3dhMode.Normal));
            AssertFault(error, SensorFault.WrongIdentity, 0x0F, 0x44, 0x33);
        }

        [Theory]
        [InlineData(0x00, SensorFault.NoAnswer)]
        [InlineData(0xFF, SensorFault.NoAnswer)]
        public void A_missing_chip_on_spi_is_seen_by_its_identity(int level, SensorFault fault)
        {
            using var bench = new LabBench(Wiring.Spi);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            chip.Faults.StuckMiso = (byte)level;
            Assert.Equal(fault, Assert.Throws<SensorException>(() => driver.Start(Lis3dhRange.G2, Lis3dhRate.Hz100, Lis3dhMode.Normal)).Fault);
            var empty = new Lis3dh(bench.OpenEmptySlot(Lis3dh.Spi), bench.Clock);
            var error = Assert.Throws<SensorException>(() => empty.Start(Lis3dhRange.G2, Lis3dhRate.Hz100, Lis3dhMode.Normal));
            Assert.Equal(SensorFault.NoAnswer, error.Fault);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_frame_missed_between_look_and_burst_is_no_sample(int level)
        {
            using var bench = new LabBench(Wiring.Spi);
            var chip = new VirtualLis3dh(bench.Time, bench.Source, 1);
            var bus = new PausingBus(bench.Connect(chip, 0, Lis3dh.Spi));
            var driver = new Lis3dh(bus, bench.Clock);
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            bench.Pass(8);
            bus.BeforeNext(0x28, () => chip.Faults.StuckMiso = (byte)level);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.ReadFifo(new short[96], 0, 32)).Status);
            Assert.True(driver.Lost > 0);
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void A_brown_out_between_look_and_burst_is_no_sample(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            var chip = new VirtualLis3dh(bench.Time, bench.Source, 1);
            var bus = new PausingBus(bench.Connect(chip, Lis3dh.I2cAddress, Lis3dh.Spi, Lis3dh.I2cBurstFlag));
            var driver = new Lis3dh(bus, bench.Clock);
            driver.Start(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            bench.Pass(8);
            bus.BeforeNext(0x28, chip.BrownOut); // its identity stays, its samples become zeros
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.ReadFifo(new short[96], 0, 32)).Status);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[96], 0, 32)).Fault);
        }

        [Fact]
        public void A_line_stuck_low_hides_no_loss()
        {
            using var bench = new LabBench(Wiring.Spi);
            bench.Source.WithAcceleration(1, 1, 1);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            driver.Start(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            driver.Begin();
            bench.Pass(10);
            int read = driver.ReadFifo(new short[96], 0, 32);
            chip.Faults.StuckMiso = 0x00;
            for (int look = 0; look < 5; look++)
            {
                bench.Pass(10);
                Assert.Throws<BusException>(() => driver.ReadFifo(new short[96], 0, 32)); // no level of 0
            }

            chip.Faults.StuckMiso = null;
            read += driver.ReadFifo(new short[96], 0, 32);
            Assert.Equal(1, driver.Overruns);
            Assert.InRange(driver.Lost, chip.SamplesLost - 1, chip.SamplesLost + 1);
            Assert.True(chip.SamplesLost > 30);
        }

        [Fact]
        public void A_new_block_has_no_old_samples_when_the_chip_missed_the_call()
        {
            using var bench = new LabBench(Wiring.Spi);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            driver.Start(Lis3dhRange.G8, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            bench.Pass(10);
            chip.Faults.NackNext(1); // on SPI nothing tells
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(driver.Begin).Status);
            driver.Begin();
            Assert.Equal(0, driver.ReadFifo(new short[96], 0, 32));
        }

        [Fact]
        public void A_missing_chip_and_a_held_bus_on_i2c_are_bus_errors_that_pass()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Hz100, Lis3dhMode.Normal);
            chip.Faults.NackNext(1);
            var error = Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1));
            Assert.Equal(("I2C1 0x18", (byte)0x2E, BusStatus.NotAcknowledged), (error.Bus, error.Register, error.Status));
            chip.Faults.HoldBusFor(TimeSpan.FromSeconds(3));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1)).Status);
            bench.Pass(4000);
            Assert.Equal(1, driver.ReadFifo(new short[3], 0, 1));
            driver.Check();
        }

        [Fact]
        public void Without_the_burst_flag_on_I2C_no_level_is_read_and_so_no_sample_with_three_equal_axes()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            bench.Source.WithAcceleration(0.5, -1, 1);
            var chip = new VirtualLis3dh(bench.Time, bench.Source, 1, options: new Lis3dhOptions { NoiseFactor = 0 });
            var driver = new Lis3dh(bench.Connect(chip, Lis3dh.I2cAddress, null), bench.Clock); // opened without it
            driver.Start(Lis3dhRange.G2, Lis3dhRate.Hz400, Lis3dhMode.Normal);
            bench.Pass(20);
            Assert.Equal(0, driver.ReadFifo(new short[3], 0, 1)); // every byte of a frame is the same register: the level reads as the FIFO's setting
            Assert.True(chip.SamplesMade > 5);
        }

        [Theory]
        [InlineData(Lis3dhMode.HighResolution, 1344, 149.33f)]
        [InlineData(Lis3dhMode.Normal, 1344, 672)]
        [InlineData(Lis3dhMode.LowPower, 5376, 2688)]
        public void A_mode_has_the_rate_and_the_bandwidth_it_tells(Lis3dhMode mode, float rate, float bandwidth)
        {
            using var bench = new LabBench(Wiring.Spi);
            (Lis3dh driver, VirtualLis3dh chip) = Open(bench);
            bench.Source.WithSine(bandwidth, 7, 0, 0);
            driver.Start(Lis3dhRange.G8, Lis3dhRate.Fastest, mode);
            driver.Begin();
            Assert.Equal((rate, bandwidth), (driver.NominalHertz, MathF.Round(driver.BandwidthHertz, 2)));
            var xyz = new short[3 * 32];
            double peak = 0;
            for (int look = 0; look < 200; look++)
            {
                bench.Pass(4.01);
                int samples = driver.ReadFifo(xyz, 0, 32);
                for (int i = 0; i < samples; i++)
                {
                    peak = Math.Max(peak, Math.Abs(xyz[3 * i] * driver.GPerDigit));
                }
            }

            Assert.Equal(0, driver.Lost);
            Assert.Equal(0, chip.Violations.Count);
            Assert.True(peak < 7 * 0.7071 + 0.07, "the corner lets no more through: " + peak);
            Assert.True(mode != Lis3dhMode.HighResolution || peak > 7 * 0.7071 - 0.1, "and no less: " + peak); // at half the rate samples may hit the zeros
        }

        [Fact]
        public void At_16_g_a_digit_weighs_12_mg_and_not_8()
        {
            using var bench = new LabBench(Wiring.Spi);
            bench.Source.WithAcceleration(9.6, 0, 0);
            (Lis3dh driver, _) = Open(bench, new Lis3dhOptions { NoiseFactor = 0, FifoBits = 12 });
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Hz400, Lis3dhMode.HighResolution);
            bench.Pass(40);
            var xyz = new short[3];
            driver.ReadFifo(xyz, 0, 1);
            Assert.Equal(800, xyz[0]);
            Assert.Equal(9.6, xyz[0] * driver.GPerDigit, 0.001);
        }

        [Fact]
        public void A_thousand_blocks_allocate_nothing()
        {
            using var bench = new LabBench(Wiring.Spi);
            bench.Source.WithSine(100, 1, 1, 1);
            (Lis3dh driver, _) = Open(bench);
            driver.Start(Lis3dhRange.G16, Lis3dhRate.Fastest, Lis3dhMode.Normal);
            var xyz = new short[3 * Lis3dh.FifoDepth];
            long before = 0;
            int samples = 0;
            for (int block = 0; block < 1010; block++)
            {
                before = block == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Time.Advance(10_000_000);
                samples += driver.ReadFifo(xyz, 0, Lis3dh.FifoDepth);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(samples, 13_000, 14_500);
        }

        private static (Lis3dh Driver, VirtualLis3dh Chip) Open(LabBench bench, Lis3dhOptions? options = null)
        {
            var chip = new VirtualLis3dh(bench.Time, bench.Source, 1, options: options ?? new Lis3dhOptions { NoiseFactor = 0 });
            return (new Lis3dh(bench.Connect(chip, Lis3dh.I2cAddress, Lis3dh.Spi, Lis3dh.I2cBurstFlag), bench.Clock), chip);
        }
    }
}

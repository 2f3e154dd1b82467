using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The LIS2DW12 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Lis2dw12Tests
    {
        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void Reads_what_the_chip_feels_in_every_range(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            bench.Source.WithAcceleration(0.5, -1, 1.25);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            foreach (Lis2dw12Range range in Enum.GetValues<Lis2dw12Range>())
            {
                driver.Start(range, Lis2dw12Rate.Hz400, Lis2dw12Filter.Half);
                bench.Pass(30);
                var xyz = new short[3 * Lis2dw12.FifoDepth];
                int samples = driver.ReadFifo(xyz, 0, Lis2dw12.FifoDepth);
                Assert.InRange(samples, 11, 13);
                for (int i = 0; i < samples; i++)
                {
                    Assert.Equal(0.5, xyz[3 * i] * driver.GPerDigit, driver.GPerDigit);
                    Assert.Equal(-1, xyz[(3 * i) + 1] * driver.GPerDigit, driver.GPerDigit);
                    Assert.Equal(1.25, xyz[(3 * i) + 2] * driver.GPerDigit, driver.GPerDigit);
                }
            }

            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(0, chip.Strays.Count);
            Assert.Equal(0, driver.Overruns);
        }

        [Theory]
        [InlineData(Wiring.Spi, Lis2dw12Rate.Hz1600, 60, 0)]
        [InlineData(Wiring.Spi, Lis2dw12Rate.Hz1600, 0.2, 23_000)]
        [InlineData(Wiring.FastI2c, Lis2dw12Rate.Hz1600, 120, -31_000)]
        [InlineData(Wiring.SlowI2c, Lis2dw12Rate.Hz800, 60, 12_000)]
        public void A_long_block_has_every_sample_and_tells_the_real_rate(Wiring wiring, Lis2dw12Rate rate, double overhead, double ppm)
        {
            const int Samples = 4096;
            using var bench = new LabBench(wiring, overhead);
            bench.Source.WithSine(50, 1, 2, 3);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench, new Lis2dw12Options { NoiseFactor = 0, OutputRateErrorPpm = ppm });
            driver.Start(Lis2dw12Range.G16, rate, Lis2dw12Filter.Half);
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

            // Order and contiguity: each sample is the sine's next one, to the rounding of three.
            double step = 2 * Math.PI * 50 / chip.ActualRateHertz;
            for (int i = 1; i < Samples - 1; i++)
            {
                double expected = 2 * Math.Cos(step) * xyz[3 * i]; // sin(n+1) + sin(n-1) = 2 cos(step) sin(n)
                Assert.InRange(xyz[3 * (i + 1)] + xyz[3 * (i - 1)] - expected, -2.1, 2.1);
            }
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void Samples_lost_to_a_full_fifo_are_counted(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench, new Lis2dw12Options { NoiseFactor = 0, OutputRateErrorPpm = 4000 });
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
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
            var chip = new VirtualLis2dw12(bench.Time, bench.Source, 1, options: new Lis2dw12Options { NoiseFactor = 0 });
            var bus = new PausingBus(bench.Connect(chip, 0, Lis2dw12.Spi));
            var driver = new Lis2dw12(bus, bench.Clock);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
            driver.Begin();
            bench.Pass(8);
            if (beforeTheClockIsRead)
            {
                bus.AfterNext(0x2E, () => bench.Pass(20)); // a garbage collection, say
            }
            else
            {
                bus.BeforeNext(0x28, () => bench.Pass(20));
            }

            Assert.InRange(driver.ReadFifo(new short[120], 0, 40), 12, 13);
            Assert.True(chip.SamplesLost > 0);
            Assert.Equal(1, driver.Overruns); // although the chip's own overrun flag is gone by now
            Assert.InRange(driver.Lost, beforeTheClockIsRead ? 1 : chip.SamplesLost - 1, chip.SamplesLost + 1); // there, when the look was is not known
        }

        [Theory]
        [InlineData(Lis2dw12Range.G2)]
        [InlineData(Lis2dw12Range.G4)]
        [InlineData(Lis2dw12Range.G8)]
        [InlineData(Lis2dw12Range.G16)]
        public void What_is_beyond_the_range_reads_as_its_end(Lis2dw12Range range)
        {
            using var bench = new LabBench(Wiring.Spi);
            bench.Source.WithAcceleration(30, -30, 0);
            (Lis2dw12 driver, _) = Open(bench);
            driver.Start(range, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half);
            bench.Pass(30);
            var xyz = new short[3];
            Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
            Assert.Equal([(short)driver.ClipHigh, (short)driver.ClipLow, (short)0], xyz);
        }

        [Theory]
        [InlineData(Wiring.Spi, 0, 400, true)]
        [InlineData(Wiring.FastI2c, 0, 400, true)]
        [InlineData(Wiring.SlowI2c, 0, 400, true)]
        [InlineData(Wiring.Spi, 1, 400, false)]
        [InlineData(Wiring.Spi, 2, 400, false)]
        [InlineData(Wiring.Spi, 4, 400, false)]
        [InlineData(Wiring.Spi, 0, 72, true)]
        [InlineData(Wiring.Spi, 0, 68, false)]
        [InlineData(Wiring.Spi, 0, 1498, true)]
        [InlineData(Wiring.Spi, 0, 1502, false)]
        public void Self_test_holds_each_axis_to_70_to_1500_mg(Wiring wiring, int failedAxes, double milliG, bool passes)
        {
            using var bench = new LabBench(wiring);
            bench.Source.WithAcceleration(0, 0, 1);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench, new Lis2dw12Options { NoiseFactor = 0, SelfTestMilliG = milliG });
            chip.Faults.FailedSelfTestAxes = failedAxes;
            Assert.True(driver.HasSelfTest);
            var change = new int[3];
            Assert.Equal(passes, driver.SelfTest(change));
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.InRange(change[axis] * 0.488, (failedAxes >> axis & 1) == 1 ? -1 : milliG - 1, (failedAxes >> axis & 1) == 1 ? 1 : milliG + 1);
            }

            Assert.Equal(0, chip.Peek(0x20));
            Assert.Equal(0, chip.Peek(0x22));
            Assert.Equal(0, chip.Violations.Count);
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void A_brown_out_is_named_and_a_new_start_cures_it(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz800, Lis2dw12Filter.Half);
            driver.Check();
            chip.BrownOut();
            bench.Pass(50);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[3], 0, 1)).Fault); // no level of 0
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz800, Lis2dw12Filter.Half);
            driver.Check();
            bench.Pass(50);
            Assert.True(driver.ReadFifo(new short[99], 0, 32) > 0);
        }

        [Theory]
        [InlineData(Wiring.Spi)]
        [InlineData(Wiring.FastI2c)]
        public void A_lis3dh_at_the_same_address_is_refused(Wiring wiring)
        {
            using var bench = new LabBench(wiring);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            chip.Faults.WrongIdentity = 0x33;
            var error = Assert.Throws<SensorException>(() => driver.Start(Lis2dw12Range.G2, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half));
            AssertFault(error, SensorFault.WrongIdentity, 0x0F, 0x33, 0x44);
        }

        [Theory]
        [InlineData(0x00, SensorFault.NoAnswer)]
        [InlineData(0xFF, SensorFault.NoAnswer)]
        public void A_missing_chip_on_spi_is_seen_by_its_identity(int level, SensorFault fault)
        {
            using var bench = new LabBench(Wiring.Spi);
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            chip.Faults.StuckMiso = (byte)level;
            Assert.Equal(fault, Assert.Throws<SensorException>(() => driver.Start(Lis2dw12Range.G2, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half)).Fault);
            var empty = new Lis2dw12(bench.OpenEmptySlot(Lis2dw12.Spi), bench.Clock);
            var error = Assert.Throws<SensorException>(() => empty.Start(Lis2dw12Range.G2, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half));
            Assert.Equal(SensorFault.NoAnswer, error.Fault);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_frame_missed_between_look_and_burst_is_no_sample(int level)
        {
            using var bench = new LabBench(Wiring.Spi);
            var chip = new VirtualLis2dw12(bench.Time, bench.Source, 1);
            var bus = new PausingBus(bench.Connect(chip, 0, Lis2dw12.Spi));
            var driver = new Lis2dw12(bus, bench.Clock);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
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
            var chip = new VirtualLis2dw12(bench.Time, bench.Source, 1);
            var bus = new PausingBus(bench.Connect(chip, Lis2dw12.I2cAddress, Lis2dw12.Spi));
            var driver = new Lis2dw12(bus, bench.Clock);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
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
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
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
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
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
            (Lis2dw12 driver, VirtualLis2dw12 chip) = Open(bench);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz100, Lis2dw12Filter.Half);
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
        public void A_thousand_blocks_allocate_nothing()
        {
            using var bench = new LabBench(Wiring.Spi);
            bench.Source.WithSine(100, 1, 1, 1);
            (Lis2dw12 driver, _) = Open(bench);
            driver.Start(Lis2dw12Range.G16, Lis2dw12Rate.Hz1600, Lis2dw12Filter.Half);
            var xyz = new short[3 * Lis2dw12.FifoDepth];
            long before = 0;
            int samples = 0;
            for (int block = 0; block < 1010; block++)
            {
                before = block == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Time.Advance(10_000_000);
                samples += driver.ReadFifo(xyz, 0, Lis2dw12.FifoDepth);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(samples, 15_000, 17_000);
        }

        private static (Lis2dw12 Driver, VirtualLis2dw12 Chip) Open(LabBench bench, Lis2dw12Options? options = null)
        {
            var chip = new VirtualLis2dw12(bench.Time, bench.Source, 1, options: options ?? new Lis2dw12Options { NoiseFactor = 0 });
            return (new Lis2dw12(bench.Connect(chip, Lis2dw12.I2cAddress, Lis2dw12.Spi), bench.Clock), chip);
        }
    }
}

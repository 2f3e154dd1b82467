using System;
using System.Linq;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The ADXL345 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Adxl345Tests
    {
        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void Reads_what_the_chip_feels_in_every_range(bool spi)
        {
            using var bench = new Bench();
            bench.Source.WithAcceleration(0.5, -1, 1.25);
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi);
            foreach (Adxl345Range range in Enum.GetValues<Adxl345Range>())
            {
                driver.Start(range, Adxl345Rate.Hz400);
                bench.Pass(30);
                var xyz = new short[3 * Adxl345.FifoDepth];
                int samples = driver.ReadFifo(xyz, 0, Adxl345.FifoDepth);
                Assert.InRange(samples, 10, 12); // 30 ms less the wake-up
                for (int i = 0; i < samples; i++)
                {
                    Assert.Equal([128, -256, 320], xyz[(3 * i)..((3 * i) + 3)]); // 256 digits per g, whatever the range
                }
            }

            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(0, driver.Overruns);
        }

        [Theory]
        [InlineData(true, Adxl345Rate.Hz3200, 60, 0)]
        [InlineData(true, Adxl345Rate.Hz3200, 0.2, 23_000)] // hardly any time lost in the program: the 5 µs are the driver's to keep
        [InlineData(true, Adxl345Rate.Hz3200, 120, -31_000)]
        [InlineData(false, Adxl345Rate.Hz800, 60, 12_000)]
        [InlineData(false, Adxl345Rate.Hz800, 0, 0)]
        public void A_long_block_has_every_sample_and_tells_the_real_rate(bool spi, Adxl345Rate rate, double overhead, double ppm)
        {
            using var bench = new Bench(overhead, new Adxl345Options { NoiseFactor = 0, OutputRateErrorPpm = ppm });
            bench.Source.WithSine(50, 1, 2, 3);
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi);
            driver.Start(Adxl345Range.G16, rate);
            var meter = new RateMeter();
            var xyz = new short[3 * 4096];
            int read = 0;
            for (int looks = 0; read < 4096; looks++)
            {
                Assert.InRange(looks, 0, 5000);
                bench.Pass(5);
                int samples = driver.ReadFifo(xyz, 3 * read, 4096 - read);
                meter.Add(driver.LevelMicroseconds, read + driver.Level);
                read += samples;
            }

            Assert.Equal(0, driver.Overruns);
            Assert.Equal(0, chip.SamplesLost);
            Assert.Equal(0, chip.Violations.Count);
            double seconds = 4096 / chip.ActualRateHertz;
            Assert.Equal(chip.ActualRateHertz, meter.Hertz(), 0.5 / seconds);

            // Order and contiguity: each sample is the sine's next one (to a digit of rounding, two where bit 0 is cut off).
            double step = 2 * Math.PI * 50 / chip.ActualRateHertz;
            for (int i = 1; i < 4095; i++)
            {
                double expected = 2 * Math.Cos(step) * xyz[3 * i]; // sin(n+1) + sin(n-1) = 2 cos(step) sin(n)
                Assert.InRange(xyz[3 * (i + 1)] + xyz[3 * (i - 1)] - expected, -8, 8);
            }
        }

        [Fact]
        public void Rates_of_1600_and_3200_have_no_lowest_bit()
        {
            using var bench = new Bench();
            bench.Source.WithAcceleration(0.33, -0.71, 1.01);
            (Adxl345 driver, _) = bench.OpenAdxl345(spi: true);
            var xyz = new short[30];
            foreach (Adxl345Rate rate in new[] { Adxl345Rate.Hz1600, Adxl345Rate.Hz3200 })
            {
                driver.Start(Adxl345Range.G16, rate);
                bench.Pass(8);
                Assert.True(driver.ReadFifo(xyz, 0, 10) > 0);
                Assert.All(xyz, digit => Assert.Equal(0, digit & 1));
            }
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void A_fifo_left_alone_is_found_full(bool spi)
        {
            using var bench = new Bench();
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz400);
            bench.Pass(200);
            var xyz = new short[3 * 40];
            Assert.Equal(33, driver.ReadFifo(xyz, 0, 40));
            Assert.Equal(1, driver.Overruns);
            Assert.True(chip.SamplesLost > 0);
            bench.Pass(20);
            Assert.InRange(driver.ReadFifo(xyz, 0, 40), 7, 20);
            Assert.Equal(1, driver.Overruns);
        }

        [Fact]
        public void A_pause_of_the_program_during_a_drain_is_marked()
        {
            using var bench = new Bench();
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi: true);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            bench.Pass(8);
            bench.Wires.Time.At(bench.Wires.Time.Nanoseconds + 400_000, () => bench.Pass(15)); // a garbage collection, say
            var xyz = new short[3 * 40];
            int samples = driver.ReadFifo(xyz, 0, 40);
            Assert.True(chip.SamplesLost > 0);
            Assert.InRange(samples, 20, 25);
            Assert.Equal(1, driver.Overruns); // although the chip's own overrun flag is gone by now
        }

        [Theory]
        [InlineData(Adxl345Range.G2)]
        [InlineData(Adxl345Range.G4)]
        [InlineData(Adxl345Range.G8)]
        [InlineData(Adxl345Range.G16)]
        public void What_is_beyond_the_range_reads_as_its_end(Adxl345Range range)
        {
            using var bench = new Bench();
            bench.Source.WithAcceleration(30, -30, 0);
            (Adxl345 driver, _) = bench.OpenAdxl345(spi: true);
            foreach (Adxl345Rate rate in new[] { Adxl345Rate.Hz100, Adxl345Rate.Hz3200 })
            {
                driver.Start(range, rate);
                bench.Pass(30);
                var xyz = new short[3];
                Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
                Assert.Equal([(short)driver.ClipHigh, (short)driver.ClipLow, (short)0], xyz);
            }
        }

        [Theory]
        [InlineData(true, 0, true)]
        [InlineData(false, 0, true)]
        [InlineData(true, 1, false)]
        [InlineData(true, 2, false)]
        [InlineData(true, 4, false)]
        public void Self_test_finds_an_axis_that_does_not_move(bool spi, int failedAxes, bool passes)
        {
            using var bench = new Bench();
            bench.Source.WithAcceleration(0, 0, 1);
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi);
            chip.Faults.FailedSelfTestAxes = failedAxes;
            long start = bench.Wires.Time.Nanoseconds;
            Assert.Equal(passes, driver.SelfTest(new int[3]));
            Assert.InRange((bench.Wires.Time.Nanoseconds - start) * 1e-6, 200, 400);
            Assert.Equal(0, chip.Peek(0x31) & 0x80);
            Assert.Equal(0, chip.Peek(0x2D));
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void A_brown_out_is_named_and_a_new_start_cures_it(bool spi)
        {
            using var bench = new Bench();
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz800);
            driver.Check();
            chip.BrownOut();
            bench.Pass(50);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[3], 0, 1)).Fault); // nothing invented
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz800);
            driver.Check();
            bench.Pass(50);
            Assert.True(driver.ReadFifo(new short[99], 0, 33) > 0);
        }

        [Theory]
        [InlineData(true, false)] // on SPI it is what a missed frame reads
        [InlineData(false, true)] // on I2C the acknowledge says that it is the chip's
        public void Minus_one_on_every_axis_is_a_sample_where_the_wire_tells_silence(bool spi, bool sample)
        {
            using var bench = new Bench();
            (Adxl345 driver, _) = bench.OpenAdxl345(spi);
            bench.Source.WithAcceleration(-1 / 256f, -1 / 256f, -1 / 256f);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz800);
            bench.Pass(10);
            var xyz = new short[3];
            if (sample)
            {
                Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
                Assert.Equal([-1, -1, -1], xyz);
            }
            else
            {
                Assert.Throws<BusException>(() => driver.ReadFifo(xyz, 0, 1));
            }
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void Another_chip_is_refused(bool spi)
        {
            using var bench = new Bench();
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi);
            chip.Faults.WrongIdentity = 0xE6;
            var error = Assert.Throws<SensorException>(() => driver.Start(Adxl345Range.G16, Adxl345Rate.Hz100));
            AssertFault(error, SensorFault.WrongIdentity, 0x00, 0xE6, 0xE5);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_missing_chip_on_spi_is_seen_by_its_identity(int level)
        {
            using var bench = new Bench();
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi: true);
            chip.Faults.StuckMiso = (byte)level;
            Assert.Equal(level, Assert.Throws<SensorException>(() => driver.Start(Adxl345Range.G16, Adxl345Rate.Hz100)).Found);
            var empty = new Adxl345(bench.Board.OpenSpi(2, Adxl345.Spi), bench.Clock); // nothing is in slot 2
            var error = Assert.Throws<SensorException>(() => empty.Start(Adxl345Range.G16, Adxl345Rate.Hz100));
            Assert.Equal(SensorFault.NoAnswer, error.Fault);
        }

        [Fact]
        public void A_missing_chip_and_a_held_bus_on_i2c_are_bus_errors_that_pass()
        {
            using var bench = new Bench();
            (Adxl345 driver, VirtualAdxl345 chip) = bench.OpenAdxl345(spi: false);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz100);
            chip.Faults.NackNext(1);
            var error = Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1));
            Assert.Equal(("I2C1 0x53", (byte)0x39, BusStatus.NotAcknowledged), (error.Bus, error.Register, error.Status));
            chip.Faults.HoldBusFor(TimeSpan.FromSeconds(3));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1)).Status);
            bench.Pass(4000);
            Assert.Equal(1, driver.ReadFifo(new short[3], 0, 1));
            driver.Check();
        }

        [Fact]
        public void A_thousand_blocks_allocate_nothing()
        {
            using var bench = new Bench();
            bench.Source.WithSine(100, 1, 1, 1);
            (Adxl345 driver, _) = bench.OpenAdxl345(spi: true);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            var xyz = new short[3 * Adxl345.FifoDepth];
            long before = 0;
            int samples = 0;
            for (int block = 0; block < 1010; block++)
            {
                before = block == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Wires.Time.Advance(6_000_000);
                samples += driver.ReadFifo(xyz, 0, Adxl345.FifoDepth);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(samples, 19_000, 33_330);
        }
    }
}

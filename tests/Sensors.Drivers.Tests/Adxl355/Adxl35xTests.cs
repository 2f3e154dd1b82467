using System;
using System.Linq;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>What ADXL355 and ADXL357 share, against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Adxl35xTests
    {
        [Theory]
        [InlineData(true, Adxl35xRate.Hz4000, 60, 0, 2)]
        [InlineData(true, Adxl35xRate.Hz4000, 0.2, 23_000, 3)]
        [InlineData(true, Adxl35xRate.Hz4000, 120, -31_000, 5)]
        [InlineData(true, Adxl35xRate.Hz1000, 60, 0, 20)]
        [InlineData(false, Adxl35xRate.Hz500, 60, 12_000, 30)]
        [InlineData(false, Adxl35xRate.Hz500, 0, 0, 1)]
        public void A_long_block_has_every_sample_and_tells_the_real_rate(bool spi, Adxl35xRate rate, double overhead, double ppm, double pause)
        {
            using var board = new Adxl35xBoard(overhead, new Adxl35xOptions { NoiseFactor = 0, OutputRateErrorPpm = ppm });
            board.Source.WithSine(20, 1, 0.5, 0.25);
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi);
            driver.Start(Adxl355Range.G2, rate);
            driver.Begin();
            long lost = chip.SamplesLost;
            var xyz = new int[3 * 4096];
            int read = 0;
            for (int looks = 0; read < 4096; looks++)
            {
                Assert.InRange(looks, 0, 10_000);
                board.Pass(pause);
                read += driver.ReadFifo(xyz, 3 * read, 4096 - read);
            }

            Assert.Equal(0, driver.Overruns);
            Assert.Equal(0, driver.Lost);
            Assert.Equal(lost, chip.SamplesLost);
            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(0, chip.Strays.Count);
            Assert.Equal(chip.ActualRateHertz, driver.MeasuredHertz(), chip.ActualRateHertz * 0.001);

            // Order and contiguity: each sample is the sine's next one, on every axis.
            double step = 2 * Math.PI * 20 / chip.ActualRateHertz;
            for (int i = 1; i < 4095; i++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    double expected = 2 * Math.Cos(step) * xyz[(3 * i) + axis]; // sin(n+1) + sin(n-1) = 2 cos(step) sin(n)
                    Assert.InRange(xyz[(3 * (i + 1)) + axis] + xyz[(3 * (i - 1)) + axis] - expected, -3, 3);
                }
            }
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void A_fifo_left_alone_is_found_overrun_and_what_is_missing_is_told(bool spi)
        {
            using var board = new Adxl35xBoard();
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi);
            driver.Start(Adxl355Range.G8, Adxl35xRate.Hz500);
            driver.Begin();
            long made = chip.SamplesMade;
            var xyz = new short[3 * 32];
            int delivered = 0;
            for (int i = 0; i < 100; i++)
            {
                board.Pass(30);
                delivered += driver.ReadFifo(xyz, 0, 32);
            }

            Assert.Equal(0, driver.Overruns);
            board.Pass(1000);
            delivered += driver.ReadFifo(xyz, 0, 32);
            Assert.Equal(1, driver.Overruns);
            Assert.InRange(driver.Lost, 460, 480);
            board.Pass(20);
            delivered += driver.ReadFifo(xyz, 0, 32);
            Assert.Equal(1, driver.Overruns);
            int held = chip.Peek(0x05) / 3; // what came while the rest was read
            Assert.InRange(chip.SamplesMade - made - delivered - driver.Lost - held, -1, 1);
        }

        [Fact]
        public void A_burst_that_nobody_received_shifts_no_axis()
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(0.25, -0.5, 1);
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            driver.Begin();
            var xyz = new int[3 * 32];
            for (int words = 1; words <= 8; words++)
            {
                board.Pass(4);
                int before = driver.Overruns;
                chip.LoseWords(words);
                int samples = driver.ReadFifo(xyz, 0, 32);
                Assert.InRange(samples, 11, 18);
                Assert.Equal(words % 3 == 0 ? before : before + 1, driver.Overruns); // whole samples leave no trace but in the account
                for (int i = 0; i < samples; i++)
                {
                    Assert.Equal([64_000, -128_000, 256_000], xyz[(3 * i)..((3 * i) + 3)]);
                }
            }

            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void A_fifo_without_markers_is_lost_alignment_and_a_new_start_cures_it()
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(0.25, -0.5, 1);
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            chip.LosesMarkers = true;
            board.Pass(20);
            var xyz = new short[96];
            var error = Assert.Throws<SensorException>(() => driver.ReadFifo(xyz, 0, 32));
            Assert.Equal(SensorFault.LostAlignment, error.Fault);
            Assert.Equal(0, chip.Peek(0x05)); // emptied
            chip.LosesMarkers = false;
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            board.Pass(4);
            Assert.InRange(driver.ReadFifo(xyz, 0, 32), 14, 18);
            Assert.Equal(0, driver.Overruns);
        }

        [Theory]
        [InlineData(true, 0, true)]
        [InlineData(false, 0, true)]
        [InlineData(true, 1, false)]
        [InlineData(true, 2, false)]
        [InlineData(true, 4, false)]
        public void Self_test_finds_an_axis_that_does_not_move(bool spi, int failedAxes, bool passes)
        {
            using var board = new Adxl35xBoard(options: new Adxl35xOptions());
            board.Source.WithAcceleration(0, 0, 1);
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi);
            chip.Faults.FailedSelfTestAxes = failedAxes;
            long start = board.Wires.Time.Nanoseconds;
            Assert.Equal(passes, driver.SelfTest(new int[3]));
            Assert.InRange((board.Wires.Time.Nanoseconds - start) * 1e-6, 400, 550);
            Assert.Equal(0, chip.Peek(0x2E));
            Assert.Equal(1, chip.Peek(0x2D));
            driver.Start(Adxl355Range.G8, Adxl35xRate.Hz500);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void Self_test_passes_on_an_ADXL357()
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(0, 0, 1);
            (Adxl357 driver, _) = board.Open357(spi: true);
            int[] change = new int[3];
            Assert.True(driver.SelfTest(change));
            Assert.Equal([3840, 3840, 19_200], change); // 0.3 and 1.5 g at ±40 g
        }

        [Theory]
        [InlineData(true)]
        [InlineData(false)]
        public void A_brown_out_is_named_and_a_new_start_cures_it(bool spi)
        {
            using var board = new Adxl35xBoard();
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz500);
            driver.Check();
            chip.BrownOut();
            board.Pass(50);
            Assert.Equal(0, driver.ReadFifo(new short[3], 0, 1)); // no data, and nothing invented
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz500);
            driver.Check();
            board.Pass(50);
            Assert.True(driver.ReadFifo(new short[96], 0, 32) > 0);
        }

        [Fact]
        public void A_spoiled_trim_is_seen_and_reset_away()
        {
            using var board = new Adxl35xBoard();
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            chip.SpoilResets(2);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            board.Pass(4);
            var xyz = new int[3];
            Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
            Assert.Equal(0, xyz[0]); // a spoiled one is half a g off
            chip.SpoilResets(5);
            Assert.Equal(SensorFault.NotConfigured, Assert.Throws<SensorException>(() => driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000)).Fault);
        }

        [Fact]
        public void A_thermometer_that_changes_between_its_bytes_is_not_believed()
        {
            using var board = new Adxl35xBoard(0.2, new Adxl35xOptions { NoiseFactor = 0, Temperature = new Flicker() });
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            Assert.Equal(1, driver.TryReadTemperature(out int raw));
            Assert.Equal(0x701, raw); // never 601h or 7FCh
            Assert.Equal(0, chip.Violations.Count);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_dead_line_on_spi_is_seen_everywhere(int level)
        {
            using var board = new Adxl35xBoard();
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            chip.Faults.StuckMiso = (byte)level;
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.ReadFifo(new short[96], 0, 32)).Status);
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(driver.Check).Fault);
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(() => driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000)).Fault);
        }

        [Fact]
        public void A_frame_the_chip_missed_is_no_sample()
        {
            using var board = new Adxl35xBoard();
            board.Source.WithAcceleration(0.25, -0.5, 1);
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            driver.Begin();
            var xyz = new short[96];
            int good = 0;
            int silent = 0;
            for (int i = 0; i < 200; i++)
            {
                board.Pass(3);
                if (i % 7 == 3)
                {
                    chip.Faults.NackNext(1 + (i % 3));
                }

                try
                {
                    int samples = driver.ReadFifo(xyz, 0, 32);
                    good += samples;
                    for (int n = 0; n < samples; n++)
                    {
                        Assert.Equal([4000, -8000, 16_000], xyz[(3 * n)..((3 * n) + 3)].Select(digit => (int)digit));
                    }
                }
                catch (BusException)
                {
                    silent++;
                }
            }

            Assert.InRange(silent, 28, 90);
            Assert.InRange(good, 1000, 2500);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void A_missing_chip_and_a_held_bus_on_i2c_are_bus_errors_that_pass()
        {
            using var board = new Adxl35xBoard();
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi: false);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz500);
            chip.Faults.NackNext(1);
            var error = Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1));
            Assert.Equal(("I2C1 0x1D", (byte)0x00, BusStatus.NotAcknowledged), (error.Bus, error.Register, error.Status));
            chip.Faults.HoldBusFor(TimeSpan.FromSeconds(3));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1)).Status);
            board.Pass(4000);
            Assert.Equal(1, driver.ReadFifo(new short[3], 0, 1));
            driver.Check();
        }

        [Fact]
        public void A_thousand_blocks_allocate_nothing_in_either_width()
        {
            using var board = new Adxl35xBoard();
            board.Source.WithSine(100, 1, 1, 1);
            (Adxl355 driver, _) = board.Open355(spi: true);
            driver.Start(Adxl355Range.G2, Adxl35xRate.Hz4000);
            var narrow = new short[96];
            var wide = new int[96];
            long before = 0;
            int samples = 0;
            for (int block = 0; block < 1010; block++)
            {
                before = block == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                board.Wires.Time.Advance(3_000_000);
                samples += driver.ReadFifo(narrow, 0, 32);
                board.Wires.Time.Advance(3_000_000);
                samples += driver.ReadFifo(wide, 0, 32);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(samples, 22_000, 30_000);
        }

        // 35.77 °C at first, 6FCh, and 35.2 °C after the first byte of a reading, 701h.
        private sealed class Flicker : ITemperatureSource
        {
            private int _calls;

            public double CelsiusAt(double seconds) => _calls++ == 0 ? 35.77 : 35.2;
        }
    }
}

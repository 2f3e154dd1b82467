using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The MPU6050 driver against the virtual chip, through the bus adapter, the packages and a real board's file.</summary>
    public partial class Mpu6050Tests
    {
        public static TheoryData<int> Family => new() { 0x68, 0x70, 0x71, 0x19, 0x98, 0x72 };

        [Theory]
        [MemberData(nameof(Family))]
        public void Reads_what_each_member_of_the_family_feels_in_every_range(int identity)
        {
            using var bench = new LabBench(Wiring.FastI2c);
            bench.Source.WithAcceleration(0.5, -1, 1.25);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench, new Mpu6050Options { NoiseFactor = 0, Identity = (byte)identity });
            foreach (Mpu6050Range range in Enum.GetValues<Mpu6050Range>())
            {
                driver.Start(range, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
                bench.Pass(30);
                var xyz = new short[3 * 100];
                int samples = driver.ReadFifo(xyz, 0, 100);
                Assert.InRange(samples, 28, 34);
                for (int i = 0; i < samples; i++)
                {
                    Assert.Equal(0.5, xyz[3 * i] * driver.GPerDigit, driver.GPerDigit);
                    Assert.Equal(-1, xyz[(3 * i) + 1] * driver.GPerDigit, driver.GPerDigit);
                    Assert.Equal(1.25, xyz[(3 * i) + 2] * driver.GPerDigit, driver.GPerDigit);
                }

                driver.Check();
            }

            Assert.Equal(identity, driver.Identity);
            Assert.Equal(identity is 0x98 or 0x72, driver.IsClone);
            Assert.Equal(0, chip.Violations.Count); // of an MPU6050 among them: that nothing is written to 1Dh
            Assert.Equal(0, chip.Strays.Count);
            Assert.Equal(0, driver.Overruns);
        }

        [Theory]
        [InlineData(Wiring.FastI2c, 0x68, Mpu6050Rate.Hz1000, 0)]
        [InlineData(Wiring.FastI2c, 0x71, Mpu6050Rate.Hz1000, -21_000)]
        [InlineData(Wiring.SlowI2c, 0x68, Mpu6050Rate.Hz1000, 12_000)]
        [InlineData(Wiring.SlowI2c, 0x70, Mpu6050Rate.Hz1000, 0)]
        [InlineData(Wiring.FastI2c, 0x98, Mpu6050Rate.Hz200, 5_000)]
        public void A_long_block_has_every_sample_and_tells_the_real_rate(Wiring wiring, int identity, Mpu6050Rate rate, double ppm)
        {
            const int Samples = 2048;
            using var bench = new LabBench(wiring);
            bench.Source.WithSine(20, 1, 2, 3);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench, new Mpu6050Options { NoiseFactor = 0, OutputRateErrorPpm = ppm, Identity = (byte)identity });
            driver.Start(Mpu6050Range.G4, rate, Mpu6050Filter.Widest);
            driver.Begin();
            var xyz = new short[3 * Samples];
            int read = 0;
            for (int looks = 0; read < Samples; looks++)
            {
                Assert.InRange(looks, 0, 5000);
                bench.Pass(11);
                read += driver.ReadFifo(xyz, 3 * read, Samples - read);
            }

            Assert.Equal(0, driver.Lost);
            Assert.Equal(0, driver.Realignments);
            Assert.Equal(0, chip.SamplesLost);
            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(chip.ActualRateHertz, driver.MeasuredHertz(), 0.001 * chip.ActualRateHertz);
            double step = 2 * Math.PI * 20 / chip.ActualRateHertz;
            for (int i = 1; i < Samples - 1; i++)
            {
                double expected = 2 * Math.Cos(step) * xyz[3 * i]; // sin(n+1) + sin(n-1) = 2 cos(step) sin(n)
                Assert.InRange(xyz[3 * (i + 1)] + xyz[3 * (i - 1)] - expected, -2.1, 2.1);
            }
        }

        [Theory]
        [InlineData(0x68)]
        [InlineData(0x70)]
        public void An_overrun_loses_the_alignment_so_the_fifo_is_emptied_and_the_gap_counted(int identity)
        {
            using var bench = new LabBench(Wiring.FastI2c);
            bench.Source.WithAcceleration(1, -1.5, 0.25);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench, new Mpu6050Options { NoiseFactor = 0, OutputRateErrorPpm = 3000, Identity = (byte)identity });
            driver.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz184);
            driver.Begin();
            long before = chip.SamplesMade;
            var xyz = new short[3 * 200];
            int read = 0;
            for (int look = 0; look < 200; look++)
            {
                bench.Pass(look % 50 == 49 ? 400 : 20);
                int samples = driver.ReadFifo(xyz, 0, 200);
                read += samples;
                for (int i = 0; i < samples; i++)
                {
                    Assert.Equal([16384, -24576, 4096], xyz[(3 * i)..((3 * i) + 3)]); // never an axis in another's place
                }
            }

            Assert.Equal(4, driver.Realignments);
            Assert.Equal(4, driver.Overruns);
            Assert.Equal(chip.SamplesMade - before, read + driver.Lost, 8.0);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void An_overrun_between_look_and_burst_is_never_believed()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            bench.Source.WithAcceleration(1, -1.5, 0.25);
            var chip = new VirtualMpu6050(bench.Time, bench.Source, 1, options: new Mpu6050Options { NoiseFactor = 0 });
            var bus = new PausingBus(bench.Connect(chip, Mpu6050.I2cAddress, null));
            var driver = new Mpu6050(bus, bench.Clock);
            driver.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz184);
            driver.Begin();
            bench.Pass(100);
            bus.BeforeNext(0x74, () => bench.Pass(200));
            var xyz = new short[3 * 200];
            Assert.Equal(0, driver.ReadFifo(xyz, 0, 200));
            Assert.Equal(1, driver.Realignments);
            Assert.InRange(driver.Lost, 299, 320);
            Assert.Throws<BusException>(() => driver.ReadFifo(xyz, 0, 200)); // the drain that broke off is told
            bench.Pass(50);
            int samples = driver.ReadFifo(xyz, 0, 200);
            Assert.InRange(samples, 45, 55);
            Assert.Equal([16384, -24576, 4096], xyz[..3]);
        }

        [Fact]
        public void Another_s_bytes_in_the_fifo_are_lost_alignment_by_name()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench);
            driver.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz184);
            ((II2cChip)chip).Start(false, bench.Time.Nanoseconds); // somebody else lets the temperature into the FIFO
            chip.Write(0x23, bench.Time.Nanoseconds);
            chip.Write(0x88, bench.Time.Nanoseconds);
            chip.Stop(bench.Time.Nanoseconds);
            driver.Begin();
            bench.Pass(10);
            var xyz = new short[96];
            var error = Assert.Throws<SensorException>(() =>
            {
                for (int look = 0; look < 4; look++)
                {
                    driver.ReadFifo(xyz, 0, 32); // 8 bytes a sample: not always a multiple of 6
                    bench.Pass(10);
                }
            });
            Assert.Equal((SensorFault.LostAlignment, (byte)0x72), (error.Fault, error.Register));
            Assert.Equal(SensorFault.NotConfigured, Assert.Throws<SensorException>(driver.Check).Fault);
        }

        [Fact]
        public void A_burst_that_broke_off_is_followed_by_an_empty_fifo()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            bench.Source.WithAcceleration(1, -1.5, 0.25);
            var chip = new VirtualMpu6050(bench.Time, bench.Source, 1, options: new Mpu6050Options { NoiseFactor = 0 });
            var bus = new PausingBus(bench.Connect(chip, Mpu6050.I2cAddress, null));
            var driver = new Mpu6050(bus, bench.Clock);
            driver.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz184);
            driver.Begin();
            bench.Pass(40);
            bus.BeforeNext(0x74, () => chip.Faults.NackNext(1));
            var xyz = new short[3 * 200];
            Assert.Throws<BusException>(() => driver.ReadFifo(xyz, 0, 200));
            Assert.Equal(0, driver.ReadFifo(xyz, 0, 200)); // emptied, for nobody knows how many bytes went
            Assert.InRange(driver.Lost, 39, 44);
            Assert.Equal(1, driver.Realignments);
            bench.Pass(10);
            Assert.InRange(driver.ReadFifo(xyz, 0, 200), 9, 12);
            Assert.Equal([16384, -24576, 4096], xyz[..3]);
        }

        [Theory]
        [InlineData(0x68)]
        [InlineData(0x71)] // awake after a brown-out, but the FIFO is off
        public void A_brown_out_is_named_and_a_new_start_cures_it(int identity)
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench, new Mpu6050Options { NoiseFactor = 0, Identity = (byte)identity });
            driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            driver.Check();
            chip.BrownOut();
            bench.Pass(150);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[3], 0, 1)).Fault); // no count of 0
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            driver.Check();
            bench.Pass(50);
            Assert.True(driver.ReadFifo(new short[99], 0, 33) > 0);
        }

        [Theory]
        [InlineData(0x68)]
        [InlineData(0x71)]
        public void A_brown_out_between_look_and_burst_is_no_sample(int identity)
        {
            using var bench = new LabBench(Wiring.FastI2c);
            var chip = new VirtualMpu6050(bench.Time, bench.Source, 1, options: new Mpu6050Options { NoiseFactor = 0, Identity = (byte)identity });
            var bus = new PausingBus(bench.Connect(chip, Mpu6050.I2cAddress, null));
            var driver = new Mpu6050(bus, bench.Clock);
            driver.Start(Mpu6050Range.G2, Mpu6050Rate.Hz1000, Mpu6050Filter.Hz184);
            driver.Begin();
            bench.Pass(40);
            bus.BeforeNext(0x74, chip.BrownOut);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[510], 0, 170)).Fault);
            bench.Pass(150);
            driver.Begin(); // switches the FIFO on again, but nothing into it
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.ReadFifo(new short[510], 0, 170)).Fault);
        }

        [Theory]
        [InlineData(0x68, 25)]
        [InlineData(0x68, 36.53)]
        [InlineData(0x68, -10)]
        [InlineData(0x70, 25)]
        [InlineData(0x71, 21)]
        [InlineData(0x19, 85)]
        [InlineData(0x98, 40)]
        public void Temperature_follows_the_formula_of_the_part_and_not_the_MPU9250_s_for_all(int identity, double celsius)
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Mpu6050 driver, _) = Open(bench, new Mpu6050Options { Identity = (byte)identity, Celsius = celsius });
            driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            Assert.Equal((float)celsius, driver.ReadTemperature(), 0.003f);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0x69)] // the address is not the identity
        [InlineData(0xFF)]
        [InlineData(0x33)]
        [InlineData(0x7F)]
        public void Another_chip_is_refused(int identity)
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench);
            chip.Faults.WrongIdentity = identity;
            var error = Assert.Throws<SensorException>(() => driver.Start(Mpu6050Range.G2, Mpu6050Rate.Hz100, Mpu6050Filter.Hz44));
            AssertFault(error, SensorFault.WrongIdentity, 0x75, identity, 0x68);
            Assert.Equal(0, chip.Violations.Count);
            Assert.Equal(0x40, chip.Peek(0x6B)); // nothing was said to it
        }

        [Fact]
        public void A_missing_chip_and_a_held_bus_are_bus_errors_that_pass()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            (Mpu6050 driver, VirtualMpu6050 chip) = Open(bench);
            driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz100, Mpu6050Filter.Hz44);
            chip.Faults.NackNext(1);
            var error = Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1));
            Assert.Equal(("I2C1 0x68", (byte)0x72, BusStatus.NotAcknowledged), (error.Bus, error.Register, error.Status));
            chip.Faults.HoldBusFor(TimeSpan.FromSeconds(1));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => driver.ReadFifo(new short[3], 0, 1)).Status);
            bench.Pass(1000);
            driver.Check();
            driver.Begin();
            bench.Pass(100);
            Assert.Equal(1, driver.ReadFifo(new short[3], 0, 1));
        }

        [Fact]
        public void A_thousand_blocks_allocate_nothing()
        {
            using var bench = new LabBench(Wiring.FastI2c);
            bench.Source.WithSine(100, 1, 1, 1);
            (Mpu6050 driver, _) = Open(bench);
            driver.Start(Mpu6050Range.G16, Mpu6050Rate.Hz1000, Mpu6050Filter.Widest);
            var xyz = new short[3 * Mpu6050.FifoDepth];
            long before = 0;
            int samples = 0;
            for (int block = 0; block < 1010; block++)
            {
                before = block == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Time.Advance(10_000_000);
                samples += driver.ReadFifo(xyz, 0, Mpu6050.FifoDepth);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(samples, 10_000, 14_000);
        }

        private static (Mpu6050 Driver, VirtualMpu6050 Chip) Open(LabBench bench, Mpu6050Options? options = null)
        {
            var chip = new VirtualMpu6050(bench.Time, bench.Source, 1, options: options ?? new Mpu6050Options { NoiseFactor = 0 });
            return (new Mpu6050(bench.Connect(chip, Mpu6050.I2cAddress, null), bench.Clock), chip);
        }
    }
}

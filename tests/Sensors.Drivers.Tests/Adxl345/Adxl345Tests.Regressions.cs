using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Adxl345Tests
    {
        [Theory]
        [InlineData(Adxl345Range.G2)]
        [InlineData(Adxl345Range.G16)]
        public void Binding_defect_samples_do_not_stay_at_ten_bits(Adxl345Range range)
        {
            using var bench = new Bench();
            bench.Source.WithAcceleration(1 / 256f, -1 / 256f, 385 / 256f); // ten bits at 16 g are steps of 31 mg: 0, -1 or 0, 48
            (Adxl345 driver, _) = bench.OpenAdxl345(spi: true);
            driver.Start(range, Adxl345Rate.Hz800);
            bench.Pass(10);
            var xyz = new short[3];
            Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
            Assert.Equal([1, -1, 385], xyz);
        }

        [Fact]
        public void Binding_defect_a_sample_is_six_bytes_and_not_seven()
        {
            (Adxl345 chip, ScriptedBus bus, _) = Started();
            bus.Expect("R 39 01", "R 32 010002000300"); // a seventh byte would be FIFO_CTL's
            Assert.Equal(1, chip.ReadFifo(new short[3], 0, 1));
            bus.Done();
        }

        // The data sheet's 1.6 MHz, a kernel's constant of 1.5 MHz with a pause of 3 us, a driver without any: what counts is 5 us.
        [Theory]
        [InlineData(1_450_000)]
        [InlineData(1_550_000)]
        [InlineData(1_650_000)]
        [InlineData(2_500_000)]
        [InlineData(5_000_000)]
        public void Disagreement_five_microseconds_between_reads_are_kept_at_any_clock(int clockHz)
        {
            using var bench = new Bench(overheadMicroseconds: 0.2); // hardly any time is lost in the program
            SpiProfile spi = Adxl345.Spi;
            RegisterBus bus = bench.Board.OpenSpi(0, new SpiProfile(spi.Mode, clockHz, spi.ReadFlag, spi.BurstFlag, spi.AddressShift, spi.LargestBurst));
            bench.SpiAccelerometer.Violations.Clear();
            var driver = new Adxl345(bus, new FreeClock(bench));
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            bench.Pass(9);
            Assert.InRange(driver.ReadFifo(new short[99], 0, 33), 20, 33);
            Assert.Equal(0, bench.SpiAccelerometer.Violations.Count);
        }

        [Fact]
        public void A_warm_restart_leaves_no_setting_of_an_earlier_program()
        {
            using var bench = new Bench();
            bench.Source.WithAcceleration(0.5, -1, 1.25);
            RegisterBus bus = bench.Board.OpenI2c(1, Adxl345.I2cAddress);
            foreach ((byte register, byte value) in new (byte, byte)[]
                { (0x1E, 0x40), (0x1F, 0xC0), (0x20, 0x11), (0x2C, 0x17), (0x2E, 0x80), (0x31, 0x84), (0x38, 0x5F), (0x2D, 0x08) })
            {
                bus.Write(register, value); // offsets, low power, interrupts, self-test with left-justified data, FIFO mode
            }

            bench.Pass(500);
            var driver = new Adxl345(bus, bench.Clock);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz400);
            bench.Pass(30);
            driver.Begin(); // the self-test's force takes some samples to go
            bench.Pass(30);
            var xyz = new short[3];
            Assert.Equal(1, driver.ReadFifo(xyz, 0, 1));
            Assert.Equal([128, -256, 320], xyz);
            Assert.Equal((0x0C, 0x00), (bench.I2cAccelerometer.Peek(0x2C), bench.I2cAccelerometer.Peek(0x2E)));
        }

        [Fact]
        public void Registers_read_one_by_one_would_tear_a_sample_so_each_is_one_read()
        {
            using var bench = new Bench();
            bench.Source.WithSine(50, 1, 1, 1); // the same on each axis, at any time
            (Adxl345 driver, _) = bench.OpenAdxl345(spi: false);
            driver.Start(Adxl345Range.G16, Adxl345Rate.Hz800);
            bench.Pass(30);
            var xyz = new short[60];
            int samples = driver.ReadFifo(xyz, 0, 20);
            Assert.True(samples > 15);
            for (int i = 0; i < samples; i++)
            {
                Assert.Equal((xyz[3 * i], xyz[3 * i]), (xyz[(3 * i) + 1], xyz[(3 * i) + 2]));
            }
        }

        /// <summary>A clock that takes no time to look at, so that nothing but the driver's own pauses passes between two reads.</summary>
        private sealed class FreeClock : BusClock
        {
            private readonly Bench _bench;

            public FreeClock(Bench bench) => _bench = bench;

            public override long Microseconds => _bench.Wires.Time.Nanoseconds / 1000;

            public override void Wait(int microseconds) => _bench.Pass(microseconds * 1e-3);
        }
    }
}

using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The MAX31855 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Max31855Tests
    {
        [Theory]
        [InlineData(-250)]
        [InlineData(-0.25)]
        [InlineData(0)]
        [InlineData(100.75)]
        [InlineData(1350)]
        public void Reads_what_the_thermocouple_touches(double celsius)
        {
            using var bench = new MaximBench();
            bench.Hot.Celsius = celsius;
            Max31855 driver = Started(bench);
            Assert.Equal(celsius, Measure(bench, driver));
            Assert.Equal(22, driver.ColdJunction * Max31855.ColdCelsiusPerDigit);
            Assert.Equal(0, bench.Violations);
        }

        [Theory]
        [InlineData(ThermocoupleFault.Open, SensorFault.SensorOpen)]
        [InlineData(ThermocoupleFault.ShortToGround, SensorFault.SensorShort)]
        [InlineData(ThermocoupleFault.ShortToSupply, SensorFault.SensorShort)]
        public void Probe_faults_are_named_and_go_with_their_cause(ThermocoupleFault cause, SensorFault fault)
        {
            using var bench = new MaximBench();
            Max31855 driver = Started(bench);
            bench.Simple.ProbeFault = cause;
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(double.NaN, Measure(bench, driver));
                Assert.Equal(fault, driver.ProbeFault);
            }

            bench.Simple.ProbeFault = ThermocoupleFault.None;
            Assert.Equal(25, Measure(bench, driver));
            Assert.Equal(SensorFault.None, driver.ProbeFault);
        }

        [Fact]
        public void A_probe_fault_does_not_keep_it_from_starting()
        {
            using var bench = new MaximBench();
            bench.Simple.ProbeFault = ThermocoupleFault.Open;
            Max31855 driver = Started(bench);
            Assert.Equal(double.NaN, Measure(bench, driver));
            Assert.Equal(SensorFault.SensorOpen, driver.ProbeFault);
        }

        [Fact]
        public void It_never_polls_so_fast_that_the_chip_freezes()
        {
            using var bench = new MaximBench();
            Max31855 driver = Started(bench);
            bench.Simple.Faults.RateErrorPercent = -29; // 98.6 ms: the slowest part the data sheet allows
            long interrupted = bench.Simple.Interrupted;
            int results = 0;
            for (int i = 0; i < 1000; i++)
            {
                bench.Hot.Celsius = 20 + i;
                bench.Pass(10);
                results += driver.TryRead(out int digits);
                Assert.True(digits == 0 || digits / 4 >= 20 + i - 6);
            }

            Assert.InRange(results, 80, 100);
            Assert.Equal(interrupted, bench.Simple.Interrupted);
        }

        [Fact]
        public void Disagreement_the_fault_bits_are_not_in_the_reverse_order()
        {
            using var bench = new MaximBench();
            Max31855 driver = Started(bench);
            bench.Simple.ProbeFault = ThermocoupleFault.Open; // bit 0, not bit 2
            Measure(bench, driver);
            Assert.Equal(1u, bench.Simple.Frame & 7);
            Assert.Equal(SensorFault.SensorOpen, driver.ProbeFault);
        }

        [Fact]
        public void A_lost_frame_never_becomes_a_temperature()
        {
            using var bench = new MaximBench();
            Max31855 driver = Started(bench);
            bench.Pass(150);
            bench.Simple.Faults.NackNext(1);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            Assert.Equal(25, Measure(bench, driver));
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_dead_line_is_no_answer(int level)
        {
            using var bench = new MaximBench();
            Max31855 driver = bench.OpenMax31855();
            bench.Simple.Faults.StuckMiso = (byte)level;
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(() => driver.Start(Max31855Type.K)).Fault);
            bench.Simple.Faults.Clear();
            driver.Start(Max31855Type.K);
            bench.Pass(150);
            bench.Simple.Faults.StuckMiso = (byte)level;
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(driver.Check).Status);
            bench.Simple.Faults.Clear();
            driver.Check();
        }

        [Fact]
        public void A_brown_out_gives_no_temperature_until_a_conversion_has_ended()
        {
            using var bench = new MaximBench();
            Max31855 driver = Started(bench);
            bench.Simple.BrownOut();
            bench.Pass(150);
            Assert.Throws<BusException>(() => driver.TryRead(out _));
            Assert.Equal(25, Measure(bench, driver));
        }

        [Fact]
        public void Another_SPI_mode_is_told_from_a_temperature()
        {
            using var bench = new MaximBench();
            var profile = SpiProfile.WithoutCommand(System.Device.Spi.SpiMode.Mode3, 5_000_000, 4);
            var driver = new Max31855(bench.Board.OpenSpi(2, profile), bench.Clock);
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => driver.Start(Max31855Type.K)).Fault);
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var bench = new MaximBench();
            Max31855 driver = Started(bench);
            long before = 0;
            int results = 0;
            for (int read = 0; read < 1010; read++)
            {
                before = read == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Wires.Time.Advance(150_000_000);
                results += driver.TryRead(out _);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1010, results);
        }

        private static Max31855 Started(MaximBench bench)
        {
            Max31855 driver = bench.OpenMax31855();
            driver.Start(Max31855Type.K);
            return driver;
        }

        // NaN when there is no result.
        private static double Measure(MaximBench bench, Max31855 driver)
        {
            bench.Pass(150);
            return driver.TryRead(out int digits) == 1 ? digits * Max31855.CelsiusPerDigit : double.NaN;
        }
    }
}

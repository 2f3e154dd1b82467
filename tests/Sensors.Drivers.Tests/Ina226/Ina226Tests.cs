using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The INA226 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Ina226Tests
    {
        [Theory]
        [InlineData(0.5, 12, 20000, 9600)]
        [InlineData(-0.5, 24, -20000, 19200)]
        [InlineData(0, 0, 0, 0)]
        [InlineData(0.000025, 0.00125, 1, 1)]
        [InlineData(-0.000025, 5, -1, 4000)]
        public void Reads_what_the_shunt_carries(double amperes, double volts, int current, int bus)
        {
            using var bench = new Bench();
            bench.Source.Amperes = amperes;
            bench.Source.Volts = volts;
            Ina226 driver = bench.OpenIna226();
            Start(driver);
            bench.Pass(40);
            Assert.Equal(1, driver.TryRead(out int a, out int v));
            Assert.Equal((current, bus), (a, v));
            Assert.Equal(amperes, a * (double)driver.AmperesPerDigit, 0.0000125);
            Assert.Equal(volts, v * (double)Ina226.VoltsPerDigit, 0.000625);
            Assert.False(driver.Clipped || driver.Overflow);
            Assert.Equal(0, driver.TryRead(out _, out _)); // taken
            Assert.Equal(0, bench.CurrentMonitor.Violations.Count);
        }

        [Theory]
        [InlineData(1.0, 32767)]
        [InlineData(-1.0, -32768)]
        public void R100_ends_at_0_8_amperes(double amperes, int digits)
        {
            using var bench = new Bench();
            bench.Source.Amperes = amperes;
            Ina226 driver = bench.OpenIna226();
            Start(driver);
            bench.Pass(40);
            Assert.Equal(1, driver.TryRead(out int current, out _));
            Assert.Equal(digits, current);
            Assert.True(driver.Clipped);
        }

        [Fact]
        public void A_weight_too_fine_for_the_current_overflows()
        {
            using var bench = new Bench();
            bench.Source.Amperes = 0.5;
            bench.Source.Volts = 12;
            Ina226 driver = bench.OpenIna226();
            driver.Start(R100, 10, Ina226Averages.One, Ina226Time.Microseconds140, Ina226Time.Microseconds140, Ina226Mode.Continuous);
            bench.Pass(40);
            Assert.Equal(1, driver.TryRead(out _, out _));
            Assert.True(driver.Overflow);
            Assert.False(driver.Clipped);
        }

        [Theory]
        [InlineData(Ina226Averages.One, Ina226Time.Microseconds140, Ina226Time.Microseconds8244)]
        [InlineData(Ina226Averages.Sixteen, Ina226Time.Microseconds1100, Ina226Time.Microseconds1100)]
        [InlineData(Ina226Averages.Thousand24, Ina226Time.Microseconds588, Ina226Time.Microseconds2116)]
        public void One_result_comes_per_update(Ina226Averages averages, Ina226Time busTime, Ina226Time shuntTime)
        {
            using var bench = new Bench();
            Ina226 driver = bench.OpenIna226();
            driver.Start(R100, 25, averages, busTime, shuntTime, Ina226Mode.Continuous);
            int results = 0;
            for (int i = 0; i < 200; i++)
            {
                bench.Pass((driver.UpdateMicroseconds * 0.001 / 10) - 0.4); // the look itself takes some tenths of a millisecond
                results += driver.TryRead(out _, out _);
            }

            Assert.InRange(results, 18, 24);
        }

        [Fact]
        public void Triggered_converts_once()
        {
            using var bench = new Bench();
            Ina226 driver = bench.OpenIna226();
            driver.Start(R100, 25, Ina226Averages.One, Ina226Time.Microseconds1100, Ina226Time.Microseconds1100, Ina226Mode.Triggered);
            bench.Pass(5);
            Assert.Equal(1, driver.TryRead(out _, out _));
            bench.Pass(100);
            Assert.Equal(0, driver.TryRead(out _, out _));
            driver.Trigger();
            Assert.Equal(0, driver.TryRead(out _, out _));
            bench.Pass(5);
            Assert.Equal(1, driver.TryRead(out _, out _));
        }

        [Fact]
        public void Stop_ends_conversion()
        {
            using var bench = new Bench();
            Ina226 driver = bench.OpenIna226();
            Start(driver);
            driver.Stop();
            driver.TryRead(out _, out _);
            bench.Pass(500);
            Assert.Equal(0, driver.TryRead(out _, out _));
        }

        [Fact]
        public void A_brown_out_is_named_and_a_new_start_cures_it()
        {
            using var bench = new Bench();
            bench.Source.Amperes = 0.25;
            Ina226 driver = bench.OpenIna226();
            Start(driver);
            bench.Pass(40);
            Assert.Equal(1, driver.TryRead(out int current, out _));
            driver.Check();
            bench.CurrentMonitor.BrownOut();
            bench.Pass(40);
            current = 7;
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.TryRead(out current, out _)).Fault);
            Assert.Equal(0, current);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            Start(driver);
            bench.Pass(40);
            Assert.Equal(1, driver.TryRead(out current, out _));
            Assert.Equal(10000, current);
        }

        [Fact]
        public void Wrong_identity_missing_chip_and_held_bus_are_told_apart()
        {
            using var bench = new Bench();
            Ina226 driver = bench.OpenIna226();
            bench.CurrentMonitor.Faults.WrongIdentity = 0x2281;
            Assert.Equal(SensorFault.WrongIdentity, Assert.Throws<SensorException>(() => Start(driver)).Fault);
            bench.CurrentMonitor.Faults.Clear();
            Start(driver);
            bench.CurrentMonitor.Faults.NackNext(1);
            Assert.Equal(BusStatus.NotAcknowledged, Assert.Throws<BusException>(() => driver.TryRead(out _, out _)).Status);
            bench.CurrentMonitor.Faults.HoldBusFor(TimeSpan.FromSeconds(5));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => driver.TryRead(out _, out _)).Status);
            bench.Pass(5000);
            Assert.Equal(1, driver.TryRead(out _, out _));
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var bench = new Bench();
            Ina226 driver = bench.OpenIna226();
            driver.Start(R100, 25, Ina226Averages.One, Ina226Time.Microseconds140, Ina226Time.Microseconds140, Ina226Mode.Continuous);
            long before = 0;
            int results = 0;
            for (int read = 0; read < 1010; read++)
            {
                before = read == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Wires.Time.Advance(2_000_000);
                results += driver.TryRead(out _, out _);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1010, results);
        }
    }
}

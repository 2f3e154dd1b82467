using System;
using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    /// <summary>The TMP117 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Tmp117Tests
    {
        [Theory]
        [InlineData(25, 3200)]
        [InlineData(-25, -3200)]
        [InlineData(0, 0)]
        [InlineData(-0.0078125, -1)]
        [InlineData(150, 19200)]
        [InlineData(-55, -7040)]
        public void Reads_what_the_chip_touches(double celsius, int digits)
        {
            using var bench = new Bench();
            bench.Source.Celsius = celsius;
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(Tmp117Cycle.Milliseconds125, Tmp117Averages.Eight);
            bench.Pass(200);
            Assert.Equal(1, driver.TryRead(out int raw));
            Assert.Equal(digits, raw);
            Assert.Equal(0, driver.TryRead(out _)); // taken
            Assert.Equal(0, bench.Thermometer.Violations.Count);
            Assert.Equal(0, bench.Thermometer.EepromWrites);
        }

        [Theory]
        [InlineData(Tmp117Cycle.Fastest, Tmp117Averages.One)]
        [InlineData(Tmp117Cycle.Fastest, Tmp117Averages.SixtyFour)]
        [InlineData(Tmp117Cycle.Milliseconds250, Tmp117Averages.ThirtyTwo)]
        [InlineData(Tmp117Cycle.Seconds1, Tmp117Averages.Eight)]
        [InlineData(Tmp117Cycle.Seconds16, Tmp117Averages.One)]
        public void One_result_comes_per_cycle(Tmp117Cycle cycle, Tmp117Averages averages)
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(cycle, averages);
            int results = 0;
            for (int i = 0; i < 100; i++)
            {
                bench.Pass(driver.CycleMicroseconds * 0.001 / 5); // 20 cycles in all
                results += driver.TryRead(out _);
            }

            Assert.InRange(results, 18, 22);
        }

        [Fact]
        public void Before_the_first_conversion_there_is_no_result()
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            bench.Pass(5000); // results of the time before the start do not count
            driver.Start(Tmp117Cycle.Seconds1, Tmp117Averages.SixtyFour);
            for (int i = 0; i < 9; i++)
            {
                Assert.Equal(0, driver.TryRead(out int raw));
                Assert.Equal(0, raw);
                bench.Pass(100);
            }

            bench.Pass(200);
            Assert.Equal(1, driver.TryRead(out _));
        }

        [Fact]
        public void One_shot_converts_once()
        {
            using var bench = new Bench();
            bench.Source.Celsius = 21;
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(Tmp117Cycle.Seconds16, Tmp117Averages.Eight);
            driver.StartOneShot();
            bench.Pass((driver.OneShotMicroseconds * 0.001) - 2);
            Assert.Equal(0, driver.TryRead(out _));
            bench.Pass(4);
            Assert.Equal(1, driver.TryRead(out int raw));
            Assert.Equal(21 * 128, raw);
            bench.Pass(60_000);
            Assert.Equal(0, driver.TryRead(out _));
            driver.Check();
        }

        [Fact]
        public void Stop_ends_conversion()
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(Tmp117Cycle.Milliseconds125, Tmp117Averages.One);
            driver.Stop();
            driver.TryRead(out _);
            bench.Pass(5000);
            Assert.Equal(0, driver.TryRead(out _));
        }

        [Theory]
        [InlineData(Tmp117Cycle.Milliseconds500, Tmp117Averages.One, true)]
        [InlineData(Tmp117Cycle.Seconds1, Tmp117Averages.Eight, false)] // the chip's own settings: only Check can tell, and nothing is lost
        public void A_brown_out_is_named_and_a_new_start_cures_it(Tmp117Cycle cycle, Tmp117Averages averages, bool seenInRead)
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(cycle, averages);
            bench.Pass(1500);
            driver.Check();
            Assert.Equal(1, driver.TryRead(out _));
            bench.Thermometer.BrownOut();
            bench.Pass(50);
            if (seenInRead)
            {
                Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.TryRead(out _)).Fault);
            }
            else
            {
                Assert.Equal(0, driver.TryRead(out int raw)); // not -256 °C
                Assert.Equal(0, raw);
            }

            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver.Start(cycle, averages);
            bench.Pass(1500);
            driver.Check();
            Assert.Equal(1, driver.TryRead(out _));
        }

        [Fact]
        public void A_chip_without_new_data_gives_none()
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(Tmp117Cycle.Seconds16, Tmp117Averages.One);
            bench.Pass(1000);
            driver.TryRead(out _);
            bench.Pass(10_000);
            Assert.Equal(0, driver.TryRead(out int raw));
            Assert.Equal(0, raw);
        }

        [Fact]
        public void Wrong_identity_missing_chip_and_held_bus_are_told_apart()
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            bench.Thermometer.Faults.WrongIdentity = 0x2117;
            var error = Assert.Throws<SensorException>(() => driver.Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight));
            AssertFault(error, SensorFault.WrongIdentity, 0x0F, 0x2117, 0x0117);
            bench.Thermometer.Faults.Clear();
            driver.Start(Tmp117Cycle.Seconds1, Tmp117Averages.Eight);
            bench.Thermometer.Faults.NackNext(1);
            Assert.Equal(BusStatus.NotAcknowledged, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            bench.Thermometer.Faults.HoldBusFor(TimeSpan.FromSeconds(5));
            Assert.Equal(BusStatus.Timeout, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            bench.Pass(5000);
            Assert.Equal(1, driver.TryRead(out _));
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var bench = new Bench();
            Tmp117 driver = bench.OpenTmp117();
            driver.Start(Tmp117Cycle.Fastest, Tmp117Averages.One);
            long before = 0;
            int results = 0;
            for (int read = 0; read < 1010; read++)
            {
                before = read == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                bench.Wires.Time.Advance(20_000_000);
                results += driver.TryRead(out _);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.InRange(results, 1000, 1010);
        }
    }
}

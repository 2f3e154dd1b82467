using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The MAX31856 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Max31856Tests
    {
        [Theory]
        [InlineData(Max31856Type.K, -200)]
        [InlineData(Max31856Type.K, -10)]
        [InlineData(Max31856Type.K, 0)]
        [InlineData(Max31856Type.K, 1372)]
        [InlineData(Max31856Type.B, 1800)]
        [InlineData(Max31856Type.J, -210)]
        [InlineData(Max31856Type.T, 400)]
        public void Reads_what_the_thermocouple_touches(Max31856Type type, double celsius)
        {
            using var bench = new MaximBench();
            bench.Hot.Celsius = celsius;
            Max31856 driver = bench.OpenMax31856();
            driver.Start(type, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.OneShot);
            Assert.Equal(celsius, Measure(bench, driver));
            Assert.Equal(22, driver.ColdJunction * Max31856.ColdCelsiusPerDigit);
            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void It_shares_a_bus_with_a_MAX31865()
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            Max31865 other = bench.OpenMax31865();
            other.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            bench.Hot.Celsius = 80;
            driver.StartOneShot();
            other.StartOneShot();
            bench.Pass(400);
            Assert.Equal(1, driver.TryRead(out int digits));
            Assert.Equal(1, other.TryRead(out int code));
            Assert.Equal(80, digits * Max31856.CelsiusPerDigit);
            Assert.Equal(80, other.Celsius(code), 0.02);
            Assert.Equal(0, bench.Violations);
        }

        [Theory]
        [InlineData(ThermocoupleFault.Open, SensorFault.SensorOpen)]
        [InlineData(ThermocoupleFault.ShortToSupply, SensorFault.InputVoltage)]
        public void Probe_faults_are_named_and_go_with_their_cause(ThermocoupleFault cause, SensorFault fault)
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            Assert.Equal(25, Measure(bench, driver));
            bench.Thermocouple.ProbeFault = cause;
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(double.NaN, Measure(bench, driver));
                Assert.Equal(fault, driver.ProbeFault);
            }

            bench.Thermocouple.ProbeFault = ThermocoupleFault.None;
            Assert.Equal(25, Measure(bench, driver));
            Assert.Equal(SensorFault.None, driver.ProbeFault);
            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void A_voltage_beyond_the_supply_is_told_while_the_conversion_waits()
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            driver.StartOneShot();
            bench.Thermocouple.ProbeFault = ThermocoupleFault.ShortToSupply;
            bench.Pass(1000);
            Assert.Equal(0, driver.TryRead(out _));
            Assert.Equal(SensorFault.InputVoltage, driver.ProbeFault);
            Assert.True(driver.IsConverting);
            bench.Thermocouple.ProbeFault = ThermocoupleFault.None;
            bench.Pass(1000);
            Assert.Equal(1, driver.TryRead(out _));
            Assert.Equal(SensorFault.None, driver.ProbeFault);
        }

        [Theory]
        [InlineData(1372.5, 22)]
        [InlineData(-201, 22)]
        [InlineData(100, 126)]
        [InlineData(100, -56)]
        public void Beyond_a_range_is_out_of_range(double hot, double cold)
        {
            using var bench = new MaximBench();
            bench.Hot.Celsius = hot;
            bench.Cold.Celsius = cold;
            Max31856 driver = Started(bench);
            Assert.Equal(double.NaN, Measure(bench, driver));
            Assert.Equal(SensorFault.OutOfRange, driver.ProbeFault);
        }

        [Fact]
        public void Binding_defect_minus_10_is_not_minus_2038()
        {
            using var bench = new MaximBench();
            bench.Hot.Celsius = -10;
            Max31856 driver = Started(bench);
            driver.StartOneShot();
            bench.Pass(400);
            Assert.Equal(1, driver.TryRead(out int digits));
            Assert.Equal(-1280, digits); // FF6000h
            Assert.Equal(-10f, digits * Max31856.CelsiusPerDigit);
        }

        [Theory]
        [InlineData(Max31856Averages.One, Max31856Filter.Hz50, 110)]
        [InlineData(Max31856Averages.Sixteen, Max31856Filter.Hz60, 365)]
        public void Automatic_mode_gives_a_result_per_update(Max31856Averages averages, Max31856Filter filter, int milliseconds)
        {
            using var bench = new MaximBench();
            Max31856 driver = bench.OpenMax31856();
            driver.Start(Max31856Type.K, averages, filter, Max31856Mode.Automatic);
            int results = 0;
            for (int i = 0; i < 1000; i++)
            {
                bench.Pass(10);
                results += driver.TryRead(out int digits);
                Assert.True(digits is 0 or 25 * 128);
            }

            Assert.InRange(results, (10_000 / (milliseconds + 26)) - 2, 10_000 / milliseconds);
            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void In_automatic_mode_an_open_thermocouple_shows_within_16_conversions()
        {
            using var bench = new MaximBench();
            Max31856 driver = bench.OpenMax31856();
            driver.Start(Max31856Type.K, Max31856Averages.One, Max31856Filter.Hz50, Max31856Mode.Automatic);
            bench.Pass(1000);
            bench.Thermocouple.ProbeFault = ThermocoupleFault.Open;
            bench.Pass(2000);
            Assert.Equal(0, driver.TryRead(out _));
            Assert.Equal(SensorFault.SensorOpen, driver.ProbeFault);
        }

        [Fact]
        public void A_new_start_may_change_filter_and_type_of_a_running_chip()
        {
            using var bench = new MaximBench();
            Max31856 driver = bench.OpenMax31856();
            foreach (Max31856Filter filter in new[] { Max31856Filter.Hz50, Max31856Filter.Hz60, Max31856Filter.Hz50 })
            {
                driver.Start((Max31856Type)(2 + (int)filter), Max31856Averages.Two, filter, Max31856Mode.Automatic); // as after a node's reset
                bench.Pass(500);
                Assert.Equal(1, driver.TryRead(out _));
            }

            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void A_brown_out_is_named_and_a_new_start_cures_it()
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            driver.Check();
            driver.StartOneShot();
            bench.Thermocouple.BrownOut();
            bench.Pass(400);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.TryRead(out _)).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            Started(bench, driver);
            Assert.Equal(25, Measure(bench, driver));
        }

        [Theory]
        [InlineData(0)] // the one-shot
        [InlineData(1)] // the result
        public void A_lost_frame_never_becomes_a_temperature(int lost)
        {
            using var bench = new MaximBench();
            var bus = new LossyBus(bench.Board.OpenSpi(1, Max31856.Spi), bench.Thermocouple.Faults);
            Max31856 driver = Started(bench, new Max31856(bus, bench.Clock));
            bench.Hot.Celsius = 10;
            Measure(bench, driver);
            bench.Hot.Celsius = 60; // an older result would show
            bus.LoseAfter(lost);
            driver.StartOneShot();
            bench.Pass(400);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            Assert.Equal(lost == 1, driver.IsConverting);
            double celsius = driver.IsConverting && driver.TryRead(out int digits) == 1 ? digits * Max31856.CelsiusPerDigit : Measure(bench, driver);
            Assert.Equal(60, celsius);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_dead_line_is_no_answer(int level)
        {
            using var bench = new MaximBench();
            Max31856 driver = bench.OpenMax31856();
            bench.Thermocouple.Faults.StuckMiso = (byte)level;
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(() => Started(bench, driver)).Fault);
            bench.Thermocouple.Faults.Clear();
            Started(bench, driver);
            driver.StartOneShot();
            bench.Pass(400);
            bench.Thermocouple.Faults.StuckMiso = (byte)level;
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(driver.Check).Status);
            bench.Thermocouple.Faults.Clear();
            Assert.Equal(1, driver.TryRead(out _));
        }

        [Fact]
        public void A_stuck_line_is_no_temperature()
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            driver.StartOneShot();
            bench.Pass(400);
            bench.Thermocouple.Faults.StuckMiso = 0x01; // 16 °C, if only the result were looked at
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => driver.TryRead(out _)).Fault);
        }

        [Fact]
        public void Stop_ends_conversion()
        {
            using var bench = new MaximBench();
            Max31856 driver = bench.OpenMax31856();
            driver.Start(Max31856Type.K, Max31856Averages.One, Max31856Filter.Hz50, Max31856Mode.Automatic);
            driver.Stop();
            long made = bench.Thermocouple.Conversions;
            bench.Pass(1000);
            driver.Check();
            Assert.Equal(0, driver.TryRead(out _));
            Assert.Equal(made, bench.Thermocouple.Conversions);
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var bench = new MaximBench();
            Max31856 driver = Started(bench);
            long before = 0;
            int results = 0;
            for (int read = 0; read < 1010; read++)
            {
                before = read == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                driver.StartOneShot();
                bench.Wires.Time.Advance(400_000_000);
                results += driver.TryRead(out _);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1010, results);
        }

        private static Max31856 Started(MaximBench bench, Max31856? driver = null)
        {
            driver ??= bench.OpenMax31856();
            driver.Start(Max31856Type.K, Max31856Averages.Four, Max31856Filter.Hz50, Max31856Mode.OneShot);
            return driver;
        }

        // NaN when there is no result.
        private static double Measure(MaximBench bench, Max31856 driver)
        {
            driver.StartOneShot();
            bench.Pass((driver.ConversionMicroseconds / 1000) + 1);
            return driver.TryRead(out int digits) == 1 ? digits * Max31856.CelsiusPerDigit : double.NaN;
        }

        private static int ReadRegister(MaximBench bench, byte register)
        {
            var miso = new byte[2];
            bench.Wires.TransferSpi(1, Boards.Esp32DevKitC.Slot1ChipSelectPin, System.Device.Spi.SpiMode.Mode3, 5_000_000, [register, 0], miso);
            return miso[1];
        }
    }
}

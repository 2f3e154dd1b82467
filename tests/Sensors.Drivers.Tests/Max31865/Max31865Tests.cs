using System;
using Sensors.Drivers.Tests.Wire;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    /// <summary>The MAX31865 driver against the virtual chip, through the bus adapters, the packages and a real board's file.</summary>
    public partial class Max31865Tests
    {
        [Theory]
        [InlineData(-200)]
        [InlineData(-50)]
        [InlineData(0)]
        [InlineData(25)]
        [InlineData(100)]
        [InlineData(400)]
        [InlineData(850)]
        public void Reads_what_the_probe_touches(double celsius)
        {
            foreach ((Max31865Probe probe, double reference) in new[]
                { (Max31865Probe.Pt100, 430.0), (Max31865Probe.Pt100, 400), (Max31865Probe.Pt1000, 4300), (Max31865Probe.Pt1000, 4000) })
            {
                using var bench = new MaximBench(new Max31865Options { NoiseLsb = 0, ProbeOhms = (int)probe / 1000, ReferenceOhms = reference });
                bench.Hot.Celsius = celsius;
                Max31865 driver = bench.OpenMax31865();
                driver.Start(probe, Max31865Wires.Four, (int)(reference * 1000), Max31865Filter.Hz50, Max31865Mode.OneShot);
                Assert.Equal(celsius, Measure(bench, driver), 0.025); // half a code is 0.016 °C at 0, 0.023 at 850
                Assert.Equal(0, bench.Violations);
            }
        }

        [Theory]
        [InlineData(Max31865Wires.Two, 5.12)] // 2 ohms are 5.12 °C
        [InlineData(Max31865Wires.Three, 0)]
        [InlineData(Max31865Wires.Four, 0)]
        public void Wires_count_as_the_wiring_says(Max31865Wires wires, double error)
        {
            using var bench = new MaximBench(new Max31865Options { NoiseLsb = 0, Wires = (int)wires, WireOhms = 1 });
            bench.Hot.Celsius = 0;
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, wires, 430_000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            Assert.Equal(error, Measure(bench, driver), 0.03);
        }

        [Theory]
        [InlineData(Max31865ProbeFault.Open, SensorFault.SensorOpen)]
        [InlineData(Max31865ProbeFault.Shorted, SensorFault.SensorShort)]
        [InlineData(Max31865ProbeFault.ForceMinusOpen, SensorFault.SensorOpen)]
        [InlineData(Max31865ProbeFault.RtdinMinusLow, SensorFault.SensorShort)]
        [InlineData(Max31865ProbeFault.RtdinPlusLow, SensorFault.SensorShort)]
        [InlineData(Max31865ProbeFault.OverUnderVoltage, SensorFault.InputVoltage)]
        public void Probe_faults_are_named_and_go_with_their_cause(Max31865ProbeFault cause, SensorFault fault)
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            Assert.Equal(25, Measure(bench, driver), 0.02);
            bench.Rtd.ProbeFault = cause;
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal(double.NaN, Measure(bench, driver));
                Assert.Equal(fault, driver.ProbeFault);
            }

            bench.Rtd.ProbeFault = Max31865ProbeFault.None;
            Assert.Equal(25, Measure(bench, driver), 0.02);
            Assert.Equal(SensorFault.None, driver.ProbeFault);
            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void In_automatic_mode_an_open_probe_is_told_from_a_too_hot_one_by_the_fault_cycle()
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Three, 430_000, Max31865Filter.Hz60, Max31865Mode.Automatic);
            Assert.Equal(25, Next(bench, driver), 0.02);
            bench.Rtd.ProbeFault = Max31865ProbeFault.ForceMinusOpen;
            bench.Pass(100);
            while (driver.ProbeFault == SensorFault.None)
            {
                driver.TryRead(out _); // an arbitrary number may look valid: conversions alone do not notice
                bench.Pass(20);
            }

            Assert.Equal(SensorFault.SensorOpen, driver.ProbeFault);
            bench.Rtd.ProbeFault = Max31865ProbeFault.None;
            bench.Hot.Celsius = 900;
            bench.Pass(100);
            Assert.Equal(double.NaN, Next(bench, driver));
            Assert.Equal(SensorFault.OutOfRange, driver.ProbeFault);
            bench.Hot.Celsius = 80;
            Assert.Equal(80, Next(bench, driver), 0.02);
            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void In_automatic_mode_a_grounded_wire_is_found_when_looked_for()
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.Automatic);
            bench.Rtd.ProbeFault = Max31865ProbeFault.RtdinMinusLow;
            Assert.Equal(25, Next(bench, driver), 0.02);
            Assert.Equal(SensorFault.SensorShort, driver.CheckWires());
            bench.Rtd.ProbeFault = Max31865ProbeFault.None;
            Assert.Equal(25, Next(bench, driver), 0.02);
            Assert.Equal(SensorFault.None, driver.CheckWires());
            Assert.Equal(25, Next(bench, driver), 0.02);
            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void Binding_defect_the_fault_bit_of_the_result_is_not_ignored()
        {
            // An open PT100 read as if it were one is 990 °C.
            Assert.Equal(990, Max31865.ToCelsius(0x7FFF, 430_000, Max31865Probe.Pt100), 5.0);
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            bench.Rtd.ProbeFault = Max31865ProbeFault.Open;
            driver.StartOneShot();
            bench.Pass(70);
            Assert.Equal(0, driver.TryRead(out int code));
            Assert.Equal((0, SensorFault.SensorOpen, 0xA0), (code, driver.ProbeFault, driver.LastFaultStatus));
        }

        [Fact]
        public void Binding_defect_latched_faults_are_cleared_so_that_they_do_not_outlive_their_cause()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            bench.Rtd.ProbeFault = Max31865ProbeFault.Open;
            Measure(bench, driver);
            bench.Rtd.ProbeFault = Max31865ProbeFault.None;
            Assert.Equal(25, Measure(bench, driver), 0.02);
            Assert.Equal(0, driver.LastFaultStatus);
        }

        [Fact]
        public void Disagreement_the_constants_are_those_of_IEC_60751()
        {
            // The other set in use is 0.48 °C off at 400 °C.
            Assert.Equal(400, Max31865.ToCelsius(2.47092f), 0.002);
        }

        [Fact]
        public void Disagreement_there_is_no_offset_of_256_and_no_straight_line()
        {
            // code / 32 - 256 with a reference of 400 ohms is 0 at 0 °C, but 98.6 at 100.
            Assert.Equal(0, Max31865.ToCelsius(8192, 400_000, Max31865Probe.Pt100), 0.001);
            Assert.Equal(100, Max31865.ToCelsius(11346, 400_000, Max31865Probe.Pt100), 0.02);
        }

        [Fact]
        public void Disagreement_the_filter_bit_goes_both_ways_and_never_in_automatic_mode()
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            foreach (Max31865Filter filter in new[] { Max31865Filter.Hz50, Max31865Filter.Hz60, Max31865Filter.Hz50 })
            {
                driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, filter, Max31865Mode.Automatic); // as after a node's reset
                Assert.Equal(25, Next(bench, driver), 0.02);
                Assert.Equal((int)filter, ReadRegister(bench, 0x00) & 1);
            }

            Assert.Equal(0, bench.Violations);
        }

        [Fact]
        public void A_wrong_reference_shows_as_a_wrong_temperature()
        {
            using var bench = new MaximBench(); // 430 ohms
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 400_000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            Assert.Equal(5.3, Measure(bench, driver), 0.1); // for 25 °C
        }

        [Fact]
        public void A_result_is_there_within_the_data_sheet_s_longest_time_and_never_before()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            bench.Rtd.Faults.RateErrorPercent = -5.2; // 65.9 ms
            driver.StartOneShot();
            Assert.True(driver.IsConverting);
            int looks = 0;
            while (driver.TryRead(out _) == 0)
            {
                bench.Pass(1);
                looks++;
            }

            Assert.InRange(looks, 65, 67);
            Assert.False(driver.IsConverting);
            Assert.Equal(0, driver.TryRead(out int code)); // taken
            Assert.Equal(0, code);
        }

        [Fact]
        public void A_conversion_slower_than_allowed_is_waited_for()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            bench.Rtd.Faults.RateErrorPercent = -20;
            bench.Hot.Celsius = 60;
            driver.StartOneShot();
            bench.Pass(70);
            Assert.Equal(0, driver.TryRead(out _)); // not the result of the time before
            bench.Pass(10);
            Assert.Equal(1, driver.TryRead(out int code));
            Assert.Equal(60, driver.Celsius(code), 0.02);
        }

        [Fact]
        public void Between_one_shots_no_current_heats_the_probe()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            for (int i = 0; i < 10; i++)
            {
                Measure(bench, driver);
                bench.Pass(5000);
            }

            Assert.InRange(bench.Rtd.BiasSeconds, 0.7, 0.85); // 10 times 11 ms and 66 ms
        }

        [Fact]
        public void A_brown_out_is_named_and_a_new_start_cures_it()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            driver.Check();
            driver.StartOneShot();
            bench.Rtd.BrownOut();
            bench.Pass(70);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(() => driver.TryRead(out _)).Fault);
            Assert.Equal(SensorFault.BrownOut, Assert.Throws<SensorException>(driver.Check).Fault);
            driver = Started(bench, driver);
            Assert.Equal(25, Measure(bench, driver), 0.02);
        }

        [Theory] // which of the frames of a measurement gets lost
        [InlineData(0)] // bias
        [InlineData(1)] // its reading back
        [InlineData(2)] // fault cycle
        [InlineData(3)] // the one-shot
        [InlineData(4)] // the result
        [InlineData(5)] // end of the bias
        public void A_lost_frame_never_becomes_a_temperature(int lost)
        {
            using var bench = new MaximBench();
            var bus = new LossyBus(bench.Board.OpenSpi(0, Max31865.Spi), bench.Rtd.Faults);
            Max31865 driver = Started(bench, new Max31865(bus, bench.Clock));
            bench.Hot.Celsius = 10;
            Measure(bench, driver);
            bench.Hot.Celsius = 60; // an older result would show
            bus.LoseAfter(lost);
            double celsius = double.NaN;
            int silences = 0;
            try
            {
                driver.StartOneShot();
                bench.Pass(70);
                celsius = driver.TryRead(out int code) == 1 ? driver.Celsius(code) : double.NaN;
            }
            catch (BusException error)
            {
                Assert.Equal(BusStatus.Silent, error.Status);
                silences++;
            }

            Assert.Equal(lost is 2 or 5 ? 0 : 1, silences); // these two cost nothing: the wires go unchecked once, the bias stays on
            Assert.True(double.IsNaN(celsius) || Math.Abs(celsius - 60) < 0.02);
            bench.Pass(100);
            celsius = driver.IsConverting && driver.TryRead(out int again) == 1 ? driver.Celsius(again) : Measure(bench, driver);
            Assert.Equal(60, celsius, 0.02);
        }

        [Theory]
        [InlineData(0x00)]
        [InlineData(0xFF)]
        public void A_dead_line_is_no_answer(int level)
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            bench.Rtd.Faults.StuckMiso = (byte)level;
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(() => Started(bench, driver)).Fault);
            bench.Rtd.Faults.Clear();
            Started(bench, driver);
            driver.StartOneShot();
            bench.Pass(70);
            bench.Rtd.Faults.StuckMiso = (byte)level;
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(() => driver.TryRead(out _)).Status);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(driver.Check).Status);
            Assert.Equal(BusStatus.Silent, Assert.Throws<BusException>(driver.StartOneShot).Status);
            bench.Rtd.Faults.Clear();
            Assert.Equal(25, Measure(bench, driver), 0.02);
        }

        [Theory]
        [InlineData(0x55)]
        [InlineData(0x3B)] // 0 °C, if only the result were looked at
        public void A_stuck_line_is_no_temperature(int level)
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            driver.StartOneShot();
            bench.Pass(70);
            bench.Rtd.Faults.StuckMiso = (byte)level;
            Assert.Equal(SensorFault.Corrupt, Assert.Throws<SensorException>(() => driver.TryRead(out _)).Fault);
        }

        [Fact]
        public void An_empty_slot_is_no_answer()
        {
            using var bench = new MaximBench();
            var driver = new Max31865(bench.Board.OpenSpi(3, Max31865.Spi), bench.Clock);
            Assert.Equal(SensorFault.NoAnswer, Assert.Throws<SensorException>(() => Started(bench, driver)).Fault);
        }

        [Fact]
        public void Stop_ends_the_current()
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.Automatic);
            bench.Pass(100);
            driver.Stop();
            Assert.Equal(0x01, ReadRegister(bench, 0x00));
            bench.Pass(1000);
            Assert.Equal(0, driver.TryRead(out _));
            driver.Check();
        }

        [Fact]
        public void A_thousand_reads_allocate_nothing()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            long before = 0;
            double sum = 0;
            for (int read = 0; read < 1010; read++)
            {
                before = read == 10 ? GC.GetAllocatedBytesForCurrentThread() : before;
                driver.StartOneShot();
                bench.Wires.Time.Advance(70_000_000);
                sum += driver.TryRead(out int code) * driver.Celsius(code);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(1010 * 25, sum, 20.0);
        }

        private static Max31865 Started(MaximBench bench, Max31865? driver = null)
        {
            driver ??= bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            return driver;
        }

        // NaN when there is no result.
        private static double Measure(MaximBench bench, Max31865 driver)
        {
            driver.StartOneShot();
            bench.Pass(67);
            return driver.TryRead(out int code) == 1 ? driver.Celsius(code) : double.NaN;
        }

        private static double Next(MaximBench bench, Max31865 driver)
        {
            bench.Pass(70); // also the first after a pause
            driver.TryRead(out _);
            bench.Pass(70);
            return driver.TryRead(out int code) == 1 ? driver.Celsius(code) : double.NaN;
        }

        private static int ReadRegister(MaximBench bench, byte register)
        {
            var miso = new byte[2];
            bench.Wires.TransferSpi(1, Boards.Esp32DevKitC.Slot0ChipSelectPin, System.Device.Spi.SpiMode.Mode3, 5_000_000, [register, 0], miso);
            return miso[1];
        }
    }
}

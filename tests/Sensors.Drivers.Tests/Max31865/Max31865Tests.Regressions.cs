using Sensors.Drivers.Tests.Wire;

namespace Sensors.Drivers.Tests
{
    // Defects of other people's drivers, one test each; docs/regressions.md lists them all.
    public partial class Max31865Tests
    {
        [Theory] // the quadratic alone: -202.4, -100.2, -50.02
        [InlineData(0.18520, -200)]
        [InlineData(0.60256, -100)]
        [InlineData(0.80306, -50)]
        public void Defect_the_quadratic_does_not_reach_below_zero(double ratio, double celsius)
        {
            Assert.Equal(celsius, Max31865.ToCelsius((float)ratio), 0.005);
        }

        [Fact]
        public void Defect_two_milliseconds_of_bias_are_not_enough_for_a_filtered_input()
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.OneShot);
            long before = bench.Wires.Time.Nanoseconds;
            driver.StartOneShot();
            Assert.InRange((bench.Wires.Time.Nanoseconds - before) * 1e-6, 10, 13); // 10.5 time constants of 100 nF behind 8 kilohms
            bench.Pass(70);
            Assert.Equal(1, driver.TryRead(out int code));
            Assert.Equal(25, driver.Celsius(code), 0.02);
            Assert.Equal(0, bench.Violations); // the chip counts a conversion before the bias has settled
        }

        [Fact]
        public void Binding_defect_it_does_not_block_while_the_chip_converts_and_knows_automatic_mode()
        {
            using var bench = new MaximBench();
            Max31865 driver = bench.OpenMax31865();
            driver.Start(Max31865Probe.Pt100, Max31865Wires.Four, 430_000, Max31865Filter.Hz50, Max31865Mode.Automatic);
            int results = 0;
            long longest = 0;
            for (int i = 0; i < 100; i++)
            {
                bench.Pass(21);
                long before = bench.Wires.Time.Nanoseconds;
                results += driver.TryRead(out _);
                longest = System.Math.Max(longest, bench.Wires.Time.Nanoseconds - before);
            }

            Assert.InRange(results, 80, 100);
            Assert.InRange(longest, 0, 1_000_000);
        }

        [Fact]
        public void Binding_defect_faults_are_looked_for_by_a_fault_cycle_and_not_only_read()
        {
            using var bench = new MaximBench();
            Max31865 driver = Started(bench);
            bench.Rtd.ProbeFault = VirtualBoard.Max31865ProbeFault.RtdinMinusLow; // data looks valid: only a cycle sets D4 or D3
            driver.StartOneShot();
            bench.Pass(70);
            Assert.Equal(0, driver.TryRead(out _));
            Assert.Equal(SensorFault.SensorShort, driver.ProbeFault);
        }
    }
}

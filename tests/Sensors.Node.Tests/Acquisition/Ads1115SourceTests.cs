using System;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>Alternating current through a clamp, from the conductor to the reading.</summary>
    public class Ads1115SourceTests
    {
        private const int Mean = 0, Rms = 1, Min = 2, Max = 3, Frequency = 4;
        private const int Address = 0x49;

        [Fact]
        public void Rms_and_frequency_hold_over_seeds_with_harmonics_offset_noise_and_any_oscillator()
        {
            var random = new Random(1115);
            double worstRms = 0;
            double worstFrequency = 0;
            double worstRate = 0;
            for (int seed = 1; seed <= 60; seed++)
            {
                var mains = new AlternatingCurrent
                {
                    Hertz = 45 + (20 * random.NextDouble()),
                    Amperes = 2 + (60 * random.NextDouble()),
                    Phase = 2 * Math.PI * random.NextDouble(),
                    Third = 0.2,
                    ThirdPhase = 2 * Math.PI * random.NextDouble(),
                    Fifth = 0.1,
                    FifthPhase = 2 * Math.PI * random.NextDouble(),
                };
                double error = seed % 3 == 0 ? 10 : seed % 3 == 1 ? -10 : 20 * (random.NextDouble() - 0.5);
                using CurrentBench bench = Bench(mains, seed, out VirtualAds1115 chip, error, offsetVolts: 0.05 * (random.NextDouble() - 0.5));
                bench.Measure();
                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                worstRms = Math.Max(worstRms, Math.Abs((bench.Values[Rms] / mains.Rms) - 1));
                worstFrequency = Math.Max(worstFrequency, Math.Abs((bench.Values[Frequency] / mains.Hertz) - 1));
                worstRate = Math.Max(worstRate, Math.Abs((bench.Quality.Rate * chip.PeriodNanoseconds * 1e-9) - 1));
                Assert.Equal(0, bench.Quality.Lost);
                Assert.Equal(0, chip.Violations.Count + chip.Strays.Count);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"rms {worstRms:P3}, frequency {worstFrequency:P3}, rate {worstRate:P3}");
            Assert.InRange(worstRms, 0, 0.005);
            Assert.InRange(worstFrequency, 0, 0.002);
            Assert.InRange(worstRate, 0, 0.0012);
        }

        [Theory]
        [InlineData(150, 860)] // microseconds of managed code and driver on top of each transfer
        [InlineData(250, 475)]
        [InlineData(500, 250)]
        public void A_slow_bus_gets_a_slower_chip_and_counts_what_it_cannot_tell(double overhead, double rate)
        {
            using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, 1, out VirtualAds1115 chip, overhead: overhead);
            bench.Measure();
            Assert.Equal(SensorFault.None, bench.Quality.Fault);
            Assert.Equal(rate, bench.Quality.Rate, rate * 0.002);
            Assert.InRange(bench.Quality.Samples, (int)(0.17 * rate), (int)(0.2 * rate));
            Assert.InRange(bench.Quality.Lost, 0, 12);
            Assert.Equal(10, bench.Values[Rms], 0.15);
            Assert.Equal(50, bench.Values[Frequency], 0.1);
            Assert.Equal(0, chip.Violations.Count);
        }

        [Fact]
        public void A_pause_of_the_host_loses_conversions_that_are_counted_and_none_is_invented()
        {
            for (int milliseconds = 2; milliseconds < 40; milliseconds += 3)
            {
                using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, milliseconds, out VirtualAds1115 chip, rateErrorPercent: 7);
                bench.Measure();
                bench.Measure();
                bench.Measure(); // from here on every second on the grid
                double lost = milliseconds * 1e6 / chip.PeriodNanoseconds;
                bench.After(880, () => bench.Wires.Time.Advance(milliseconds * 1_000_000L)); // in the window, which begins after 800
                bench.Measure();
                Assert.InRange(bench.Quality.Lost, lost - 1.2, lost + 1.2);
                Assert.True(bench.Quality.Lost > 0);
                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                Assert.Equal(10, bench.Values[Rms], 0.03);
                Assert.Equal(50, bench.Values[Frequency], 0.15);
            }
        }

        [Fact]
        public void Direct_current_and_silence_have_no_frequency()
        {
            using CurrentBench bench = Bench(new AlternatingCurrent { Direct = 3 }, 1, out _);
            bench.Measure();
            Assert.Equal(3, bench.Values[Mean], 0.02);
            Assert.Equal(0, bench.Values[Rms], 0.01);
            Assert.True(float.IsNaN(bench.Values[Frequency]));
        }

        [Theory]
        [InlineData(1)]
        [InlineData(4)]
        public void The_conductor_may_go_through_the_core_more_than_once(int turns)
        {
            var mains = new AlternatingCurrent { Amperes = 2 };
            using var bench = new CurrentBench();
            bench.Wires.WireI2c(1, Address, new VirtualAds1115(bench.Wires.Time, new Ads1115Clamp(mains) { Turns = turns }, 1));
            bench.Use(new Ads1115Source(bench.Open(Address), bench.Clock, CurrentClamp.WithBurden(100, 50, 22_000, turns), 3300));
            bench.Measure();
            Assert.Equal(2, bench.Values[Rms], 0.01);
        }

        [Fact]
        public void Beyond_half_the_supply_samples_are_clipped_though_the_code_is_not_the_last()
        {
            // 33 ohm: 2.33 V at the peak of 100 A, while 3.3 V leave 1.65 V to either side.
            var mains = new AlternatingCurrent { Amperes = 100 };
            using var bench = new CurrentBench();
            var clamp = new Ads1115Clamp(mains) { VoltsPerAmpere = 33.0 / 2000 };
            bench.Wires.WireI2c(1, Address, new VirtualAds1115(bench.Wires.Time, clamp, 1));
            bench.Use(new Ads1115Source(bench.Open(Address), bench.Clock, CurrentClamp.WithBurden(100, 50, 33_000, 1), 3300));
            bench.Measure();
            Assert.InRange(bench.Quality.Clipped, 60, 120); // the sine is above 0.71 of its peak half of the time
            mains.Amperes = 65;
            bench.Measure();
            bench.Measure();
            Assert.Equal(0, bench.Quality.Clipped);
            Assert.Equal(65, bench.Values[Rms], 0.3);
        }

        [Fact]
        public void A_brown_out_in_the_window_takes_the_whole_window_with_it()
        {
            int named = 0;
            for (int at = 5; at < 200; at += 15)
            {
                using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, at, out VirtualAds1115 chip);
                bench.Measure();
                bench.Measure();
                bench.Measure();
                double due = 1000 - (bench.Wires.Time.Nanoseconds * 1e-6 % 1); // readings end 0.2 s after the grid
                bench.After(due - 200 + at, chip.BrownOut);
                bench.Measure();
                if (bench.Quality.Fault == SensorFault.BrownOut)
                {
                    named++;
                    Assert.Equal(0, bench.Quality.Samples);
                    Assert.All(bench.Values, value => Assert.True(float.IsNaN(value)));
                    bench.Measure();
                }

                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                Assert.Equal(10, bench.Values[Rms], 0.05);
            }

            Assert.InRange(named, 10, 13);
        }

        [Fact]
        public void A_window_whose_end_nobody_saw_is_thrown_away_and_the_next_is_good()
        {
            using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, 1, out VirtualAds1115 chip);
            bench.Measure();
            bench.Measure();
            bench.Measure();
            bench.After(900, () => chip.Faults.NackFor(TimeSpan.FromMilliseconds(500)));
            bench.Measure();
            Assert.Equal(SensorFault.NoAnswer, bench.Quality.Fault);
            Assert.All(bench.Values, value => Assert.True(float.IsNaN(value)));
            for (int i = 0; i < 3; i++) { bench.Measure(); }
            Assert.Equal(SensorFault.None, bench.Quality.Fault);
            Assert.Equal(10, bench.Values[Rms], 0.05);
        }

        [Theory]
        [InlineData(0.8)]
        [InlineData(-0.8)]
        public void An_oscillator_that_drifted_in_an_hour_is_measured_anew(double percent)
        {
            using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, 1, out VirtualAds1115 chip);
            bench.Measure();
            chip.Faults.RateErrorPercent = percent;
            bench.Wires.Time.Advance(3_600_000_000_000);
            for (int i = 0; i < 3; i++)
            {
                bench.Measure();
                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                Assert.Equal(1e9 / chip.PeriodNanoseconds, bench.Quality.Rate, 1.0);
                Assert.Equal(0, bench.Quality.Lost);
                Assert.Equal(10, bench.Values[Rms], 0.05);
            }
        }

        [Fact]
        public void An_oscillator_that_warms_up_is_followed()
        {
            using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, 1, out VirtualAds1115 chip);
            for (int i = 0; i < 60; i++)
            {
                bench.Measure();
                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                Assert.Equal(1e9 / chip.PeriodNanoseconds, bench.Quality.Rate, 1.5);
                chip.Faults.RateErrorPercent += 0.01; // 0.01 % a second
            }
        }

        [Fact]
        public void Another_chip_at_the_address_is_named()
        {
            using var bench = new CurrentBench();
            bench.Wires.WireI2c(1, 0x48, new VirtualTmp117(bench.Wires.Time, new ConstantSource(), 1));
            bench.Use(new Ads1115Source(bench.Open(0x48), bench.Clock, CurrentClamp.WithVoltage(30, 1000, 1), 3300));
            bench.Measure();
            Assert.NotEqual(SensorFault.None, bench.Quality.Fault);
            Assert.Equal(0, bench.Quality.Samples);
        }

        [Fact]
        public void Meta_tells_rate_and_range()
        {
            using CurrentBench bench = Bench(new AlternatingCurrent { Amperes = 10 }, 1, out _);
            var source = new Ads1115Source(bench.Open(Address), bench.Clock, CurrentClamp.WithBurden(100, 50, 22_000, 1), 3300);
            source.Start();
            var point = new Point("cur1", "current", CurrentFeatures.Channels());
            source.Describe(point);
            Assert.Equal("ADS1115", point.Chip);
            Assert.Equal("I2C1 0x49", point.Bus);
            Assert.Equal(860f, point.NominalRate);
            Assert.Equal(150, point.RangeHigh, 0.1); // half of 3.3 V / 11 mV per ampere
            Assert.Equal(-point.RangeHigh, point.RangeLow);
        }

        private static CurrentBench Bench(
            ICurrentSource mains, int seed, out VirtualAds1115 chip, double rateErrorPercent = 0, double offsetVolts = 0, double overhead = 60)
        {
            var bench = new CurrentBench(overhead);
            var clamp = new Ads1115Clamp(mains) { OffsetVolts = offsetVolts };
            chip = new VirtualAds1115(bench.Wires.Time, clamp, (ulong)seed, options: new Ads1115Options { RateErrorPercent = rateErrorPercent });
            bench.Wires.WireI2c(1, Address, chip);
            bench.Use(new Ads1115Source(
                bench.Open(Address), bench.Clock, CurrentClamp.WithBurden(100, 50, 22_000, 1), Ads1115Source.UsualSupplyMillivolts));
            return bench;
        }
    }
}

using System;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Node.Tests.Acquisition
{
    /// <summary>A motor's current with the sidebands of its shaft, from the conductor through clamp, ADS1115 and task to the reading.</summary>
    public class CurrentSidebandTests
    {
        private const int Address = 0x49;

        [Fact]
        public void Sidebands_come_through_the_chain()
        {
            var random = new Random(12);
            double worst = 0;
            for (int seed = 1; seed <= 12; seed++)
            {
                var motor = new MotorCurrent { Hertz = 49.8 + (0.4 * random.NextDouble()), Shaft = 12.4, LowDecibels = -46, HighDecibels = -44 };
                using CurrentBench bench = Bench(motor, seed, rpm: 744, rateErrorPercent: seed % 3 == 0 ? 9 : 10 * (random.NextDouble() - 0.5), out _);
                bench.Measure();
                bench.Measure();
                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                Assert.Equal(CurrentWindow.LongSamples, bench.Window.Amperes.Length);
                TestContext.Current.TestOutputHelper?.WriteLine(
                    $"{bench.Quality.Samples} samples, {bench.Quality.Lost} lost, notes {bench.Quality.Notes}: "
                    + $"{bench.Values[CurrentFields.Frequency]:F3} Hz, {bench.Values[CurrentFields.SidebandLow]:F2}, {bench.Values[CurrentFields.SidebandHigh]:F2} dB, "
                    + $"thd {bench.Values[CurrentFields.Distortion]:P2}, inrush {bench.Values[CurrentFields.Inrush]:F3}");
                Assert.Equal(10, bench.Values[CurrentFields.Rms], 0.05);
                Assert.Equal(motor.Hertz, bench.Values[CurrentFields.Frequency], 0.1);
                worst = Math.Max(worst, Math.Abs(bench.Values[CurrentFields.SidebandLow] + 46.7));
                worst = Math.Max(worst, Math.Abs(bench.Values[CurrentFields.SidebandHigh] + 44.7));
            }

            Assert.InRange(worst, 0, 1.5);
        }

        [Theory]
        [InlineData(10_000)]
        [InlineData(60_000)]
        [InlineData(600_000)]
        public void However_long_the_pause_the_rate_is_learnt_anew_before_the_window(int interval)
        {
            // After a minute the driver is certain of 170 conversions: too few. Two windows that nobody reads come before the one that counts.
            var motor = new MotorCurrent { Hertz = 50.1, Shaft = 12.4, LowDecibels = -46, HighDecibels = -44 };
            using CurrentBench bench = Bench(motor, 3, rpm: 744, 3, out VirtualAds1115 chip, interval);
            for (int i = 0; i < 4; i++)
            {
                bench.Measure();
                Assert.Equal(SensorFault.None, bench.Quality.Fault);
                Assert.Equal(QualityNotes.None, bench.Quality.Notes);
                Assert.InRange(bench.Quality.Samples, 450, CurrentWindow.LongSamples);
                Assert.Equal(-46.7, bench.Values[CurrentFields.SidebandLow], 1.2);
                Assert.Equal(-44.7, bench.Values[CurrentFields.SidebandHigh], 1.2);
            }

            Assert.Equal(0, chip.Violations.Count + chip.Strays.Count);
        }

        [Fact]
        public void A_chip_that_falls_silent_while_the_rate_is_learnt_is_named()
        {
            using CurrentBench bench = Bench(new MotorCurrent { Shaft = 12.4 }, 1, rpm: 744, 0, out VirtualAds1115 chip);
            bench.Measure();
            bench.Measure();
            chip.Faults.NackFor(TimeSpan.FromSeconds(30));
            bench.Measure();
            Assert.Equal(SensorFault.NoAnswer, bench.Quality.Fault);
            Assert.All(bench.Values, value => Assert.True(float.IsNaN(value)));
        }

        [Fact]
        public void Without_a_speed_the_window_stays_short()
        {
            using CurrentBench bench = Bench(new MotorCurrent { Shaft = 12.4 }, 1, rpm: 0, 0, out _);
            bench.Measure();
            Assert.Equal(CurrentWindow.ShortSamples, bench.Window.Amperes.Length);
            Assert.InRange(bench.Quality.Samples, 160, 180);
            Assert.Equal(QualityNotes.None, bench.Quality.Notes);
            Assert.True(float.IsNaN(bench.Values[CurrentFields.SidebandLow]));
            Assert.Equal(0.05, bench.Values[CurrentFields.Distortion], 0.003);
        }

        [Fact]
        public void Within_a_short_interval_there_is_no_second_to_listen()
        {
            using CurrentBench bench = Bench(new MotorCurrent { Shaft = 12.4 }, 1, rpm: 744, 0, out _, intervalMilliseconds: 1000);
            bench.Measure();
            Assert.Equal(CurrentWindow.ShortSamples, bench.Window.Amperes.Length);
            Assert.Equal(QualityNotes.CurrentWindow, bench.Quality.Notes);
            Assert.True(float.IsNaN(bench.Values[CurrentFields.SidebandLow]));
        }

        private static CurrentBench Bench(
            ICurrentSource motor, int seed, float rpm, double rateErrorPercent, out VirtualAds1115 chip, int intervalMilliseconds = 10_000)
        {
            var bench = new CurrentBench();
            chip = new VirtualAds1115(
                bench.Wires.Time, new Ads1115Clamp(motor), (ulong)seed, options: new Ads1115Options { RateErrorPercent = rateErrorPercent });
            bench.Wires.WireI2c(1, Address, chip);
            bench.Use(
                new Ads1115Source(bench.Open(Address), bench.Clock, CurrentClamp.WithBurden(100, 50, 22_000, 1), Ads1115Source.UsualSupplyMillivolts),
                new CurrentOptions { SpeedRpm = rpm },
                intervalMilliseconds);
            return bench;
        }

        private sealed class MotorCurrent : ICurrentSource
        {
            public double Hertz { get; set; } = 50;

            public double Shaft { get; set; }

            public double LowDecibels { get; set; } = -50;

            public double HighDecibels { get; set; } = -50;

            public void At(double seconds, out double amperes, out double volts)
            {
                double angle = 2 * Math.PI * Hertz * seconds;
                double turn = 2 * Math.PI * Shaft * seconds;
                amperes = 10 * Math.Sqrt(2 / 1.0025) * (Math.Sin(angle) + (0.05 * Math.Sin((5 * angle) + 1))
                    + (Math.Pow(10, LowDecibels / 20) * Math.Sin(angle - turn + 2)) + (Math.Pow(10, HighDecibels / 20) * Math.Sin(angle + turn + 3)));
                volts = 400;
            }
        }
    }
}

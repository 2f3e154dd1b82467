using System;
using System.Linq;

namespace Sensors.Node.Tests.Conditions
{
    /// <summary>What a baseline learns, what it does not mind, and when a drift from it is told.</summary>
    public class BaselineTests
    {
        [Fact]
        public void Median_and_spread_are_those_of_the_definition()
        {
            var random = new Random(5);
            for (int round = 0; round < 50; round++)
            {
                int count = 8 + round;
                float[] values = Enumerable.Range(0, count).Select(_ => (float)Math.Pow(random.NextDouble(), 3) - 0.1f).ToArray();
                var baseline = new FeatureBaseline(1, count);
                for (int i = 0; i < count; i++)
                {
                    Assert.False(baseline.IsLearned);
                    Assert.True(float.IsNaN(baseline.Median) && float.IsNaN(baseline.Spread));
                    baseline.Learn(float.NaN);
                    baseline.Learn(float.PositiveInfinity);
                    baseline.Learn(values[i]);
                }

                double median = Median(values);
                double deviation = 1.4826 * Median(values.Select(v => (float)Math.Abs(v - median)).ToArray());
                double decile = values.OrderBy(v => v).ElementAt(count * 9 / 10) - median;
                Assert.True(baseline.IsLearned);
                Assert.Equal(median, baseline.Median, 1e-6);
                Assert.Equal(Math.Max(deviation, decile), baseline.Spread, 1e-6);
                baseline.Learn(1000);
                Assert.Equal(median, baseline.Median, 1e-6);
            }
        }

        [Fact]
        public void Six_outliers_of_64_do_not_move_it()
        {
            FeatureBaseline clean = Learned(64, i => 3 + (0.1f * (i % 7)));
            FeatureBaseline dirty = Learned(64, i => i % 11 == 0 ? 1e6f : 3 + (0.1f * (i % 7)));
            Assert.Equal(clean.Median, dirty.Median, 1);
            Assert.InRange(dirty.Spread, 0.2f, 0.5f);
        }

        [Fact]
        public void High_load_for_an_eighth_of_the_time_is_in_the_spread() =>
            Assert.Equal(1f, Learned(64, i => i % 8 == 7 ? 3f : 2f).Spread, 5);

        [Fact]
        public void A_quiet_machine_has_room_to_breathe()
        {
            // No spread at all: half a step in the unit, or 30 % of the value, pass for ever.
            DriftDetector drift = Detector(_ => 1f);
            for (int i = 0; i < 10000; i++) { Assert.False(drift.Step(1.29f)); }
            drift = Detector(_ => 0f);
            for (int i = 0; i < 10000; i++) { Assert.False(drift.Step(0.099f)); }
        }

        [Fact]
        public void One_outlier_is_no_drift_nor_are_two()
        {
            DriftDetector drift = Detector(_ => 1f);
            for (int i = 0; i < 10000; i++) { Assert.False(drift.Step(i % 50 < 2 ? 1e9f : 1f)); }
        }

        [Theory]
        [InlineData(1.345f, 69)] // CUSUM: 0.075 a reading, from the third on
        [InlineData(1.5f, 18)]
        [InlineData(2f, 8)]
        [InlineData(10f, 8)]
        [InlineData(1e30f, 8)]
        public void A_change_that_lasts_is_told(float value, int readings)
        {
            DriftDetector drift = Detector(_ => 1f);
            for (int i = 0; i < 100; i++) { drift.Step(1f); }
            int told = 1;
            while (!drift.Step(value)) { told++; }
            Assert.Equal(readings, told);
            Assert.True(drift.Stands && drift.Value > drift.Limit);
        }

        [Fact]
        public void It_is_over_when_the_value_is_back()
        {
            DriftDetector drift = Detector(_ => 1f);
            for (int i = 0; i < 1000; i++) { drift.Step(3f); }
            Assert.True(drift.Stands);
            int told = 1;
            while (!drift.Step(1f)) { told++; }
            Assert.False(drift.Stands);
            Assert.InRange(told, 5, 30);
        }

        [Fact]
        public void A_change_for_the_better_is_none_unless_the_rule_looks_down()
        {
            DriftDetector up = Detector(_ => 1f);
            DriftDetector down = new DriftDetector(Learned(8, _ => 1f), "mm/s", true);
            bool told = false;
            for (int i = 0; i < 100; i++)
            {
                Assert.False(up.Step(0.2f));
                told |= down.Step(0.2f);
            }

            Assert.True(told && down.Stands && down.Value < down.Limit);
        }

        [Fact]
        public void Learning_is_spread_over_the_time_that_is_set()
        {
            var bench = new MonitorBench(new ConditionOptions { LearnReadings = 16, LearnMilliseconds = 1600000 }); // every 100 s
            for (int i = 0; i < 151; i++)
            {
                Assert.Equal(1 + (i / 10), bench.Monitor.Learned == 0 ? 1 : bench.Monitor.Learned + (i % 10 == 0 ? 1 : 0));
                bench.With(VibrationFields.Rms, 1).Velocity(1);
            }

            Assert.Equal(16, bench.Monitor.Learned);
        }

        [Fact]
        public void What_says_little_of_the_machine_is_not_learned()
        {
            var bench = new MonitorBench(new ConditionOptions { LearnReadings = 8, LearnMilliseconds = 0 });
            Quality quality = bench.Reading.Quality;
            quality.Clipped = 1;
            bench.Velocity(9);
            quality.Clear();
            quality.Lost = 1;
            bench.Velocity(9);
            quality.Clear();
            foreach (int note in new[] { QualityNotes.Gap, QualityNotes.Standstill, QualityNotes.RateError })
            {
                quality.Notes = note;
                bench.Velocity(9);
            }

            quality.Clear();
            quality.Fault = Drivers.SensorFault.OutOfRange;
            bench.Velocity(9);
            quality.Clear();
            Assert.Equal(0, bench.Monitor.Learned);
            bench.Velocity(1);
            Assert.Equal(1, bench.Monitor.Learned);
        }

        [Fact]
        public void Drift_is_an_alarm_of_its_own()
        {
            var bench = new MonitorBench("vib1 vel drift=on danger=4 persistence=1");
            for (int i = 0; i < 8; i++) { bench.Velocity(1); }
            string told = "";
            for (int i = 0; i < 40; i++) { told += bench.Velocity(1.6f); }
            Assert.Matches("^vel None>Warning 1.6/1.3 Drift$", told);
            Assert.Equal(AlarmLevel.Warning, bench.Reading.Condition.Alarm);
            Assert.Equal("vel None>Danger 5/4 Limit", bench.Velocity(5));
            Assert.Equal(AlarmLevel.Danger, bench.Reading.Condition.Alarm);
            Assert.Equal("vel Danger>None 1/4 Limit", bench.Velocity(1));
            Assert.Equal(AlarmLevel.Warning, bench.Reading.Condition.Alarm);
        }

        [Fact]
        public void Learning_anew_forgets_the_old_and_the_alarms()
        {
            var bench = new MonitorBench("vib1 vel warning=x2 persistence=1 drift=on");
            for (int i = 0; i < 8; i++) { bench.Velocity(1); }
            for (int i = 0; i < 20; i++) { bench.Velocity(3); }
            Assert.Equal(AlarmLevel.Warning, bench.Monitor.Alarm);
            bench.Monitor.Relearn();
            Assert.Equal((AlarmLevel.None, 0), (bench.Monitor.Alarm, bench.Monitor.Learned));
            for (int i = 0; i < 30; i++) { Assert.Equal("", bench.Velocity(3)); }
            Assert.Equal(AlarmLevel.None, bench.Reading.Condition.Alarm);
            Assert.Equal("vel None>Warning 6.1/6 Baseline", bench.Velocity(6.1f));
        }

        private static DriftDetector Detector(Func<int, float> value) => new DriftDetector(Learned(8, value), "mm/s", false);

        private static FeatureBaseline Learned(int count, Func<int, float> value)
        {
            var baseline = new FeatureBaseline(1, count);
            for (int i = 0; i < count; i++) { baseline.Learn(value(i)); }
            Assert.True(baseline.IsLearned);
            return baseline;
        }

        private static double Median(float[] values)
        {
            double[] sorted = values.Select(v => (double)v).Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}

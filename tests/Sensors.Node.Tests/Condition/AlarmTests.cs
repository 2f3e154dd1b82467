namespace Sensors.Node.Tests.Conditions
{
    /// <summary>Every way an alarm comes, stays and goes. Readings are 10 s apart.</summary>
    public class AlarmTests
    {
        [Fact]
        public void It_takes_as_many_readings_in_a_row_as_the_rule_says()
        {
            var bench = new MonitorBench("vib1 vel warning=2 danger=4 persistence=3 hysteresis=10%");
            Assert.Equal(["", "", "", "", ""], [bench.Velocity(2.5f), bench.Velocity(2.5f), bench.Velocity(2f), bench.Velocity(2.5f), bench.Velocity(2.5f)]);
            Assert.Equal(AlarmLevel.None, bench.Reading.Condition.Alarm);
            Assert.Equal("vel None>Warning 2.5/2 Limit", bench.Velocity(2.5f));
            Assert.Equal(AlarmLevel.Warning, bench.Reading.Condition.Alarm);
            Assert.Equal("", bench.Velocity(2.5f));
            Assert.Equal(AlarmLevel.Warning, bench.Reading.Condition.Alarm);
        }

        [Fact]
        public void One_outlier_does_not_alarm_however_large()
        {
            var bench = new MonitorBench("vib1 vel warning=2 danger=4");
            Assert.Equal("", bench.Velocity(1e9f));
            Assert.Equal("", bench.Velocity(1e9f));
            Assert.Equal("", bench.Velocity(1f));
        }

        [Fact]
        public void It_takes_as_long_as_the_rule_says()
        {
            var bench = new MonitorBench("vib1 vel warning=2 delay=30s persistence=1");
            Assert.Equal(["", "", ""], [bench.Velocity(3), bench.Velocity(3), bench.Velocity(3)]);
            Assert.Equal("vel None>Warning 3/2 Limit", bench.Velocity(3)); // 30 s after the first
        }

        [Fact]
        public void A_delay_of_nothing_and_one_reading_alarm_at_once()
        {
            var bench = new MonitorBench("vib1 vel warning=2 persistence=1");
            Assert.Equal("vel None>Warning 2.001/2 Limit", bench.Velocity(2.001f));
        }

        [Fact]
        public void The_limit_itself_is_not_beyond_the_limit() => Assert.Equal("", new MonitorBench("vib1 vel warning=2 persistence=1").Velocity(2f));

        [Fact]
        public void It_clears_only_within_the_hysteresis_and_as_slowly_as_it_came()
        {
            var bench = new MonitorBench("vib1 vel warning=2 persistence=2 hysteresis=10%");
            bench.Velocity(3);
            Assert.Equal("vel None>Warning 3/2 Limit", bench.Velocity(3));
            Assert.Equal(["", "", "", "", ""], [bench.Velocity(1.81f), bench.Velocity(1.81f), bench.Velocity(1.81f), bench.Velocity(1.79f), bench.Velocity(1.9f)]);
            Assert.Equal("", bench.Velocity(1.79f));
            Assert.Equal("vel Warning>None 1.7/2 Limit", bench.Velocity(1.7f));
        }

        [Fact]
        public void Without_hysteresis_it_clears_at_the_limit()
        {
            var bench = new MonitorBench("vib1 vel warning=2 persistence=1 hysteresis=0");
            bench.Velocity(3);
            Assert.Equal("vel Warning>None 2/2 Limit", bench.Velocity(2));
        }

        [Fact]
        public void A_value_about_the_limit_moves_nothing()
        {
            var bench = new MonitorBench("vib1 vel warning=2 persistence=2 hysteresis=10%");
            for (int i = 0; i < 100; i++) { Assert.Equal("", bench.Velocity(i % 2 == 0 ? 2.1f : 1.95f)); }
            bench.Velocity(2.1f);
            Assert.StartsWith("vel None>Warning", bench.Velocity(2.1f));
            for (int i = 0; i < 100; i++) { Assert.Equal("", bench.Velocity(i % 2 == 0 ? 2.1f : 1.75f)); }
        }

        [Fact]
        public void The_levels_come_and_go_one_by_one()
        {
            var bench = new MonitorBench("vib1 vel warning=2 danger=4 persistence=1 hysteresis=0.5");
            Assert.Equal("vel None>Warning 3/2 Limit", bench.Velocity(3));
            Assert.Equal("vel Warning>Danger 5/4 Limit", bench.Velocity(5));
            Assert.Equal(AlarmLevel.Danger, bench.Reading.Condition.Alarm);
            Assert.Equal("", bench.Velocity(3.6f));
            Assert.Equal("vel Danger>Warning 3.5/4 Limit", bench.Velocity(3.5f));
            Assert.Equal("vel Warning>None 1.5/2 Limit", bench.Velocity(1.5f));
        }

        [Fact]
        public void What_is_beyond_both_limits_is_danger_at_once_and_is_over_at_once()
        {
            var bench = new MonitorBench("vib1 vel warning=2 danger=4 persistence=2");
            bench.Velocity(9);
            Assert.Equal("vel None>Danger 9/4 Limit", bench.Velocity(9));
            bench.Velocity(0.1f);
            Assert.Equal("vel Danger>None 0.1/2 Limit", bench.Velocity(0.1f));
        }

        [Fact]
        public void A_rule_may_have_danger_only()
        {
            var bench = new MonitorBench("vib1 vel danger=4 persistence=1");
            Assert.Equal("", bench.Velocity(3));
            Assert.Equal("vel None>Danger 5/4 Limit", bench.Velocity(5));
            Assert.Equal("vel Danger>None 1/4 Limit", bench.Velocity(1));
        }

        [Fact]
        public void Below_is_the_same_upside_down()
        {
            var bench = new MonitorBench("vib1 vel warning=2 danger=1 when=below persistence=2 hysteresis=10%");
            Assert.Equal(["", "", ""], [bench.Velocity(2), bench.Velocity(1.5f), bench.Velocity(2)]);
            bench.Velocity(1.5f);
            Assert.Equal("vel None>Warning 1.5/2 Limit", bench.Velocity(1.5f));
            bench.Velocity(0.5f);
            Assert.Equal("vel Warning>Danger 0.5/1 Limit", bench.Velocity(0.5f));
            Assert.Equal(["", ""], [bench.Velocity(1.05f), bench.Velocity(1.05f)]);
            bench.Velocity(2.3f);
            Assert.Equal("vel Danger>None 2.3/2 Limit", bench.Velocity(2.3f));
        }

        [Fact]
        public void A_negative_limit_has_its_hysteresis_on_the_right_side()
        {
            var bench = new MonitorBench(new ConditionOptions { Rules = MonitorBench.Rules("temp1 mean warning=-10 when=below persistence=1") }, "temp1");
            Assert.Equal("mean None>Warning -11/-10 Limit", bench.Value(-11));
            Assert.Equal("", bench.Value(-9.5f));
            Assert.Equal("mean Warning>None -9/-10 Limit", bench.Value(-9));
        }

        [Fact]
        public void The_worst_axis_counts_in_either_direction()
        {
            var above = new MonitorBench("vib1 vel warning=2 persistence=1");
            above.With(VibrationFields.Velocity, 1).Reading.Values[(2 * VibrationFields.PerAxis) + VibrationFields.Velocity] = 3;
            Assert.Equal("vel None>Warning 3/2 Limit", above.Judge());
            var below = new MonitorBench("vib1 vel warning=2 persistence=1 when=below");
            below.With(VibrationFields.Velocity, 3).Reading.Values[VibrationFields.PerAxis + VibrationFields.Velocity] = 1;
            Assert.Equal("vel None>Warning 1/2 Limit", below.Judge());
            var one = new MonitorBench("vib1 x_vel warning=2 persistence=1");
            one.With(VibrationFields.Velocity, 1).Reading.Values[VibrationFields.PerAxis + VibrationFields.Velocity] = 3;
            Assert.Equal("", one.Judge());
        }

        [Fact]
        public void A_reading_that_says_nothing_freezes_everything()
        {
            var bench = new MonitorBench("vib1 vel warning=2 delay=30s persistence=3");
            bench.Velocity(3);
            bench.Velocity(3); // 10 s, two readings
            for (int i = 0; i < 50; i++)
            {
                bench.Reading.Quality.Fault = i % 3 == 0 ? Drivers.SensorFault.NoAnswer : Drivers.SensorFault.None;
                bench.Reading.Quality.Notes = i % 3 == 1 ? QualityNotes.Gap : i % 3 == 2 ? QualityNotes.Standstill : QualityNotes.None;
                Assert.Equal("", bench.Velocity(i % 2 == 0 ? 9 : 0));
            }

            bench.Reading.Quality.Clear();
            Assert.Equal(["", ""], [bench.Velocity(3), bench.Velocity(3)]); // the time in between is part of nothing: 10 s, then 20 s
            Assert.StartsWith("vel None>Warning", bench.Velocity(3));
        }

        [Fact]
        public void Neither_a_fault_nor_a_stop_clears_an_alarm()
        {
            var bench = new MonitorBench("vib1 vel warning=2 persistence=1");
            bench.Velocity(3);
            bench.Reading.Quality.Fault = Drivers.SensorFault.NoAnswer;
            Assert.Equal("", bench.Velocity(float.NaN));
            Assert.Equal(AlarmLevel.Warning, bench.Reading.Condition.Alarm);
            bench.Reading.Quality.Clear();
            bench.Reading.Quality.Notes = QualityNotes.Standstill;
            Assert.Equal("", bench.Velocity(0));
            Assert.Equal(AlarmLevel.Warning, bench.Reading.Condition.Alarm);
            bench.Reading.Quality.Clear();
            Assert.Equal("vel Warning>None 0/2 Limit", bench.Velocity(0));
        }

        [Fact]
        public void An_absent_value_freezes_the_rules_that_look_at_it_and_no_other()
        {
            var bench = new MonitorBench("vib1 vel warning=2 persistence=2", "vib1 rms warning=5 persistence=2");
            bench.With(VibrationFields.Rms, 1).Velocity(3);
            bench.With(VibrationFields.Rms, 6).Velocity(float.NaN);
            Assert.Equal("rms None>Warning 6/5 Limit", bench.With(VibrationFields.Rms, 6).Velocity(float.NaN));
            Assert.Equal("vel None>Warning 3/2 Limit", bench.Velocity(3));
        }

        [Fact]
        public void Two_alarms_are_two_events_and_the_higher_stands_in_the_reading()
        {
            var bench = new MonitorBench("vib1 vel warning=2 danger=3 persistence=1", "vib1 rms warning=5 persistence=1");
            Assert.Equal("vel None>Danger 4/3 Limit; rms None>Warning 6/5 Limit", bench.With(VibrationFields.Rms, 6).Velocity(4));
            Assert.Equal(AlarmLevel.Danger, bench.Reading.Condition.Alarm);
        }

        [Fact]
        public void A_restart_raises_again_what_still_holds()
        {
            for (int start = 0; start < 2; start++)
            {
                var bench = new MonitorBench("vib1 vel warning=2 persistence=2");
                Assert.Equal("", bench.Velocity(3));
                Assert.StartsWith("vel None>Warning", bench.Velocity(3));
            }
        }

        [Fact]
        public void Zones_alarm_without_a_rule_and_a_rule_takes_their_place()
        {
            var options = new ConditionOptions { Zones = ZoneTable.Parse("group2-rigid", out _) };
            var bench = new MonitorBench(options);
            Assert.Equal(["", ""], [bench.Velocity(3), bench.Velocity(3)]);
            Assert.Equal(3, bench.Reading.Condition.Zone);
            Assert.Equal("vel None>Warning 3/2.8 Zone", bench.Velocity(3));
            Assert.Equal(["", ""], [bench.Velocity(4.6f), bench.Velocity(4.6f)]);
            Assert.Equal("vel Warning>Danger 4.6/4.5 Zone", bench.Velocity(4.6f));
            Assert.Equal(4, bench.Reading.Condition.Zone);

            options.Rules = MonitorBench.Rules("vib1 vel drift=off", "vib2 vel warning=1");
            bench = new MonitorBench(options);
            for (int i = 0; i < 20; i++) { Assert.Equal("", bench.Velocity(9)); }
        }

        [Fact]
        public void Without_limits_and_baseline_nothing_alarms()
        {
            var bench = new MonitorBench(new ConditionOptions());
            for (int i = 0; i < 63; i++) { Assert.Equal("", bench.With(VibrationFields.Rms, 1000).Velocity(1000)); }
            Assert.Equal(0, bench.Reading.Condition.Zone);
        }

        [Fact]
        public void A_multiple_of_the_baseline_is_a_limit_once_it_is_learned()
        {
            var bench = new MonitorBench("vib1 vel warning=x1.5 danger=x3 persistence=1");
            for (int i = 0; i < 8; i++) { Assert.Equal("", bench.Velocity(2)); }
            Assert.Equal("", bench.Velocity(2.9f));
            Assert.Equal("vel None>Warning 3.1/3 Baseline", bench.Velocity(3.1f));
            Assert.Equal("vel Warning>Danger 6.5/6 Baseline", bench.Velocity(6.5f));
        }

        [Fact]
        public void A_multiple_of_next_to_nothing_is_at_least_a_step_that_means_something()
        {
            var bench = new MonitorBench("vib1 vel warning=x1.5 persistence=1");
            for (int i = 0; i < 8; i++) { bench.Velocity(0.02f); }
            Assert.Equal("", bench.Velocity(0.2f));
            Assert.Equal("vel None>Warning 0.23/0.22 Baseline", bench.Velocity(0.23f));
        }

        [Fact]
        public void Below_a_part_of_the_baseline_is_a_limit_too()
        {
            var bench = new MonitorBench("vib1 vel warning=x0.5 when=below persistence=1");
            for (int i = 0; i < 8; i++) { bench.Velocity(2); }
            Assert.Equal("", bench.Velocity(1));
            Assert.Equal("vel None>Warning 0.9/1 Baseline", bench.Velocity(0.9f));
        }

        [Fact]
        public void A_distance_from_the_baseline_suits_temperatures()
        {
            var options = new ConditionOptions { Rules = MonitorBench.Rules("temp1 mean warning=+10 danger=+20 persistence=1"), LearnReadings = 8, LearnMilliseconds = 0 };
            var bench = new MonitorBench(options, "temp1");
            for (int i = 0; i < 8; i++) { bench.Value(-3); }
            Assert.Equal("mean None>Warning 8/7 Baseline", bench.Value(8));
            Assert.Equal("mean Warning>Danger 18/17 Baseline", bench.Value(18));
        }

        [Theory]
        [InlineData(0.5f, 1.2f)]  // baseline + 25 % of 2.8
        [InlineData(3f, 3.5f)]    // never above 1.25 x 2.8
        public void The_standards_practice_follows_the_baseline(float usual, float limit)
        {
            var options = new ConditionOptions
            {
                Zones = ZoneTable.Parse("group2-rigid", out _),
                LearnReadings = 8,
                LearnMilliseconds = 0,
                Rules = MonitorBench.Rules("vib1 vel warning=iso danger=iso persistence=1 hysteresis=0"),
            };
            var bench = new MonitorBench(options);
            Assert.Equal("vel None>Warning 2.85/2.8 Zone", bench.Velocity(2.85f)); // nothing learned yet
            bench = new MonitorBench(options);
            for (int i = 0; i < 8; i++) { bench.Velocity(usual); }
            bench.Velocity(0.1f);
            Assert.Equal("", bench.Velocity(limit - 0.001f));
            Assert.StartsWith("vel None>Warning", bench.Velocity(limit + 0.001f));
            Assert.Equal(limit, bench.Monitor.EventAt(0).Limit, 5);
            Assert.Equal("vel Warning>Danger 4.6/4.5 Zone", bench.Velocity(4.6f));
        }
    }
}

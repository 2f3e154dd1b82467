using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.Node.Tests.Conditions
{
    /// <summary>A month of a healthy machine must not alarm, whatever its seed; a machine that gets worse must.</summary>
    /// <remarks>
    /// A month at a reading a minute is 43,200 readings. The machine: a load that goes up and down 20 % over each day, its week-ends lower; noise of 5 % whose
    /// neighbours are alike (first-order, 0.9); measuring noise of 3 %; kurtosis and peaks with outliers of five to ten times the value, in one reading of
    /// 300, alone or in pairs, as dropped tools and passing lorries make; the machine off for some hours of some nights, when its readings say so.
    /// </remarks>
    public class HealthyMonthTests
    {
        private const int Minutes = 30 * 24 * 60;
        private const int Day = 24 * 60;
        private const int Months = 8; // none in 200 either: 8.6 million readings

        [Fact]
        public void A_healthy_machine_does_not_alarm_in_a_month()
        {
            int alarms = 0;
            int learned = 0;
            for (int seed = 1; seed <= Months; seed++)
            {
                var machine = new Machine(seed);
                MonitorBench bench = Bench();
                for (int minute = 0; minute < Minutes; minute++)
                {
                    machine.Fill(minute, bench.Reading, 1);
                    string change = bench.Judge();
                    if (change.Length == 0) { continue; }
                    alarms++;
                    TestContext.Current.TestOutputHelper?.WriteLine("seed " + seed + ", minute " + minute + ": " + change);
                }

                learned += bench.Monitor.Learned;
            }

            TestContext.Current.TestOutputHelper?.WriteLine(alarms + " alarms in " + Months + " machine months of 43,200 readings");
            Assert.Equal(64 * Months, learned);
            Assert.Equal(0, alarms);
        }

        [Theory]
        [InlineData(1.5, 12, 0.5)] // at low load only when the load comes back
        [InlineData(2.0, 5, 0.2)]  // the machine is off for up to 5 hours
        [InlineData(3.0, 5, 0.1)]
        public void A_step_is_found(double factor, double worstHours, double medianHours)
        {
            List<double> hours = Delays(age => factor);
            Tell("step to " + factor.ToString(CultureInfo.InvariantCulture), hours);
            Assert.True(hours[^1] <= worstHours && hours[hours.Count / 2] <= medianHours);
        }

        [Fact]
        public void Slow_wear_is_found_long_before_twice_the_usual()
        {
            // A tenth of the usual value more each day.
            List<double> hours = Delays(age => 1 + (0.1 * age / Day));
            Tell("a tenth a day", hours);
            Assert.True(hours[^1] < 24 * 5); // so at half more than usual, at the latest
        }

        private static MonitorBench Bench() =>
            new MonitorBench(new ConditionOptions { Rules = MonitorBench.Rules("vib1 kurt warning=x2 danger=x4 drift=on"), Zones = null }) { Every = 60000 };

        // Hours from the fault until the first alarm, sorted.
        private static List<double> Delays(Func<double, double> wear)
        {
            var hours = new List<double>();
            for (int seed = 101; seed <= 130; seed++)
            {
                var machine = new Machine(seed);
                MonitorBench bench = Bench();
                int start = (3 * Day) + (seed * 173 % Day); // any time of the day
                int found = -1;
                for (int minute = 0; minute < start + (14 * Day) && found < 0; minute++)
                {
                    machine.Fill(minute, bench.Reading, minute < start ? 1 : wear(minute - start));
                    string change = bench.Judge();
                    Assert.False(change.Length > 0 && minute < start, "seed " + seed + ", minute " + minute + ": a false alarm: " + change);
                    if (change.Length > 0) { found = minute; }
                }

                Assert.True(found > 0, "not found in a fortnight");
                hours.Add((found - start) / 60.0);
            }

            hours.Sort();
            return hours;
        }

        private static void Tell(string what, List<double> hours) =>
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{what}: found after {hours[0]:0.0} to {hours[^1]:0.0} h, median {hours[hours.Count / 2]:0.0} h"));

        private sealed class Machine(int seed)
        {
            private readonly Random _random = new Random(seed);
            private readonly float[] _wander = new float[4];
            private int _outliers;
            private int _offUntil;

            public void Fill(int minute, Reading reading, double wear)
            {
                if (minute > _offUntil && minute % Day == 60 && _random.Next(3) == 0) { _offUntil = minute + 60 + _random.Next(240); }
                bool off = minute < _offUntil;
                double load = 1 + (0.2 * Math.Sin(2 * Math.PI * minute / Day));
                if (minute / Day % 7 >= 5) { load = 0.8 + ((load - 1) / 2); }
                if (_outliers > 0) { _outliers--; }
                else if (_random.Next(300) == 0) { _outliers = 1 + _random.Next(2); }

                reading.Quality.Clear();
                reading.Quality.Notes = off ? QualityNotes.Standstill : QualityNotes.None;
                double outlier = _outliers > 0 ? 5 + (5 * _random.NextDouble()) : 1;
                for (int axis = 0; axis < 3; axis++)
                {
                    int at = axis * VibrationFields.PerAxis;
                    double share = axis == 0 ? 1 : 0.6;
                    reading.Values[at + VibrationFields.Velocity] = (float)(1.2 * share * Level(0, load, off) * wear);
                    reading.Values[at + VibrationFields.Rms] = (float)(2.0 * share * Level(1, load, off) * wear * Math.Sqrt(outlier));
                    reading.Values[at + VibrationFields.Envelope] = (float)(0.8 * share * Level(2, load, off) * wear * Math.Sqrt(outlier));
                    reading.Values[at + VibrationFields.Kurtosis] = (float)(3.1 * Level(3, 1, false) * outlier);
                }
            }

            private double Level(int feature, double load, bool off)
            {
                _wander[feature] = (float)((0.9 * _wander[feature]) + (0.05 * Math.Sqrt(1 - 0.81) * Gauss()));
                double level = load * (1 + _wander[feature]) * (1 + (0.03 * Gauss()));
                return off ? level * 0.02 : level;
            }

            private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        }
    }
}

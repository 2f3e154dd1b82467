using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.Node.Tests.Conditions
{
    /// <summary>A monitor with readings made by hand: at 10 s from one another unless said otherwise.</summary>
    internal sealed class MonitorBench
    {
        public MonitorBench(ConditionOptions options, string name = "vib1")
        {
            Point = Points.Make(name);
            Monitor = new ConditionMonitor(Point, options);
            Reading = new Reading(VibrationFields.Count) { Point = Point };
            Reading.Clear();
        }

        public MonitorBench(params string[] rules)
            : this(new ConditionOptions { Rules = Rules(rules), LearnReadings = 8, LearnMilliseconds = 0 })
        {
        }

        public Point Point { get; }

        public ConditionMonitor Monitor { get; }

        public Reading Reading { get; }

        public long Now { get; set; }

        public long Every { get; set; } = 10000;

        public static AlarmRule[] Rules(params string[] rules)
        {
            AlarmRule[] parsed = Array.ConvertAll(rules, AlarmRule.Parse);
            Assert.All(parsed, rule => Assert.Null(rule.Error));
            return parsed;
        }

        /// <summary>Sets a field of all three axes.</summary>
        public MonitorBench With(int field, float value)
        {
            for (int axis = 0; axis < VibrationFields.Axes; axis++) { Reading.Values[(axis * VibrationFields.PerAxis) + field] = value; }
            return this;
        }

        /// <summary>Judges the reading as it stands, and tells what changed.</summary>
        public string Judge()
        {
            Now += Every;
            Reading.Taken = Now;
            Monitor.Judge(Reading);
            var changes = new List<string>();
            for (int i = 0; i < Monitor.EventCount; i++)
            {
                AlarmEvent change = Monitor.EventAt(i);
                changes.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{change.Channel.Name} {change.Was}>{change.Level} {change.Value:0.###}/{change.Limit:0.###} {change.Cause}"));
            }

            return string.Join("; ", changes);
        }

        /// <summary>Judges a velocity, the same on all axes.</summary>
        public string Velocity(float value) => With(VibrationFields.Velocity, value).Judge();

        /// <summary>Judges the first value of a point with one channel.</summary>
        public string Value(float value)
        {
            Reading.Values[0] = value;
            return Judge();
        }
    }

    /// <summary>Points with the channels these tests look at.</summary>
    internal static class Points
    {
        public static Point Make(string name)
        {
            string kind = PointKinds.KindOf(name)!;
            if (kind != PointKinds.Vibration) { return PointKinds.Make(name, kind); }

            var channels = new List<Channel>();
            foreach (char axis in "xyz")
            {
                int at = VibrationFields.PerAxis * (axis - 'x');
                channels.Add(new Channel(axis + "_rms", "m/s2", "RMS", at + VibrationFields.Rms));
                channels.Add(new Channel(axis + "_kurt", "/", "Kurtosis", at + VibrationFields.Kurtosis));
                channels.Add(new Channel(axis + "_vel", "mm/s", "Velocity", at + VibrationFields.Velocity));
                channels.Add(new Channel(axis + "_env", "m/s2", "Envelope", at + VibrationFields.Envelope));
            }

            return new Point(name, kind, channels.ToArray());
        }
    }
}

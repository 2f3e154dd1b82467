using System;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>Readings that bear their own number as their value: one per point and minute, an alarm now and then.</summary>
    internal sealed class NumberedSource : NodeTask
    {
        /// <summary>Milliseconds between two readings of a point.</summary>
        public const int Interval = 60_000;

        private const int AlarmOneIn = 150;

        private readonly NodeDelivery _delivery;
        private readonly Point[] _points;
        private readonly SimRandom _random;
        private readonly SimClock _clock;
        private readonly Account _account;
        private readonly Func<int> _number;
        private readonly AlarmEvent _alarm = new() { Channel = new WatchedChannel("mean"), Limit = float.NaN, Cause = AlarmCause.Limit };
        private BootRecord? _boot;
        private long _due;

        public NumberedSource(
            NodeDelivery delivery, Point[] points, SimRandom random, SimClock clock, Account account, Func<int> number)
        {
            _delivery = delivery;
            _points = points;
            _random = random;
            _clock = clock;
            _account = account;
            _number = number;
            _due = clock.Milliseconds + random.Between(200, Interval);
        }

        /// <summary>Gets or sets whether it is over.</summary>
        public bool IsStopped { get; set; }

        /// <summary>Gets or sets how many alarms come at once with the next readings.</summary>
        public int Alarms { get; set; }

        /// <summary>Names the start that the readings belong to; before the first of them.</summary>
        public void Begin(BootRecord boot) => _boot = boot;

        public override int Step(long now)
        {
            if (IsStopped)
            {
                return Interval;
            }

            if (now >= _due)
            {
                _due += Interval;
                foreach (Point point in _points)
                {
                    Read(point);
                }

                if (Alarms > 0 || _random.Chance(1, AlarmOneIn))
                {
                    Raise(_points[_random.Next(_points.Length)]);
                }
            }

            if (Alarms > 0)
            {
                Alarms--;
                Raise(_points[_random.Next(_points.Length)]);
                return 300; // a storm
            }

            return (int)Math.Max(0, _due - now);
        }

        private void Read(Point point)
        {
            int value = _number();
            Reading reading = _delivery.Outlet.Begin(point);
            reading.Values[TemperatureFields.Mean] = value; // a current's mean is its first field, too
            reading.Values[TemperatureFields.Min] = value - 1;
            reading.Quality.Samples = 60;
            reading.Quality.Rate = 1;
            long before = _delivery.Incarnation.Sequence;
            long taken = _clock.Milliseconds;
            try
            {
                _delivery.Outlet.Complete(reading, taken);
            }
            finally
            {
                Note(before, point, value, false, taken);
            }
        }

        private void Raise(Point point)
        {
            int value = _number();
            _alarm.Value = value;
            _alarm.Level = _random.Chance(1, 2) ? AlarmLevel.Danger : AlarmLevel.Warning;
            long before = _delivery.Incarnation.Sequence;
            long taken = _clock.Milliseconds;
            try
            {
                _delivery.Outlet.Alarm(point, _alarm, taken);
            }
            finally
            {
                Note(before, point, value, true, taken);
            }
        }

        // A number that was taken counts, even if the power went before anything else was done.
        private void Note(long before, Point point, int value, bool isAlarm, long taken)
        {
            long number = _delivery.Incarnation.Sequence;
            if (number > before)
            {
                _account.Give(_boot!, number, new GivenReading(point.Name, value, isAlarm, _clock.TrueNow, taken));
            }
        }
    }
}

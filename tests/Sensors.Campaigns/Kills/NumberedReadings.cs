using System;
using System.Threading;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>A source of numbered readings: each value there is once. Now and then one of them raises an alarm, which goes to the journal before it is sent.</summary>
    internal sealed class NumberedReadings : NodeTask
    {
        private const int PointCount = 6;
        private const int RoundsPerAlarm = 5;

        private readonly Point[] _points;
        private readonly ReadingOutlet _outlet;
        private readonly Incarnation _incarnation;
        private readonly GivenLog _log;
        private readonly AlarmEvent _alarm = new() { Channel = new WatchedChannel("mean"), Level = AlarmLevel.Warning, Limit = 0 };
        private long _value;
        private long _due;
        private int _round;
        private volatile bool _stopped;

        /// <summary>Makes a source that goes on where the process before it ended.</summary>
        public NumberedReadings(Point[] points, NodeDelivery delivery, string log)
        {
            _points = points;
            _outlet = delivery.Outlet;
            _incarnation = delivery.Incarnation;
            foreach (Given given in GivenLog.Read(log))
            {
                _value = Math.Max(_value, given.Value);
            }

            _log = new GivenLog(log);
        }

        /// <summary>Gets whether it gives out nothing more.</summary>
        public bool Stopped => _stopped;

        /// <summary>Makes the points: temperatures, whose values are stored and sent digit by digit.</summary>
        public static Point[] Points()
        {
            var points = new Point[PointCount];
            for (int i = 0; i < PointCount; i++)
            {
                points[i] = PointKinds.Make(FormattableString.Invariant($"temp{i + 1}"), PointKinds.Temperature);
            }

            return points;
        }

        /// <summary>Ends it. From any thread.</summary>
        public void Stop() => _stopped = true;

        public override int Step(long now)
        {
            if (_stopped)
            {
                return NodeChild.IntervalMilliseconds;
            }

            foreach (Point point in _points)
            {
                Note(alarm: false);
                Reading reading = _outlet.Begin(point);
                reading.Values[TemperatureFields.Mean] = _value;
                reading.Quality.Samples = 1;
                _outlet.Complete(reading, now);
            }

            if (++_round % RoundsPerAlarm == 0)
            {
                Note(alarm: true);
                _alarm.Value = _value;
                _alarm.Was = _alarm.Level;
                _alarm.Level = _alarm.Level == AlarmLevel.Warning ? AlarmLevel.Danger : AlarmLevel.Warning;
                _outlet.Alarm(_points[0], _alarm, now);
            }

            // A late round is made up for, so that the count of readings does not hang on how busy the PC is.
            _due = _due == 0 ? now + NodeChild.IntervalMilliseconds : _due + NodeChild.IntervalMilliseconds;
            return (int)Math.Max(0, _due - now);
        }

        private void Note(bool alarm) => _log.Add(new Given(alarm, _incarnation.Epoch, _incarnation.Sequence + 1, ++_value, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));
    }
}

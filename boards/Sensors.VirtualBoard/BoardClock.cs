using System;

namespace Sensors.VirtualBoard
{
    /// <summary>The board's own idea of time, run by its crystal: the microsecond timer and the wall clock.</summary>
    internal sealed class BoardClock
    {
        private const long NanosecondsPerTick = 100;

        private readonly object _gate = new();
        private readonly VirtualTime _time;
        private readonly double _speed;
        private DateTime _utc = DateTime.UnixEpoch;
        private long _utcSetAt;
        private long _startedAt;

        public BoardClock(VirtualTime time, double crystalErrorPpm)
        {
            _time = time;
            _speed = 1 + (crystalErrorPpm * 1e-6);
        }

        public DateTime UtcNow
        {
            get
            {
                _time.Flow();
                lock (_gate)
                {
                    return _utc.AddTicks((long)((_time.Nanoseconds - _utcSetAt) * _speed / NanosecondsPerTick));
                }
            }

            set
            {
                lock (_gate)
                {
                    _utc = value.ToUniversalTime();
                    _utcSetAt = _time.Nanoseconds;
                }
            }
        }

        /// <summary>Starts the timers anew. The wall clock goes on through a restart; without power it is lost and begins at 1970.</summary>
        public void Start(bool cold)
        {
            _startedAt = _time.Nanoseconds;
            if (cold)
            {
                UtcNow = DateTime.UnixEpoch;
            }
        }

        public long MicrosecondsAt(long nanoseconds) => (long)((nanoseconds - _startedAt) * _speed / 1000);
    }
}

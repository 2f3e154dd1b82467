using System;
using System.Collections.Generic;
using System.Threading;

namespace Sensors.Platform.Tests.Scripted
{
    /// <summary>A clock that moves when the test says so. Timers fire on the test's thread.</summary>
    internal sealed class ManualTime : TimeProvider
    {
        private readonly List<ManualTimer> _timers = new();
        private long _now = TimeSpan.TicksPerSecond;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(this, callback, state);
            lock (_timers)
            {
                _timers.Add(timer);
            }

            timer.Change(dueTime, period);
            return timer;
        }

        public void Advance(int milliseconds)
        {
            long end = GetTimestamp() + (milliseconds * TimeSpan.TicksPerMillisecond);
            while (true)
            {
                ManualTimer? next = null;
                lock (_timers)
                {
                    foreach (ManualTimer timer in _timers)
                    {
                        if (timer.Due <= end && (next == null || timer.Due < next.Due))
                        {
                            next = timer;
                        }
                    }
                }

                if (next == null)
                {
                    Interlocked.Exchange(ref _now, end);
                    return;
                }

                Interlocked.Exchange(ref _now, Math.Max(GetTimestamp(), next.Due));
                next.Fire();
            }
        }

        private sealed class ManualTimer : ITimer
        {
            private readonly ManualTime _time;
            private readonly TimerCallback _callback;
            private readonly object? _state;
            private TimeSpan _period;

            public ManualTimer(ManualTime time, TimerCallback callback, object? state)
            {
                _time = time;
                _callback = callback;
                _state = state;
            }

            public long Due { get; private set; } = long.MaxValue;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                lock (_time._timers)
                {
                    _period = period;
                    Due = dueTime < TimeSpan.Zero ? long.MaxValue : _time.GetTimestamp() + dueTime.Ticks;
                    return true;
                }
            }

            public void Fire()
            {
                lock (_time._timers)
                {
                    Due = _period > TimeSpan.Zero ? Due + _period.Ticks : long.MaxValue;
                }

                _callback(_state);
            }

            public void Dispose()
            {
                lock (_time._timers)
                {
                    _time._timers.Remove(this);
                }
            }

            public System.Threading.Tasks.ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}

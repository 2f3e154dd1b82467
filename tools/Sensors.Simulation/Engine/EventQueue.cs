using System;

namespace Sensors.Simulation
{
    /// <summary>The virtual clock and what is due on it. Events of one moment run in the order they were set.</summary>
    internal sealed class EventQueue
    {
        /// <summary>Microseconds in a millisecond, a second, a minute, an hour, a day.</summary>
        public const long Millisecond = 1000;

        public const long Second = 1000 * Millisecond;

        public const long Minute = 60 * Second;

        public const long Hour = 60 * Minute;

        public const long Day = 24 * Hour;

        private Entry[] _heap = new Entry[256];
        private int _count;
        private long _order;

        /// <summary>Gets the microseconds since the simulation began.</summary>
        public long Now { get; private set; }

        /// <summary>Gets how many events have run.</summary>
        public long Events { get; private set; }

        /// <summary>Runs everything that is due up to a moment, and goes on to it.</summary>
        public void RunUntil(long end)
        {
            while (_count > 0 && _heap[0].Time <= end)
            {
                Entry next = Pop();
                if (next.Timer.Takes(next.Version))
                {
                    Now = next.Time;
                    Events++;
                    next.Timer.Run();
                }
            }

            Now = end;
        }

        /// <summary>Has something done once.</summary>
        public void At(long time, Action action) => new SimTimer(this, action).Set(time);

        internal void Push(long time, SimTimer timer, int version)
        {
            if (_count == _heap.Length)
            {
                Array.Resize(ref _heap, _count * 2);
            }

            var entry = new Entry(time, _order++, timer, version);
            int at = _count++;
            while (at > 0 && entry.IsBefore(_heap[(at - 1) / 2]))
            {
                _heap[at] = _heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }

            _heap[at] = entry;
        }

        private Entry Pop()
        {
            Entry first = _heap[0];
            Entry last = _heap[--_count];
            _heap[_count] = default;
            int at = 0;
            while (true)
            {
                int child = (2 * at) + 1;
                if (child >= _count)
                {
                    break;
                }

                if (child + 1 < _count && _heap[child + 1].IsBefore(_heap[child]))
                {
                    child++;
                }

                if (!_heap[child].IsBefore(last))
                {
                    break;
                }

                _heap[at] = _heap[child];
                at = child;
            }

            if (_count > 0)
            {
                _heap[at] = last;
            }

            return first;
        }

        private readonly record struct Entry(long Time, long Order, SimTimer Timer, int Version)
        {
            public bool IsBefore(in Entry other) => Time < other.Time || (Time == other.Time && Order < other.Order);
        }
    }

    /// <summary>Something that is done when its time has come, again and again if it is set again.</summary>
    internal sealed class SimTimer(EventQueue queue, Action action)
    {
        private int _version;

        /// <summary>Gets whether it will run.</summary>
        public bool IsSet { get; private set; }

        /// <summary>Gets when, while it is set.</summary>
        public long Due { get; private set; }

        /// <summary>Sets it, to another time if it is set already; not before now.</summary>
        public void Set(long time)
        {
            time = Math.Max(time, queue.Now);
            if (IsSet && Due == time)
            {
                return;
            }

            IsSet = true;
            Due = time;
            queue.Push(time, this, ++_version);
        }

        /// <summary>Sets it unless it would run earlier anyway.</summary>
        public void SetEarlier(long time)
        {
            if (!IsSet || time < Due)
            {
                Set(time);
            }
        }

        /// <summary>Unsets it.</summary>
        public void Cancel()
        {
            IsSet = false;
            _version++;
        }

        internal bool Takes(int version) => IsSet && version == _version;

        internal void Run()
        {
            IsSet = false;
            action();
        }
    }
}

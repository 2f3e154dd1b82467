using System;
using System.Collections.Generic;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <summary>A board's time: it moves only by what the board does, and can be held back to the pace of real time.</summary>
    /// <remarks>
    /// <para>
    /// Bus transactions, clock reads and sleeps move the time forward; nothing else does. So a sensor's FIFO never overruns
    /// because the PC was busy with something else: while the PC pauses a node, that node's time stands still.
    /// </para>
    /// <para>
    /// Several threads may sleep at once: each asks for its own wake-up time, the time goes from one wake-up to the next, so
    /// concurrent sleeps do not add up. While a thread that uses the buses is at work, only its work moves the time and sleepers
    /// wake as it passes them; so no other thread's sleep makes a burst lose samples. A thread at work that is silent for
    /// 1 s of real time, waiting for something outside the board, no longer holds the sleepers.
    /// </para>
    /// <para>
    /// A thread that waits for a <see cref="TimeSignal"/> is at work from the signal on, and what it hands to the outside holds the sleepers
    /// too, for as long (<see cref="BeginErrand"/>). So an answer that a busy PC takes 100 ms for comes in the board's time as if it had taken none,
    /// whatever the pace.
    /// </para>
    /// <para>
    /// Paced, a thread whose board ran ahead of real time waits: at any sleep, and in <see cref="Advance"/> once it is more than
    /// <see cref="LeadNanoseconds"/> ahead. A board that fell behind does not wait in its sleeps until it caught up; it never
    /// drops behind by more than <see cref="LagLimitNanoseconds"/>, what is beyond (a suspended PC) is forgotten. While all
    /// threads sleep, time flows with the pace.
    /// </para>
    /// <para>All members are safe to call from any thread.</para>
    /// </remarks>
    public sealed class VirtualTime
    {
        /// <summary>How far a board may run ahead of its pace before a transaction waits: 20 ms.</summary>
        public const long LeadNanoseconds = 20_000_000;

        /// <summary>How far a board may stay behind its pace: 30 s of real time.</summary>
        public const long LagLimitNanoseconds = 30_000_000_000;

        private const int LongestWaitMilliseconds = 50;

        private readonly object _gate = new();
        private readonly Pacer _pacer;
        private readonly DueActions _events = new();
        private readonly List<long> _wakes = [];
        private readonly BusUsers _busUsers = new();
        private long _now;
        private long _nextWake = long.MaxValue;
        private long _stops;

        /// <summary>Makes a time that stands at 0.</summary>
        /// <param name="pace">Virtual seconds per real second, more than 0; null runs as fast as the PC can.</param>
        /// <param name="real">What to pace by; null for the PC's clock.</param>
        /// <exception cref="ArgumentOutOfRangeException">The pace is not a positive number.</exception>
        public VirtualTime(double? pace = null, RealTime? real = null)
        {
            _pacer = new Pacer(real ?? RealTime.System);
            Pace = pace;
        }

        /// <summary>Gets nanoseconds since the time was made.</summary>
        public long Nanoseconds => Interlocked.Read(ref _now);

        /// <summary>Gets seconds since the time was made, exact to better than 1 ns for 50 days.</summary>
        public double Seconds => Nanoseconds * 1e-9;

        /// <summary>Gets or sets virtual seconds per real second, more than 0; null runs as fast as the PC can.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The pace is not a positive number.</exception>
        public double? Pace
        {
            get
            {
                lock (_gate)
                {
                    return _pacer.Pace;
                }
            }

            set
            {
                if (value is double factor && !(factor > 0 && double.IsFinite(factor)))
                {
                    throw new ArgumentOutOfRangeException(nameof(value), factor, "A pace is more than 0 virtual seconds per real second.");
                }

                lock (_gate)
                {
                    _pacer.Change(value, _now);
                    Monitor.PulseAll(_gate); // sleepers look at the new pace
                }
            }
        }

        /// <summary>Lets time pass for something the board did, then waits if the board is too far ahead of its pace.</summary>
        /// <param name="nanoseconds">0 or more.</param>
        /// <returns>The time after it.</returns>
        /// <exception cref="BoardOffException">The time was stopped while waiting.</exception>
        public long Advance(long nanoseconds)
        {
            long now = AdvanceWithoutWaiting(nanoseconds);
            Settle();
            return now;
        }

        /// <summary>Lets a thread's time pass, up to now plus the wish, in step with the pace.</summary>
        /// <param name="nanoseconds">0 or more.</param>
        /// <exception cref="BoardOffException">The time was stopped before the sleep ended.</exception>
        public void Sleep(long nanoseconds) => Sleep(nanoseconds, null);

        /// <summary>Says that somebody outside the board works for it: sleepers wait for them, for 1 s of real time at most.</summary>
        /// <returns>Ends it when disposed.</returns>
        public IDisposable BeginErrand()
        {
            lock (_gate)
            {
                return new Errand(this, _busUsers.BeginErrand());
            }
        }

        /// <summary>Lets a thread's time pass until a signal is set.</summary>
        /// <param name="nanoseconds">The longest time, 0 or more.</param>
        /// <param name="signal">The signal; null for none.</param>
        /// <returns>True when it was set; it is not any more.</returns>
        /// <exception cref="BoardOffException">The time was stopped meanwhile.</exception>
        internal bool Sleep(long nanoseconds, TimeSignal? signal)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
            long stops;
            long wake;
            lock (_gate)
            {
                if (signal is not null)
                {
                    _busUsers.Enrol();
                    if (signal.IsSet)
                    {
                        signal.IsSet = false;
                        return true;
                    }
                }

                if (_wakes.Count == 0)
                {
                    _pacer.LimitLag(_now, LagLimitNanoseconds); // with a sleeper, being behind is no lag: the time waits for it
                }

                stops = _stops;
                wake = _now + nanoseconds;
                _busUsers.FallAsleep();
                AddWake(wake, signal);
                Monitor.PulseAll(_gate); // others may have waited for this thread's work
            }

            try
            {
                while (!TryMoveTo(wake, stops, signal))
                {
                    RunEvents();
                }
            }
            finally
            {
                lock (_gate)
                {
                    RemoveWake(signal?.Wake ?? wake, signal);
                    _busUsers.See();
                    Monitor.PulseAll(_gate);
                }
            }

            RunEvents();
            lock (_gate)
            {
                ThrowIfStopped(stops);
                bool wasSet = signal is { IsSet: true };
                if (wasSet)
                {
                    signal!.IsSet = false;
                }

                return wasSet;
            }
        }

        /// <summary>Sets a signal: who waits for it wakes now, and no time passes before that thread is at work.</summary>
        /// <param name="signal">The signal.</param>
        internal void Set(TimeSignal signal)
        {
            lock (_gate)
            {
                signal.IsSet = true;
                if (signal.Wake is long wake)
                {
                    RemoveWake(wake, signal);
                    AddWake(_now, signal);
                    Monitor.PulseAll(_gate);
                }
            }
        }

        /// <summary>Does something when the time comes: in the thread that moves the time past it, before that thread goes on.</summary>
        /// <param name="nanoseconds">The time; one that has passed already is due at the next step of the time.</param>
        /// <param name="action">What to do; it may throw <see cref="BoardOffException"/> to end that thread.</param>
        public void At(long nanoseconds, Action action)
        {
            ArgumentNullException.ThrowIfNull(action);
            lock (_gate)
            {
                _events.Add(nanoseconds, action);
                Monitor.PulseAll(_gate); // a sleeper may be on its way past it
            }
        }

        /// <summary>Wakes every sleeping thread with a <see cref="BoardOffException"/>; sleeps that begin later are not touched.</summary>
        public void WakeSleepers()
        {
            lock (_gate)
            {
                _stops++;
                _busUsers.Clear();
                Monitor.PulseAll(_gate);
            }
        }

        /// <summary>Moves time within a transaction, while locks are held; <see cref="Settle"/> follows once they are not.</summary>
        /// <param name="nanoseconds">0 or more.</param>
        /// <param name="onBus">Whether the running thread uses a bus.</param>
        /// <returns>The time after it.</returns>
        internal long AdvanceWithoutWaiting(long nanoseconds, bool onBus = false)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
            lock (_gate)
            {
                if (onBus)
                {
                    _busUsers.Enrol();
                }
                else if (!_busUsers.See())
                {
                    Flow();
                }

                _now += nanoseconds;
                if (_now >= _nextWake)
                {
                    Monitor.PulseAll(_gate);
                }

                return _now;
            }
        }

        /// <summary>Lets the time catch up with its pace if all threads that matter sleep.</summary>
        internal void Flow()
        {
            lock (_gate)
            {
                if (_pacer.Pace is not null && _wakes.Count > 0 && Patience() == 0)
                {
                    _now = Math.Max(_now, Math.Min(_pacer.Now, Math.Min(_nextWake, _events.First)));
                }
            }
        }

        /// <summary>Does what became due, and waits while the board is too far ahead of its pace.</summary>
        internal void Settle()
        {
            RunEvents();
            lock (_gate)
            {
                long stops = _stops;
                while (_now - LeadNanoseconds > _pacer.Now)
                {
                    _pacer.Wait(_gate, _now - LeadNanoseconds);
                    ThrowIfStopped(stops);
                }
            }
        }

        /// <summary>Moves the time towards a wake-up, as far as nothing else is due before.</summary>
        /// <returns>True when it has come, or the signal; false when an event on the way is due first.</returns>
        private bool TryMoveTo(long wake, long stops, TimeSignal? signal)
        {
            lock (_gate)
            {
                while (true)
                {
                    ThrowIfStopped(stops);
                    if (_now >= wake || signal is { IsSet: true })
                    {
                        return true;
                    }

                    if (_events.First <= _now)
                    {
                        return false;
                    }

                    long target = Math.Min(wake, _events.First);
                    int patience = _nextWake < wake ? LongestWaitMilliseconds : Patience();
                    if (patience > 0)
                    {
                        // Somebody else's turn: a sleeper that wakes earlier, or a thread at work on a bus.
                        Monitor.Wait(_gate, Math.Min(patience, LongestWaitMilliseconds));
                    }
                    else if (_pacer.Now < target)
                    {
                        _pacer.Wait(_gate, target);
                    }
                    else
                    {
                        _now = target;
                        Monitor.PulseAll(_gate);
                    }
                }
            }
        }

        // An errand that was given up is no lag: to catch up would let a deadline pass in a moment, in which nobody could have kept it.
        private int Patience()
        {
            int patience = _busUsers.Patience();
            if (_busUsers.TakeGivenUp())
            {
                _pacer.LimitLag(_now, 0);
            }

            return patience;
        }

        private void RunEvents()
        {
            while (_events.First <= Nanoseconds)
            {
                Action? action;
                lock (_gate)
                {
                    action = _events.Take(_now);
                }

                action?.Invoke(); // not under the lock: what happens may well read the time
            }
        }

        private void AddWake(long wake, TimeSignal? signal)
        {
            _wakes.Add(wake);
            _nextWake = Math.Min(_nextWake, wake);
            if (signal is not null)
            {
                signal.Wake = wake;
            }
        }

        private void RemoveWake(long wake, TimeSignal? signal)
        {
            _wakes.Remove(wake);
            if (signal is not null)
            {
                signal.Wake = null;
            }

            _nextWake = long.MaxValue;
            foreach (long other in _wakes)
            {
                _nextWake = Math.Min(_nextWake, other);
            }
        }

        private void ThrowIfStopped(long stops)
        {
            if (_stops != stops)
            {
                throw new BoardOffException();
            }
        }

        private sealed class Errand(VirtualTime time, int number) : IDisposable
        {
            public void Dispose()
            {
                lock (time._gate)
                {
                    time._busUsers.EndErrand(number);
                    Monitor.PulseAll(time._gate);
                }
            }
        }
    }
}

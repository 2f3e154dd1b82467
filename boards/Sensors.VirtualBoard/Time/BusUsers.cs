using System;
using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>Who is at work for a board: its threads that use a bus or wait for a signal, and messages whose answer is awaited.</summary>
    /// <remarks>Guarded by the lock of the <see cref="VirtualTime"/> it belongs to.</remarks>
    internal sealed class BusUsers
    {
        /// <summary>A thread unseen for so long waits for something outside the board, or has ended.</summary>
        private const long PatienceMilliseconds = 1000;

        private readonly List<User> _users = [];
        private int _errands;
        private bool _gaveUp;

        /// <summary>Notes that the running thread used a bus: from now on it counts as at work until it sleeps.</summary>
        public void Enrol()
        {
            if (!See())
            {
                _users.Add(new User(Environment.CurrentManagedThreadId, Environment.TickCount64, false));
            }
        }

        /// <summary>Notes that somebody outside the board works for it.</summary>
        /// <returns>The number to end it by.</returns>
        public int BeginErrand()
        {
            _users.Add(new User(--_errands, Environment.TickCount64, false)); // threads have numbers above 0
            return _errands;
        }

        /// <summary>Notes the end of such work; one that was given up or forgotten meanwhile may end too.</summary>
        /// <param name="errand">Its number.</param>
        public void EndErrand(int errand) => _users.RemoveAll(user => user.Thread == errand);

        /// <summary>Notes that the running thread is alive and at work, if it is one that uses a bus.</summary>
        /// <returns>True when it is.</returns>
        public bool See() => Note(asleep: false);

        /// <summary>Notes that the running thread sleeps.</summary>
        public void FallAsleep() => Note(asleep: true);

        /// <summary>Forgets every thread.</summary>
        public void Clear() => _users.Clear();

        /// <summary>Tells how long to wait at most for a thread that is at work.</summary>
        /// <returns>Milliseconds; 0 when none is.</returns>
        public int Patience()
        {
            long now = Environment.TickCount64;
            long longest = 0;
            for (int i = _users.Count - 1; i >= 0; i--)
            {
                long left = PatienceMilliseconds - (now - _users[i].Seen);
                if (_users[i].Asleep)
                {
                    continue;
                }

                if (left <= 0)
                {
                    _gaveUp |= _users[i].Thread < 0;
                    _users.RemoveAt(i);
                }
                else
                {
                    longest = Math.Max(longest, left);
                }
            }

            return (int)longest;
        }

        /// <summary>Tells whether an errand was given up since this was asked last.</summary>
        public bool TakeGivenUp()
        {
            bool gaveUp = _gaveUp;
            _gaveUp = false;
            return gaveUp;
        }

        private bool Note(bool asleep)
        {
            int thread = Environment.CurrentManagedThreadId;
            for (int i = 0; i < _users.Count; i++)
            {
                if (_users[i].Thread == thread)
                {
                    _users[i] = new User(thread, Environment.TickCount64, asleep);
                    return true;
                }
            }

            return false;
        }

        private readonly record struct User(int Thread, long Seen, bool Asleep);
    }
}

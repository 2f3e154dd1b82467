using System;
using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>The threads of a board that use its buses, and whether one of them is at work.</summary>
    /// <remarks>Guarded by the lock of the <see cref="VirtualTime"/> it belongs to.</remarks>
    internal sealed class BusUsers
    {
        /// <summary>A thread unseen for so long waits for something outside the board, or has ended.</summary>
        private const long PatienceMilliseconds = 1000;

        private readonly List<User> _users = [];

        /// <summary>Notes that the running thread used a bus: from now on it counts as at work until it sleeps.</summary>
        public void Enrol()
        {
            if (!See())
            {
                _users.Add(new User(Environment.CurrentManagedThreadId, Environment.TickCount64, false));
            }
        }

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
                    _users.RemoveAt(i);
                }
                else
                {
                    longest = Math.Max(longest, left);
                }
            }

            return (int)longest;
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

using System;
using System.Collections.Generic;
using System.Threading;

namespace Sensors.VirtualBoard
{
    /// <summary>What is to be done at times to come; of one time, in the order in which it was asked for.</summary>
    /// <remarks>Guarded by the lock of the <see cref="VirtualTime"/> it belongs to; <see cref="First"/> may be read without.</remarks>
    internal sealed class DueActions
    {
        private readonly PriorityQueue<Action, (long Due, long Order)> _actions = new();
        private long _order;
        private long _first = long.MaxValue;

        /// <summary>Gets when the first is due; far away when there is none.</summary>
        public long First => Interlocked.Read(ref _first);

        public void Add(long due, Action action)
        {
            _actions.Enqueue(action, (due, _order++));
            SetFirst();
        }

        /// <summary>Takes the first out if it is due.</summary>
        /// <param name="now">The time.</param>
        /// <returns>What to do; null for nothing yet.</returns>
        public Action? Take(long now)
        {
            if (First > now)
            {
                return null;
            }

            Action action = _actions.Dequeue();
            SetFirst();
            return action;
        }

        private void SetFirst() =>
            Interlocked.Exchange(ref _first, _actions.TryPeek(out _, out (long Due, long Order) first) ? first.Due : long.MaxValue);
    }
}

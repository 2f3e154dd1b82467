using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The cooperative loop: runs each task when it is due, one at a time, earliest first.</summary>
    /// <remarks>
    /// A task that throws is run again after <see cref="PenaltyMilliseconds"/>: one broken part never stops the node. What it
    /// threw is kept in the <see cref="FaultLog"/>.
    /// </remarks>
    public sealed class Scheduler
    {
        /// <summary>How long a task that threw has to wait, in milliseconds.</summary>
        public const int PenaltyMilliseconds = 1000;

        /// <summary>How long a loop without any task rests, in milliseconds: a node that found no sensor still tells that it lives.</summary>
        public const int RestMilliseconds = 1000;

        private readonly NodeTask[] _tasks;
        private readonly long[] _due; // milliseconds since start
        private readonly Clock _clock;
        private readonly FaultLog _faults;

        /// <summary>Makes a loop over a fixed set of tasks, all due at once.</summary>
        /// <param name="clock">The node's time.</param>
        /// <param name="tasks">The tasks; where several are due, the earliest due runs first, then the first in this order.</param>
        /// <param name="faults">Keeps what tasks throw.</param>
        public Scheduler(Clock clock, NodeTask[] tasks, FaultLog faults)
        {
            _clock = clock;
            _tasks = tasks;
            _faults = faults;
            _due = new long[tasks.Length];
        }

        /// <summary>Runs the task that has been due longest, if any is due.</summary>
        /// <returns>Milliseconds until the next task is due; 0 when one is due already.</returns>
        [HotPath]
        public int RunOnce()
        {
            if (_tasks.Length == 0)
            {
                return RestMilliseconds;
            }

            long now = _clock.Milliseconds;
            int next = Earliest();
            if (_due[next] > now)
            {
                return (int)(_due[next] - now);
            }

            _due[next] = now + Step(_tasks[next], now);
            long wait = _due[Earliest()] - _clock.Milliseconds;
            return wait > 0 ? (int)wait : 0;
        }

        [HotPath]
        private int Step(NodeTask task, long now)
        {
            try
            {
                return task.Step(now);
            }
            catch (Exception exception)
            {
                _faults.Add(exception);
                return PenaltyMilliseconds;
            }
        }

        [HotPath]
        private int Earliest()
        {
            int earliest = 0;
            for (int i = 1; i < _due.Length; i++)
            {
                if (_due[i] < _due[earliest])
                {
                    earliest = i;
                }
            }

            return earliest;
        }
    }
}

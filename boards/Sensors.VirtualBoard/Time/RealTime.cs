using System;
using System.Diagnostics;
using System.Threading;

namespace Sensors.VirtualBoard
{
    /// <summary>The PC's own time, which virtual time can be paced by. A test puts a source of its own in its place.</summary>
    public abstract class RealTime
    {
        /// <summary>Gets the PC's monotonic clock.</summary>
        public static RealTime System { get; } = new StopwatchTime();

        /// <summary>Gets nanoseconds since an arbitrary moment; never goes back.</summary>
        public abstract long Nanoseconds { get; }

        /// <summary>Lets go of a held monitor for about this long, or until somebody pulses it.</summary>
        /// <param name="gate">The monitor; the calling thread holds it.</param>
        /// <param name="nanoseconds">More than 0; waking early is allowed, callers look at the clock again.</param>
        public abstract void Wait(object gate, long nanoseconds);

        private sealed class StopwatchTime : RealTime
        {
            private const long NanosecondsPerMillisecond = 1_000_000;
            private const long LongestWaitMilliseconds = 1000;

            public override long Nanoseconds =>
                (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));

            public override void Wait(object gate, long nanoseconds)
            {
                // Rounded up, so that the last wait does not spin through the final millisecond.
                long milliseconds = (nanoseconds + NanosecondsPerMillisecond - 1) / NanosecondsPerMillisecond;
                Monitor.Wait(gate, (int)Math.Min(milliseconds, LongestWaitMilliseconds));
            }
        }
    }
}

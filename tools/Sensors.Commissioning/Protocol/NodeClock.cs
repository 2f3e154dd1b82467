using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Commissioning
{
    /// <summary>The time a node lives in: that of this PC, or of a virtual board. All patience with a node is counted in it.</summary>
    public abstract class NodeClock
    {
        /// <summary>Makes the clock of real nodes.</summary>
        /// <returns>A clock that begins now.</returns>
        public static NodeClock Real() => new RealNodeClock();

        /// <summary>Gets the time since the clock was made.</summary>
        public abstract TimeSpan Now { get; }

        /// <summary>Waits.</summary>
        /// <param name="time">How long, in the node's time.</param>
        /// <param name="stop">Ends the wait with an exception.</param>
        /// <returns>Completes when it is over.</returns>
        public abstract Task DelayAsync(TimeSpan time, CancellationToken stop);

        private sealed class RealNodeClock : NodeClock
        {
            private readonly Stopwatch _watch = Stopwatch.StartNew();

            public override TimeSpan Now => _watch.Elapsed;

            public override Task DelayAsync(TimeSpan time, CancellationToken stop) => Task.Delay(time, stop);
        }
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Commissioning;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Pairings
{
    /// <summary>The time of a virtual board in this process: it may be faster than this PC's, and stands still while the PC is busy.</summary>
    internal sealed class BoardClock(VirtualTime time) : NodeClock
    {
        private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(5);

        public override TimeSpan Now => TimeSpan.FromSeconds(time.Seconds);

        public override Task DelayAsync(TimeSpan wait, CancellationToken stop)
        {
            TimeSpan real = wait / (time.Pace ?? 100);
            return Task.Delay(real < Shortest ? Shortest : real, stop);
        }
    }
}

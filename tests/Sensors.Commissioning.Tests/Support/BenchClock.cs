using System;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Pairing.Tests.Fakes;

namespace Sensors.Commissioning.Tests.Support
{
    /// <summary>The time of a portal on fakes: whoever waits moves it.</summary>
    internal sealed class BenchClock(PortalServer server) : NodeClock
    {
        public override TimeSpan Now => server.Locked(bench => TimeSpan.FromMilliseconds(bench.Clock.Milliseconds));

        public override async Task DelayAsync(TimeSpan time, CancellationToken stop)
        {
            await Task.Yield();
            stop.ThrowIfCancellationRequested();
            server.Locked(bench =>
            {
                bench.Pass((int)Math.Max(1, time.TotalMilliseconds));
                return 0;
            });
            server.Moved();
        }
    }
}

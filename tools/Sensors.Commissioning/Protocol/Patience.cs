using System;
using System.Diagnostics;

namespace Sensors.Commissioning
{
    /// <summary>How long something may take, in a node's time. A virtual board whose time stands still does not make it endless.</summary>
    internal sealed class Patience(NodeClock clock, TimeSpan limit)
    {
        private static readonly TimeSpan LongestReal = TimeSpan.FromMinutes(10);

        private readonly TimeSpan _end = clock.Now + limit;
        private readonly long _begun = Stopwatch.GetTimestamp();

        public bool IsOver => clock.Now >= _end || Stopwatch.GetElapsedTime(_begun) > LongestReal;

        public TimeSpan Left => _end - clock.Now;
    }
}

using System;

namespace Sensors.Platform.Tests.Scripted
{
    /// <summary>Counts what runs allocates once it is warm.</summary>
    internal static class Allocation
    {
        /// <summary>Runs something until it is warm, then counts.</summary>
        /// <param name="action">What to run.</param>
        /// <returns>Bytes per 100 runs.</returns>
        public static long Of(Action action)
        {
            for (int i = 0; i < 100; i++)
            {
                action();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                action();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Sensors.Campaigns
{
    /// <summary>Runs what has boards: a board belongs to its thread, so each item runs on one, as many at a time as there are processors.</summary>
    internal static class Parallel
    {
        /// <summary>Runs all items.</summary>
        /// <returns>Their results, in the items' order.</returns>
        /// <exception cref="AggregateException">Some failed.</exception>
        public static TResult[] Run<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> run)
        {
            var results = new TResult[items.Count];
            int next = -1;
            var failures = new ConcurrentQueue<Exception>();
            Thread[] workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
            {
                for (int i = Interlocked.Increment(ref next); i < items.Count; i = Interlocked.Increment(ref next))
                {
                    try
                    {
                        results[i] = run(items[i]);
                    }
                    catch (Exception e)
                    {
                        failures.Enqueue(e);
                    }
                }
            })).ToArray();
            Array.ForEach(workers, worker => worker.UnsafeStart());
            Array.ForEach(workers, worker => worker.Join());
            return failures.IsEmpty ? results : throw new AggregateException(failures);
        }
    }
}

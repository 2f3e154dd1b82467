using System.Collections.Generic;
using System.Threading;
using Sensors.Edge;

namespace Sensors.Campaigns
{
    /// <summary>The collector's store, in which the process dies when it has committed, before anybody is told.</summary>
    internal sealed class DyingStore(IReadingStore inner) : IReadingStore
    {
        private int _armed;

        /// <summary>Lets the next commit be the last. From any thread.</summary>
        public void DieAfterCommit() => Volatile.Write(ref _armed, 1);

        public StoreOutcome[] Commit(IReadOnlyList<StoreEntry> batch)
        {
            StoreOutcome[] outcomes = inner.Commit(batch);
            if (batch.Count > 0 && Interlocked.Exchange(ref _armed, 0) != 0)
            {
                Death.Now("stored");
            }

            return outcomes;
        }

        public IReadOnlyList<SequenceRange> Covered(string id, long epoch) => inner.Covered(id, epoch);

        public IReadOnlyList<SequenceRange> Settled(string id, long epoch) => inner.Settled(id, epoch);

        public void Dispose() => inner.Dispose();
    }
}

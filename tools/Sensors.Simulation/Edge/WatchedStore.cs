using System.Collections.Generic;
using Sensors.Edge;

namespace Sensors.Simulation
{
    /// <summary>The real store; what goes in is checked against what the nodes gave out, and it can be made to refuse.</summary>
    internal sealed class WatchedStore(EventQueue queue, Account account) : IReadingStore
    {
        private readonly SqliteReadingStore _store = SqliteReadingStore.InMemory();

        /// <summary>Gets or sets whether the disk is full.</summary>
        public bool Refuses { get; set; }

        /// <summary>Gets what is stored.</summary>
        public ReadingArchive Archive => _store.Archive;

        public StoreOutcome[] Commit(IReadOnlyList<StoreEntry> batch)
        {
            if (Refuses)
            {
                throw new StoreException("The disk is full.");
            }

            StoreOutcome[] outcomes = _store.Commit(batch);
            for (int i = 0; i < batch.Count; i++)
            {
                account.Stored(batch[i], outcomes[i], queue.Now);
            }

            return outcomes;
        }

        public IReadOnlyList<SequenceRange> Covered(string id, long epoch) => _store.Covered(id, epoch);

        public IReadOnlyList<SequenceRange> Settled(string id, long epoch) => _store.Settled(id, epoch);

        public void Dispose() => _store.Dispose();
    }
}

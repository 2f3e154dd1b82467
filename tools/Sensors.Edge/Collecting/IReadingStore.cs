using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>What the collector keeps: every reading, alarm and gap once, durable before anybody is told. One writer, one thread at a time.</summary>
    public interface IReadingStore : IDisposable
    {
        /// <summary>Stores a batch in one transaction; all of it is durable on return, or nothing was stored and this throws.</summary>
        /// <param name="batch">Messages in the order they came. A reading, alarm or gap that is there already is counted and left.</param>
        /// <returns>What became of each entry, in the batch's order.</returns>
        /// <exception cref="StoreException">Nothing was stored; the message says why.</exception>
        StoreOutcome[] Commit(IReadOnlyList<StoreEntry> batch);

        /// <summary>Gives which numbers of an epoch are accounted for: stored, covered by a gap, or given up by a <c>new-volume</c> statement of another
        /// board under the same identifier, which closes the whole epoch.</summary>
        /// <param name="id">The node's identifier; its letters' case does not count.</param>
        /// <param name="epoch">The epoch.</param>
        /// <returns>Ranges, ascending, that do not touch each other; valid until the next <see cref="Commit"/>.</returns>
        IReadOnlyList<SequenceRange> Covered(string id, long epoch);

        /// <summary>Gives which numbers of an epoch its own board need not send any more: stored, or covered by a gap of that epoch. What another board's
        /// <c>new-volume</c> gives up is left out: the board that holds it may come back.</summary>
        /// <param name="id">The node's identifier; its letters' case does not count.</param>
        /// <param name="epoch">The epoch.</param>
        /// <returns>Ranges, ascending, that do not touch each other; valid until the next <see cref="Commit"/>.</returns>
        IReadOnlyList<SequenceRange> Settled(string id, long epoch);
    }

    /// <summary>What became of an entry.</summary>
    public enum StoreOutcome
    {
        /// <summary>It is new, and its number the next or ahead.</summary>
        Stored = 0,

        /// <summary>It is new, and later numbers came before it.</summary>
        StoredLate = 1,

        /// <summary>It was there already.</summary>
        Duplicate = 2,
    }
}

using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>The account of everything that was stored: what came, what is lost and why, what is missing.</summary>
    /// <param name="Nodes">The nodes, by identifier.</param>
    /// <param name="Refused">Messages refused since the file was made.</param>
    public sealed record LedgerReport(IReadOnlyList<NodeAccount> Nodes, long Refused)
    {
        /// <summary>Draws up the account.</summary>
        /// <param name="archive">The store.</param>
        /// <param name="id">Of this node only; null for all.</param>
        /// <returns>The account.</returns>
        /// <exception cref="StoreException">The file cannot be read.</exception>
        public static LedgerReport Of(ReadingArchive archive, string? id = null)
        {
            ArgumentNullException.ThrowIfNull(archive);
            using ReadingArchive.Snapshot snapshot = archive.Freeze();
            using var accountant = new Accountant(archive);
            return accountant.DrawUp(id);
        }
    }
}

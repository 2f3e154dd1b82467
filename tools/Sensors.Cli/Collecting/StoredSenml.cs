using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Edge;

namespace Sensors.Cli.Collecting
{
    /// <summary>The readings of a store with what SenML needs to name their units.</summary>
    internal static class StoredSenml
    {
        /// <summary>Gives them one by one, in the order of the store.</summary>
        public static IEnumerable<SenmlReading> Of(ReadingArchive archive, ArchiveFilter filter)
        {
            Dictionary<string, MetaMessage?> metas = LedgerReport.Of(archive, filter.Id).Nodes.ToDictionary(node => node.Id, node => node.Meta, StringComparer.OrdinalIgnoreCase);
            foreach (StoredMessage message in archive.Messages(StoreKind.Reading, filter))
            {
                yield return new SenmlReading(ReadingMessage.Parse(message.Payload), metas.GetValueOrDefault(message.Id), message.Arrived);
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Campaigns
{
    /// <summary>Which kills there are and when, from a seed: spread over the time evenly, in an order of chance.</summary>
    internal static class KillPlan
    {
        // Of a hundred: the three placed kinds get more than the tenth that is demanded of each.
        private static readonly (KillKind Kind, int Share)[] Shares =
        [
            (KillKind.JournalWrite, 20),
            (KillKind.StoredNotAcknowledged, 20),
            (KillKind.AcknowledgeInFlight, 20),
            (KillKind.Node, 14),
            (KillKind.Broker, 14),
            (KillKind.Collector, 12),
        ];

        public static IReadOnlyList<Kill> Of(int seed, int kills, TimeSpan time)
        {
            Random random = Seeds.Of(seed, "kills");
            var kinds = new List<KillKind>();
            foreach ((KillKind kind, int share) in Shares)
            {
                kinds.AddRange(Enumerable.Repeat(kind, (int)Math.Ceiling(kills * share / 100.0)));
            }

            KillKind[] order = [.. kinds];
            random.Shuffle(order);
            TimeSpan step = time / kills;
            return [.. order.Take(kills).Select((kind, i) => new Kill(kind, step * (i + (0.8 * random.NextDouble())), random.Next(1, 5), step * random.NextDouble() / 2, random.Next(2) == 0))];
        }
    }

    /// <summary>One kill.</summary>
    /// <param name="Kind">Who and where.</param>
    /// <param name="At">When, from the campaign's start.</param>
    /// <param name="Operation">Inside a journal write: which operation on the volume is cut short; one behind the last means just after it.</param>
    /// <param name="Rest">How long the victim stays dead. A node comes back at once: nobody measures meanwhile.</param>
    /// <param name="Persistent">Whether a broker that comes back keeps its sessions on disk.</param>
    internal sealed record Kill(KillKind Kind, TimeSpan At, int Operation, TimeSpan Rest, bool Persistent);
}

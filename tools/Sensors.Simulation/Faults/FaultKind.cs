using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Simulation
{
    /// <summary>What can go wrong in a simulation.</summary>
    public enum FaultKind
    {
        /// <summary>The power goes, at any moment and inside any write.</summary>
        PowerCut,

        /// <summary>A file system worse than LittleFS: a power cut leaves a part of what was appended, and garbage.</summary>
        Torn,

        /// <summary>No radio, for seconds to most of a day.</summary>
        Outage,

        /// <summary>A connection that carries nothing any more, and nobody is told.</summary>
        HalfOpen,

        /// <summary>Messages come twice, some hours later.</summary>
        Duplicates,

        /// <summary>Messages are delayed and overtake each other.</summary>
        Delays,

        /// <summary>The time server is wrong for a while.</summary>
        ClockStep,

        /// <summary>The time server's answers are lost.</summary>
        NoTime,

        /// <summary>The link is TLS: certificates are judged by the node's own time.</summary>
        Tls,

        /// <summary>The broker is away.</summary>
        BrokerDown,

        /// <summary>The broker restarts and has forgotten everything.</summary>
        BrokerRestart,

        /// <summary>The broker is slow.</summary>
        BrokerSlow,

        /// <summary>The first of two addresses of the broker does not answer.</summary>
        BrokerMoves,

        /// <summary>The collector is killed: before or after it stored, before or after it acknowledged.</summary>
        CollectorCrash,

        /// <summary>The collector is away for long.</summary>
        CollectorAway,

        /// <summary>The collector's store refuses.</summary>
        StoreFull,

        /// <summary>The edge's clock is wrong for a while.</summary>
        EdgeClock,

        /// <summary>Somebody else's files fill the volume.</summary>
        VolumeFull,

        /// <summary>The volume takes nothing.</summary>
        VolumeFails,

        /// <summary>Bytes of a file change.</summary>
        Corrupt,

        /// <summary>The files that tell the epoch are damaged or gone: one of them, or both.</summary>
        EpochFiles,

        /// <summary>The volume cannot be mounted and is formatted.</summary>
        Format,

        /// <summary>Another board under the same identifier; the old one may come back under another.</summary>
        Swap,

        /// <summary>The node gets another identifier while it has a backlog.</summary>
        RePair,

        /// <summary>A restart on purpose.</summary>
        Reboot,

        /// <summary>Alarms, many at once.</summary>
        AlarmStorm,
    }

    /// <summary>The names of faults, as the command takes them.</summary>
    public static class FaultKinds
    {
        /// <summary>Gets all kinds.</summary>
        public static IReadOnlyList<FaultKind> All { get; } = Enum.GetValues<FaultKind>();

        /// <summary>Gives a kind's name, such as <c>power-cut</c>.</summary>
        /// <param name="kind">The kind.</param>
        /// <returns>Lower case, with hyphens.</returns>
        public static string NameOf(FaultKind kind) =>
            string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : string.Empty) + char.ToLowerInvariant(c) : c.ToString()));

        /// <summary>Reads <c>all</c>, <c>none</c> or names with commas.</summary>
        /// <param name="text">The text.</param>
        /// <param name="kinds">The kinds.</param>
        /// <returns>Null, or the name that is none.</returns>
        public static string? TryParse(string text, out IReadOnlyList<FaultKind> kinds)
        {
            kinds = text == "all" ? All : [];
            if (text is "all" or "none")
            {
                return null;
            }

            var list = new List<FaultKind>();
            foreach (string name in text.Split(',', StringSplitOptions.TrimEntries))
            {
                int index = All.ToList().FindIndex(kind => NameOf(kind) == name);
                if (index < 0)
                {
                    return name;
                }

                list.Add(All[index]);
            }

            kinds = list;
            return null;
        }
    }
}

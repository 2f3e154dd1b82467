using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Commissioning;

namespace Sensors.Cli.Pairings
{
    /// <summary>Waits for nodes whose portals are open: virtual ones are there, to a real one the technician joins the access point meanwhile.</summary>
    internal sealed class NodeFinder(NodeDiscovery discovery, Action<CliEvent> tell)
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

        /// <summary>Waits until at least one node that will do is there.</summary>
        /// <param name="name">Which node; null for any.</param>
        /// <param name="will">Which of them will do.</param>
        /// <param name="limit">How long.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <exception cref="CliException">None came.</exception>
        public async Task<IReadOnlyList<WaitingNode>> WaitAsync(string? name, Func<WaitingNode, bool> will, TimeSpan limit, CancellationToken stop)
        {
            long begun = Stopwatch.GetTimestamp();
            bool told = false;
            var others = new SortedSet<string>(StringComparer.Ordinal);
            while (true)
            {
                IReadOnlyList<WaitingNode> all = await discovery.FindAsync(stop).ConfigureAwait(false);
                WaitingNode[] found = [.. all.Where(node => (name is null || node.State.Node == name) && will(node))];
                if (found.Length > 0)
                {
                    return found;
                }

                others.UnionWith(all.Select(node => node.State.Node));
                if (Stopwatch.GetElapsedTime(begun) >= limit)
                {
                    throw ErrorTable.NoNodeWaits.Because(
                        $"{name ?? "No node"} {(name is null ? "waits" : "does not wait")} to be paired{(others.Count == 0 ? string.Empty : $"; there {(others.Count == 1 ? "is" : "are")} {string.Join(", ", others)}")}.",
                        "join the node's access point, whose name and password are on its label; sensorctl run --unpaired starts a virtual one.",
                        name);
                }

                if (!told)
                {
                    told = true;
                    tell(new CliEvent(
                        "looking",
                        $"waiting for {name ?? "a node"}: join this PC to its access point, {name ?? "sensors-..."}, password on the label; this goes on by itself",
                        new JsonObject { ["node"] = name }));
                }

                await Task.Delay(Pause, stop).ConfigureAwait(false);
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Node;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>Many virtual nodes, one like the other except for identifier and seed.</summary>
    public sealed class VirtualFleet : IDisposable
    {
        private static readonly TimeSpan LongestSpread = TimeSpan.FromSeconds(10);

        private readonly TimeSpan _spread;

        /// <summary>Makes nodes that do not run yet.</summary>
        /// <param name="first">What the first node is; the others count up from its identifier and seed.</param>
        /// <param name="count">How many, 1 or more.</param>
        /// <exception cref="FormatException">An identifier of the series is none, or a fault names a chip that there is not.</exception>
        public VirtualFleet(VirtualNodeOptions first, int count)
        {
            ArgumentNullException.ThrowIfNull(first);
            IReadOnlyList<Identifier?> ids = first.Id is null ? new Identifier?[count] : [.. IdentifierSeries.From(first.Id, count)];
            TimeSpan interval = first.Interval ?? LongestSpread;
            _spread = interval < LongestSpread ? interval : LongestSpread;
            var nodes = new List<VirtualNode>(count);
            for (int i = 0; i < count; i++)
            {
                if (i > 0 && first.VolumeFolder is not null)
                {
                    throw new ArgumentException("One folder keeps the volume of one node.", nameof(first));
                }

                nodes.Add(new VirtualNode(first with
                {
                    Id = ids[i],
                    Seed = first.Seed + (ulong)i,
                }));
            }

            Nodes = nodes;
        }

        /// <summary>Gets the nodes, in the order of their identifiers.</summary>
        public IReadOnlyList<VirtualNode> Nodes { get; }

        /// <summary>Starts the nodes one after the other, spread over one interval: nodes in a plant do not start at one moment.</summary>
        /// <param name="stop">Ends the starting; nodes that run go on.</param>
        /// <returns>Completes when all run.</returns>
        public async Task StartAsync(CancellationToken stop)
        {
            TimeSpan pause = _spread / Nodes.Count;
            foreach (VirtualNode node in Nodes)
            {
                node.Start();
                if (Nodes.Count > 1)
                {
                    await Task.Delay(pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                if (stop.IsCancellationRequested)
                {
                    return;
                }
            }
        }

        /// <summary>Cuts every node's power.</summary>
        public void Dispose()
        {
            foreach (VirtualNode node in Nodes)
            {
                node.Dispose();
            }
        }
    }
}

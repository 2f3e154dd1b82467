using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Commands;
using Sensors.Cli.Errors;
using Sensors.Cli.VirtualNodes;
using Sensors.Commissioning;
using Sensors.Pairing;

namespace Sensors.Cli.Pairings
{
    /// <summary>Virtual boards in this process, as flashed: their portals open by themselves.</summary>
    internal sealed class VirtualBench : IDisposable
    {
        private static readonly TimeSpan PortalLimit = TimeSpan.FromSeconds(60);
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

        private readonly List<VirtualNode> _nodes = [];

        /// <summary>Makes boards that do not run yet.</summary>
        /// <param name="first">What the first one is; the others count its seed up.</param>
        /// <param name="count">How many.</param>
        /// <param name="folder">Where their volumes are kept, a folder each; null for memory alone.</param>
        /// <exception cref="CliException">A volume cannot be used, or its node is paired.</exception>
        public VirtualBench(VirtualNodeOptions first, int count, string? folder)
        {
            for (int i = 0; i < count; i++)
            {
                string? volume = folder is null ? null
                    : FleetErrors.Translate(() => Directory.CreateDirectory(count == 1 ? folder : Path.Combine(folder, (i + 1).ToString("D2", CultureInfo.InvariantCulture))).FullName);
                VirtualNode node = FleetErrors.Translate(() => new VirtualNode(first with { Seed = first.Seed + (ulong)i, VolumeFolder = volume }));
                _nodes.Add(node);
                if (PairedVolume.Read(node.Board) is { } paired)
                {
                    Dispose();
                    throw ErrorTable.Conflict.Because(
                        $"{volume} holds a node that is paired, as {paired.Settings.Id.Text}: it works, and opens no portal.", "give a folder of its own; sensorctl run --volume runs that node, and sensorctl unpair makes it wait again.", volume);
                }
            }
        }

        /// <summary>Gets the boards.</summary>
        public IReadOnlyList<VirtualNode> Nodes => _nodes;

        /// <summary>Switches the boards on, and waits until all portals are open.</summary>
        /// <exception cref="Errors.CliException">One does not open.</exception>
        public async Task<IReadOnlyList<(VirtualNode Node, PairingLabel Label, NodeClock Clock)>> StartAsync(CancellationToken stop)
        {
            foreach (VirtualNode node in _nodes)
            {
                node.Start();
            }

            return await Task.WhenAll(_nodes.Select(node => WaitAsync(node, stop))).ConfigureAwait(false);
        }

        public void Dispose()
        {
            foreach (VirtualNode node in _nodes)
            {
                node.Dispose();
            }
        }

        /// <summary>Waits until a board's portal is open.</summary>
        public static async Task<(VirtualNode Node, PairingLabel Label, NodeClock Clock)> WaitAsync(VirtualNode node, CancellationToken stop)
        {
            var clock = new BoardClock(node.Board.Time);
            var real = System.Diagnostics.Stopwatch.StartNew();
            while (clock.Now < PortalLimit && real.Elapsed < PortalLimit * 2)
            {
                if (node.Portal is not null && VolumeFiles.Label(node.Board) is { } label)
                {
                    return (node, label, clock);
                }

                await clock.DelayAsync(Look, stop).ConfigureAwait(false);
            }

            throw ErrorTable.FirmwareEnded.Because(
                $"The portal of {node.Id} does not open within {PortalLimit.TotalSeconds:F0} s: {VolumeFiles.LastWords(node.Board) ?? "the node says nothing"}.",
                "this is a defect: report it with this line and the command.",
                node.Id);
        }
    }
}

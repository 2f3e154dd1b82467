using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Output;
using Sensors.Cli.VirtualNodes;
using Sensors.Commissioning;
using Sensors.Pairing;

namespace Sensors.Cli.Pairings
{
    /// <summary>Looks after a virtual board's portal: announces it while it is open, and says when somebody has paired the board.</summary>
    internal static class PortalDuty
    {
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

        /// <summary>Announces the portal whenever it is open: from the beginning, or once the node is unpaired.</summary>
        /// <returns>Completes when the time is up; then there is no notice any more.</returns>
        public static async Task AnnounceAsync(VirtualNode node, string folder, VirtualAir air, Action<CliEvent> tell, CancellationToken until)
        {
            IPEndPoint? announced = null;
            string? name = null;
            bool wasOpen = false;
            while (!until.IsCancellationRequested)
            {
                bool isOpen = node.Board.Radio.SoftAccessPoint.Ssid is not null;
                IPEndPoint? portal = node.Portal;
                if (!Equals(portal, announced) && VolumeFiles.Label(node.Board) is { } label)
                {
                    name = label.Name;
                    Announce(folder, name, portal);
                    announced = portal;
                    if (portal is not null && !wasOpen)
                    {
                        wasOpen = true;
                        tell(Waiting(label, air));
                    }
                }

                wasOpen &= isOpen; // while it is away for a trial, it is still open
                await Task.Delay(Look, until).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (name is not null)
            {
                VirtualNotice.Remove(folder, name);
            }
        }

        /// <summary>Waits until the board is paired and works.</summary>
        /// <returns>What it was told; null when the wait was ended first.</returns>
        public static async Task<PairedVolume?> UntilPairedAsync(VirtualNode node, CancellationToken until)
        {
            try
            {
                node.Start();
                await VirtualBench.WaitAsync(node, until).ConfigureAwait(false);
                while (true)
                {
                    // Its portal is closed for good then: while it tries, only its access point is away.
                    if (node.Portal is null && node.Board.Radio.SoftAccessPoint.Ssid is null && PairedVolume.Read(node.Board) is { } paired)
                    {
                        return paired;
                    }

                    await Task.Delay(Look, until).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                return null;
            }
        }

        private static void Announce(string folder, string node, IPEndPoint? portal)
        {
            if (portal is null)
            {
                VirtualNotice.Remove(folder, node);
            }
            else
            {
                new VirtualNotice(node, portal, Environment.ProcessId).Put(folder);
            }
        }

        private static CliEvent Waiting(PairingLabel label, VirtualAir air)
        {
            string networks = string.Join(", ", air.Networks.Select(network => $"'{Visible.Of(network.Ssid)}'"));
            string text = string.Create(
                CultureInfo.InvariantCulture,
                $"{label.Name} waits to be paired: run sensorctl pair in another terminal. On the board's label: code {PairingLabel.Print(label.Code)}. In the air: {networks}");
            return new CliEvent("portal", text, new JsonObject { ["node"] = label.Name, ["code"] = PairingLabel.Print(label.Code), ["networks"] = new JsonArray([.. air.Networks.Select(network => (JsonNode)network.Ssid)]) });
        }
    }
}

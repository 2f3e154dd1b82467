using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Collecting;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Pairings;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl run</c>: one virtual node at any broker, with a volume that may outlive it; paired there, or still to be paired.</summary>
    internal sealed class RunCommand : ReadingsCommand
    {
        private readonly Option<BrokerAddress> _broker;
        private readonly Option<string> _volume;
        private readonly Option<bool> _unpaired = new("--unpaired") { Description = "A board as flashed: its portal opens, and sensorctl pair finds it." };
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly AirOptions _air;
        private readonly NodeOptions _node;
        private readonly DurationOption _duration;

        public RunCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("run", "Run one virtual node: at any broker, as it was paired, or waiting to be paired.", host, global)
        {
            _broker = context.Create("--broker", "host:port", "The broker to publish at (default: the one it was paired for).", BrokerAddress.Parse);
            _volume = context.Create("--volume", "directory", "Keep the node's internal volume there, so that its journal, epoch and sequence go on.", Values.Text);
            Options.Add(_broker);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            Options.Add(_volume);
            Options.Add(_unpaired);
            _air = new AirOptions(this, context);
            _node = new NodeOptions(this, context, "10 s");
            _duration = new DurationOption(this, context);
            Examples =
            [
                "sensorctl run --broker 127.0.0.1:1883",
                "sensorctl run --broker 192.168.1.20 --user node --password-file secret.txt --volume ./node1",
                "sensorctl run --broker edge.local:8883 --tls-ca ca.pem --tls-cert node.pem --tls-key node.key",
                "sensorctl run --broker 127.0.0.1 --id 88.118.12345/PUMP-7 --json",
                "sensorctl run --unpaired --volume ./board1 --wifi 'Hall 3=training room' --air channel=6",
                "sensorctl run --volume ./board1",
            ];
            Notes =
            [
                NodeOptions.FaultHelp,
                AirOptions.FaultHelp,
                "Readings and alarms go to standard output as the broker delivers them, with --json exactly as published; all else goes to the error stream.",
                "The node keeps what it sent until a collector has stored it (sensorctl collect); --ack broker does without one, and what the broker loses is lost.",
                "Killed, the process leaves its will to the broker: the retained status turns to offline. With --volume the journal stays, and is delivered after the next start.",
                "With --unpaired the code of the board's label is told, which a technician would read from the board. Once paired it goes to work, and its readings are shown; run --volume without --broker runs it again as it was paired.",
            ];
        }

        protected override async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            if (parsed.GetValue(_broker) is { } broker)
            {
                return await RunAtAsync(broker, parsed, report, stop).ConfigureAwait(false);
            }

            if (parsed.GetValue(_unpaired) || parsed.GetValue(_volume) is not null)
            {
                return await RunAsItIsAsync(parsed, report, stop).ConfigureAwait(false);
            }

            throw ErrorTable.MissingOption.Because(
                "sensorctl run needs --broker: The broker to publish at.", $"write --broker <host:port>, or set {EnvironmentDefaults.VariableOf("--broker")}; --unpaired waits to be paired, --volume runs what was paired.");
        }

        private async Task<int> RunAtAsync(BrokerAddress broker, ParseResult parsed, Report report, CancellationToken stop)
        {
            if (parsed.GetValue(_unpaired) || _air.Given(parsed) is not null)
            {
                throw ErrorTable.Conflict.Because("--broker gives the node settings; --unpaired, --wifi and --air are for one that is paired.", "leave out --broker, or the others.");
            }

            (string? user, string? password) = _login.Read(parsed);
            NodeTls? tls = _tls.Read(parsed);
            VirtualNodeOptions node = _node.Read(parsed, broker) with { User = user, Password = password, Tls = tls, VolumeFolder = ReadVolume(parsed) };
            CheckFaults(node);
            Identifier id = node.Id!;
            using VirtualFleet fleet = FleetErrors.Translate(() => new VirtualFleet(Host.Nodes(node), 1));
            string topics = $"{node.Root}/{id.Text}";
            await using Feed feed = await Feed.FromAsync(broker, user, password, ReadingTopics.WithAcknowledgements(topics), report.Tell, stop, TlsOptions.ForClient(tls)).ConfigureAwait(false);
            report.Tell(Running(id, broker, node.Seed));
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            return await ShowAsync(fleet, feed, node, parsed, report, until.Token, stop).ConfigureAwait(false);
        }

        /// <summary>Runs what is on the volume: a node that was paired, or a board whose portal opens, until it is paired.</summary>
        private async Task<int> RunAsItIsAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            PairedVolume.RefuseSettings(this, parsed);
            string? folder = ReadVolume(parsed);
            VirtualNodeOptions options = Host.Nodes(_node.Read(parsed, new BrokerAddress(LocalBroker.Loopback, BrokerAddress.DefaultPort)) with { Id = null, VolumeFolder = folder, Air = _air.Read(parsed) });
            CheckFaults(options);
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            PairedVolume? paired = PairedVolume.Read(folder);
            if (paired is null && !parsed.GetValue(_unpaired))
            {
                throw ErrorTable.NotPaired.Because($"{folder} holds no paired node.", "--unpaired opens the board's portal for sensorctl pair; --broker gives it settings without pairing.", folder);
            }

            if (paired is not null && parsed.GetValue(_unpaired))
            {
                throw ErrorTable.Conflict.Because($"{folder} holds a node that is paired, as {paired.Settings.Id.Text}.", "leave out --unpaired, or sensorctl unpair it first.", folder);
            }

            options = paired is null ? options : options with { Air = paired.AirOf(options.Air, _air.Given(parsed) is not null) };
            using VirtualFleet fleet = FleetErrors.Translate(() => new VirtualFleet(options, 1));
            using var end = CancellationTokenSource.CreateLinkedTokenSource(until.Token);
            Task duty = PortalDuty.AnnounceAsync(fleet.Nodes[0], Host.VirtualFolder, options.Air, report.Tell, end.Token);
            try
            {
                paired ??= await PortalDuty.UntilPairedAsync(fleet.Nodes[0], until.Token).ConfigureAwait(false);
                return paired is null
                    ? stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok
                    : await RunPairedAsync(paired, fleet, options, parsed, report, until.Token, stop).ConfigureAwait(false);
            }
            finally
            {
                await end.CancelAsync().ConfigureAwait(false);
                await duty.ConfigureAwait(false);
            }
        }

        private async Task<int> RunPairedAsync(PairedVolume paired, VirtualFleet fleet, VirtualNodeOptions options, ParseResult parsed, Report report, CancellationToken until, CancellationToken stop)
        {
            BrokerAddress broker = paired.Broker;
            LinkSettings link = paired.Settings.Link;
            string topics = $"{paired.Settings.Root}/{paired.Settings.Id.Text}";
            await using Feed feed = await Feed.FromAsync(broker, link.User, link.Password, ReadingTopics.WithAcknowledgements(topics), report.Tell, stop, TlsOptions.ForClient(paired.Tls)).ConfigureAwait(false);
            report.Tell(Running(paired.Settings.Id, broker, options.Seed));
            return await ShowAsync(fleet, feed, options with { Acknowledgement = link.Acknowledgement }, parsed, report, until, stop).ConfigureAwait(false);
        }

        private async Task<int> ShowAsync(VirtualFleet fleet, Feed feed, VirtualNodeOptions node, ParseResult parsed, Report report, CancellationToken until, CancellationToken stop)
        {
            var session = new NodeSession(fleet, feed, Lines(parsed, report), new NodeNews(report.Tell, 1, Json(parsed)), CollectorPatience(node));
            await session.RunAsync(until).ConfigureAwait(false);
            return Verdict.Of(session.Tally, report, stop, session.FirmwareEnded);
        }

        private static void CheckFaults(VirtualNodeOptions node)
        {
            if (node.Faults.FirstOrDefault(fault => fault.Kind.Target == FaultTarget.Broker) is { } outage)
            {
                throw ErrorTable.Conflict.Because($"The fault '{outage}' stops an embedded broker, and run has none.", "sensorctl demo can do that.", outage.ToString());
            }
        }

        private static CliEvent Running(Identifier id, BrokerAddress broker, ulong seed) => new(
            "running",
            $"{id.Text} publishes at {broker}, seed {seed.ToString(CultureInfo.InvariantCulture)}",
            new JsonObject { ["id"] = id.Text, ["broker"] = broker.ToString(), ["seed"] = seed });

        private string? ReadVolume(ParseResult parsed)
        {
            if (parsed.GetValue(_volume) is not { } folder)
            {
                return null;
            }

            return FleetErrors.Translate(() => Directory.CreateDirectory(folder).FullName);
        }
    }
}

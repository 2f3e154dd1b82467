using System;
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
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl run</c>: one virtual node at any broker, with a volume that may outlive it.</summary>
    internal sealed class RunCommand : ReadingsCommand
    {
        private readonly Option<BrokerAddress> _broker;
        private readonly Option<string> _volume;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly NodeOptions _node;
        private readonly DurationOption _duration;

        public RunCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("run", "Run one virtual node at any broker.", host, global)
        {
            _broker = context.Create("--broker", "host:port", "The broker to publish at.", BrokerAddress.Parse, required: true);
            _volume = context.Create("--volume", "directory", "Keep the node's internal volume there, so that its journal, epoch and sequence go on.", Values.Text);
            Options.Add(_broker);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            Options.Add(_volume);
            _node = new NodeOptions(this, context, "10 s");
            _duration = new DurationOption(this, context);
            Examples =
            [
                "sensorctl run --broker 127.0.0.1:1883",
                "sensorctl run --broker 192.168.1.20 --user node --password-file secret.txt --volume ./node1",
                "sensorctl run --broker edge.local:8883 --tls-ca ca.pem --tls-cert node.pem --tls-key node.key",
                "sensorctl run --broker 127.0.0.1 --id 88.118.12345/PUMP-7 --json",
            ];
            Notes =
            [
                NodeOptions.FaultHelp,
                "Readings and alarms go to standard output as the broker delivers them, with --json exactly as published; all else goes to the error stream.",
                "The node keeps what it sent until a collector has stored it (sensorctl collect); --ack broker does without one, and what the broker loses is lost.",
                "Killed, the process leaves its will to the broker: the retained status turns to offline. With --volume the journal stays, and is delivered after the next start.",
            ];
        }

        protected override async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            BrokerAddress broker = parsed.GetValue(_broker)!;
            (string? user, string? password) = _login.Read(parsed);
            NodeTls? tls = _tls.Read(parsed);
            VirtualNodeOptions node = _node.Read(parsed, broker) with { User = user, Password = password, Tls = tls, VolumeFolder = ReadVolume(parsed) };
            if (node.Faults.FirstOrDefault(fault => fault.Kind.Target == FaultTarget.Broker) is { } outage)
            {
                throw ErrorTable.Conflict.Because($"The fault '{outage}' stops an embedded broker, and run has none.", "sensorctl demo can do that.", outage.ToString());
            }

            using VirtualFleet fleet = FleetErrors.Translate(() => new VirtualFleet(Host.Nodes(node), 1));
            string topics = $"{node.Root}/{node.Id.Text}";
            await using Feed feed = await Feed.FromAsync(broker, user, password, ReadingTopics.WithAcknowledgements(topics), report.Tell, stop, TlsOptions.ForClient(tls)).ConfigureAwait(false);
            report.Tell(new CliEvent(
                "running",
                $"{node.Id.Text} publishes at {broker}, seed {node.Seed.ToString(CultureInfo.InvariantCulture)}",
                new JsonObject { ["id"] = node.Id.Text, ["broker"] = broker.ToString(), ["seed"] = node.Seed }));
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            var session = new NodeSession(fleet, feed, Lines(parsed, report), new NodeNews(report.Tell, 1, Json(parsed)), CollectorPatience(node));
            await session.RunAsync(until.Token).ConfigureAwait(false);
            return Verdict.Of(session.Tally, report, stop, session.FirmwareEnded);
        }

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

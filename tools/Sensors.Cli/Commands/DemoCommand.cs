using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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
using Sensors.Mqtt;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl demo</c>: a broker, virtual nodes with the real firmware, and a view of what they send.</summary>
    internal sealed class DemoCommand : ReadingsCommand
    {
        private const int MostNodes = 1000;
        private const int DemoSeconds = 2; // one node is watched by a person
        private const int FleetSeconds = 10;

        private readonly Option<int> _nodes;
        private readonly Option<int> _port;
        private readonly Option<BrokerAddress> _broker;
        private readonly Option<string> _volume;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly NodeOptions _node;
        private readonly DurationOption _duration;

        public DemoCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("demo", "Run virtual nodes and show what they send; needs nothing else.", host, global)
        {
            _duration = new DurationOption(this, context);
            _nodes = context.Create("--nodes", "n", "How many nodes (default: 1).", Values.WholeNumber(1, MostNodes));
            Options.Add(_nodes);
            _node = new NodeOptions(this, context, "2 s for one node, 10 s for several");
            _port = context.Create("--port", "n", "Port of the embedded broker (default: any free one).", Values.WholeNumber(0, 65535));
            _broker = context.Create("--broker", "host:port", "Use a running broker, not the embedded one.", BrokerAddress.Parse);
            _volume = context.Create("--volume", "directory", "Run the node that was paired there, with the embedded broker where it expects its broker.", Values.Text);
            Options.Add(_port);
            Options.Add(_broker);
            Options.Add(_volume);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            Examples =
            [
                "sensorctl demo",
                "sensorctl demo --seconds 20 --json",
                "sensorctl demo --speed 1500:3000@10s --fault unbalance=4@20s",
                "sensorctl demo --alarm 'vib1 vel warning=5 danger=20' --fault unbalance=4@5s+10s",
                "sensorctl demo --replay bearing.csv --rate 12000 --unit g",
                "sensorctl demo --nodes 100 --seconds 120 --broker 127.0.0.1:1883",
                "sensorctl demo --volume ./board1",
            ];
            Notes =
            [
                NodeOptions.FaultHelp,
                "On a terminal a table is shown; in a pipe one line per reading or alarm, with --json the message itself exactly as published. All else goes to the error stream.",
                "With the embedded broker a collector in memory acknowledges what it stored; at a running broker that is left to the collector there.",
                "Exit code 1 when no reading arrived, or when a reading or an alarm is missing at the end and its node has not said why; 130 after Ctrl-C.",
            ];
        }

        protected override async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            int count = parsed.GetResult(_nodes) is null ? 1 : parsed.GetValue(_nodes);
            (string? user, string? password) = _login.Read(parsed);
            NodeTls? tls = _tls.Read(parsed);
            BrokerAddress? other = parsed.GetValue(_broker);
            CheckBroker(parsed, other, user, tls);
            PairedVolume? paired = ReadPaired(parsed, other);

            // The options are read before anything starts: a broker that runs already would only blur the error.
            VirtualNodeOptions node = _node.Read(parsed, other ?? new BrokerAddress(LocalBroker.Loopback, 1)) with { User = user, Password = password, Tls = tls };
            node = node with { Interval = node.Interval ?? TimeSpan.FromSeconds(count == 1 ? DemoSeconds : FleetSeconds) };
            node = paired is null ? node : paired.Apply(node);
            CheckBrokerFaults(node, other);
            node = Host.Nodes(node);
            await using MqttBroker? own = other is null ? LocalBroker.Start(LocalBroker.Loopback, paired?.Broker.Port ?? parsed.GetValue(_port), new MqttBrokerOptions(), paired is null ? LocalBroker.FreePort : "a broker runs there already: sensorctl run --volume runs the node at it.") : null;
            BrokerAddress broker = other ?? new BrokerAddress(LocalBroker.Loopback, own!.BoundPort);
            report.Tell(new CliEvent(
                "broker",
                $"{(own is null ? "broker" : "embedded broker")} at {broker}, seed {node.Seed.ToString(CultureInfo.InvariantCulture)}",
                new JsonObject { ["host"] = broker.Host, ["port"] = broker.Port, ["embedded"] = own is not null, ["seed"] = node.Seed }));
            LiveView? table = Host.Terminal is { } terminal && !Json(parsed) ? new LiveView(terminal, $"broker {broker}", NoColor(parsed)) : null;
            IReadingView view = table is null ? Lines(parsed, report) : table;

            using VirtualFleet fleet = FleetErrors.Translate(() => new VirtualFleet(node with { BrokerHost = broker.Host, BrokerPort = broker.Port }, count));
            IReadOnlyList<string> filters = Filters(node, paired?.Settings.Id ?? node.Id!, count);
            await using Feed feed = own is null
                ? await Feed.FromAsync(broker, user, password, filters, view.Tell, stop, TlsOptions.ForClient(tls)).ConfigureAwait(false)
                : Feed.From(own, filters);
            PlanBrokerOutages(fleet, node.Faults, own);
            await using DemoCollector? collector = own is null ? null : new DemoCollector(broker, node.Root);
            var session = new NodeSession(fleet, feed, view, new NodeNews(view.Tell, count, Json(parsed)), CollectorPatience(node));
            using CancellationTokenSource until = _duration.Until(parsed, stop);
            await (table is null ? session.RunAsync(until.Token) : table.DrawWhileAsync(() => session.RunAsync(until.Token))).ConfigureAwait(false);
            if (collector is not null)
            {
                report.Tell(await collector.EndAsync().ConfigureAwait(false));
            }

            if (count > 1)
            {
                report.Tell(Usage());
            }

            return Verdict.Of(session.Tally, report, stop, session.FirmwareEnded);
        }

        private void CheckBroker(ParseResult parsed, BrokerAddress? other, string? user, NodeTls? tls)
        {
            if (other is not null && parsed.GetResult(_port) is not null)
            {
                throw ErrorTable.Conflict.Because("--port is the embedded broker's, which --broker leaves out.", "give the port with the broker: --broker host:port.");
            }

            if (other is null && tls is not null)
            {
                throw ErrorTable.Conflict.Because("--tls-ca is for a running broker; the embedded one has no certificate.", "add --broker host:port, or leave --tls-ca out.");
            }

            if (other is null && user is not null)
            {
                throw ErrorTable.Conflict.Because("--user is for a running broker; the embedded one asks nobody.", "add --broker host:port, or leave --user out.");
            }
        }

        private static void CheckBrokerFaults(VirtualNodeOptions node, BrokerAddress? other)
        {
            if (other is not null && node.Faults.FirstOrDefault(fault => fault.Kind.Target == FaultTarget.Broker) is { } outage)
            {
                throw ErrorTable.Conflict.Because($"The fault '{outage}' stops the embedded broker, which --broker leaves out.", "leave out the fault, or --broker.", outage.ToString());
            }
        }

        /// <summary>The embedded broker can only take the place of one that was to be on this PC.</summary>
        private PairedVolume? ReadPaired(ParseResult parsed, BrokerAddress? other)
        {
            if (parsed.GetValue(_volume) is not { } folder)
            {
                return null;
            }

            if (other is not null || parsed.GetResult(_nodes) is not null || parsed.GetResult(_port) is not null)
            {
                throw ErrorTable.Conflict.Because("--volume runs one node as it was paired; --broker, --port and --nodes say otherwise.", "leave them out; sensorctl run --volume runs it at its own broker.");
            }

            PairedVolume.RefuseSettings(this, parsed);
            PairedVolume paired = PairedVolume.Read(folder)
                ?? throw ErrorTable.NotPaired.Because($"{folder} holds no paired node.", "sensorctl pair --virtual 1 --volume <directory> pairs one there.", folder);
            return !paired.IsForThisPc || paired.Settings.Link.Secure
                ? throw ErrorTable.Conflict.Because(
                    $"The node was paired for {paired.Broker}{(paired.Settings.Link.Secure ? " by TLS" : string.Empty)}; the embedded broker is on {LocalBroker.Loopback}, without TLS.", "sensorctl run --volume runs it at its own broker.", paired.Broker.ToString())
                : paired;
        }

        private static IReadOnlyList<string> Filters(VirtualNodeOptions node, Identifier id, int count)
        {
            string nodes = count == 1 ? id.Text : $"{id.Prefix}/+";
            return ReadingTopics.WithAcknowledgements($"{node.Root}/{nodes}");
        }

        private static void PlanBrokerOutages(VirtualFleet fleet, FaultPlan plan, MqttBroker? broker)
        {
            const double NanosecondsPerSecond = 1e9;
            foreach (Fault fault in plan.Where(fault => fault.Kind.Target == FaultTarget.Broker && broker is not null))
            {
                VirtualTime time = fleet.Nodes[0].Board.Time;
                time.At((long)(fault.StartSeconds * NanosecondsPerSecond), () => _ = Task.Run(broker!.SuspendAsync));
                if (double.IsFinite(fault.EndSeconds))
                {
                    time.At((long)(fault.EndSeconds * NanosecondsPerSecond), broker!.Resume);
                }
            }
        }

        private static CliEvent Usage()
        {
            using var process = Process.GetCurrentProcess();
            double cpu = Math.Round(process.TotalProcessorTime.TotalSeconds, 1);
            double mebibytes = Math.Round(process.PeakWorkingSet64 / 1048576.0, 0);
            return new CliEvent(
                "usage",
                string.Create(CultureInfo.InvariantCulture, $"CPU time {cpu} s, peak memory {mebibytes} MiB"),
                new JsonObject { ["cpu_seconds"] = cpu, ["peak_mebibytes"] = mebibytes });
        }
    }
}

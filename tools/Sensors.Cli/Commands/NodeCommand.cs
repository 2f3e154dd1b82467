using System;
using System.CommandLine;
using System.Globalization;
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
using Sensors.Commissioning;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary>A command for one node, by its portal while it waits, through the broker while it works: what <c>identify</c> and <c>unpair</c> share.</summary>
    internal abstract class NodeCommand : CliCommand
    {
        private const double UsualTimeout = 10;

        private readonly GlobalOptions _global;
        private readonly Argument<string> _target = NodeTarget.Argument();
        private readonly BrokerOption _broker;
        private readonly Option<string> _root;
        private readonly Option<double> _timeout;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;

        protected NodeCommand(string name, string description, CliHost host, ParseContext context, GlobalOptions global)
            : base(name, description)
        {
            Host = host;
            _global = global;
            Arguments.Add(_target);
            _timeout = context.Create("--timeout", "seconds", FormattableString.Invariant($"Give up after so long (default: {UsualTimeout})."), Values.Number(1, 86400));
            _root = TopicOptions.Root(context);
            Options.Add(_timeout);
            _broker = new BrokerOption(this, context);
            Options.Add(_root);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            SetAction((parsed, stop) => ActAsync(parsed, global.ReportTo(host, parsed), stop));
        }

        protected CliHost Host { get; }

        protected bool Json(ParseResult parsed) => _global.Json(parsed);

        protected abstract Task<int> AtPortalAsync(ParseResult parsed, WaitingNode node, PairingClient client, CancellationToken stop);

        protected abstract Task<int> AtWorkAsync(ParseResult parsed, Identifier id, Report report, CancellationToken stop);

        /// <summary>Tells a node that works to do something, and waits for its answer.</summary>
        /// <exception cref="CliException">It refuses, or does not answer.</exception>
        protected async Task<ReadOnlyMemory<byte>> CallAsync(ParseResult parsed, Identifier id, JsonObject command, Report report, CancellationToken stop)
        {
            BrokerAddress broker = _broker.Read(parsed);
            (string? user, string? password) = _login.Read(parsed);
            MqttTlsOptions? tls = TlsOptions.ForClient(_tls.Read(parsed));
            double seconds = Seconds(parsed);
            string node = $"{parsed.GetValue(_root) ?? Topics.DefaultRoot}/{id.Text}";
            await using NodeTalk talk = await NodeTalk.BeginAsync(
                node, ["reply", "status"], (filters, token) => Subscription.OpenAsync(broker, user, password, filters, token, tls), report, stop).ConfigureAwait(false);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
            until.CancelAfter(TimeSpan.FromSeconds(seconds));
            var caller = new NodeCaller(talk);
            try
            {
                ReadOnlyMemory<byte> answer = await caller.AskAsync(command, until.Token).ConfigureAwait(false);
                return ReplyMessage.Parse(answer).Error is { } error
                    ? throw ErrorTable.CommandRefused.Because($"{id.Text} refuses {command["cmd"]}: {Visible.Of(error)}.", "docs/commands.md says what a node can be told.", error)
                    : answer;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw ErrorTable.NoAnswer.Because(
                    string.Create(CultureInfo.InvariantCulture, $"{id.Text} does not answer within {seconds} s: {caller.Heard}."),
                    $"sensorctl watch --id {id.Text} shows whether it is online, and whether it is written like that; one that waits is called by its board's name.",
                    caller.Heard);
            }
        }

        /// <summary>Tells what was done: a line, or an object.</summary>
        protected void Done(ParseResult parsed, string line, JsonObject facts)
        {
            facts["version"] = CliEvent.Version;
            DataOut.WriteLine(Host.Out, Json(parsed) ? JsonLine.Of(facts) : line);
        }

        private double Seconds(ParseResult parsed) => parsed.GetResult(_timeout) is not null ? parsed.GetValue(_timeout) : UsualTimeout;

        private async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            var target = NodeTarget.Read(parsed.GetValue(_target)!);
            if (target.Id is { } id)
            {
                return await AtWorkAsync(parsed, id, report, stop).ConfigureAwait(false);
            }

            using var discovery = new NodeDiscovery(Host.VirtualFolder, Host.RealPortal);
            var limit = TimeSpan.FromSeconds(Seconds(parsed));
            WaitingNode node = (await new NodeFinder(discovery, report.Tell).WaitAsync(target.Board, _ => true, limit, stop).ConfigureAwait(false))[0];
            using var client = new PairingClient(discovery.EndpointOf(node), node.State.Node, NodeClock.Real()) { AwayLimit = limit };
            try
            {
                return await AtPortalAsync(parsed, node, client, stop).ConfigureAwait(false);
            }
            catch (PairingException error)
            {
                throw Pairer.Of(node.State.Node, error);
            }
        }
    }
}

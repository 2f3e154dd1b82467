using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Collecting;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl cmd</c>: tells a node to do something, and waits for its answer.</summary>
    internal sealed class CmdCommand : CliCommand
    {
        private const double UsualTimeout = 10;
        private const double TimeTimeout = 70; // a node tells its status, and asks, once a minute

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string> _id;
        private readonly Argument<string?> _verb;
        private readonly Argument<string[]> _words;
        private readonly BrokerOption _broker;
        private readonly Option<string> _root;
        private readonly Option<double> _timeout;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;

        public CmdCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("cmd", "Tell a node to do something, and wait for its answer.")
        {
            _host = host;
            _global = global;
            _id = new Argument<string>("id") { Description = "The node's identifier." };
            _verb = new Argument<string?>("command") { Description = $"One of {string.Join(", ", NodeVerb.All.Select(verb => verb.Name).Distinct())}.", Arity = ArgumentArity.ZeroOrOne };
            _words = new Argument<string[]>("word") { Description = "What belongs to the command, see below.", Arity = ArgumentArity.ZeroOrMore };
            _timeout = context.Create("--timeout", "seconds", FormattableString.Invariant($"Give up after so long (default: {UsualTimeout}, of time {TimeTimeout})."), Values.Number(1, 86400));
            _root = TopicOptions.Root(context);
            Arguments.Add(_id);
            Arguments.Add(_verb);
            Arguments.Add(_words);
            Options.Add(_timeout);
            _broker = new BrokerOption(this, context);
            Options.Add(_root);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            Examples =
            [
                "sensorctl cmd 88.118.12345/NODE-0001 identify",
                "sensorctl cmd 88.118.12345/NODE-0001 set interval_ms=30000 --broker 192.168.1.20",
                "sensorctl cmd 88.118.12345/NODE-0001 set 'alarm=vib1 vel warning=2.8 danger=4.5'",
                "sensorctl cmd 88.118.12345/NODE-0001 get --json",
            ];
            Notes =
            [
                "Commands:\n" + string.Join('\n', NodeVerb.All.Select(verb => $"  {verb.Form,-22} {verb.Help}")),
                "The answer's members go to standard output, one per line, with --json the answer itself exactly as published. docs/commands.md says what they mean.",
                "Exit code 1 when the node refuses or does not answer. Of a node that does not answer nobody knows whether it did what it was told.",
            ];
            SetAction((parsed, stop) => ActAsync(parsed, global.ReportTo(host, parsed), stop));
        }

        private async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            Identifier id = TopicOptions.ReadId(parsed.GetValue(_id)!);
            JsonObject command = ReadCommand(parsed);
            BrokerAddress broker = _broker.Read(parsed);
            (string? user, string? password) = _login.Read(parsed);
            MqttTlsOptions? tls = TlsOptions.ForClient(_tls.Read(parsed));
            double seconds = parsed.GetResult(_timeout) is not null ? parsed.GetValue(_timeout) : command["cmd"]!.GetValue<string>() == NodeVerb.TimeName ? TimeTimeout : UsualTimeout;
            string node = $"{parsed.GetValue(_root) ?? Topics.DefaultRoot}/{id.Text}";
            await using NodeTalk talk = await NodeTalk.BeginAsync(
                node, ["reply", "status"], (filters, token) => Subscription.OpenAsync(broker, user, password, filters, token, tls), report, stop).ConfigureAwait(false);
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
            until.CancelAfter(TimeSpan.FromSeconds(seconds));
            var caller = new NodeCaller(talk);
            try
            {
                if (command["cmd"]!.GetValue<string>() == NodeVerb.TimeName)
                {
                    await caller.WaitForQuestionAsync(command, until.Token).ConfigureAwait(false);
                }

                await AskAsync(parsed, caller, command, id.Text, until.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw ErrorTable.NoAnswer.Because(
                    string.Create(CultureInfo.InvariantCulture, $"{id.Text} does not answer within {seconds} s: {caller.Heard}."),
                    $"sensorctl watch --id {id.Text} shows whether it is online, and whether it is written like that.",
                    caller.Heard);
            }

            return ExitCode.Ok;
        }

        /// <summary>Asks, shows the answer, and asks for the rest of it as long as there is one.</summary>
        private async Task AskAsync(ParseResult parsed, NodeCaller caller, JsonObject command, string id, CancellationToken until)
        {
            while (true)
            {
                ReadOnlyMemory<byte> answer = await caller.AskAsync(command, until).ConfigureAwait(false);
                if (ReplyMessage.Parse(answer).Error is { } error)
                {
                    throw ErrorTable.CommandRefused.Because($"{id} refuses {command["cmd"]}: {Visible.Of(error)}.", "docs/commands.md says what a node can be told.", error);
                }

                if (_global.Json(parsed))
                {
                    DataOut.WriteLine(_host.Out, Encoding.UTF8.GetString(answer.Span));
                }
                else
                {
                    ReplyText.Write(answer, line => DataOut.WriteLine(_host.Out, line));
                }

                if (ReplyText.Next(answer) is not { } next)
                {
                    return;
                }

                command["from"] = next;
            }
        }

        private JsonObject ReadCommand(ParseResult parsed)
        {
            string? name = parsed.GetValue(_verb);
            string all = string.Join(", ", NodeVerb.All.Select(each => each.Name).Distinct());
            if (name is null)
            {
                throw ErrorTable.MissingValue.Because("The command is missing.", $"name one behind the identifier: {all}.");
            }

            if (NodeVerb.All.FirstOrDefault(each => each.Name == name) is not { } verb)
            {
                throw ErrorTable.BadValue.Because($"'{name}' is no command of a node.", $"it is one of {all}.", name);
            }

            try
            {
                return verb.Build(parsed.GetValue(_words) ?? []);
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadValue.Because($"{name}: {error.Message}", $"write sensorctl cmd {parsed.GetValue(_id)} {verb.Form}", cause: error);
            }
        }
    }
}

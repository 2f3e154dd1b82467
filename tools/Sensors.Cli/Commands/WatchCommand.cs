using System;
using System.Collections.Generic;
using System.CommandLine;
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
    /// <summary><c>sensorctl watch</c>: shows what nodes send to a broker.</summary>
    internal sealed class WatchCommand : ReadingsCommand
    {
        private readonly BrokerOption _broker;
        private readonly Option<string> _topic;
        private readonly Option<Identifier> _id;
        private readonly Option<string> _root;
        private readonly Option<int> _count;
        private readonly LoginOptions _login;
        private readonly TlsOptions _tls;
        private readonly DurationOption _duration;

        public WatchCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("watch", "Show the readings and alarms at a broker, and what is missing among them.", host, global)
        {
            _topic = context.Create("--topic", "filter", "Topic filter, in place of --root and --id; without alarms their numbers are missing.", ReadFilter);
            _id = TopicOptions.Id(context, "Watch one node only.");
            _root = TopicOptions.Root(context);
            _count = context.Create("--count", "n", "End after so many readings.", Values.WholeNumber(1, int.MaxValue));
            _broker = new BrokerOption(this, context);
            Options.Add(_topic);
            Options.Add(_id);
            Options.Add(_root);
            Options.Add(_count);
            _login = new LoginOptions(this, context);
            _tls = new TlsOptions(this, context);
            _duration = new DurationOption(this, context);
            Examples =
            [
                "sensorctl watch --broker 192.168.1.20:1883",
                "sensorctl watch --id 88.118.12345/NODE-0001 --count 10 --json",
            ];
            Notes =
            [
                "Readings and alarms go to standard output, with --json exactly as published. Status changes, gaps, gap records and repetitions go to the error stream.",
                "Watching acknowledges nothing: that is what sensorctl collect does. A node that hears no acknowledgement sends again, so readings may come more than once.",
                "Exit code 1 when no reading arrived, or when a reading or an alarm is missing at the end and its node has not said why.",
            ];
        }

        protected override async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            BrokerAddress broker = _broker.Read(parsed);
            IReadOnlyList<string> filters = Filters(parsed);
            (string? user, string? password) = _login.Read(parsed);
            MqttTlsOptions? tls = TlsOptions.ForClient(_tls.Read(parsed));
            int wanted = parsed.GetResult(_count) is null ? int.MaxValue : parsed.GetValue(_count);

            using CancellationTokenSource until = _duration.Until(parsed, stop);
            await using Subscription subscription = await Subscription.OpenAsync(broker, user, password, filters, stop, tls).ConfigureAwait(false);
            report.Tell(new CliEvent("watching", $"watching {string.Join(", ", filters)} at {broker}", new JsonObject { ["broker"] = broker.ToString() }));

            var tally = new Tally(joinsMidway: true);
            LineView view = Lines(parsed, report);
            try
            {
                while (tally.Readings < wanted)
                {
                    MqttReceivedMessage message = await subscription.Messages.ReadAsync(until.Token).ConfigureAwait(false);
                    Show(message, tally, view);
                }
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                // The time is up, or Ctrl-C: both end with the summary.
            }
            catch (System.Threading.Channels.ChannelClosedException error)
            {
                report.Tell(Events.Summary(tally));
                throw error.InnerException ?? error;
            }

            return Verdict.Of(tally, report, stop);
        }

        private static void Show(MqttReceivedMessage message, Tally tally, LineView view)
        {
            if (message.Payload.IsEmpty)
            {
                return; // a retained message was cleared
            }

            string? error = null;
            switch (NodeTopics.KindOf(message.Topic))
            {
                case NodeTopicKind.Reading when ReadingMessage.TryParse(message.Payload, out ReadingMessage? reading, out error):
                    Tell(tally.Enter(reading), view);
                    view.Show(reading, message.Payload);
                    break;
                case NodeTopicKind.Alarm when AlarmMessage.TryParse(message.Payload, out AlarmMessage? alarm, out error):
                    Tell(tally.Enter(alarm), view);
                    view.Show(alarm, message.Payload);
                    break;
                case NodeTopicKind.Gap when GapMessage.TryParse(message.Payload, out GapMessage? gap, out error):
                    tally.Enter(gap);
                    view.Tell(Events.Gap(gap));
                    break;
                case NodeTopicKind.Status when StatusMessage.TryParse(message.Payload, out StatusMessage? status, out error):
                    view.Tell(Events.Status(status));
                    break;
            }

            if (error is not null)
            {
                view.Tell(Events.Unreadable(message.Topic, error));
            }
        }

        private static void Tell(TallyNote note, LineView view)
        {
            if (Events.Note(note) is { } remarkable)
            {
                view.Tell(remarkable);
            }
        }

        private IReadOnlyList<string> Filters(ParseResult parsed)
        {
            Identifier? id = parsed.GetValue(_id);
            if (parsed.GetValue(_topic) is { } topic)
            {
                return id is null && parsed.GetResult(_root) is null
                    ? [topic]
                    : throw ErrorTable.Conflict.Because("--topic says it all already; --id or --root beside it is one too many.", "give --topic alone, or --root and --id without it.");
            }

            string root = parsed.GetValue(_root) ?? Topics.DefaultRoot;
            string node = id is null ? "+/+" : id.Text;
            return ReadingTopics.Of($"{root}/{node}");
        }

        private static string ReadFilter(string text) =>
            TopicFilter.IsValid(text) ? text : throw new FormatException($"'{text}' is not an MQTT topic filter.");
    }
}

using System;
using System.Diagnostics;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Sensors.Cli.Collecting;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Cli.VirtualNodes;
using Sensors.Edge;
using Sensors.VirtualBoard;

namespace Sensors.Cli.Commands
{
    /// <summary>Runs a fleet while somebody looks: starts it, shows what comes, ends it, keeps account.</summary>
    internal sealed class NodeSession
    {
        private static readonly TimeSpan FirstReadingLimit = TimeSpan.FromSeconds(10);
        private static readonly TimeSpan SumPeriod = TimeSpan.FromSeconds(5);
        private static readonly TimeSpan LastMessages = TimeSpan.FromMilliseconds(300);

        private readonly VirtualFleet _fleet;
        private readonly Feed _feed;
        private readonly IReadingView _view;
        private readonly NodeNews _news;
        private readonly TimeSpan _collectorPatience;
        private readonly Stopwatch _sinceStart = new();
        private Timer? _collector; // runs from the first reading
        private volatile string? _firmwareEnded;
        private volatile bool _begun;
        private volatile bool _acknowledged;
        private volatile bool _ending;

        /// <summary>Makes a session.</summary>
        /// <param name="fleet">The nodes; do not run yet.</param>
        /// <param name="feed">What they send.</param>
        /// <param name="view">Where it is shown.</param>
        /// <param name="news">What is told of the nodes.</param>
        /// <param name="collectorPatience">How long after the first reading there may be no acknowledgement before that is told; infinite where no collector is needed.</param>
        public NodeSession(VirtualFleet fleet, Feed feed, IReadingView view, NodeNews news, TimeSpan collectorPatience)
        {
            _collectorPatience = collectorPatience;
            _fleet = fleet;
            _feed = feed;
            _view = view;
            _news = news;
            for (int i = 0; i < fleet.Nodes.Count; i++)
            {
                VirtualNode node = fleet.Nodes[i];
                bool first = i == 0;
                node.Board.Happened += happened => BoardHappened(node, happened, first);
            }
        }

        public Tally Tally { get; } = new(joinsMidway: false);

        /// <summary>Gets what the firmware ended with, null while it runs as it should.</summary>
        public CliException? FirmwareEnded => _firmwareEnded is { } text
            ? ErrorTable.FirmwareEnded.Because(text, "this is a defect: report it with this line and the command.")
            : null;

        public async Task RunAsync(CancellationToken until)
        {
            _sinceStart.Start();
            using var patience = new Timer(_ => Remind(), null, FirstReadingLimit, Timeout.InfiniteTimeSpan);
            using var collector = new Timer(_ => MissCollector(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _collector = collector;
            using var sum = new Timer(_ => Sum(), null, SumPeriod, SumPeriod);
            using var noMoreStarts = CancellationTokenSource.CreateLinkedTokenSource(until);
            Task starting = _fleet.StartAsync(noMoreStarts.Token);
            try
            {
                while (true)
                {
                    Incoming message = await _feed.Messages.ReadAsync(until).ConfigureAwait(false);
                    Show(message, quiet: false);
                }
            }
            catch (OperationCanceledException) when (until.IsCancellationRequested)
            {
                // The regular end: the time is up, or Ctrl-C.
            }
            catch (ChannelClosedException)
            {
                // Nothing more can come.
            }
            finally
            {
                // Whatever ends the session, what the nodes do from here on is our own doing and no news.
                _ending = true;
                await noMoreStarts.CancelAsync().ConfigureAwait(false);
                await starting.ConfigureAwait(false);
                _fleet.Dispose();
            }

            await DrainAsync().ConfigureAwait(false);
        }

        /// <summary>What was on its way when the power went still counts; statuses no longer matter.</summary>
        private async Task DrainAsync()
        {
            using var end = new CancellationTokenSource(LastMessages);
            try
            {
                while (true)
                {
                    Show(await _feed.Messages.ReadAsync(end.Token).ConfigureAwait(false), quiet: true);
                }
            }
            catch (OperationCanceledException)
            {
                // Silence: that was all.
            }
        }

        private void Show(Incoming message, bool quiet)
        {
            NodeTopicKind? kind = NodeTopics.KindOf(message.Topic);
            string? error = null;
            if (kind == NodeTopicKind.Reading)
            {
                if (ReadingMessage.TryParse(message.Payload, out ReadingMessage? reading, out error))
                {
                    Show(reading, message);
                }
            }
            else if (kind == NodeTopicKind.Alarm)
            {
                if (AlarmMessage.TryParse(message.Payload, out AlarmMessage? alarm, out error))
                {
                    Tell(Tally.Enter(alarm));
                    _view.Show(alarm, message.Payload);
                }
            }
            else if (kind == NodeTopicKind.Gap)
            {
                if (GapMessage.TryParse(message.Payload, out GapMessage? gap, out error))
                {
                    Tally.Enter(gap);
                    _view.Tell(Events.Gap(gap));
                }
            }
            else if (message.Topic.EndsWith("/ack", StringComparison.Ordinal))
            {
                _acknowledged = true;
            }
            else if (!quiet && kind == NodeTopicKind.Status && StatusMessage.TryParse(message.Payload, out StatusMessage? status, out _))
            {
                _view.Show(status);
                _news.Enter(status);
            }

            if (error is not null)
            {
                _view.Tell(Events.Unreadable(message.Topic, error));
            }
        }

        private void Tell(TallyNote note)
        {
            if (Events.Note(note) is { } remarkable)
            {
                _view.Tell(remarkable);
            }
        }

        private void Show(ReadingMessage reading, Incoming message)
        {
            TallyNote note = Tally.Enter(reading);
            if (!_begun)
            {
                _begun = true;
                _collector?.Change(_collectorPatience, Timeout.InfiniteTimeSpan);
                double seconds = Math.Round(_sinceStart.Elapsed.TotalSeconds, 1);
                _view.Tell(new CliEvent("first-reading", FormattableString.Invariant($"first reading {seconds} s after the firmware's start"), new JsonObject { ["seconds"] = seconds }));
            }

            Tell(note);
            _view.Show(reading, message.Payload);
        }

        private void BoardHappened(VirtualNode node, BoardEvent happened, bool first)
        {
            // All nodes of a fleet share the plan of faults: told once.
            bool fault = happened.Kind is BoardEventKind.FaultBegan or BoardEventKind.FaultEnded;
            if (_ending || (fault && !first))
            {
                return;
            }

            if (happened.Kind is BoardEventKind.FirmwareReturned or BoardEventKind.FirmwareThrew)
            {
                _firmwareEnded = $"{node.Id}: {happened.Text}";
            }

            string text = happened.Kind switch
            {
                BoardEventKind.FaultBegan => $"fault {happened.Text} begins",
                BoardEventKind.FaultEnded => $"fault {happened.Text} ends",
                _ => $"{node.Id}: {happened.Text}",
            };
            var told = new CliEvent(Name(happened.Kind), text, new JsonObject
            {
                ["id"] = node.Id,
                ["seconds"] = Math.Round(happened.Seconds, 3),
                ["text"] = happened.Text,
            });
            if (happened.Kind is BoardEventKind.Started or BoardEventKind.WifiUp or BoardEventKind.WifiLost or BoardEventKind.PowerCut)
            {
                _news.Enter(told); // all nodes of a fleet do that, one after the other
            }
            else
            {
                _view.Tell(told);
            }
        }

        private void Sum()
        {
            if (!_ending)
            {
                _news.Sum();
            }
        }

        private void Remind()
        {
            if (!_begun)
            {
                _view.Tell(new CliEvent("waiting", "no reading yet, 10 s after the firmware's start"));
            }
        }

        private void MissCollector()
        {
            if (!_acknowledged && !_ending)
            {
                _view.Tell(new CliEvent(
                    "unacknowledged",
                    "nobody acknowledges readings, so nodes keep all they send; sensorctl collect stores and acknowledges, --ack broker does without"));
            }
        }

        private static string Name(BoardEventKind kind) => kind switch
        {
            BoardEventKind.Started => "started",
            BoardEventKind.PowerCut => "power-cut",
            BoardEventKind.Rebooted => "rebooted",
            BoardEventKind.FirmwareReturned => "firmware-returned",
            BoardEventKind.FirmwareThrew => "firmware-threw",
            BoardEventKind.ThreadDied => "thread-died",
            BoardEventKind.WifiUp => "wifi-up",
            BoardEventKind.WifiLost => "wifi-lost",
            BoardEventKind.FaultBegan => "fault-began",
            _ => "fault-ended",
        };
    }
}

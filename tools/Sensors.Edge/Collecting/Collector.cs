using System;
using System.Collections.Generic;
using System.Text;

namespace Sensors.Edge
{
    /// <summary>The collector's core, without clock, thread or network: takes messages, stores them in batches, then says what to acknowledge.</summary>
    /// <remarks>A service feeds it from a broker; the simulation from its own. What was taken and not flushed is lost with the process, and comes
    /// again, because nobody was told that it had arrived. One thread at a time.</remarks>
    public sealed class Collector
    {
        /// <summary>By how many milliseconds the edge's clock may be wrong where nothing else is said.</summary>
        public const int DefaultUncertainty = 50;

        private const int MostRoutes = 65536;

        private readonly IReadingStore _store;
        private readonly string _root;
        private readonly int _uncertainty;
        private readonly Dictionary<string, TopicRoute?> _routes = new(StringComparer.Ordinal);
        private readonly List<StoreEntry> _pending = [];
        private readonly Dictionary<string, long> _asking = new(StringComparer.Ordinal);
        private readonly HashSet<(string Id, long Epoch)> _touched = [];
        private CollectorCounts _counts;

        /// <summary>Makes a collector.</summary>
        /// <param name="store">Keeps what comes; not disposed here.</param>
        /// <param name="root">First levels of every topic.</param>
        /// <param name="uncertainty">By how many milliseconds the time given to <see cref="Flush"/> may be wrong.</param>
        public Collector(IReadingStore store, string root = NodeTopic.DefaultRoot, int uncertainty = DefaultUncertainty)
        {
            ArgumentNullException.ThrowIfNull(store);
            ArgumentException.ThrowIfNullOrEmpty(root);
            ArgumentOutOfRangeException.ThrowIfNegative(uncertainty);
            _store = store;
            _root = root;
            _uncertainty = uncertainty;
        }

        /// <summary>Gets how many messages were taken and not yet flushed.</summary>
        public int Pending => _pending.Count;

        /// <summary>Gets what was stored so far.</summary>
        public CollectorCounts Counts => _counts;

        /// <summary>Gets the message refused last; null when none was.</summary>
        public Refusal? LastRefused { get; private set; }

        /// <summary>Takes a message. One that is none of a node's, or not sound, is counted and kept aside.</summary>
        /// <param name="topic">Its topic.</param>
        /// <param name="payload">The message; not changed afterwards.</param>
        /// <param name="retained">Whether it stood since before: a node that asked for the time then is not answered.</param>
        public void Take(string topic, ReadOnlyMemory<byte> payload, bool retained = false)
        {
            ArgumentNullException.ThrowIfNull(topic);
            TopicRoute? route = RouteOf(topic);
            if (payload.IsEmpty && route?.Topic.Kind is NodeTopicKind.Meta or NodeTopicKind.Status) { return; } // somebody cleared what was retained
            string? error = route is null ? "The topic is none of a node's." : null;
            StoreEntry? entry = route?.Topic.Kind switch
            {
                null => null,
                NodeTopicKind.Reading => ReadReading(route, payload, out error),
                NodeTopicKind.Alarm => ReadAlarm(route.Topic, payload, out error),
                NodeTopicKind.Gap => ReadGap(route.Topic, payload, out error),
                NodeTopicKind.Meta => ReadMeta(route.Topic, payload, out error),
                _ => ReadStatus(route.Topic, payload, retained, out error),
            };
            if (entry is null)
            {
                LastRefused = new Refusal(topic, error!);
                entry = new StoreEntry(StoreKind.Refused, "", 0, 0, null, 0, ClockQuality.Unset, payload, null) { Refused = LastRefused };
            }

            _pending.Add(entry);
        }

        /// <summary>Stores what was taken, durably, and gives what is now to be published: acknowledgements, and answers to nodes that ask for the time.</summary>
        /// <param name="now">UTC, for nodes that ask, and as the time of arrival.</param>
        /// <returns>Messages to publish at QoS 1, not retained.</returns>
        /// <exception cref="StoreException">Nothing was stored and nothing is acknowledged; what was taken stays for the next flush.</exception>
        public IReadOnlyList<OutgoingAnswer> Flush(DateTimeOffset now)
        {
            if (_pending.Count == 0) { return []; }
            long arrived = now.ToUnixTimeMilliseconds();
            foreach (StoreEntry entry in _pending)
            {
                if (entry.ArrivedMilliseconds == 0) { entry.ArrivedMilliseconds = arrived; } // else it waits since a flush that failed
            }

            StoreOutcome[] outcomes = _store.Commit(_pending);
            Count(outcomes);
            var answers = new List<OutgoingAnswer>();
            _touched.Clear();
            foreach (StoreEntry entry in _pending)
            {
                // A duplicate, too: it came again because its node did not hear the last acknowledgement.
                if (entry.Kind <= StoreKind.Gap && _touched.Add((entry.Id, entry.Epoch)))
                {
                    answers.Add(new OutgoingAnswer(NodeTopic.Acknowledgement(_root, entry.Id), AckOf(entry.Id, entry.Epoch).ToUtf8()));
                }
            }

            foreach ((string id, long asked) in _asking)
            {
                string command = FormattableString.Invariant($$"""{"cmd":"time","ts":{{arrived}},"for":{{asked}},"uncertainty":{{_uncertainty}}}""");
                answers.Add(new OutgoingAnswer(NodeTopic.Command(_root, id), Encoding.ASCII.GetBytes(command)));
            }

            _asking.Clear();
            _pending.Clear();
            return answers;
        }

        private TopicRoute? RouteOf(string topic)
        {
            if (_routes.TryGetValue(topic, out TopicRoute? route)) { return route; }
            if (_routes.Count >= MostRoutes) { _routes.Clear(); } // topics of anybody's making must not fill the memory
            route = NodeTopic.TryParse(_root, topic, out NodeTopic? parsed) ? new TopicRoute(parsed) : null;
            _routes.Add(topic, route);
            return route;
        }

        private static StoreEntry? ReadReading(TopicRoute route, ReadOnlyMemory<byte> payload, out string? error)
        {
            error = null;
            if (ReadingScan.TryRead(payload.Span, route, out ReadingScan scan))
            {
                return new StoreEntry(StoreKind.Reading, route.Topic.Id, scan.Epoch, scan.Sequence, route.Topic.Point, scan.UtcMilliseconds, scan.Clock, payload, null)
                {
                    Measured = scan.Measured,
                    Uncertainty = scan.Uncertainty,
                };
            }

            if (!ReadingMessage.TryParse(payload, out ReadingMessage? reading, out error)) { return null; }
            if (!route.Topic.Bears(reading))
            {
                error = OtherTopic(reading.Id + ", " + reading.Point);
                return null;
            }

            return new StoreEntry(StoreKind.Reading, reading.Id, reading.Epoch, reading.Sequence, reading.Point, reading.UtcMilliseconds, reading.Clock, payload, null)
            {
                Measured = reading.Kind,
                Uncertainty = reading.Uncertainty,
            };
        }

        private static StoreEntry? ReadAlarm(NodeTopic topic, ReadOnlyMemory<byte> payload, out string? error)
        {
            if (!AlarmMessage.TryParse(payload, out AlarmMessage? alarm, out error)) { return null; }
            if (!topic.Bears(alarm))
            {
                error = OtherTopic(alarm.Id);
                return null;
            }

            return new StoreEntry(StoreKind.Alarm, alarm.Id, alarm.Epoch, alarm.Sequence, alarm.Point, alarm.UtcMilliseconds, alarm.Clock, payload, null)
            {
                Measured = alarm.Kind,
                Uncertainty = alarm.Uncertainty,
            };
        }

        private static StoreEntry? ReadGap(NodeTopic topic, ReadOnlyMemory<byte> payload, out string? error)
        {
            if (!GapMessage.TryParse(payload, out GapMessage? gap, out error)) { return null; }
            if (!topic.Bears(gap))
            {
                error = OtherTopic(gap.Id);
                return null;
            }

            return new StoreEntry(StoreKind.Gap, gap.Id, gap.Epoch, gap.Ranges[0].From, null, gap.UtcMilliseconds, gap.Clock, payload, gap) { Uncertainty = gap.Uncertainty };
        }

        private static StoreEntry? ReadMeta(NodeTopic topic, ReadOnlyMemory<byte> payload, out string? error)
        {
            if (!MetaMessage.TryParse(payload, out MetaMessage? meta, out error)) { return null; }
            if (meta.Id != topic.Id)
            {
                error = OtherTopic(meta.Id);
                return null;
            }

            return new StoreEntry(StoreKind.Meta, meta.Id, meta.Epoch, 0, null, 0, ClockQuality.Unset, payload, null);
        }

        private StoreEntry? ReadStatus(NodeTopic topic, ReadOnlyMemory<byte> payload, bool retained, out string? error)
        {
            if (!StatusMessage.TryParse(payload, out StatusMessage? status, out error)) { return null; }
            if (status.Id != topic.Id)
            {
                error = OtherTopic(status.Id);
                return null;
            }

            if (!retained && status.Online?.Asks is { } asks) { _asking[status.Id] = asks; }
            NodeOnline? online = status.Online;
            return new StoreEntry(
                StoreKind.Status, status.Id, status.Epoch, 0, null, online?.UtcMilliseconds ?? 0, online?.Clock ?? ClockQuality.Unset, payload, null);
        }

        private static string OtherTopic(string whose) => $"The message is of {whose}, which the topic does not bear.";

        private AckMessage AckOf(string id, long epoch)
        {
            IReadOnlyList<SequenceRange> settled = _store.Settled(id, epoch);
            long upTo = settled.Count > 0 && settled[0].From == 1 ? settled[0].To : 0;
            int first = upTo > 0 ? 1 : 0;
            if (settled.Count - first <= AckMessage.MostRanges)
            {
                var all = new SequenceRange[settled.Count - first];
                for (int i = 0; i < all.Length; i++) { all[i] = settled[first + i]; }
                return new AckMessage(epoch, upTo, all);
            }

            return new AckMessage(epoch, upTo, Chosen(settled, first, id, epoch));
        }

        // More ranges than a message bears: first those with what just came, as its node waits for that; then the lowest.
        private List<SequenceRange> Chosen(IReadOnlyList<SequenceRange> settled, int first, string id, long epoch)
        {
            var chosen = new SortedSet<int>();
            for (int i = _pending.Count - 1; i >= 0 && chosen.Count < AckMessage.MostRanges; i--)
            {
                StoreEntry entry = _pending[i];
                if (entry.Kind <= StoreKind.Gap && entry.Epoch == epoch && entry.Id == id)
                {
                    int at = IndexOf(settled, entry.Sequence);
                    if (at >= first) { chosen.Add(at); }
                }
            }

            for (int i = first; chosen.Count < AckMessage.MostRanges; i++) { chosen.Add(i); }
            var ranges = new List<SequenceRange>(chosen.Count);
            foreach (int at in chosen) { ranges.Add(settled[at]); }
            return ranges;
        }

        private static int IndexOf(IReadOnlyList<SequenceRange> ranges, long number)
        {
            int low = 0;
            int high = ranges.Count - 1;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (ranges[middle].To < number) { low = middle + 1; } else { high = middle; }
            }

            return low;
        }

        private void Count(StoreOutcome[] outcomes)
        {
            CollectorCounts counts = _counts with { Messages = _counts.Messages + outcomes.Length, Commits = _counts.Commits + 1 };
            for (int i = 0; i < outcomes.Length; i++)
            {
                bool isNew = outcomes[i] != StoreOutcome.Duplicate;
                switch (_pending[i].Kind)
                {
                    case StoreKind.Reading when isNew:
                        counts = counts with { Readings = counts.Readings + 1 };
                        break;
                    case StoreKind.Alarm when isNew:
                        counts = counts with { Alarms = counts.Alarms + 1 };
                        break;
                    case StoreKind.Gap when isNew:
                        counts = counts with { Gaps = counts.Gaps + 1 };
                        break;
                    case StoreKind.Reading or StoreKind.Alarm:
                        counts = counts with { Duplicates = counts.Duplicates + 1 };
                        break;
                    case StoreKind.Refused:
                        counts = counts with { Refused = counts.Refused + 1 };
                        break;
                }

                if (outcomes[i] == StoreOutcome.StoredLate) { counts = counts with { Late = counts.Late + 1 }; }
            }

            _counts = counts;
        }
    }

    /// <summary>A message to publish.</summary>
    /// <param name="Topic">Its topic.</param>
    /// <param name="Payload">The message.</param>
    public readonly record struct OutgoingAnswer(string Topic, ReadOnlyMemory<byte> Payload);
}

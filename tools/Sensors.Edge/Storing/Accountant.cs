using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>Draws up accounts from the rows of a store.</summary>
    internal sealed class Accountant : IDisposable
    {
        private readonly ReadingArchive _archive;
        private readonly Statement _streams;
        private readonly Statement _gaps;
        private readonly Statement _stored;
        private readonly SettledNumbers _settled;

        internal Accountant(ReadingArchive archive)
        {
            _archive = archive;
            _streams = archive.Prepare(
                "SELECT id, epoch, upto, highest, readings, alarms, duplicates, late, first, last, unset, holdover, synced, uncertainty FROM stream WHERE node = ?1 ORDER BY epoch");
            _gaps = archive.Prepare("SELECT gap.id, gap.stream, gap.payload, gap.arrived FROM gap JOIN stream ON stream.id = gap.stream WHERE stream.node = ?1 ORDER BY gap.id");
            _stored = archive.Prepare("SELECT count(*) FROM message WHERE stream = ?1 AND seq BETWEEN ?2 AND ?3");
            _settled = new SettledNumbers(archive.Database);
        }

        internal LedgerReport DrawUp(string? id)
        {
            var nodes = new List<NodeAccount>();
            using (Statement node = _archive.Prepare("SELECT id, name, meta, status, status_epoch FROM node WHERE ?1 = '' OR key = ?1 ORDER BY key"))
            {
                node.Bind(1, id?.ToLowerInvariant() ?? "");
                while (_archive.Next(node))
                {
                    MetaMessage? meta = node.Bytes(2) is { } metaText ? MetaMessage.Parse(metaText) : null;
                    StatusMessage? status = node.Bytes(3) is { } statusText ? StatusMessage.Parse(statusText) : null;
                    nodes.Add(OfNode(new NodeState { Row = node.Integer(0), Present = node.Optional(4) }, node.Text(1), meta, status));
                }
            }

            using Statement refused = _archive.Prepare("SELECT max(id) FROM refused"); // only the last are kept, but all were numbered
            _archive.Next(refused);
            return new LedgerReport(nodes, refused.Integer(0));
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _streams.Dispose();
            _gaps.Dispose();
            _stored.Dispose();
            _settled.Dispose();
        }

        private NodeAccount OfNode(NodeState state, string id, MetaMessage? meta, StatusMessage? status)
        {
            var statements = new List<GapStatement>();
            var perStream = new Dictionary<long, List<GapMessage>>();
            _gaps.Bind(1, state.Row);
            while (_archive.Next(_gaps))
            {
                GapMessage gap = GapMessage.Parse(_gaps.Bytes(2));
                statements.Add(new GapStatement(gap, ReadingArchive.Moment(_gaps.Integer(3))));
                long stream = _gaps.Integer(1);
                if (!perStream.TryGetValue(stream, out List<GapMessage>? gaps)) { perStream.Add(stream, gaps = []); }
                gaps.Add(gap);
                state.Enter(gap, _gaps.Integer(0));
            }

            var epochs = new List<EpochAccount>();
            _streams.Bind(1, state.Row);
            while (_archive.Next(_streams))
            {
                long epoch = _streams.Integer(1);
                epochs.Add(OfEpoch(epoch, perStream.GetValueOrDefault(_streams.Integer(0)) ?? [], state.IsSuperseded(epoch)));
            }

            return new NodeAccount(id, epochs, meta, status, statements);
        }

        // The present row of _streams. Each number is explained by the first statement that names it; that of a new volume explains what is left.
        private EpochAccount OfEpoch(long epoch, List<GapMessage> gaps, bool superseded)
        {
            long stream = _streams.Integer(0);
            long upTo = _streams.Integer(2);
            long received = _streams.Integer(4) + _streams.Integer(5);
            long highest = HighestKnown(_streams.Integer(3), gaps);
            var losses = new SortedDictionary<string, long>(StringComparer.Ordinal);
            var explained = new RangeSet();
            long unread = 0; // numbers that no reading ever had: a new volume's statement takes one
            SequenceRange? tail = superseded ? new SequenceRange(highest + 1, SequenceRange.LastNumber) : null;
            foreach (GapMessage gap in gaps)
            {
                foreach (SequenceRange range in gap.Ranges)
                {
                    foreach (SequenceRange piece in explained.Holes(range.From, Math.Min(range.To, highest)))
                    {
                        long lost = piece.Count - Stored(stream, piece);
                        if (gap.Reason == GapMessage.NewVolume) { unread += lost; } else { Add(losses, gap.Reason, lost); }
                    }

                    explained.Add(range.From, range.To);
                    if (range.To > highest) { tail = Joined(tail, Math.Max(range.From, highest + 1), range.To); }
                }
            }

            long missing = highest - received - unread;
            foreach (long lost in losses.Values) { missing -= lost; }
            if (superseded && missing > 0)
            {
                Add(losses, GapMessage.NewVolume, missing);
                missing = 0;
            }

            var list = new List<Loss>();
            long all = 0;
            foreach ((string reason, long count) in losses)
            {
                list.Add(new Loss(reason, count));
                all += count;
            }

            return new EpochAccount
            {
                Epoch = epoch,
                Readings = _streams.Integer(4),
                Alarms = _streams.Integer(5),
                Duplicates = _streams.Integer(6),
                Late = _streams.Integer(7),
                Highest = highest,
                Losses = list,
                Lost = all,
                Missing = missing,
                MissingRanges = missing == 0 ? [] : Missing(stream, upTo, highest),
                UnknownTail = tail,
                First = _streams.Optional(8) is { } first ? ReadingArchive.Moment(first) : null,
                Last = _streams.Optional(9) is { } last ? ReadingArchive.Moment(last) : null,
                Clocks = (_streams.Integer(10), _streams.Integer(11), _streams.Integer(12)),
                LargestUncertainty = _streams.Optional(13),
            };
        }

        // What a node has counted it has given out; a range without a count may reach beyond.
        private static long HighestKnown(long highest, List<GapMessage> gaps)
        {
            foreach (GapMessage gap in gaps)
            {
                SequenceRange last = gap.Ranges[^1];
                if (gap.Count is not null && !last.IsOpen) { highest = Math.Max(highest, last.To); }
            }

            return highest;
        }

        private static void Add(SortedDictionary<string, long> losses, string reason, long count)
        {
            if (count > 0) { losses[reason] = losses.GetValueOrDefault(reason) + count; }
        }

        private static SequenceRange Joined(SequenceRange? tail, long from, long to) =>
            tail is { } present ? new SequenceRange(Math.Min(present.From, from), Math.Max(present.To, to)) : new SequenceRange(from, to);

        private long Stored(long stream, SequenceRange range)
        {
            _stored.Bind(1, stream).Bind(2, range.From).Bind(3, range.To);
            _archive.Next(_stored);
            long count = _stored.Integer(0);
            _stored.Reset();
            return count;
        }

        private List<SequenceRange> Missing(long stream, long upTo, long highest)
        {
            var settled = new RangeSet();
            _settled.Read(stream, upTo, settled);
            var missing = new List<SequenceRange>();
            foreach (SequenceRange hole in settled.Holes(1, highest))
            {
                missing.Add(hole);
                if (missing.Count == EpochAccount.MostMissingRanges) { break; }
            }

            return missing;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Storing
{
    /// <summary>Every number below the highest known is stored, lost for a reason, or missing.</summary>
    public class LedgerReportTests
    {
        private readonly SqliteReadingStore _store = SqliteReadingStore.InMemory();

        [Fact]
        public void WhatCameAndWhatIsMissing()
        {
            EpochAccount account = Of(
                Say.Reading(1, clock: "unset", time: 5000), Say.Reading(2, clock: "holdover", time: Say.Time + 99), Say.Alarm(4), Say.Reading(9, uncertainty: 16, time: Say.Time),
                Say.Reading(7, uncertainty: 4), Say.Reading(7));
            Assert.Equal((4L, 1L, 1L, 1L, 9L), (account.Readings, account.Alarms, account.Duplicates, account.Late, account.Highest));
            Assert.Equal((4L, "3 5-6 8"), (account.Missing, Say.Text(account.MissingRanges)));
            Assert.Equal((0L, null), (account.Lost, account.UnknownTail));
            Assert.Empty(account.Losses);
            Assert.Equal((1L, 1L, 3L), account.Clocks);
            Assert.Equal(16, account.LargestUncertainty);
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Say.Time), account.First);
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Say.Time + 7000), account.Last);
            Assert.Equal((1L, 1), (account.Incarnation, account.Boot));
        }

        [Fact]
        public void ThinnedIsExactWhateverTheRangeSpans()
        {
            // The node's range runs from one kept reading to the next; some between had been delivered before.
            EpochAccount account = Of(Say.Reading(1), Say.Reading(3), Say.Reading(6), Say.Reading(7), Say.Gap("thinned", 3, new SequenceRange(2, 5), new SequenceRange(8, 9)));
            Assert.Equal((5L, 5L, 0L, 9L), (account.Thinned, account.Lost, account.Missing, account.Highest));
            Assert.Null(account.UnknownTail);
        }

        [Fact]
        public void AboveTheHighestNumberAPowerCutIsUnknown()
        {
            EpochAccount account = Of(Say.Reading(1), Say.Reading(5), Say.Gap("power-cut", null, new SequenceRange(3, 4096)));
            Assert.Equal([new Loss("power-cut", 2)], account.Losses);
            Assert.Equal((1L, "2", new SequenceRange(6, 4096)), (account.Missing, Say.Text(account.MissingRanges), account.UnknownTail!.Value));
        }

        [Fact]
        public void EachNumberIsExplainedOnce()
        {
            EpochAccount account = Of(
                Say.Reading(1), Say.Gap("thinned", 4, new SequenceRange(2, 5)), Say.Gap("no-room", 4, new SequenceRange(4, 7)), Say.Gap("corrupt", null, new SequenceRange(1, 9)), Say.Reading(10), Say.Reading(3));
            Assert.Equal([new Loss("corrupt", 2), new Loss("no-room", 2), new Loss("thinned", 3)], account.Losses);
            Assert.Equal((7L, 0L, 10L), (account.Lost, account.Missing, account.Highest));
            Assert.Equal((3L, 0L), (account.LostAs("thinned"), account.LostAs("power-cut")));
        }

        [Fact]
        public void ALateReadingTakesItselfOutOfTheLoss()
        {
            EpochAccount before = Of(Say.Reading(1), Say.Gap("thinned", 2, new SequenceRange(2, 3)), Say.Reading(4));
            EpochAccount after = Of(Say.Reading(2));
            Assert.Equal((2L, 1L), (before.Thinned, after.Thinned));
            Assert.Equal((0L, 0L), (before.Missing, after.Missing));
        }

        [Fact]
        public void ANewBoardsStatementTakesANumberAndExplainsTheOthers()
        {
            const long Second = 2L << 20;
            _store.Commit(Say.Entries(
                Say.GapOf(Say.Epoch, "new-volume", 0, new SequenceRange(1, 1)), Say.Reading(2), Say.Reading(6), Say.Gap("thinned", 1, new SequenceRange(3, 3)),
                Say.GapOf(Second, "new-volume", 0, new SequenceRange(1, 1)), Say.Reading(2, Second), Say.Reading(4, Second)));
            NodeAccount node = Assert.Single(LedgerReport.Of(_store.Archive).Nodes);
            Assert.Equal([Say.Epoch, Second], node.Epochs.Select(epoch => epoch.Epoch));
            EpochAccount old = node.Epochs[0];
            Assert.Equal([new Loss("new-volume", 2), new Loss("thinned", 1)], old.Losses);
            Assert.Equal((0L, new SequenceRange(7, SequenceRange.LastNumber)), (old.Missing, old.UnknownTail!.Value));
            EpochAccount present = node.Epochs[1];
            Assert.Empty(present.Losses);
            Assert.Equal((1L, "3", null), (present.Missing, Say.Text(present.MissingRanges), present.UnknownTail));
            Assert.Equal((4L, 3L, 1L), (node.Received, node.Lost, node.Missing));
            Assert.Equal(["new-volume", "thinned", "new-volume"], node.Statements.Select(statement => statement.Gap.Reason));
            Assert.All(node.Statements, statement => Assert.Equal(Say.Now, statement.Arrived));
        }

        [Fact]
        public void OneNodeOrAllAndAnEmptyStore()
        {
            Assert.Empty(LedgerReport.Of(_store.Archive).Nodes);
            _store.Commit(Say.Entries(Say.Reading(1, id: "88.118.12345/b"), Say.Reading(1, id: "88.118.12345/A")));
            Assert.Equal(["88.118.12345/A", "88.118.12345/b"], LedgerReport.Of(_store.Archive).Nodes.Select(node => node.Id));
            Assert.Equal("88.118.12345/b", Assert.Single(LedgerReport.Of(_store.Archive, "88.118.12345/B").Nodes).Id);
            Assert.Empty(LedgerReport.Of(_store.Archive, "88.118.12345/c").Nodes);
        }

        [Fact]
        public void WhileACollectorWritesTheAccountIsOfOneMoment()
        {
            using var file = new StoreFile();
            using SqliteReadingStore store = file.Open();
            store.Commit(Say.Entries(Say.Reading(1)));
            using ReadingArchive reader = ReadingArchive.Open(file.Path);
            using (reader.Freeze())
            {
                Assert.Single(reader.Messages(StoreKind.Reading, new ArchiveFilter()));
                store.Commit(Say.Entries(Say.Reading(2)));
                Assert.Single(reader.Messages(StoreKind.Reading, new ArchiveFilter()));
            }

            Assert.Equal(2, LedgerReport.Of(reader).Nodes[0].Received);
        }

        private EpochAccount Of(params byte[][] messages)
        {
            var collector = new Collector(_store);
            foreach (byte[] message in messages)
            {
                string leaf = GapMessage.TryParse(message, out _, out _) ? "gap" : AlarmMessage.TryParse(message, out _, out _) ? "alarm" : "reading/temp1";
                collector.Take(Say.Topic(leaf), message);
            }

            collector.Flush(Say.Now);
            return Assert.Single(Assert.Single(LedgerReport.Of(_store.Archive).Nodes).Epochs);
        }
    }
}

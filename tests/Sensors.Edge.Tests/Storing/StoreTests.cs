using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Storing
{
    /// <summary>Every message once, and what is settled.</summary>
    public class StoreTests
    {
        [Fact]
        public void EachNumberOnce()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            Assert.Equal([StoreOutcome.Stored, StoreOutcome.Stored, StoreOutcome.StoredLate, StoreOutcome.Duplicate], store.Commit(Say.Entries(Say.Reading(1), Say.Reading(3), Say.Reading(2), Say.Reading(3))));
            Assert.Equal([StoreOutcome.Duplicate, StoreOutcome.Stored], store.Commit(Say.Entries(Say.Reading(1), Say.Reading(4))));
            Assert.Equal("1-4", Say.Text(store.Settled(Say.Id, Say.Epoch)));
            Assert.Equal([1, 2, 3, 4], Numbers(store));
        }

        [Fact]
        public void IdentifiersAreComparedWithoutCaseAndEpochsAreApart()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            string lower = Say.Id.ToLowerInvariant();
            Assert.Equal(
                [StoreOutcome.Stored, StoreOutcome.Duplicate, StoreOutcome.Stored],
                store.Commit(Say.Entries(Say.Reading(1), Say.Reading(1, id: lower), Say.Reading(1, epoch: Say.Epoch + 1, id: lower))));
            Assert.Equal("1", Say.Text(store.Settled(lower, Say.Epoch)));
            Assert.Equal([Say.Id, Say.Id], store.Archive.Messages(StoreKind.Reading, new ArchiveFilter()).Select(message => message.Id));
            Assert.Empty(store.Settled("88.118.12345/OTHER", Say.Epoch));
            Assert.Empty(store.Settled(Say.Id, Say.Epoch + 2));
        }

        [Fact]
        public void TheMessageIsKeptAsItCame()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            byte[] message = Say.Bytes(" " + Encoding.UTF8.GetString(Say.Reading(5, uncertainty: 16)) + "\n");
            store.Commit([Say.Entry(message)]);
            StoredMessage stored = Assert.Single(store.Archive.Messages(StoreKind.Reading, new ArchiveFilter()));
            Assert.Equal(message, stored.Payload);
            Assert.Equal((Say.Id, Say.Epoch, 5L, Say.Now), (stored.Id, stored.Epoch, stored.Sequence, stored.Arrived));
        }

        [Fact]
        public void AGapSettlesNumbersAndWhatComesAllTheSameIsStored()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            store.Commit(Say.Entries(Say.Reading(1), Say.Gap("thinned", 3, new(2, 2), new(4, 6)), Say.Reading(7)));
            Assert.Equal("1-2 4-7", Say.Text(store.Settled(Say.Id, Say.Epoch)));
            Assert.Equal(
                [StoreOutcome.StoredLate, StoreOutcome.Duplicate, StoreOutcome.StoredLate],
                store.Commit(Say.Entries(Say.Reading(5), Say.Reading(5), Say.Reading(3))));
            Assert.Equal("1-7", Say.Text(store.Settled(Say.Id, Say.Epoch)));
            Assert.Equal([1, 3, 5, 7], Numbers(store));
        }

        [Fact]
        public void AGapSaidTwiceIsOne()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            byte[] gap = Say.Gap("power-cut", null, new SequenceRange(1, 4096));
            byte[] restamped = Say.Bytes(Encoding.UTF8.GetString(gap).Replace($"{Say.Time}", $"{Say.Time + 60000}", StringComparison.Ordinal));
            Assert.Equal([StoreOutcome.Stored, StoreOutcome.Duplicate], store.Commit(Say.Entries(gap, restamped)));
            Assert.Equal([StoreOutcome.Duplicate, StoreOutcome.Stored], store.Commit(Say.Entries(gap, Say.Gap("corrupt", null, new SequenceRange(1, 4096)))));
            Assert.Equal(2, store.Archive.Messages(StoreKind.Gap, new ArchiveFilter()).Count());
        }

        [Fact]
        public void ANewVolumeClosesWhatOtherBoardsHaveNotDelivered()
        {
            const long Second = 2L << 20;
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            store.Commit(Say.Entries(Say.GapOf(Say.Epoch, "new-volume", 0, new SequenceRange(1, 1)), Say.Reading(2), Say.Reading(5)));
            Assert.Equal("1-2 5", Say.Text(store.Covered(Say.Id, Say.Epoch)));
            store.Commit(Say.Entries(Say.GapOf(Second + 1, "new-volume", 0, new SequenceRange(1, 1)), Say.Reading(2, Second + 1)));

            Assert.Equal("1-", Say.Text(store.Covered(Say.Id, Say.Epoch)));
            Assert.Equal("1-", Say.Text(store.Covered(Say.Id, Say.Epoch + 7))); // never heard of
            Assert.Equal("1-2", Say.Text(store.Covered(Say.Id, Second + 1)));
            Assert.Empty(store.Covered(Say.Id, Second + 2));
            Assert.Empty(store.Covered("88.118.12345/OTHER", Say.Epoch));

            // The board that was taken away may come back with its journal: it is not told to forget it.
            Assert.Equal("1-2 5", Say.Text(store.Settled(Say.Id, Say.Epoch)));
            Assert.Equal([StoreOutcome.StoredLate, StoreOutcome.Stored], store.Commit(Say.Entries(Say.Reading(4), Say.Reading(1, Say.Epoch + 7))));
            Assert.Equal("1-2 4-5", Say.Text(store.Settled(Say.Id, Say.Epoch)));
        }

        [Fact]
        public void AStatementThatComesAgainClosesNothingOfALaterBoard()
        {
            const long Second = 2L << 20;
            using var file = new StoreFile();
            byte[] first = Say.GapOf(Say.Epoch, "new-volume", 0, new SequenceRange(1, 1));
            using (SqliteReadingStore store = file.Open())
            {
                store.Commit(Say.Entries(first, Say.GapOf(Second, "new-volume", 0, new SequenceRange(1, 1)), Say.Reading(3, Second)));
                store.Commit(Say.Entries(first));
                Check(store);
            }

            using SqliteReadingStore again = file.Open();
            Check(again);

            static void Check(SqliteReadingStore store)
            {
                Assert.Equal("1 3", Say.Text(store.Covered(Say.Id, Second)));
                Assert.Equal("1-", Say.Text(store.Covered(Say.Id, Say.Epoch)));
            }
        }

        [Theory]
        [InlineData("corrupt", 1, 1, 1, "1-")]       // the statement was on the volume, and cannot be read any more
        [InlineData("power-cut", 1, 1, 4096, "1-")]  // or never got there
        [InlineData("corrupt", 1, 2, 9, "2 5")]      // it may be on its way yet
        [InlineData("corrupt", 2, 1, 9, "2 5")]      // of a later start: nobody knows what it said
        public void ANewVolumesStatementThatIsItselfLostClosesThemToo(string reason, int start, int from, int to, string covered)
        {
            const long Second = 2L << 20;
            using var file = new StoreFile();
            using (SqliteReadingStore store = file.Open())
            {
                store.Commit(Say.Entries(Say.Reading(2), Say.Reading(5), Say.GapOf(Second + start, reason, null, new SequenceRange(from, to))));
                Assert.Equal(covered, Say.Text(store.Covered(Say.Id, Say.Epoch)));
            }

            using SqliteReadingStore again = file.Open();
            Assert.Equal(covered, Say.Text(again.Covered(Say.Id, Say.Epoch)));
            Assert.Equal(covered == "1-", Assert.Single(LedgerReport.Of(again.Archive).Nodes).Epochs[0].Missing == 0);
        }

        [Fact]
        public void TheStatusTellsWhichBoardIsGoneWhereAStatementCameLate()
        {
            const long Second = 2L << 20;
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            var one = new SequenceRange(1, 1);
            store.Commit(Say.Entries(Say.Status(Second + 1), Say.GapOf(Second + 1, "new-volume", 0, one), Say.Reading(3, Second + 1), Say.Reading(2)));
            store.Commit(Say.Entries(Say.GapOf(Say.Epoch, "new-volume", 0, one))); // from the journal, which outlived the epoch's files
            Assert.Equal("1-", Say.Text(store.Covered(Say.Id, Say.Epoch)));
            Assert.Equal(0, LedgerReport.Of(store.Archive).Nodes[0].Epochs[0].Missing);

            store.Commit(Say.Entries(Say.Status(Say.Epoch + 1))); // the board before is back
            Assert.Equal("1-2", Say.Text(store.Covered(Say.Id, Say.Epoch)));
            Assert.Equal("1-", Say.Text(store.Covered(Say.Id, Second + 1)));
        }

        [Fact]
        public void AStatementsLossSaysNothingNewWhereItCame()
        {
            const long Second = 2L << 20;
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            store.Commit(Say.Entries(
                Say.GapOf((1L << 20) + 1, "new-volume", 0, new SequenceRange(1, 1)), Say.GapOf(Second + 1, "new-volume", 0, new SequenceRange(1, 1)), Say.Reading(3, Second + 1)));
            store.Commit(Say.Entries(Say.GapOf((1L << 20) + 1, "corrupt", null, new SequenceRange(1, 4))));
            Assert.Equal("1 3", Say.Text(store.Covered(Say.Id, Second + 1)));
        }

        [Fact]
        public void AFileThatCannotBeMadeIsNotCalledInUse()
        {
            StoreException refused = Assert.Throws<StoreException>(() => SqliteReadingStore.Open("/proc/none.db"));
            Assert.NotEqual(StoreTrouble.InUse, refused.Trouble);
            Assert.Contains("cannot be opened", refused.Message, StringComparison.Ordinal);
        }

        [Fact]
        public void OpenedAgainItKnowsTheSame()
        {
            using var file = new StoreFile();
            using (SqliteReadingStore store = file.Open())
            {
                store.Commit(Say.Entries(Say.Reading(1), Say.Reading(2), Say.Reading(6), Say.Gap("thinned", 1, new SequenceRange(4, 4)), Say.Reading(9)));
            }

            using SqliteReadingStore again = file.Open();
            Assert.Equal("1-2 4 6 9", Say.Text(again.Settled(Say.Id, Say.Epoch)));
            Assert.Equal([StoreOutcome.Duplicate, StoreOutcome.StoredLate, StoreOutcome.Stored], again.Commit(Say.Entries(Say.Reading(6), Say.Reading(8), Say.Reading(10))));
            EpochAccount account = LedgerReport.Of(again.Archive).Nodes[0].Epochs[0];
            Assert.Equal((6L, 1L, 1L, 10L), (account.Readings, account.Duplicates, account.Late, account.Highest));
        }

        [Fact]
        public void TheNewestMetaAndStatusAreKeptAndALateWillIsNot()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            var collector = new Collector(store);
            collector.Take(Say.Topic("meta"), Say.Meta("0.1.0"));
            collector.Take(Say.Topic("meta"), Say.Meta("0.2.0"));
            collector.Take(Say.Topic("status"), Say.Status(Say.Epoch));
            collector.Take(Say.Topic("status"), Say.Status(Say.Epoch + 1));
            collector.Take(Say.Topic("status"), Say.Offline(Say.Epoch)); // of the connection before the restart
            Assert.Empty(collector.Flush(Say.Now));
            NodeAccount node = Assert.Single(LedgerReport.Of(store.Archive).Nodes);
            Assert.Equal("0.2.0", node.Meta!.Firmware);
            Assert.Equal(Say.Epoch + 1, node.Status!.Epoch);
            Assert.NotNull(node.Status.Online);

            collector.Take(Say.Topic("status"), Say.Offline(Say.Epoch + 1));
            collector.Flush(Say.Now);
            Assert.Null(LedgerReport.Of(store.Archive).Nodes[0].Status!.Online);
            collector.Take(Say.Topic("status"), Say.Offline(5)); // another board's epochs are in no order with this one's
            collector.Flush(Say.Now);
            Assert.Equal(5, LedgerReport.Of(store.Archive).Nodes[0].Status!.Epoch);
        }

        [Fact]
        public void TheLastRefusedMessagesAreKept()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            var collector = new Collector(store);
            for (int i = 1; i <= 1200; i++)
            {
                collector.Take($"sensors/v1/nobody/{i}/alarm", new byte[i == 1200 ? 5000 : 3]);
                if (i % 500 == 0) { collector.Flush(Say.Now); }
            }

            collector.Flush(Say.Now);
            List<RefusedMessage> kept = [.. store.Archive.Refused()];
            Assert.Equal(1000, kept.Count);
            Assert.Equal(("sensors/v1/nobody/201/alarm", "The topic is none of a node's.", Say.Now, 3), (kept[0].Topic, kept[0].Reason, kept[0].Arrived, kept[0].Payload.Length));
            Assert.Equal(4096, kept[^1].Payload.Length);
            Assert.Equal(1200, LedgerReport.Of(store.Archive).Refused);
        }

        [Fact]
        public void ASecondCollectorIsRefusedAndAReaderIsNot()
        {
            using var file = new StoreFile();
            using (SqliteReadingStore store = file.Open())
            {
                store.Commit(Say.Entries(Say.Reading(1)));
                StoreException refused = Assert.Throws<StoreException>(file.Open);
                Assert.Equal($"Another collector writes {file.Path}.", refused.Message);
                using ReadingArchive reader = ReadingArchive.Open(file.Path);
                Assert.Single(reader.Messages(StoreKind.Reading, new ArchiveFilter()));
                store.Commit(Say.Entries(Say.Reading(2)));
                Assert.Equal(2, reader.Messages(StoreKind.Reading, new ArchiveFilter()).Count());
            }

            using SqliteReadingStore next = file.Open();
            Assert.Equal("1-2", Say.Text(next.Settled(Say.Id, Say.Epoch)));
        }

        [Fact]
        public void WhatIsNoStoreIsRefusedAndLeftAlone()
        {
            using var file = new StoreFile();
            Assert.StartsWith("There is no file", Assert.Throws<StoreException>(() => ReadingArchive.Open(file.Path)).Message, StringComparison.Ordinal);
            byte[] text = Say.Bytes(new string('x', 5000));
            File.WriteAllBytes(file.Path, text);
            Assert.Equal($"{file.Path} is no SQLite file.", Assert.Throws<StoreException>(file.Open).Message);
            Assert.Equal($"{file.Path} is no SQLite file.", Assert.Throws<StoreException>(() => ReadingArchive.Open(file.Path)).Message);
            Assert.Equal(text, File.ReadAllBytes(file.Path));
            Assert.Contains("cannot be opened", Assert.Throws<StoreException>(() => SqliteReadingStore.Open(Path.Combine(file.Path + "-folder", "a.db"))).Message, StringComparison.Ordinal);
        }

        [Theory]
        [InlineData("PRAGMA user_version = 2", "has the form 2; this program knows form 1. A newer sensorctl reads it.")]
        [InlineData("PRAGMA application_id = 7", "is a database of another program.")]
        public void AFileOfAnotherFormIsRefused(string change, string expected)
        {
            using var file = new StoreFile();
            using (SqliteReadingStore store = file.Open()) { store.Archive.Database.Execute(change); }
            Assert.Equal($"{file.Path} {expected}", Assert.Throws<StoreException>(file.Open).Message);
            Assert.Equal($"{file.Path} {expected}", Assert.Throws<StoreException>(() => ReadingArchive.Open(file.Path)).Message);
        }

        [Fact]
        public void AFullDiskStoresNothingAndLaterAll()
        {
            using var file = new StoreFile();
            using SqliteReadingStore store = file.Open();
            store.Commit(Say.Entries(Say.Reading(1)));
            StoreEntry[] batch = [.. Enumerable.Range(2, 500).Select(i => Say.Entry(Say.Reading(i)))];
            store.Archive.Database.Execute("PRAGMA max_page_count = 14");
            Assert.Equal($"The disk that {file.Path} is on is full.", Assert.Throws<StoreException>(() => store.Commit(batch)).Message);
            Assert.Equal("1", Say.Text(store.Settled(Say.Id, Say.Epoch)));
            Assert.Equal([1], Numbers(store));
            store.Archive.Database.Execute("PRAGMA max_page_count = 1000000");
            Assert.All(store.Commit(batch), outcome => Assert.Equal(StoreOutcome.Stored, outcome));
            Assert.Equal("1-501", Say.Text(store.Settled(Say.Id, Say.Epoch)));
        }

        [Fact]
        public void AnotherProgramInTheFileHoldsACommitBackAndLosesNothing()
        {
            using var file = new StoreFile();
            using SqliteReadingStore store = file.Open();
            store.Archive.Database.Execute("PRAGMA busy_timeout = 1");
            using Database other = Database.OpenForWriting(file.Path, StoreForm.Form);
            other.Execute("BEGIN IMMEDIATE");
            Assert.Equal($"{file.Path} is in use by another program.", Assert.Throws<StoreException>(() => store.Commit(Say.Entries(Say.Reading(1)))).Message);
            other.Execute("COMMIT");
            Assert.Equal([StoreOutcome.Stored], store.Commit(Say.Entries(Say.Reading(1))));
        }

        [Fact]
        public void PeopleCanAskTheFileWithSql()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            store.Commit(Say.Entries(Say.Reading(1), Say.Gap("thinned", 1, new SequenceRange(2, 2))));
            using Statement reading = store.Archive.Prepare("SELECT id, epoch, seq, point, kind, message FROM reading");
            Assert.True(reading.Next());
            Assert.Equal((Say.Id, Say.Epoch, 1L, "temp1", "temperature"), (reading.Text(0), reading.Integer(1), reading.Integer(2), reading.Text(3), reading.Text(4)));
            Assert.Equal(Say.Reading(1), Say.Bytes(reading.Text(5)));
            using Statement lost = store.Archive.Prepare("SELECT id, epoch, first, last, reason FROM lost");
            Assert.True(lost.Next());
            Assert.Equal((Say.Id, 2L, 2L, "thinned"), (lost.Text(0), lost.Integer(2), lost.Integer(3), lost.Text(4)));
        }

        private static IEnumerable<long> Numbers(SqliteReadingStore store) => store.Archive.Messages(StoreKind.Reading, new ArchiveFilter()).Select(message => message.Sequence);
    }
}

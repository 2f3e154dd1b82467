using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Collecting
{
    /// <summary>What is acknowledged, and when.</summary>
    public class CollectorTests
    {
        private const string Ack = "sensors/v1/" + Say.Id + "/ack ";

        private readonly SqliteReadingStore _store = SqliteReadingStore.InMemory();

        [Fact]
        public void OneAcknowledgementForEachEpochTouched()
        {
            var collector = new Collector(_store);
            Take(collector, 1, 2, 5);
            collector.Take(Say.Topic("alarm"), Say.Alarm(3));
            collector.Take(Say.ReadingTopic(), Say.Reading(1, Say.Epoch + 1));
            collector.Take(Say.ReadingTopic("88.118.12345/N2"), Say.Reading(7, id: "88.118.12345/N2"));
            Assert.Equal(6, collector.Pending);
            Assert.Equal(
                [
                    Ack + $$"""{"epoch":{{Say.Epoch}},"upto":3,"have":[[5,5]]}""",
                    Ack + $$"""{"epoch":{{Say.Epoch + 1}},"upto":1}""",
                    $$"""sensors/v1/88.118.12345/N2/ack {"epoch":{{Say.Epoch}},"upto":0,"have":[[7,7]]}""",
                ],
                Flush(collector));
            Assert.Equal(0, collector.Pending);
            Assert.Empty(Flush(collector));
        }

        [Fact]
        public void ADuplicateIsAcknowledgedAgain()
        {
            var collector = new Collector(_store);
            Take(collector, 1);
            Flush(collector);
            Take(collector, 1);
            Assert.Equal([Ack + $$"""{"epoch":{{Say.Epoch}},"upto":1}"""], Flush(collector));
            Assert.Equal((1L, 1L, 2L), (collector.Counts.Readings, collector.Counts.Duplicates, collector.Counts.Commits));
        }

        [Fact]
        public void TheAcknowledgementGoesWhereTheNodeListens()
        {
            var collector = new Collector(_store);
            string lower = Say.Id.ToLowerInvariant();
            Take(collector, 1);
            collector.Take(Say.ReadingTopic(lower), Say.Reading(2, id: lower));
            Assert.Equal([Ack + $$"""{"epoch":{{Say.Epoch}},"upto":2}""", $$"""sensors/v1/{{lower}}/ack {"epoch":{{Say.Epoch}},"upto":2}"""], Flush(collector));
        }

        [Fact]
        public void AnotherRoot()
        {
            var collector = new Collector(_store, "plant/7");
            collector.Take("plant/7/" + Say.Id + "/reading/temp1", Say.Reading(1));
            collector.Take(Say.ReadingTopic(), Say.Reading(2));
            Assert.StartsWith("plant/7/" + Say.Id + "/ack ", Assert.Single(Flush(collector)), StringComparison.Ordinal);
            Assert.Equal(1, collector.Counts.Refused);
        }

        [Fact]
        public void AGapIsAcknowledgedWithItsNumbers()
        {
            var collector = new Collector(_store);
            Take(collector, 1, 4);
            collector.Take(Say.Topic("gap"), Say.Gap("thinned", 2, new SequenceRange(2, 3)));
            Assert.Equal([Ack + $$"""{"epoch":{{Say.Epoch}},"upto":4}"""], Flush(collector));
            Assert.Equal((2L, 1L), (collector.Counts.Readings, collector.Counts.Gaps));
        }

        [Fact]
        public void ANewBoardIsNoReasonToMakeTheOldOneForget()
        {
            var collector = new Collector(_store);
            Take(collector, 1, 3);
            collector.Take(Say.Topic("gap"), Say.GapOf(9L << 20, "new-volume", 0, new SequenceRange(1, 1)));
            Flush(collector);
            Take(collector, 5); // the old board is back
            Assert.Equal([Ack + $$"""{"epoch":{{Say.Epoch}},"upto":1,"have":[[3,3],[5,5]]}"""], Flush(collector));
        }

        [Fact]
        public void OfManyRangesThoseWithWhatCameAreTold()
        {
            var collector = new Collector(_store);
            Take(collector, [.. Enumerable.Range(1, 50).Select(i => 2L * i)]);
            Flush(collector);
            Take(collector, 61, 200, 90);
            AckMessage ack = Parse(Assert.Single(Flush(collector)));
            Assert.Equal(0, ack.UpTo);
            Assert.Equal(AckMessage.MostRanges, ack.Have.Count);
            Assert.Equal("2 4 6 8 10 12 14 16 18 20 22 24 26 60-62 90 200", Say.Text(ack.Have));
            Assert.True(ack.Covers(61) && ack.Covers(2) && !ack.Covers(3) && !ack.Covers(63));
        }

        [Fact]
        public void ANodeThatAsksIsToldTheTimeOnce()
        {
            var collector = new Collector(_store, uncertainty: 20);
            collector.Take(Say.Topic("status"), Say.Status(asks: 4000));
            collector.Take(Say.Topic("status"), Say.Status(asks: 4711));
            Assert.Equal([$$"""sensors/v1/{{Say.Id}}/cmd {"cmd":"time","ts":{{Say.Now.ToUnixTimeMilliseconds()}},"for":4711,"uncertainty":20}"""], Flush(collector));
            collector.Take(Say.Topic("status"), Say.Status());
            Assert.Empty(Flush(collector));
            collector.Take(Say.Topic("status"), Say.Status(asks: 5), retained: true); // it asked nobody knows when
            Assert.Empty(Flush(collector));
        }

        [Fact]
        public void WhatTheStoreRefusesIsNeitherAcknowledgedNorForgotten()
        {
            var flaky = new FlakyStore(_store);
            var collector = new Collector(flaky);
            Take(collector, 1, 2);
            collector.Take(Say.Topic("status"), Say.Status(asks: 1));
            flaky.Refuses = true;
            Assert.Throws<StoreException>(() => collector.Flush(Say.Now));
            Assert.Equal((3, 0L), (collector.Pending, collector.Counts.Messages));
            Take(collector, 3);
            flaky.Refuses = false;
            IReadOnlyList<OutgoingAnswer> answers = collector.Flush(Say.Now.AddHours(1));
            Assert.Equal(Ack + $$"""{"epoch":{{Say.Epoch}},"upto":3}""", Say.Text(answers[0]));
            Assert.Equal(2, answers.Count);
            // The time of arrival is that of the first try.
            Assert.Equal([Say.Now, Say.Now, Say.Now.AddHours(1)], _store.Archive.Messages(StoreKind.Reading, new ArchiveFilter()).Select(message => message.Arrived));
        }

        [Theory]
        [InlineData("sensors/v1/88.118.12345/NODE-0002/reading/temp1", "The message is of 88.118.12345/NODE-0001, temp1, which the topic does not bear.")]
        [InlineData("sensors/v1/88.118.12345/node-0001/reading/temp1", "The message is of 88.118.12345/NODE-0001, temp1, which the topic does not bear.")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/reading/temp2", "The message is of 88.118.12345/NODE-0001, temp1, which the topic does not bear.")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/alarm", "\"channel\" is missing.")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/gap", "\"reason\" is missing.")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/meta", "\"points\" is missing.")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/status", "\"status\" is missing.")]
        [InlineData("sensors/v1/88.118.12345/NODE-0001/reading", "The topic is none of a node's.")]
        [InlineData("sensors/v1/77.118.12345/NODE-0001/reading/temp1", "The topic is none of a node's.")]
        [InlineData("", "The topic is none of a node's.")]
        public void AMessageOnAnotherTopicIsRefused(string topic, string reason) => IsRefused(topic, Say.Reading(1), reason);

        [Fact]
        public void MessagesOfOthersAreRefusedOnEveryTopic()
        {
            const string Other = "88.118.12345/NODE-0002";
            foreach ((string leaf, byte[] message) in new[] { ("alarm", Say.Alarm(1)), ("gap", Say.Gap("thinned", 1, new SequenceRange(1, 1))), ("meta", Say.Meta()), ("status", Say.Status()) })
            {
                IsRefused(Say.Topic(leaf, Other), message, $"The message is of {Say.Id}, which the topic does not bear.");
            }
        }

        [Theory]
        [InlineData("")]
        [InlineData("x")]
        [InlineData("{")]
        [InlineData("[]")]
        [InlineData("null")]
        [InlineData("{}")]
        [InlineData("{\"id\":\"88.118.12345/NODE-0001\"}")]
        public void NoMessageAtAllIsRefusedOnEveryTopic(string text)
        {
            foreach (string topic in new[] { Say.ReadingTopic(), Say.Topic("alarm"), Say.Topic("gap") }) { IsRefused(topic, Say.Bytes(text), null); }
            if (text.Length > 0)
            {
                foreach (string topic in new[] { Say.Topic("meta"), Say.Topic("status") }) { IsRefused(topic, Say.Bytes(text), null); }
            }
        }

        [Fact]
        public void WhatClearsARetainedMessageIsPassedOver()
        {
            var collector = new Collector(_store);
            collector.Take(Say.Topic("meta"), ReadOnlyMemory<byte>.Empty);
            collector.Take(Say.Topic("status"), ReadOnlyMemory<byte>.Empty);
            Assert.Equal(0, collector.Pending);
        }

        [Fact]
        public void ARefusedMessageBlocksNothing()
        {
            var collector = new Collector(_store);
            Take(collector, 1);
            collector.Take(Say.ReadingTopic(), new byte[100_000]);
            collector.Take(Say.ReadingTopic(), Encoding.UTF8.GetBytes("{\"id\":\"\ud83d\ude00\"}"));
            Take(collector, 2);
            Assert.Equal([Ack + $$"""{"epoch":{{Say.Epoch}},"upto":2}"""], Flush(collector));
            Assert.Equal((4L, 2L, 2L), (collector.Counts.Messages, collector.Counts.Readings, collector.Counts.Refused));
            Assert.Equal(2, _store.Archive.Refused().Count());
            Assert.Equal("\"ts\" is missing.", collector.LastRefused!.Reason);
        }

        [Fact]
        public void InTurnWithEverythingElseTheSettledNumbersAreThoseOfASimpleModel()
        {
            for (int seed = 0; seed < 60; seed++)
            {
                var random = new Random(seed);
                using SqliteReadingStore store = SqliteReadingStore.InMemory();
                var collector = new Collector(store);
                var model = new Model();
                for (int batch = 0; batch < 12; batch++)
                {
                    int messages = random.Next(1, 8);
                    for (int i = 0; i < messages; i++) { model.Next(random, collector); }
                    if (random.Next(6) == 0)
                    {
                        collector = new Collector(store); // it crashed: what was not flushed is gone, and was not acknowledged
                        model.Forget();
                        continue;
                    }

                    model.Keep();
                    foreach (OutgoingAnswer answer in collector.Flush(Say.Now)) { model.Check(AckMessage.Parse(answer.Payload), store); }
                }

                model.Check(LedgerReport.Of(store.Archive));
            }
        }

        private static void Take(Collector collector, params long[] numbers)
        {
            foreach (long number in numbers) { collector.Take(Say.ReadingTopic(), Say.Reading(number)); }
        }

        private static List<string> Flush(Collector collector) => [.. collector.Flush(Say.Now).Select(Say.Text)];

        private static AckMessage Parse(string text) => AckMessage.Parse(Say.Bytes(text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]));

        private void IsRefused(string topic, byte[] message, string? reason)
        {
            var collector = new Collector(_store);
            collector.Take(topic, message);
            Assert.Empty(collector.Flush(Say.Now));
            Assert.Equal(new CollectorCounts { Messages = 1, Refused = 1, Commits = 1 }, collector.Counts);
            RefusedMessage kept = _store.Archive.Refused().Last();
            Assert.Equal((topic, message.Length), (kept.Topic, kept.Payload.Length));
            if (reason is not null) { Assert.Equal(reason, kept.Reason); }
            Assert.Equal(kept.Reason, collector.LastRefused!.Reason);
            Assert.Empty(LedgerReport.Of(_store.Archive).Nodes);
        }

        private sealed class FlakyStore(IReadingStore store) : IReadingStore
        {
            public bool Refuses { get; set; }

            public StoreOutcome[] Commit(IReadOnlyList<StoreEntry> batch) => Refuses ? throw new StoreException("Not now.") : store.Commit(batch);

            public IReadOnlyList<SequenceRange> Covered(string id, long epoch) => store.Covered(id, epoch);

            public IReadOnlyList<SequenceRange> Settled(string id, long epoch) => store.Settled(id, epoch);

            public void Dispose() => store.Dispose();
        }

        /// <summary>Two epochs, each number kept by itself.</summary>
        private sealed class Model
        {
            private const int Numbers = 50;
            private readonly Dictionary<long, Account> _epochs = new() { [Say.Epoch] = new Account(), [Say.Epoch + 1] = new Account() };

            public void Next(Random random, Collector collector)
            {
                long epoch = Say.Epoch + random.Next(2);
                Account account = _epochs[epoch];
                long from = 1 + random.Next(Numbers);
                if (random.Next(5) > 0)
                {
                    collector.Take(Say.ReadingTopic(), Say.Reading(from, epoch));
                    account.Taken.Add((from, from, true));
                }
                else
                {
                    long to = Math.Min(Numbers, from + random.Next(10));
                    collector.Take(Say.Topic("gap"), Say.GapOf(epoch, random.Next(2) == 0 ? "thinned" : "no-room", 1, new SequenceRange(from, to)));
                    account.Taken.Add((from, to, false));
                }
            }

            public void Forget()
            {
                foreach (Account each in _epochs.Values) { each.Taken.Clear(); }
            }

            public void Keep()
            {
                foreach (Account each in _epochs.Values) { each.Keep(); }
            }

            public void Check(AckMessage ack, SqliteReadingStore store)
            {
                Account account = _epochs[ack.Epoch];
                long upTo = 0;
                while (account.Settled.Contains(upTo + 1)) { upTo++; }
                Assert.Equal(upTo, ack.UpTo);
                for (long number = 1; number <= Numbers; number++)
                {
                    // Sixteen ranges hold all there can be here, or nearly.
                    Assert.True(account.Settled.Contains(number) || !ack.Covers(number), $"{number} is acknowledged and not settled.");
                    Assert.Equal(account.Settled.Contains(number), store.Settled(Say.Id, ack.Epoch).Any(range => range.From <= number && number <= range.To));
                    if (ack.Have.Count < AckMessage.MostRanges) { Assert.Equal(account.Settled.Contains(number), ack.Covers(number)); }
                }
            }

            public void Check(LedgerReport report)
            {
                foreach (EpochAccount epoch in report.Nodes.SelectMany(node => node.Epochs))
                {
                    Account account = _epochs[epoch.Epoch];
                    Assert.Equal(account.Stored.Count, epoch.Readings);
                    Assert.Equal(account.Duplicates, epoch.Duplicates);
                    Assert.Equal(account.Late, epoch.Late);
                    long highest = account.Settled.Count == 0 ? 0 : account.Settled.Max();
                    Assert.Equal(highest, epoch.Highest);
                    Assert.Equal(account.Settled.Count - account.Stored.Count, epoch.Lost);
                    Assert.Equal(highest - account.Settled.Count, epoch.Missing);
                    Assert.Equal(highest - account.Settled.Count, epoch.MissingRanges.Sum(range => range.Count));
                    Assert.All(epoch.MissingRanges, range => Assert.DoesNotContain(range.From, account.Settled));
                }
            }

            private sealed class Account
            {
                public List<(long From, long To, bool IsReading)> Taken { get; } = [];

                public HashSet<long> Stored { get; } = [];

                public HashSet<long> Settled { get; } = [];

                public long Duplicates { get; private set; }

                public long Late { get; private set; }

                public void Keep()
                {
                    foreach ((long from, long to, bool isReading) in Taken)
                    {
                        if (isReading)
                        {
                            long highest = Stored.Count == 0 ? 0 : Stored.Max();
                            bool isNew = Stored.Add(from);
                            Duplicates += isNew ? 0 : 1;
                            Late += isNew && from < highest ? 1 : 0;
                        }

                        for (long number = from; number <= to; number++) { Settled.Add(number); }
                    }

                    Taken.Clear();
                }
            }
        }
    }
}

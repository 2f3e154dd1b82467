using System;
using System.Collections.Generic;

namespace Sensors.Edge.Tests
{
    /// <summary>What came, what is missing, what came twice or late.</summary>
    public class SequenceLedgerTests
    {
        private const string Id = "88.118.12345/NODE-0001";

        [Fact]
        public void InOrderNothingIsMissing()
        {
            var ledger = new SequenceLedger(false);
            for (int i = 1; i <= 100; i++) { Assert.Equal(SequenceVerdict.Next, ledger.Enter(Id, 5, i)); }
            EpochLedger epoch = Assert.Single(Assert.Single(ledger.Nodes).Epochs);
            Assert.Equal((5L, 1L, 101L, 100L), (epoch.Epoch, epoch.First, epoch.Next, epoch.Received));
            Assert.Empty(epoch.Gaps());
            Assert.Equal(0, epoch.Missing);
        }

        [Fact]
        public void AGapOpensAndClosesWithLateReadings()
        {
            var ledger = new SequenceLedger(false);
            ledger.Enter(Id, 1, 1);
            Assert.Equal(SequenceVerdict.Ahead, ledger.Enter(Id, 1, 5));
            EpochLedger epoch = ledger.Find(Id)!.Epochs[0];
            Assert.Equal(new[] { new SequenceRange(2, 4) }, epoch.Gaps());
            Assert.Equal(3, epoch.Missing);
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Id, 1, 3));
            Assert.Equal(new[] { new SequenceRange(2, 2), new SequenceRange(4, 4) }, epoch.Gaps());
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Id, 1, 4));
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Id, 1, 2));
            Assert.Empty(epoch.Gaps());
            Assert.Equal(3, epoch.Late);
            Assert.Equal(SequenceVerdict.Next, ledger.Enter(Id, 1, 6));
            Assert.Equal(6, epoch.Received);
        }

        [Fact]
        public void AlarmsTakeNumbersOfTheReadings()
        {
            var ledger = new SequenceLedger(false);
            ledger.Enter(Id, 1, 1);
            Assert.Equal(SequenceVerdict.Next, ledger.Enter(Alarm(2)));
            Assert.Equal(SequenceVerdict.Next, ledger.Enter(Id, 1, 3));
            Assert.Equal(SequenceVerdict.Duplicate, ledger.Enter(Alarm(2)));
            Assert.Equal(SequenceVerdict.Ahead, ledger.Enter(Alarm(5)));
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Alarm(4)));
            EpochLedger epoch = Assert.Single(Assert.Single(ledger.Nodes).Epochs);
            Assert.Equal((5L, 1L, 1L, 0L), (epoch.Received, epoch.Duplicates, epoch.Late, epoch.Missing));

            static AlarmMessage Alarm(long sequence) =>
                new(Id, "vib1", "vibration", 1, sequence, 0, ClockQuality.Unset, "vel", AlarmGrade.Danger, AlarmGrade.None, "limit", 8, 7.1);
        }

        [Fact]
        public void TheFirstReadingsCanBeMissing()
        {
            var ledger = new SequenceLedger(false);
            Assert.Equal(SequenceVerdict.Ahead, ledger.Enter(Id, 1, 4));
            Assert.Equal(new[] { new SequenceRange(1, 3) }, ledger.Find(Id)!.Epochs[0].Gaps());
        }

        [Fact]
        public void OneWhoJoinsMidwayMissesNothingBefore()
        {
            var ledger = new SequenceLedger(true);
            Assert.Equal(SequenceVerdict.Next, ledger.Enter(Id, 1, 400));
            Assert.Equal(SequenceVerdict.Next, ledger.Enter(Id, 1, 401));
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Id, 1, 7)); // from the journal
            Assert.Equal(SequenceVerdict.Duplicate, ledger.Enter(Id, 1, 7));
            Assert.Equal(SequenceVerdict.Ahead, ledger.Enter(Id, 1, 403));
            Assert.Equal(new[] { new SequenceRange(402, 402) }, ledger.Find(Id)!.Epochs[0].Gaps());

            Assert.Equal(SequenceVerdict.Ahead, ledger.Enter(Id, 2, 3)); // a new epoch was there to hear from its start
            Assert.Equal(3, ledger.Find(Id)!.Missing);
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Id, 1, 402)); // older epochs may still come
            Assert.Equal(2, ledger.Find(Id)!.Missing);
            Assert.Equal(2L, ledger.Find(Id)!.Epochs[^1].Epoch);
        }

        [Fact]
        public void DuplicatesAreCountedAndChangeNothing()
        {
            var ledger = new SequenceLedger(false);
            foreach (int sequence in new[] { 1, 2, 2, 1, 4, 4 }) { ledger.Enter(Id, 1, sequence); }
            NodeLedger node = ledger.Find(Id)!;
            Assert.Equal((3L, 3L, 1L, 0L), (node.Received, node.Duplicates, node.Missing, node.Late));
        }

        [Fact]
        public void NodesAreKeptApartAndComparedWithoutCase()
        {
            var ledger = new SequenceLedger(false);
            ledger.Enter("88.118.1/a", 1, 1);
            ledger.Enter("88.118.1/B", 1, 1);
            Assert.Equal(SequenceVerdict.Next, ledger.Enter("88.118.1/A", 1, 2));
            Assert.Equal(2, ledger.Nodes.Count);
            Assert.Equal(2, ledger.Find("88.118.1/A")!.Received);
            Assert.Equal("88.118.1/a", ledger.Nodes[0].Id);
            Assert.Null(ledger.Find("88.118.1/c"));
        }

        [Fact]
        public void WhatAGapRecordGivesUpIsNotMissing()
        {
            var ledger = new SequenceLedger(false);
            ledger.Enter(Id, 1, 1);
            ledger.Enter(Gap(new SequenceRange(2, 4)));
            Assert.Equal(SequenceVerdict.Next, ledger.Enter(Id, 1, 5)); // all between is explained
            EpochLedger epoch = ledger.Find(Id)!.Epochs[0];
            Assert.Equal((0L, 3L), (epoch.Missing, epoch.Lost));
            Assert.Equal(SequenceVerdict.Late, ledger.Enter(Id, 1, 3)); // who has one keeps it
            Assert.Equal((0L, 2L, 0L), (epoch.Missing, epoch.Lost, epoch.Duplicates));
            Assert.Equal(SequenceVerdict.Ahead, ledger.Enter(Id, 1, 9));
            ledger.Enter(Gap(new SequenceRange(6, 7), new SequenceRange(20, SequenceRange.LastNumber)));
            Assert.Equal(new[] { new SequenceRange(8, 8) }, epoch.Gaps());
            Assert.Equal(4, epoch.Lost); // what would come above is nobody's loss yet

            static GapMessage Gap(params SequenceRange[] ranges) => new(Id, 1, "thinned", null, ranges, 0, ClockQuality.Unset);
        }

        [Fact]
        public void AGapRecordMakesNoNodeForOneWhoJoinsMidway()
        {
            var gap = new GapMessage(Id, 1, "new-volume", 0, [new SequenceRange(1, 1)], 0, ClockQuality.Unset);
            var midway = new SequenceLedger(true);
            midway.Enter(gap);
            Assert.Empty(midway.Nodes);
            var whole = new SequenceLedger(false);
            whole.Enter(gap);
            Assert.Equal(SequenceVerdict.Next, whole.Enter(Id, 1, 2));
            Assert.Equal(0, whole.Nodes[0].Missing);
        }

        [Fact]
        public void SequencesBeginAtOne()
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceLedger(false).Enter(Id, 1, 0));
        }

        [Fact]
        public void AnyOrderComesToTheSameAccountAsASet()
        {
            for (int seed = 0; seed < 200; seed++)
            {
                var random = new Random(seed);
                var ledger = new SequenceLedger(false);
                var came = new SortedSet<long>();
                long duplicates = 0;
                for (int i = 0; i < 120; i++)
                {
                    long sequence = 1 + random.Next(100);
                    bool isNew = came.Add(sequence);
                    if (!isNew) { duplicates++; }
                    Assert.Equal(isNew, ledger.Enter(Id, 9, sequence) != SequenceVerdict.Duplicate);
                }

                EpochLedger epoch = ledger.Find(Id)!.Epochs[0];
                Assert.Equal(came.Count, epoch.Received);
                Assert.Equal(duplicates, epoch.Duplicates);
                Assert.Equal(came.Max + 1, epoch.Next);
                Assert.Equal(came.Max - came.Count, epoch.Missing);
                foreach (SequenceRange gap in epoch.Gaps())
                {
                    for (long s = gap.From; s <= gap.To; s++) { Assert.DoesNotContain(s, came); }
                }
            }
        }
    }
}

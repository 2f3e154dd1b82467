using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Storing
{
    /// <summary>The end of the process at any point: a batch is there whole or not at all, and what was told to be stored is.</summary>
    public class StoreCrashTests
    {
        [Fact]
        public void TheEndBetweenAnyTwoSteps()
        {
            StoreEntry[] before = Say.Entries(Say.Reading(1), Say.Reading(2));
            StoreEntry[] batch = Say.Entries(
                Say.Reading(2), Say.Reading(5), Say.Gap("thinned", 1, new SequenceRange(3, 3), new SequenceRange(9, 9)), Say.Reading(1, id: "88.118.12345/NODE-0002", point: "temp2"));
            int died = 0;
            while (true)
            {
                using var file = new StoreFile();
                using (SqliteReadingStore store = file.Open())
                {
                    store.Commit(before);
                    int steps = 0;
                    store.Probe = () =>
                    {
                        if (steps++ == died) { throw new EndOfProcess(); }
                    };
                    if (Record.Exception(() => store.Commit(batch)) is not EndOfProcess) { break; } // every step was the last one once
                }

                using SqliteReadingStore again = file.Open();
                Assert.Equal("1-2", Say.Text(again.Settled(Say.Id, Say.Epoch)));
                Assert.Empty(again.Settled("88.118.12345/NODE-0002", Say.Epoch));
                Assert.Equal(2, again.Archive.Messages(StoreKind.Reading, new ArchiveFilter()).Count());
                Assert.Equal(0, LedgerReport.Of(again.Archive).Nodes.Sum(node => node.Duplicates));
                Assert.Equal([StoreOutcome.Duplicate, StoreOutcome.Stored, StoreOutcome.Stored, StoreOutcome.Stored], again.Commit(batch));
                Assert.Equal("1-3 5 9", Say.Text(again.Settled(Say.Id, Say.Epoch)));
                died++;
            }

            Assert.True(died >= 12, $"Only {died} steps were tried.");
        }

        [Fact]
        public void WhatFailedIsUndoneInMemoryToo()
        {
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            store.Commit(Say.Entries(Say.Reading(1)));
            int steps = 0;
            store.Probe = () =>
            {
                if (++steps == 4) { throw new EndOfProcess(); } // begin, two readings, the stream's row
            };
            Assert.Throws<EndOfProcess>(() => store.Commit(Say.Entries(Say.Reading(2), Say.Reading(3))));
            store.Probe = null;
            Assert.Equal("1", Say.Text(store.Settled(Say.Id, Say.Epoch)));
            Assert.Equal([StoreOutcome.Stored, StoreOutcome.Stored], store.Commit(Say.Entries(Say.Reading(2), Say.Reading(3))));
        }

        [Fact]
        public async Task KilledItHasAllItSaidItHad()
        {
            using var file = new StoreFile();
            var random = new Random(1);
            long told = 0;
            for (int kill = 0; kill < 4; kill++)
            {
                await using (var victim = new VictimProcess(VictimProcess.Store, file.Path))
                {
                    long until = told + (Victim.BatchSize * random.Next(1, 30));
                    while (await victim.ReadAsync() is { } line)
                    {
                        told = long.Parse(line, CultureInfo.InvariantCulture);
                        if (told >= until) { victim.Kill(); }
                    }
                }

                using SqliteReadingStore store = file.Open();
                SequenceRange settled = Assert.Single(store.Settled(Say.Id, Say.Epoch));
                Assert.Equal(1, settled.From);
                Assert.True(settled.To >= told, $"{told} was told to be stored, and {settled.To} is.");
                Assert.Equal(0, settled.To % Victim.BatchSize); // a batch is there whole
                List<long> stored = [.. store.Archive.Messages(StoreKind.Reading, new ArchiveFilter()).Select(message => message.Sequence)];
                Assert.Equal(Enumerable.Range(1, (int)settled.To).Select(number => (long)number), stored);
            }
        }

        private sealed class EndOfProcess : Exception;
    }
}

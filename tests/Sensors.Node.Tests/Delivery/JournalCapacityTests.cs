using System;
using System.Globalization;
using System.Text.RegularExpressions;
using Sensors.Node.Tests.Fakes;
using Xunit;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>How long the node can be offline before readings are thinned, and what thinning takes.</summary>
    public sealed class JournalCapacityTests
    {
        private const int Interval = 60; // s

        private readonly ITestOutputHelper _output;

        public JournalCapacityTests(ITestOutputHelper output)
        {
            _output = output;
        }

        [Theory]
        [InlineData(256, false)]
        [InlineData(256, true)]
        [InlineData(2048, false)]
        [InlineData(2048, true)]
        public void Hours_until_thinning_are_those_of_the_page(int kibibytes, bool everything)
        {
            int blocks = kibibytes / 4 * 3 / 4; // the node leaves a quarter to others
            (int rounds, long raw, Journal journal) = Fill(everything, blocks * Volume.BlockBytes, kibibytes * 1024);
            _output.WriteLine(FormattableString.Invariant(
                $"{kibibytes} KiB, everything {everything}: {rounds} rounds, {raw / (double)rounds:F0} bytes a round, stored in {journal.Bytes / (double)rounds:F0}, {journal.Closes} closes"));
            int found = 0;
            foreach (Match row in Regex.Matches(JournalBench.Page, "\\| " + (kibibytes < 1024 ? "256 KiB" : "2 MiB") + " \\| (\\d+) s \\| ([0-9.]+) h \\| ([0-9.]+) h \\|"))
            {
                double told = double.Parse(row.Groups[everything ? 3 : 2].Value, CultureInfo.InvariantCulture);
                double hours = rounds * double.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture) / 3600;
                Assert.InRange(hours, told * 0.97, told * 1.03);
                found++;
            }

            Assert.Equal(4, found);
            Assert.True(rounds * 150 / 3600.0 >= 24, "less than a day at 150 s");
        }

        private static (int Rounds, long Raw, Journal Journal) Fill(bool everything, int budget, int capacity)
        {
            var readings = new NoisyReadings(1, everything);
            var journal = new Journal(new MemoryVolume { Capacity = capacity }, budget);
            journal.Scan();
            journal.Begin(JournalBench.Id, JournalBench.Epoch, new TestClock());
            long sequence = 0;
            long raw = 0;
            for (int round = 0; ; round++)
            {
                for (int point = 0; point < 3; point++)
                {
                    byte[] record = readings.Next(point, ++sequence, 1763600000000 + (round * Interval * 1000L));
                    raw += record.Length;
                    if (!journal.Add(record))
                    {
                        Assert.True(journal.Commit());
                        Assert.True(journal.Add(record));
                    }
                }

                Assert.True(journal.Commit());
                if (journal.Thinned > 0)
                {
                    return (round, raw, journal);
                }
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sensors.Edge;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>A day without a network and longer, then the network comes back: what is kept, what is thinned and counted, how fast it drains, and how long new readings wait meanwhile.</summary>
    internal static class OfflineCampaign
    {
        /// <summary>The least speed of draining, as a multiple of real time.</summary>
        public const double LeastSpeed = 20;

        /// <summary>The longest that a new reading may take to the store while the journal drains.</summary>
        public const int MostLiveMilliseconds = 1000;

        private const int Small = 256;
        private const int Large = 2048;
        private const int BytesPerKiB = 1024;
        private const double SecondsPerHour = 3600;
        private const double Day = 24;
        private const double MostHours = 1000;
        private const double MostDrainSeconds = 4 * SecondsPerHour;
        private const double AfterSeconds = 30;

        /// <summary>Runs all cases.</summary>
        /// <param name="seed">Where the machine comes from.</param>
        public static IReadOnlyList<OfflineResult> Run(int seed) => Parallel.Run(
            [
                (false, Small, 150, Day), (true, Small, 150, Day),
                (false, Small, 10, Day), (true, Small, 10, Day),
                (false, Large, 10, MostHours), (true, Large, 10, MostHours),
            ],
            (ValueTuple<bool, int, int, double> which) => Run(seed, which.Item1, which.Item2, which.Item3, which.Item4));

        private static OfflineResult Run(int seed, bool knowsMachine, int volumeKiB, int intervalSeconds, double hours)
        {
            var bank = new ReadingBank(seed, knowsMachine);
            using var node = new OfflineNode(bank, volumeKiB * BytesPerKiB, intervalSeconds);
            Journal journal = node.Delivery.Journal;
            bool untilThinning = hours == MostHours;
            node.Run(hours * SecondsPerHour, () => journal.Thinned > 0);
            double bytes = (double)journal.Bytes / journal.Records;
            if (!untilThinning)
            {
                node.Run(hours * SecondsPerHour, () => false);
            }

            long given = node.Source.GivenOut;
            long thinned = journal.Thinned;
            double offline = node.Seconds;
            (double drain, long live) = Drain(node);
            List<string> broken = Check(node, given, thinned, live, offline / drain);
            if (intervalSeconds == 150 && !knowsMachine && thinned > 0)
            {
                broken.Add("readings were thinned at one per 150 s");
            }

            return new OfflineResult(
                knowsMachine ? "speed and bearing known" : "default features",
                volumeKiB,
                intervalSeconds,
                offline / SecondsPerHour,
                given,
                thinned,
                node.HoursUntilThinning,
                bytes,
                drain,
                offline / drain,
                live,
                [.. broken.Select(what => string.Create(CultureInfo.InvariantCulture, $"{volumeKiB} KiB at {intervalSeconds} s: {what}"))]);
        }

        private static (double Seconds, long Live) Drain(OfflineNode node)
        {
            Journal journal = node.Delivery.Journal;
            double from = node.Seconds;
            long live = 0;
            var stored = new HashSet<long>();
            node.Edge.Committed = now =>
            {
                foreach ((long number, long taken) in node.Source.TakenAt)
                {
                    if (!stored.Contains(number) && node.IsStored(number))
                    {
                        stored.Add(number);
                        live = Math.Max(live, now - taken);
                    }
                }

                foreach (long number in stored)
                {
                    node.Source.TakenAt.Remove(number);
                }
            };
            node.Edge.Up = true;
            node.Run(from + MostDrainSeconds, () => node.Edge.IsConnected); // the node looks for its broker once a minute at least
            node.Source.Watched = true;
            node.Run(from + MostDrainSeconds, () => journal.Records == 0);
            double drain = node.Seconds - from;
            node.Run(node.Seconds + AfterSeconds, () => node.Delivery.Outbox.Count == 0);
            return (drain, live);
        }

        private static List<string> Check(OfflineNode node, long given, long thinned, long live, double speed)
        {
            var broken = new List<string>();
            NodeAccount account = node.Account();
            Journal journal = node.Delivery.Journal;
            if (journal.Records > 0)
            {
                broken.Add("the journal does not drain");
            }

            if (account.Missing > 0)
            {
                broken.Add($"{account.Missing} readings are missing without a reason");
            }

            long counted = account.Epochs.Sum(epoch => epoch.Thinned);
            if (counted != thinned || account.Lost != thinned)
            {
                broken.Add($"{thinned} readings were thinned, the edge counts {counted} thinned and {account.Lost} lost");
            }

            if (account.Received + thinned < given)
            {
                broken.Add($"{given} readings were given out, {account.Received} are stored and {thinned} thinned");
            }

            if (speed < LeastSpeed)
            {
                broken.Add(string.Create(CultureInfo.InvariantCulture, $"it drains at {speed:F1} times real time"));
            }

            if (live > MostLiveMilliseconds)
            {
                broken.Add($"a new reading took {live} ms");
            }

            return broken;
        }
    }
}

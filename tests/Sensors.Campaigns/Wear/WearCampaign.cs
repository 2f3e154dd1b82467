using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Campaigns
{
    /// <summary>How the node's files wear the flash: the real journal in virtual time, every change of a file counted.</summary>
    internal static class WearCampaign
    {
        private const int BytesPerKiB = 1024;
        private const double SecondsPerHour = 3600;
        private const double SecondsPerDay = 24 * SecondsPerHour;
        private const double MostHours = 5000;

        private static readonly int[] VolumesKiB = [256, 2048]; // boards with 4 MB of flash, and with 16
        private static readonly int[] Intervals = [10, 30, 60, 150];

        /// <summary>Counts.</summary>
        /// <param name="seed">Where the machine comes from.</param>
        public static IReadOnlyList<WearRow> Run(int seed) => Parallel.Run(
            [.. VolumesKiB.SelectMany(volume => Intervals.Select(interval => (volume, interval)))],
            ((int Volume, int Interval) which) => Run(seed, which.Volume, which.Interval));

        private static WearRow Run(int seed, int volumeKiB, int intervalSeconds)
        {
            var bank = new ReadingBank(seed, knowsMachine: false);
            WearDay online;
            using (var node = new OfflineNode(bank, volumeKiB * BytesPerKiB, intervalSeconds))
            {
                node.Edge.Up = true;
                online = Day(node);
            }

            // Offline for good the journal is full, and few blocks are free to take turns.
            using (var node = new OfflineNode(bank, volumeKiB * BytesPerKiB, intervalSeconds))
            {
                WearDay offline = Day(node);
                node.Run(MostHours * SecondsPerHour, () => node.Delivery.Journal.Thinned > 0);
                return new WearRow(volumeKiB, intervalSeconds, offline with { FreeBlocks = node.FreeBlocks }, online, node.HoursUntilThinning);
            }
        }

        private static WearDay Day(OfflineNode node)
        {
            node.Run(SecondsPerDay, () => false);
            CountingVolume volume = node.Volume;
            return new WearDay(volume.Closes, volume.Bytes, volume.Blocks, volume.Commits, node.FreeBlocks);
        }
    }
}

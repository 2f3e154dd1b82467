namespace Sensors.Campaigns
{
    /// <summary>What a day does to the flash of a board, and how long it lasts.</summary>
    /// <param name="VolumeKiB">The volume, in KiB.</param>
    /// <param name="IntervalSeconds">From one reading of a point to the next, of three points.</param>
    /// <param name="Offline">A day without a network.</param>
    /// <param name="Online">A day with one.</param>
    /// <param name="HoursUntilThinning">How long the journal takes all readings of a node that is offline.</param>
    internal sealed record WearRow(int VolumeKiB, int IntervalSeconds, WearDay Offline, WearDay Online, double HoursUntilThinning);

    /// <summary>A day of a volume.</summary>
    /// <param name="Closes">Files closed after a change.</param>
    /// <param name="Bytes">Bytes written.</param>
    /// <param name="Blocks">Blocks erased for content.</param>
    /// <param name="Commits">Commits of metadata.</param>
    /// <param name="FreeBlocks">Blocks that are free at its end, over which LittleFS spreads the wear.</param>
    internal sealed record WearDay(long Closes, long Bytes, long Blocks, long Commits, int FreeBlocks)
    {
        /// <summary>How often a block of the flash can be erased: data sheets of the W25Q and GD25Q series.</summary>
        public const int Endurance = 100_000;

        /// <summary>How many commits a block of metadata takes before it is erased: 4,096 bytes in steps of 128, half of them the folder itself.</summary>
        public const int CommitsPerBlock = 16;

        private const double DaysPerYear = 365.25;

        /// <summary>Gets the years until the free blocks are worn out, the wear being spread over them evenly.</summary>
        public double Years => Endurance * (double)FreeBlocks / (Blocks + ((double)Commits / CommitsPerBlock)) / DaysPerYear;
    }
}

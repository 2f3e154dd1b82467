namespace Sensors.Node
{
    /// <summary>What is known of a segment's end from what lies behind it.</summary>
    internal sealed class JournalFollower
    {
        /// <summary>Gets or sets whether it is the very next segment that tells; else one further on, because those between are not sound.</summary>
        public bool IsDirect { get; set; }

        /// <summary>Gets or sets the epoch of the section before it; 0 when nothing is known.</summary>
        public long EpochBefore { get; set; }

        /// <summary>Gets or sets the highest number of that epoch that was durable before it.</summary>
        public long HighBefore { get; set; }

        /// <summary>Gets or sets its own epoch; 0 when nothing is known.</summary>
        public long Epoch { get; set; }

        /// <summary>Gets or sets the number after which its own begin.</summary>
        public long After { get; set; }
    }
}

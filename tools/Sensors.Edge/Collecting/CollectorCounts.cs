namespace Sensors.Edge
{
    /// <summary>What a collector did so far.</summary>
    public readonly record struct CollectorCounts
    {
        /// <summary>Gets the messages taken.</summary>
        public long Messages { get; init; }

        /// <summary>Gets the readings stored.</summary>
        public long Readings { get; init; }

        /// <summary>Gets the alarms stored.</summary>
        public long Alarms { get; init; }

        /// <summary>Gets the gap records stored.</summary>
        public long Gaps { get; init; }

        /// <summary>Gets the readings and alarms that came again.</summary>
        public long Duplicates { get; init; }

        /// <summary>Gets the readings and alarms that came after later ones.</summary>
        public long Late { get; init; }

        /// <summary>Gets the messages that were refused.</summary>
        public long Refused { get; init; }

        /// <summary>Gets the transactions.</summary>
        public long Commits { get; init; }
    }
}

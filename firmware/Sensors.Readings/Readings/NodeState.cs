namespace Sensors.Node
{
    /// <summary>How a node fares, as it says in its status message. Made once; its owner keeps it up to date.</summary>
    public sealed class NodeState
    {
        /// <summary>Gets or sets the seconds since the board started.</summary>
        public long UptimeSeconds { get; set; }

        /// <summary>Gets or sets how many readings wait to be delivered.</summary>
        public int Queued { get; set; }

        /// <summary>Gets or sets how many readings were lost in this epoch: neither memory nor volume had room.</summary>
        public int Dropped { get; set; }

        /// <summary>Gets or sets how many readings gave way to newer ones on the volume since start.</summary>
        public int Thinned { get; set; }

        /// <summary>Gets or sets the bytes that the journal takes on the volume.</summary>
        public long JournalBytes { get; set; }

        /// <summary>Gets or sets how often the connection was made anew in this epoch, the first time not counted.</summary>
        public int Reconnects { get; set; }

        /// <summary>Gets or sets how many exceptions the node caught in this epoch.</summary>
        public int Faults { get; set; }

        /// <summary>Gets or sets whether the node would take the edge's time.</summary>
        public bool AsksTime { get; set; }

        /// <summary>Gets or sets why the node restarted itself before this start, prepared by <see cref="StatusJson.TextOf"/>; null when it did not.</summary>
        public byte[] Restart { get; set; }

        /// <summary>Gets or sets why the last session ended or could not begin, prepared by <see cref="StatusJson.TextOf"/>; null while there was no trouble.</summary>
        public byte[] Error { get; set; }
    }
}

namespace Sensors.Node
{
    /// <summary>The node's counters since start, of which the status message tells those of the link. Each is written by one thread only.</summary>
    public sealed class NodeHealth
    {
        /// <summary>Gets or sets what of the settings cannot be done with what was found; null when all can.</summary>
        public string SettingsError { get; set; }

        /// <summary>Gets or sets how often a session with the broker came up.</summary>
        public int Connects { get; set; }

        /// <summary>Gets or sets why the last session ended or could not begin, without secrets; null while there was no trouble.</summary>
        public string LinkError { get; set; }

        /// <summary>Gets or sets how often a time server or the edge corrected the clock by more than both had said they may be off.</summary>
        public int ClockSteps { get; set; }

        /// <summary>Gets or sets how many transfers were tried again: the first stage of recovery.</summary>
        public int BusRetries { get; set; }

        /// <summary>Gets or sets how often a bus was opened anew: the second stage.</summary>
        public int BusReopens { get; set; }

        /// <summary>Gets or sets how often a chip was started, the first time included: the third stage.</summary>
        public int SensorStarts { get; set; }
    }
}

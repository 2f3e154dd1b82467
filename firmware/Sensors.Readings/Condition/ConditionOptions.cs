namespace Sensors.Node
{
    /// <summary>How a point's condition is judged. Everything has a default.</summary>
    public sealed class ConditionOptions
    {
        /// <summary>Gets or sets the zone table; null for none: then there are no zones, and no limits from them.</summary>
        public ZoneTable Zones { get; set; }

        /// <summary>Gets or sets the rules of the settings, of all points together; each point takes its own.</summary>
        public AlarmRule[] Rules { get; set; } = new AlarmRule[0];

        /// <summary>Gets or sets what is known of the machine at a vibration point; null for nothing.</summary>
        public VibrationOptions Vibration { get; set; }

        /// <summary>Gets or sets from how many readings the baseline is learned, 8 to 1024; 4 bytes each for every feature that has one.</summary>
        public int LearnReadings { get; set; } = 64;

        /// <summary>Gets or sets over which time these are spread, in milliseconds: what the machine goes through must be in it. 0 for one after the other.</summary>
        public long LearnMilliseconds { get; set; } = 86400000;
    }
}

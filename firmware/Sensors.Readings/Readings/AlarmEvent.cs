namespace Sensors.Node
{
    /// <summary>One change of an alarm: raised, worse, better or over. Made once and used again.</summary>
    public sealed class AlarmEvent
    {
        /// <summary>The most characters of a channel's name.</summary>
        public const int MaxChannelLength = 24;

        /// <summary>Gets or sets the channel that is watched, such as <c>vel</c> for the axis that is worst, or <c>x_vel</c>.</summary>
        public WatchedChannel Channel { get; set; }

        /// <summary>Gets or sets the level now.</summary>
        public AlarmLevel Level { get; set; }

        /// <summary>Gets or sets the level before.</summary>
        public AlarmLevel Was { get; set; }

        /// <summary>Gets or sets the value that made the change, in the channel's unit.</summary>
        public float Value { get; set; }

        /// <summary>Gets or sets the limit it crossed, in the channel's unit; NaN where there is none, as for a drift.</summary>
        public float Limit { get; set; }

        /// <summary>Gets or sets what the limit rests on.</summary>
        public AlarmCause Cause { get; set; }
    }

    /// <summary>The name of what an alarm watches, prepared for messages once.</summary>
    public sealed class WatchedChannel
    {
        /// <summary>Makes the name.</summary>
        /// <param name="name">ASCII, 1 to <see cref="AlarmEvent.MaxChannelLength"/> characters, such as <c>vel</c> or <c>x_rms</c>.</param>
        public WatchedChannel(string name)
        {
            Name = name;
            Json = JsonText.Of(name);
            Bytes = System.Text.Encoding.UTF8.GetBytes(name);
        }

        /// <summary>Gets the name.</summary>
        public string Name { get; }

        internal byte[] Json { get; }

        internal byte[] Bytes { get; }
    }

    /// <summary>What an alarm's limit rests on. Numbers are stored: they never change.</summary>
    public enum AlarmCause
    {
        /// <summary>A limit of the settings.</summary>
        Limit = 0,

        /// <summary>A boundary of the ISO 20816 zones.</summary>
        Zone = 1,

        /// <summary>A multiple of the learned baseline.</summary>
        Baseline = 2,

        /// <summary>A drift away from the learned baseline: EWMA or CUSUM.</summary>
        Drift = 3,
    }
}

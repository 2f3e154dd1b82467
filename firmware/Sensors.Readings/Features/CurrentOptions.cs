namespace Sensors.Node
{
    /// <summary>What is known of the machine behind a current point. Everything has a default.</summary>
    public sealed class CurrentOptions
    {
        /// <summary>Gets or sets the shaft's speed in revolutions per minute; 0 while it is not known, and then there are no sidebands.</summary>
        public float SpeedRpm { get; set; }

        /// <summary>Gets or sets the mains frequency in Hz: its cycle is the measure of a direct current's ripple and inrush.</summary>
        public float MainsHertz { get; set; } = 50f;
    }
}

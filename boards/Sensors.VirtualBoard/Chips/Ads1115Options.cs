namespace Sensors.VirtualBoard
{
    /// <summary>How one ADS1115 differs from the ideal one.</summary>
    public sealed class Ads1115Options
    {
        /// <summary>Gets how much faster than nominal the part converts, in percent; the data sheet allows ±10.</summary>
        public double RateErrorPercent { get; init; }

        /// <summary>Gets the offset in LSB; the data sheet allows ±3 between two inputs.</summary>
        public double OffsetLsb { get; init; }

        /// <summary>Gets the gain error in percent; the data sheet allows ±0.15.</summary>
        public double GainErrorPercent { get; init; }

        /// <summary>Gets the noise of a conversion in LSB, standard deviation.</summary>
        public double NoiseLsb { get; init; } = 0.5;
    }
}

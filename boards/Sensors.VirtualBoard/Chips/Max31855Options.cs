namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of a MAX31855 differs from the ideal one.</summary>
    public sealed class Max31855Options
    {
        /// <summary>Gets what the cold junction shows too much, in degrees Celsius; the thermocouple's value is off by as much.</summary>
        public double ColdJunctionErrorCelsius { get; init; }

        /// <summary>Gets the noise of one conversion in degrees Celsius, standard deviation. Assumed.</summary>
        public double NoiseCelsius { get; init; } = 0.05;

        /// <summary>Gets how much faster than typical the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of a MAX31856 differs from the ideal one.</summary>
    public sealed class Max31856Options
    {
        /// <summary>Gets what the cold-junction sensor shows too much, in degrees Celsius; the data sheet allows ±0.7 from -20 to 85 °C.</summary>
        public double ColdJunctionErrorCelsius { get; init; }

        /// <summary>Gets the noise of one conversion in degrees Celsius, standard deviation; averaging divides it by the root of the count. Assumed.</summary>
        public double NoiseCelsius { get; init; } = 0.02;

        /// <summary>Gets how much faster than typical the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }
    }
}

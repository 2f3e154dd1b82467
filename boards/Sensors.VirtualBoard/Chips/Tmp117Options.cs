namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of a TMP117 differs from the ideal one.</summary>
    public sealed class Tmp117Options
    {
        /// <summary>Gets what the part shows too much, in degrees Celsius; the data sheet allows ±0.1 from -20 to 50 °C.</summary>
        public double ErrorCelsius { get; init; }

        /// <summary>Gets how much faster than nominal the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }

        /// <summary>Gets the noise of one conversion in degrees Celsius, standard deviation; averaging divides it by the root of the count.</summary>
        public double NoiseCelsius { get; init; } = 0.011;
    }
}

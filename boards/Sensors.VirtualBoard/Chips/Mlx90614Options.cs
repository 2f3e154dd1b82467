namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an MLX90614 differs from the ideal one.</summary>
    public sealed class Mlx90614Options
    {
        /// <summary>Gets what the part shows too much of the object, in degrees Celsius; the data sheet allows ±0.5 from 0 to 50 °C.</summary>
        public double ErrorCelsius { get; init; }

        /// <summary>Gets how much faster than nominal the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }

        /// <summary>Gets the noise of one word in degrees Celsius, standard deviation.</summary>
        public double NoiseCelsius { get; init; } = 0.02;
    }
}

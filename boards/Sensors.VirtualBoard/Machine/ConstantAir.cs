namespace Sensors.VirtualBoard
{
    /// <summary>The air of a hall: a temperature and a humidity that stay until they are set anew.</summary>
    public sealed class ConstantAir : ITemperatureSource, IHumiditySource
    {
        /// <summary>Gets or sets the temperature in degrees Celsius.</summary>
        public double Celsius { get; set; } = 22;

        /// <summary>Gets or sets the relative humidity in percent.</summary>
        public double Percent { get; set; } = 45;

        /// <inheritdoc/>
        public double CelsiusAt(double seconds) => Celsius;

        /// <inheritdoc/>
        public double PercentAt(double seconds) => Percent;
    }
}

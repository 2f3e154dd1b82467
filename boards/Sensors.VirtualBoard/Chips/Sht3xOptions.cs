namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an SHT3x differs from the ideal one.</summary>
    public sealed class Sht3xOptions
    {
        /// <summary>Gets what the part shows too much, in degrees Celsius; an SHT31 is within ±0.2 from 0 to 90 °C (typical).</summary>
        public double ErrorCelsius { get; init; }

        /// <summary>Gets what the part shows too much, in percent relative humidity; an SHT31 is within ±2 (typical).</summary>
        public double ErrorPercent { get; init; }

        /// <summary>Gets by what the part's noise differs from the data sheet's; 0 for none.</summary>
        public double NoiseFactor { get; init; } = 1;

        /// <summary>Gets how much warmer the part gets with its heater on, in degrees Celsius: "a few".</summary>
        public double HeaterCelsius { get; init; } = 3;
    }
}

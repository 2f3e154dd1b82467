namespace Sensors.VirtualBoard
{
    /// <summary>What a thermometer touches.</summary>
    public interface ITemperatureSource
    {
        /// <summary>Tells the temperature.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>Degrees Celsius.</returns>
        double CelsiusAt(double seconds);
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>The air around a hygrometer.</summary>
    public interface IHumiditySource
    {
        /// <summary>Tells the relative humidity.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <returns>Percent, 0 to 100.</returns>
        double PercentAt(double seconds);
    }
}

namespace Sensors.Node
{
    /// <summary>How a temperature is averaged, and what it is compared with. Everything has a default.</summary>
    public sealed class TemperatureOptions
    {
        /// <summary>The usual time constant of the average, in seconds: a weight of 0.02 for a sample a second.</summary>
        public const float UsualAverageSeconds = 49.5f;

        /// <summary>Gets or sets the time constant of the average, in seconds; more than 0.</summary>
        public float AverageSeconds { get; set; } = UsualAverageSeconds;

        /// <summary>Gets or sets the point that measures the surroundings, such as <c>temp2</c>; null for none, and then there is no rise.</summary>
        public string AmbientPoint { get; set; }
    }
}

namespace Sensors.Node
{
    /// <summary>The numbers of a temperature's or a humidity's fields. They are stored: they never change.</summary>
    public static class TemperatureFields
    {
        /// <summary>Mean, in °C or %.</summary>
        public const int Mean = 0;

        /// <summary>Smallest sample, in °C or %.</summary>
        public const int Min = 1;

        /// <summary>Largest sample, in °C or %.</summary>
        public const int Max = 2;

        /// <summary>Slope of the least-squares line, in °C or % a minute.</summary>
        public const int Slope = 3;

        /// <summary>Exponentially weighted mean of all samples so far, in °C. A temperature's only.</summary>
        public const int Average = 4;

        /// <summary>Mean less that of the surroundings, in K. A temperature's only.</summary>
        public const int Rise = 5;

        /// <summary>Fields of a point.</summary>
        public const int Count = 6;
    }
}

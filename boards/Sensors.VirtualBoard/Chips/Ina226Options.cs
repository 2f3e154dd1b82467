namespace Sensors.VirtualBoard
{
    /// <summary>The shunt an INA226 is wired to, and how one specimen differs from the ideal one.</summary>
    public sealed class Ina226Options
    {
        /// <summary>Gets the shunt's resistance in ohms; common boards carry 0.1, 0.01 or 0.002.</summary>
        public double ShuntOhms { get; init; } = 0.01;

        /// <summary>Gets the offset of the shunt voltage in microvolts; the data sheet allows ±10.</summary>
        public double OffsetMicrovolts { get; init; }

        /// <summary>Gets the gain error of the shunt voltage in percent; the data sheet allows ±0.1.</summary>
        public double GainErrorPercent { get; init; }

        /// <summary>Gets how much faster than nominal the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }

        /// <summary>Gets the noise of one 1.1 ms conversion in LSB, standard deviation; it falls with the root of time and averages.</summary>
        public double NoiseLsb { get; init; } = 0.5;
    }
}

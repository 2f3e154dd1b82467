namespace Sensors.VirtualBoard
{
    /// <summary>The shunt an INA228 is wired to, and how one specimen differs from the ideal one.</summary>
    public sealed class Ina228Options
    {
        /// <summary>Gets the shunt's resistance in ohms; common boards carry 0.015 or 0.002.</summary>
        public double ShuntOhms { get; init; } = 0.015;

        /// <summary>Gets the temperature of the die, in degrees Celsius.</summary>
        public double DieCelsius { get; init; } = 25;

        /// <summary>Gets the offset of the shunt voltage in microvolts; the data sheet allows ±1.</summary>
        public double OffsetMicrovolts { get; init; }

        /// <summary>Gets the gain error of the shunt voltage in percent; the data sheet allows ±0.05.</summary>
        public double GainErrorPercent { get; init; }

        /// <summary>Gets how much faster than nominal the part converts, in parts per million; the data sheet allows ±5000.</summary>
        public double RateErrorPpm { get; init; }

        /// <summary>Gets the noise of one 1.052 ms conversion in microvolts, standard deviation; it falls with the root of time and averages.</summary>
        public double NoiseMicrovolts { get; init; } = 1.5;

        /// <summary>Gets the silicon's revision, the lowest four bits of DEVICE_ID.</summary>
        public int Revision { get; init; } = 1;
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>The shunt an INA219 is wired to, and how one specimen differs from the ideal one.</summary>
    public sealed class Ina219Options
    {
        /// <summary>Gets the shunt's resistance in ohms; nearly all boards carry 0.1.</summary>
        public double ShuntOhms { get; init; } = 0.1;

        /// <summary>Gets the offset of the shunt voltage in microvolts; the data sheet allows ±100 (grade A).</summary>
        public double OffsetMicrovolts { get; init; }

        /// <summary>Gets the gain error of the shunt voltage in percent.</summary>
        public double GainErrorPercent { get; init; }

        /// <summary>Gets how much faster than nominal the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }

        /// <summary>Gets the noise of one 12-bit sample in LSB of 10 µV, standard deviation; it falls with the root of the samples averaged.</summary>
        public double NoiseLsb { get; init; } = 0.5;
    }
}

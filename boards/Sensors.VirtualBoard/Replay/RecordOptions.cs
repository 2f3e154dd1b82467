namespace Sensors.VirtualBoard
{
    /// <summary>What a file of measurements does not say itself.</summary>
    public sealed class RecordOptions
    {
        /// <summary>Gets the sampling rate in hertz, more than 0; null where the file tells it (WAV).</summary>
        public double? RateHertz { get; init; }

        /// <summary>Gets how much of the unit one count, or one full scale of a WAV file, is; not 0.</summary>
        public double Scale { get; init; } = 1;

        /// <summary>Gets the unit: g, mg, m/s2, degC, A, mA, V or mV.</summary>
        public string Unit { get; init; } = "g";

        /// <summary>Gets the column of a CSV file: its number from 1, or its name in the header.</summary>
        public string Column { get; init; } = "1";

        /// <summary>Gets the channel of a WAV file, from 1.</summary>
        public int Channel { get; init; } = 1;
    }
}

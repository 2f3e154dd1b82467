namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an ADXL345 differs from the typical one.</summary>
    public sealed class Adxl345Options
    {
        /// <summary>Gets how much faster than nominal the part samples, in parts per million; parts differ by some percent.</summary>
        public double OutputRateErrorPpm { get; init; }

        /// <summary>Gets how much more than 256 LSB/g the part gives, in percent; the data sheet allows -10 to +10.</summary>
        public double SensitivityErrorPercent { get; init; }

        /// <summary>Gets the zero-g offset of X in milli-g; the data sheet allows ±150.</summary>
        public double OffsetXMilliG { get; init; }

        /// <summary>Gets the zero-g offset of Y in milli-g; the data sheet allows ±150.</summary>
        public double OffsetYMilliG { get; init; }

        /// <summary>Gets the zero-g offset of Z in milli-g; the data sheet allows ±250.</summary>
        public double OffsetZMilliG { get; init; }

        /// <summary>Gets the noise as a multiple of the data sheet's 290 µg/√Hz (X, Y) and 430 µg/√Hz (Z); 0 for none.</summary>
        public double NoiseFactor { get; init; } = 1;

        /// <summary>Gets the supply, 2.0 to 3.6 V; the self-test force grows with it.</summary>
        public double SupplyVolts { get; init; } = 3.3;

        /// <summary>Gets whether the board is wired for 3-wire SPI (SDIO), which DATA_FORMAT must then say.</summary>
        public bool ThreeWire { get; init; }
    }
}

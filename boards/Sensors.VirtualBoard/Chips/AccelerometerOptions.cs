namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an accelerometer differs from the typical one.</summary>
    public class AccelerometerOptions
    {
        /// <summary>Gets how much faster than nominal the part samples, in parts per million; parts differ by some percent.</summary>
        public double OutputRateErrorPpm { get; init; }

        /// <summary>Gets how much more than the typical sensitivity the part gives, in percent; data sheets allow about ±10.</summary>
        public double SensitivityErrorPercent { get; init; }

        /// <summary>Gets the zero-g offset of X in milli-g.</summary>
        public double OffsetXMilliG { get; init; }

        /// <summary>Gets the zero-g offset of Y in milli-g.</summary>
        public double OffsetYMilliG { get; init; }

        /// <summary>Gets the zero-g offset of Z in milli-g.</summary>
        public double OffsetZMilliG { get; init; }

        /// <summary>Gets the noise as a multiple of the data sheet's typical density; 0 for none.</summary>
        public double NoiseFactor { get; init; } = 1;
    }
}

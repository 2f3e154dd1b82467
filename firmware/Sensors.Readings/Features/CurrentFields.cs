namespace Sensors.Node
{
    /// <summary>The numbers of a current point's fields. They are stored: they never change.</summary>
    public static class CurrentFields
    {
        /// <summary>Mean, the direct part, in A; of an alternating current over whole cycles.</summary>
        public const int Mean = 0;

        /// <summary>True RMS in A: the direct part included unless the current alternates, then over whole cycles.</summary>
        public const int Rms = 1;

        /// <summary>Smallest sample, in A.</summary>
        public const int Min = 2;

        /// <summary>Largest sample, in A.</summary>
        public const int Max = 3;

        /// <summary>Frequency of an alternating current, in Hz.</summary>
        public const int Frequency = 4;

        /// <summary>Largest distance from the mean over the RMS about the mean.</summary>
        public const int Crest = 5;

        /// <summary>Harmonics over the fundamental, THD-F: a ratio, 0.05 for 5 %.</summary>
        public const int Distortion = 6;

        /// <summary>Largest RMS of a half cycle over the median RMS of a cycle.</summary>
        public const int Inrush = 7;

        /// <summary>Sideband one shaft speed below the mains frequency, in dB over the fundamental: negative.</summary>
        public const int SidebandLow = 8;

        /// <summary>Sideband one shaft speed above the mains frequency, in dB over the fundamental: negative.</summary>
        public const int SidebandHigh = 9;

        /// <summary>Fields of a point.</summary>
        public const int Count = 10;
    }
}

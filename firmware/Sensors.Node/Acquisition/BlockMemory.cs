namespace Sensors.Node
{
    /// <summary>The memory that all vibration points share, because they measure one after the other: raw counts, slots, and what spectra are computed in.</summary>
    /// <remarks>
    /// Three axes of 2,048 samples take 22.5 kB (12 raw, 8 for the transform, 2 for its table), of 4,096 samples 45 kB. A chip of 26.7 kHz takes a window of one axis
    /// after the other (14,336 samples, 0.54 s, 39 kB in all), or, where there is PSRAM, one second of FIFO slots at once, decoded axis by axis (194 kB + 53 kB).
    /// </remarks>
    public sealed class BlockMemory
    {
        /// <summary>Samples of a block where nothing else is set, if the chip is fast enough for it.</summary>
        public const int UsualBlock = 2048;

        /// <summary>Samples of a long window of one axis without PSRAM: 14 times 1,024, 7 times 2,048.</summary>
        public const int LongAxisSamples = 14336;

        /// <summary>Samples of a long window with PSRAM: one second at the fastest 26.67 kHz may be.</summary>
        public const int LongSamples = 26880;

        private const int CaptureSamples = 1024; // two such blocks take 12 kB
        private const double LongestSeconds = 1.1;  // of a block whose length nobody set
        private const double IntervalPart = 0.0004; // such a block takes at most 40 % of the interval: other points and the arithmetic need theirs

        private const int SamplesPerStamp = 32;      // a slot between samples tells the chip's time

        private readonly bool _external;

        /// <summary>Makes the memory for the blocks that the settings name.</summary>
        /// <param name="settings">What is known of the points.</param>
        /// <param name="external">Whether the board has PSRAM.</param>
        public BlockMemory(Settings settings, bool external)
        {
            _external = external;
            int longest = UsualBlock;
            int counts = VibrationFields.Axes * UsualBlock;
            for (int i = 0; i < settings.Declarations.Length; i++)
            {
                VibrationOptions options = settings.Declarations[i].Vibration;
                int block = options.BlockSamples;
                longest = block > longest ? block : longest;
                block *= options.OneAxisPerCapture ? 1 : VibrationFields.Axes;
                counts = block > counts ? block : counts;
            }

            Counts = new short[counts];
            Fft = new RealFft(longest);
            Work = new float[longest];
        }

        /// <summary>Gets the raw counts of a block.</summary>
        public short[] Counts { get; private set; }

        /// <summary>Gets the slots of a long window; null while no chip needs them.</summary>
        public byte[] Slots { get; private set; }

        /// <summary>Gets the transform.</summary>
        public RealFft Fft { get; }

        /// <summary>Gets what spectra are computed in.</summary>
        public float[] Work { get; }

        /// <summary>Gets how many values of a block are kept for captures: all with PSRAM, the newest 1,024 samples of three axes without.</summary>
        public int CaptureValues
        {
            get { return _external ? (Counts.Length < LongSamples ? LongSamples : Counts.Length) : VibrationFields.Axes * CaptureSamples; }
        }

        /// <summary>Makes room for a chip that delivers slots. Once, when it is found.</summary>
        /// <param name="slotBytes">Bytes of a slot.</param>
        public void MakeRoom(int slotBytes)
        {
            int samples = _external ? LongSamples : LongAxisSamples;
            if (Counts.Length < samples)
            {
                Counts = new short[samples];
            }

            if (_external && Slots == null)
            {
                Slots = new byte[(LongSamples + (LongSamples / SamplesPerStamp) + 1) * slotBytes];
            }
        }

        /// <summary>Tells how many samples make a block.</summary>
        /// <param name="options">What is set of it.</param>
        /// <param name="rate">The chip's rate in Hz.</param>
        /// <param name="intervalMilliseconds">From one reading to the next.</param>
        /// <returns>A power of two, 256 to 4096.</returns>
        public static int BlockFor(VibrationOptions options, float rate, int intervalMilliseconds)
        {
            if (options.BlockSamples != 0)
            {
                return options.BlockSamples;
            }

            double seconds = intervalMilliseconds * IntervalPart;
            if (seconds > LongestSeconds)
            {
                seconds = LongestSeconds;
            }

            int samples = UsualBlock;
            while (samples > VibrationOptions.ShortestBlock && samples > seconds * rate)
            {
                samples /= 2;
            }

            return samples;
        }
    }
}

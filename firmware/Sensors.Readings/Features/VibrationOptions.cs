namespace Sensors.Node
{
    /// <summary>How a vibration point's blocks are taken and analysed. Everything has a default; what is known of the machine has none.</summary>
    public sealed class VibrationOptions
    {
        /// <summary>The fewest samples of a block, and the shortest transform.</summary>
        public const int ShortestBlock = 256;

        /// <summary>The most samples of a block, and the longest transform.</summary>
        public const int LongestBlock = 4096;

        /// <summary>Gets or sets the samples of a block, a power of two from 256 to 4096; 0 for what suits the chip's rate.</summary>
        public int BlockSamples { get; set; }

        /// <summary>Gets or sets the samples of a transform, a power of two up to the block; 0 for the whole block. Shorter ones are averaged, overlapping by half.</summary>
        public int TransformSamples { get; set; }

        /// <summary>Gets or sets whether each axis has a burst of its own, so that a longer window fits into the memory.</summary>
        public bool OneAxisPerCapture { get; set; }

        /// <summary>Gets or sets the lower edge of the velocity band, in Hz.</summary>
        public float VelocityLow { get; set; } = 10f;

        /// <summary>Gets or sets the upper edge of the velocity band, in Hz.</summary>
        public float VelocityHigh { get; set; } = 1000f;

        /// <summary>Gets or sets the edges of the bands in Hz: low and high of the first, of the second, ...; at most 16 bands.</summary>
        public float[] BandEdges { get; set; } = { 10, 100, 100, 200, 200, 400, 400, 600, 600, 800, 800, 1000, 1000, 1250, 1250, 1600 };

        /// <summary>Gets or sets the lower edge of the envelope's band, in Hz.</summary>
        public float EnvelopeLow { get; set; } = 500f;

        /// <summary>Gets or sets the upper edge of the envelope's band, in Hz; the rate may lower it.</summary>
        public float EnvelopeHigh { get; set; } = 5000f;

        /// <summary>Gets or sets the shaft's speed in revolutions per minute; 0 while it is not known.</summary>
        public float SpeedRpm { get; set; }

        /// <summary>Gets or sets the bearing; null while it is not known.</summary>
        public BearingGeometry Bearing { get; set; }

        /// <summary>Gets or sets the axis along the shaft: 0 for X, 1 for Y, 2 for Z.</summary>
        public int AxialAxis { get; set; } = 1;

        /// <summary>Gets or sets the mains frequency in Hz.</summary>
        public float MainsHertz { get; set; } = 50f;

        /// <summary>Looks for options that are good one by one and do not go together.</summary>
        /// <returns>What is wrong; null when nothing is.</returns>
        public string Check()
        {
            if (BlockSamples != 0 && TransformSamples > BlockSamples)
            {
                return "transform must not be longer than block";
            }

            return Bearing != null && SpeedRpm == 0 ? "a bearing's lines follow from the speed: add rpm=" : null;
        }
    }
}

namespace Sensors.Node
{
    /// <summary>Memory for one raw block, and what is known of the block in it. Made once, used again and again.</summary>
    internal sealed class CaptureBlock
    {
        /// <summary>The samples as the chip counts them, axes in turn.</summary>
        internal readonly short[] Counts;

        /// <summary>Where they were taken; null while there are none.</summary>
        internal Point Point;

        /// <summary>Samples per axis.</summary>
        internal int Samples;

        /// <summary>3 for x, y and z in turn, 1 for one axis.</summary>
        internal int Axes;

        /// <summary>Which axis it is where there is one: 0 to 2.</summary>
        internal int Axis;

        /// <summary>Acceleration per count, in m/s².</summary>
        internal float Weight;

        /// <summary>Measured rate in Hz; NaN while it is not known.</summary>
        internal float Rate;

        /// <summary>Samples lost in the block.</summary>
        internal int Lost;

        /// <summary>When the last sample was taken, in milliseconds since start.</summary>
        internal long Taken;

        /// <summary>Grows from block to block.</summary>
        internal long Order;

        /// <summary>True while it belongs to a capture: it is not overwritten.</summary>
        internal bool Frozen;

        internal CaptureBlock(int values)
        {
            Counts = new short[values];
        }

        /// <summary>Gets how many messages the block takes.</summary>
        internal int Chunks
        {
            get
            {
                int samples = CaptureChunk.Values / Axes;
                return (Samples + samples - 1) / samples;
            }
        }
    }
}

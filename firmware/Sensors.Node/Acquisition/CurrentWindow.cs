namespace Sensors.Node
{
    /// <summary>The samples of a window of current. Points share one: they measure one after the other.</summary>
    public sealed class CurrentWindow
    {
        /// <summary>Samples in 200 ms of any source.</summary>
        public const int ShortSamples = 200;

        /// <summary>Samples in 1 s of a clamp: 860 a second, the oscillator 10 % fast.</summary>
        public const int LongSamples = 1024;

        /// <summary>Gets the samples, in amperes.</summary>
        public float[] Amperes { get; private set; } = new float[ShortSamples];

        /// <summary>Makes room for a second: 4 kB, only where sidebands are wanted. Not while a window is taken.</summary>
        public void Lengthen()
        {
            if (Amperes.Length < LongSamples)
            {
                Amperes = new float[LongSamples];
            }
        }
    }
}

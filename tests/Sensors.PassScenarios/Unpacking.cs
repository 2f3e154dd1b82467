namespace Sensors.PassScenarios
{
    /// <summary>The cost model's second example: little-endian counts out of the bytes of a burst.</summary>
    public sealed class Unpacking
    {
        private const int Counts = 768;

        private readonly byte[] _bytes = new byte[2 * Counts];
        private readonly short[] _counts = new short[Counts];

        /// <summary>Unpacks them.</summary>
        [Scenario("unpacking 768 int16", Measured = 3600)]
        public void Unpack()
        {
            byte[] bytes = _bytes;
            short[] counts = _counts;
            int n = counts.Length;
            for (int i = 0; i < n; i++)
            {
                counts[i] = (short)(bytes[2 * i] | (bytes[(2 * i) + 1] << 8));
            }
        }
    }
}

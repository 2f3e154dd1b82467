using Sensors.Node;

namespace NFUnitTest.Node
{
    /// <summary>Chance without any: each draw is another one.</summary>
    internal sealed class CountingRandom : RandomSource
    {
        private byte _draws;

        /// <inheritdoc/>
        public override int Next(int limit)
        {
            return 0;
        }

        /// <inheritdoc/>
        public override void Fill(byte[] buffer)
        {
            _draws++;
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)(0xF0 + _draws);
            }
        }
    }
}

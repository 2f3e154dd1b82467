using System;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>Chance from a seed.</summary>
    internal sealed class SeededRandom : RandomSource
    {
        private readonly Random _random;

        public SeededRandom(int seed)
        {
            _random = new Random(seed);
        }

        public override int Next(int limit) => _random.Next(limit);

        public override void Fill(byte[] buffer) => _random.NextBytes(buffer);
    }
}

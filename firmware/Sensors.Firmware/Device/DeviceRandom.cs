using System;
using Sensors.Node;

namespace Sensors.Firmware
{
    /// <summary>Chance from the package's generator, which an ESP32 feeds from its hardware source.</summary>
    public sealed class DeviceRandom : RandomSource
    {
        private readonly Random _random = new Random();

        /// <inheritdoc/>
        public override int Next(int limit)
        {
            return _random.Next(limit);
        }

        /// <inheritdoc/>
        public override void Fill(byte[] buffer)
        {
            _random.NextBytes(buffer);
        }
    }
}

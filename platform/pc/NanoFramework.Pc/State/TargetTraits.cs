using System;

namespace NanoFramework.Pc
{
    /// <summary>What differs between the chips a firmware image is made for: pins, buses, and what they start with.</summary>
    /// <remarks>Source: nf-interpreter, targets/ESP32/_common/ESP32*_DeviceMapping.cpp; pins: soc_caps.h of ESP-IDF.</remarks>
    internal sealed class TargetTraits
    {
        private readonly ulong _pins;
        private readonly ulong _outputs;

        private TargetTraits(int pinCount, ulong absent, ulong inputsOnly, int i2cBuses, int spiBuses)
        {
            PinCount = pinCount;
            _pins = (pinCount == 64 ? ulong.MaxValue : (1UL << pinCount) - 1) & ~absent;
            _outputs = _pins & ~inputsOnly;
            I2cBuses = i2cBuses;
            SpiBuses = spiBuses;
        }

        public int PinCount { get; }

        public int I2cBuses { get; }

        public int SpiBuses { get; }

        /// <summary>Gets MOSI, MISO and clock of SPI1; -1 where the image assigns none.</summary>
        public int[] Spi1 { get; private init; } = { -1, -1, -1 };

        /// <summary>Gets data and clock of I2C1; -1 where the image assigns none.</summary>
        public int[] I2c1 { get; private init; } = { -1, -1 };

        /// <summary>Gets data and clock of I2C2; -1 where the image assigns none.</summary>
        public int[] I2c2 { get; private init; } = { -1, -1 };

        public static TargetTraits Of(string targetName)
        {
            if (targetName.StartsWith("ESP32_S3", StringComparison.Ordinal))
            {
                return new TargetTraits(49, Bits(22, 25), 0, 2, 2);
            }

            if (targetName.StartsWith("ESP32_S2", StringComparison.Ordinal))
            {
                return new TargetTraits(47, Bits(22, 25), 1UL << 46, 2, 2);
            }

            if (targetName.StartsWith("ESP32_C3", StringComparison.Ordinal))
            {
                // SPI1's defaults are the flash's own pins: nobody can use them, SetPinFunction is needed.
                return new TargetTraits(22, 0, 0, 1, 1) { Spi1 = new[] { 16, 17, 15 }, I2c1 = new[] { 18, 19 } };
            }

            if (targetName.StartsWith("ESP32_C", StringComparison.Ordinal) || targetName.StartsWith("ESP32_H", StringComparison.Ordinal))
            {
                return new TargetTraits(31, 0, 0, 1, 1);
            }

            return new TargetTraits(40, (1UL << 24) | Bits(28, 31), Bits(34, 39), 2, 2)
            {
                Spi1 = new[] { 23, 25, 19 },
                I2c1 = new[] { 18, 19 },
                I2c2 = new[] { 25, 26 },
            };
        }

        public bool HasPin(int pin) => pin >= 0 && pin < 64 && (_pins & (1UL << pin)) != 0;

        public bool CanDrive(int pin) => pin >= 0 && pin < 64 && (_outputs & (1UL << pin)) != 0;

        private static ulong Bits(int from, int to) => ((1UL << (to - from + 1)) - 1) << from;
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the ADS1115, data sheet SBAS444D "Register Map", typed in by hand: no driver's constants.</summary>
    internal static class Ads1115Map
    {
        public const int Conversion = 0, Config = 1, LowThreshold = 2, HighThreshold = 3, PointerMask = 3;
        public const ushort ConfigReset = 0x8583, LowReset = 0x8000, HighReset = 0x7FFF;

        public const ushort OneShot = 0x8000, SingleShotMode = 0x0100, QueueMask = 0x0003;

        /// <summary>Full scale in volts, by PGA.</summary>
        public static readonly double[] FullScaleVolts = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256];

        /// <summary>Conversions a second, by DR.</summary>
        public static readonly int[] Rates = [8, 16, 32, 64, 128, 250, 475, 860];

        /// <summary>The positive input, by MUX.</summary>
        public static readonly int[] Positive = [0, 0, 1, 2, 0, 1, 2, 3];

        /// <summary>The negative input, by MUX; -1 for ground.</summary>
        public static readonly int[] Negative = [1, 3, 3, 3, -1, -1, -1, -1];
    }
}

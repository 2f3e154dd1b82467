namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the MAX31856, data sheet 19-7534 Rev. 0 "Register Memory Map" (table 6), typed in by hand: no driver's constants.</summary>
    internal static class Max31856Map
    {
        public const int Cr0 = 0x00, Cr1 = 0x01, Mask = 0x02, ColdHigh = 0x03, ColdLow = 0x04, High = 0x05, Low = 0x07, ColdOffset = 0x09;
        public const int ColdMsb = 0x0A, ColdLsb = 0x0B, ResultHigh = 0x0C, ResultLow = 0x0E, Status = 0x0F, Size = 0x10;
        public const byte Undefined = 0xFF;

        public const byte Auto = 0x80, OneShot = 0x40, OpenTest = 0x30, ColdDisabled = 0x08, Latching = 0x04, FaultClear = 0x02, Filter50 = 0x01;
        public const byte TypeMask = 0x0F, AveragingMask = 0x70;
        public const int LastType = 7;

        public const byte ColdRange = 0x80, Range = 0x40, AboveColdHigh = 0x20, BelowColdLow = 0x10, AboveHigh = 0x08, BelowLow = 0x04;
        public const byte OverUnderVoltage = 0x02, OpenCircuit = 0x01;

        /// <summary>Reset values by address.</summary>
        public static readonly byte[] ResetValues =
            [0x00, 0x03, 0xFF, 0x7F, 0xC0, 0x7F, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00];

        /// <summary>What the linearisation covers, lowest °C, by type B, E, J, K, N, R, S, T ("Supported Thermocouple Types").</summary>
        public static readonly int[] LowestCelsius = [250, -200, -210, -200, -200, -50, -50, -200];

        /// <summary>What the linearisation covers, highest °C, by type.</summary>
        public static readonly int[] HighestCelsius = [1820, 1000, 1200, 1372, 1300, 1768, 1768, 400];

        /// <summary>Time of an open-circuit test with the cold junction measured, in milliseconds, by OCFAULT (table 4).</summary>
        public static readonly double[] OpenTestMilliseconds = [0, 13.3, 33.4, 113.4];
    }
}

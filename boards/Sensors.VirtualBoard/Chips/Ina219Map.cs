namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the INA219, data sheet SBOS448G "Register Maps", typed in by hand: no driver's constants.</summary>
    internal static class Ina219Map
    {
        public const int Configuration = 0, Shunt = 1, Bus = 2, Power = 3, Current = 4, Calibration = 5;
        public const ushort ConfigurationReset = 0x399F, ResetBit = 0x8000, Settable = 0x3FFF, CalibrationMask = 0xFFFE;
        public const ushort Bus32 = 0x2000, Ready = 0x0002, Overflow = 0x0001;

        /// <summary>Conversion time in microseconds, by BADC or SADC.</summary>
        public static readonly int[] ConversionMicroseconds =
            [84, 148, 276, 532, 84, 148, 276, 532, 532, 1060, 2130, 4260, 8510, 17020, 34050, 68100];

        /// <summary>Bits of the converter that are not there, by BADC or SADC below 8.</summary>
        public static readonly int[] MissingBits = [3, 2, 1, 0, 3, 2, 1, 0];
    }
}

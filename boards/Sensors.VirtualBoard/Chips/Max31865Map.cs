namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the MAX31865, data sheet 19-6478 Rev. 3 "Internal Registers" (table 1), typed in by hand: no driver's constants.</summary>
    internal static class Max31865Map
    {
        public const int Configuration = 0x00, RtdMsb = 0x01, RtdLsb = 0x02, HighMsb = 0x03, LowLsb = 0x06, FaultStatus = 0x07;
        public const byte Undefined = 0xFF; // "Address and Data Bytes": what invalid addresses report

        public const byte Bias = 0x80, Auto = 0x40, OneShot = 0x20, ThreeWire = 0x10, FaultCycle = 0x0C, FaultClear = 0x02, Filter50 = 0x01;
        public const byte CycleAutomatic = 0x04, CycleManualBegin = 0x08, CycleManualEnd = 0x0C, Kept = Bias | Auto | ThreeWire | Filter50;

        public const byte RtdHigh = 0x80, RtdLow = 0x40, RefInHigh = 0x20, RefInLow = 0x10, RtdInLow = 0x08, OverUnderVoltage = 0x04;

        /// <summary>Thresholds after power: high MSB, high LSB, low MSB, low LSB.</summary>
        public static readonly byte[] ThresholdReset = [0xFF, 0xFF, 0x00, 0x00];

        /// <summary>Tells R/R0 of a platinum sensor as IEC 60751 defines it; beyond -200 to 850 °C the equation is continued.</summary>
        public static double PlatinumRatio(double celsius)
        {
            const double A = 3.9083e-3, B = -5.775e-7, C = -4.183e-12;
            double quartic = celsius < 0 ? C * (celsius - 100) * celsius * celsius * celsius : 0;
            return 1 + (A * celsius) + (B * celsius * celsius) + quartic;
        }
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>Commands, times and noise of the SHT3x as its data sheet tells them.</summary>
    internal static class Sht3xMap
    {
        // Table 9, without clock stretching: repeatability high, medium, low.
        public const int MeasureHigh = 0x2400, MeasureMedium = 0x240B, MeasureLow = 0x2416;

        public const int SoftReset = 0x30A2, HeaterOn = 0x306D, HeaterOff = 0x3066, ReadStatus = 0xF32D, ClearStatus = 0x3041, Break = 0x3093;

        // Table 18.
        public const int AlertPending = 0x8000, HeaterFlag = 0x2000, HumidityAlert = 0x0800, TemperatureAlert = 0x0400, ResetDetected = 0x0010, CommandFailed = 0x0002;
        public const int StatusAfterReset = AlertPending | ResetDetected;
        public const int ClearedFlags = AlertPending | HumidityAlert | TemperatureAlert | ResetDetected;

        // Table 5, the longest: high, medium, low repeatability; soft reset and power-up.
        public const long HighNanoseconds = 15_000_000, MediumNanoseconds = 6_000_000, LowNanoseconds = 4_000_000;
        public const long ResetNanoseconds = 1_500_000, PowerUpNanoseconds = 1_000_000;

        // Table 9, "SCL free": the least time between the ends of two commands.
        public const long CommandGapNanoseconds = 1_000_000;

        // Tables 1 and 2: repeatability is three standard deviations.
        public const double HighCelsius = 0.04 / 3, MediumCelsius = 0.08 / 3, LowCelsius = 0.15 / 3;
        public const double HighPercent = 0.08 / 3, MediumPercent = 0.15 / 3, LowPercent = 0.21 / 3;
    }
}

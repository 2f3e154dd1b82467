namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Map").
    public sealed partial class Tmp117
    {
        private static class Register
        {
            public const byte TemperatureResult = 0x00;
            public const byte Configuration = 0x01;
            public const byte HighLimit = 0x02;
            public const byte LowLimit = 0x03;
            public const byte TemperatureOffset = 0x07;
            public const byte DeviceId = 0x0F;
        }

        private static class Configuration
        {
            public const int DataReady = 0x2000;
            public const int OneShot = 0x0C00;         // MOD = 11; reads 01, shutdown, once the conversion is done
            public const int Shutdown = 0x0400;        // MOD = 01
            public const int SoftReset = 0x0002;

            // MOD bit 0, CONV, AVG, T/nA, POL, DR/Alert. MOD bit 1 differs between a one-shot under way and one that is done.
            public const int SettingsMask = 0x07FC;
        }
    }

    /// <summary>Time from one conversion to the next. Each value is the CONV field in its place in Configuration (01h).</summary>
    /// <remarks>Averaging can take longer than the cycle asks for: see <see cref="Tmp117.CycleMicroseconds"/>.</remarks>
    public enum Tmp117Cycle
    {
        /// <summary>15.5 ms, or as fast as the averaging allows.</summary>
        Fastest = 0x0000,

        /// <summary>125 ms.</summary>
        Milliseconds125 = 0x0080,

        /// <summary>250 ms.</summary>
        Milliseconds250 = 0x0100,

        /// <summary>500 ms.</summary>
        Milliseconds500 = 0x0180,

        /// <summary>1 s.</summary>
        Seconds1 = 0x0200,

        /// <summary>4 s.</summary>
        Seconds4 = 0x0280,

        /// <summary>8 s.</summary>
        Seconds8 = 0x0300,

        /// <summary>16 s.</summary>
        Seconds16 = 0x0380,
    }

    /// <summary>Conversions averaged into one result. Each value is the AVG field in its place in Configuration (01h).</summary>
    public enum Tmp117Averages
    {
        /// <summary>No averaging.</summary>
        One = 0x0000,

        /// <summary>8 conversions; at least 125 ms.</summary>
        Eight = 0x0020,

        /// <summary>32 conversions; at least 500 ms.</summary>
        ThirtyTwo = 0x0040,

        /// <summary>64 conversions; at least 1 s.</summary>
        SixtyFour = 0x0060,
    }
}

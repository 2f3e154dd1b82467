namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Map").
    public sealed partial class Ads1115
    {
        private static class Register
        {
            public const byte Conversion = 0x00;
            public const byte Configuration = 0x01;        // Config
            public const byte LowThreshold = 0x02;         // Lo_thresh
            public const byte HighThreshold = 0x03;        // Hi_thresh
        }

        private static class Configuration
        {
            public const int Idle = 0x8000;                // OS read: no conversion is under way
            public const int Begin = 0x8000;               // OS written: begin one
            public const int SettingsMask = 0x7FFF;
            public const int SingleShot = 0x0100;          // MODE
            public const int RateShift = 5;                // DR
        }
    }

    /// <summary>The two ends of the voltage converted. Each value is the MUX field in its place in Config (01h).</summary>
    public enum Ads1115Input
    {
        /// <summary>AIN0 against AIN1, the chip's default.</summary>
        Ain0Ain1 = 0x0000,

        /// <summary>AIN0 against AIN3.</summary>
        Ain0Ain3 = 0x1000,

        /// <summary>AIN1 against AIN3.</summary>
        Ain1Ain3 = 0x2000,

        /// <summary>AIN2 against AIN3.</summary>
        Ain2Ain3 = 0x3000,

        /// <summary>AIN0 against ground.</summary>
        Ain0 = 0x4000,

        /// <summary>AIN1 against ground.</summary>
        Ain1 = 0x5000,

        /// <summary>AIN2 against ground.</summary>
        Ain2 = 0x6000,

        /// <summary>AIN3 against ground.</summary>
        Ain3 = 0x7000,
    }

    /// <summary>Full scale. No pin may leave the supply, whatever the range. Each value is the PGA field in its place in Config (01h).</summary>
    public enum Ads1115Range
    {
        /// <summary>±6.144 V.</summary>
        Millivolts6144 = 0x0000,

        /// <summary>±4.096 V.</summary>
        Millivolts4096 = 0x0200,

        /// <summary>±2.048 V, the chip's default.</summary>
        Millivolts2048 = 0x0400,

        /// <summary>±1.024 V.</summary>
        Millivolts1024 = 0x0600,

        /// <summary>±0.512 V.</summary>
        Millivolts512 = 0x0800,

        /// <summary>±0.256 V.</summary>
        Millivolts256 = 0x0A00,
    }

    /// <summary>Conversions per second, ±10 %. Each value is the code of the DR field of Config (01h).</summary>
    public enum Ads1115Rate
    {
        /// <summary>8 a second.</summary>
        Hertz8 = 0,

        /// <summary>16 a second.</summary>
        Hertz16 = 1,

        /// <summary>32 a second.</summary>
        Hertz32 = 2,

        /// <summary>64 a second.</summary>
        Hertz64 = 3,

        /// <summary>128 a second, the chip's default.</summary>
        Hertz128 = 4,

        /// <summary>250 a second.</summary>
        Hertz250 = 5,

        /// <summary>475 a second.</summary>
        Hertz475 = 6,

        /// <summary>860 a second.</summary>
        Hertz860 = 7,
    }

    /// <summary>What the pin ALERT/RDY does. Each value is the COMP_QUE field of Config (01h).</summary>
    public enum Ads1115Pin
    {
        /// <summary>Low at the end of each conversion ("Conversion Ready Pin").</summary>
        Ready = 0,

        /// <summary>Nothing, the chip's default.</summary>
        Off = 3,
    }
}

namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Maps").
    public sealed partial class Ina226
    {
        private static class Register
        {
            public const byte Configuration = 0x00;
            public const byte ShuntVoltage = 0x01;
            public const byte BusVoltage = 0x02;
            public const byte Current = 0x04;
            public const byte Calibration = 0x05;
            public const byte MaskEnable = 0x06;
            public const byte ManufacturerId = 0xFE;
            public const byte DieId = 0xFF;
        }

        private static class Configuration
        {
            public const int Fixed = 0x4000;           // bits 14 to 12 read 100
            public const int PowerDown = 0x4000;       // MODE = 000
            public const int BusTimeShift = 6;
            public const int ShuntTimeShift = 3;
        }

        private static class MaskEnable
        {
            public const int SettingsMask = 0xFC03;    // alert functions, CNVR, APOL, LEN; the rest are flags
            public const int ConversionReady = 0x0008; // CVRF
            public const int Overflow = 0x0004;        // OVF
        }
    }

    /// <summary>Conversions averaged into one result. Each value is the AVG field in its place in Configuration (00h).</summary>
    public enum Ina226Averages
    {
        /// <summary>No averaging.</summary>
        One = 0x0000,

        /// <summary>4 conversions.</summary>
        Four = 0x0200,

        /// <summary>16 conversions.</summary>
        Sixteen = 0x0400,

        /// <summary>64 conversions.</summary>
        SixtyFour = 0x0600,

        /// <summary>128 conversions.</summary>
        Hundred28 = 0x0800,

        /// <summary>256 conversions.</summary>
        TwoHundred56 = 0x0A00,

        /// <summary>512 conversions.</summary>
        FiveHundred12 = 0x0C00,

        /// <summary>1024 conversions.</summary>
        Thousand24 = 0x0E00,
    }

    /// <summary>Time of one conversion. Each value is the code of the VBUSCT and VSHCT fields of Configuration (00h).</summary>
    public enum Ina226Time
    {
        /// <summary>140 µs.</summary>
        Microseconds140 = 0,

        /// <summary>204 µs.</summary>
        Microseconds204 = 1,

        /// <summary>332 µs.</summary>
        Microseconds332 = 2,

        /// <summary>588 µs.</summary>
        Microseconds588 = 3,

        /// <summary>1.1 ms, the chip's default.</summary>
        Microseconds1100 = 4,

        /// <summary>2.116 ms.</summary>
        Microseconds2116 = 5,

        /// <summary>4.156 ms.</summary>
        Microseconds4156 = 6,

        /// <summary>8.244 ms.</summary>
        Microseconds8244 = 7,
    }

    /// <summary>When shunt and bus voltage are converted. Each value is the MODE field of Configuration (00h).</summary>
    public enum Ina226Mode
    {
        /// <summary>Once, when started or triggered.</summary>
        Triggered = 3,

        /// <summary>Again and again.</summary>
        Continuous = 7,
    }
}

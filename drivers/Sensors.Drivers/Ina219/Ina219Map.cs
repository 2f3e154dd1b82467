namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Maps").
    public sealed partial class Ina219
    {
        private static class Register
        {
            public const byte Configuration = 0x00;
            public const byte ShuntVoltage = 0x01;
            public const byte BusVoltage = 0x02;
            public const byte Power = 0x03;
            public const byte Current = 0x04;
            public const byte Calibration = 0x05;
        }

        private static class Configuration
        {
            public const int Reset = 0x8000;        // RST, clears itself
            public const int ResetValue = 0x399F;
            public const int Bus32Volts = 0x2000;   // BRNG
            public const int BusTimeShift = 7;      // BADC
            public const int ShuntTimeShift = 3;    // SADC
        }

        private static class BusVoltage
        {
            public const int ConversionReady = 0x0002; // CNVR
            public const int Overflow = 0x0001;        // OVF
            public const int Shift = 3;
        }
    }

    /// <summary>Range of the shunt voltage. Each value is the PG field in its place in Configuration (00h).</summary>
    public enum Ina219Range
    {
        /// <summary>±40 mV.</summary>
        Millivolts40 = 0x0000,

        /// <summary>±80 mV.</summary>
        Millivolts80 = 0x0800,

        /// <summary>±160 mV.</summary>
        Millivolts160 = 0x1000,

        /// <summary>±320 mV, the chip's default.</summary>
        Millivolts320 = 0x1800,
    }

    /// <summary>Resolution, or 12-bit samples averaged. Each value is the code of the BADC and SADC fields ("ADC Settings").</summary>
    public enum Ina219Time
    {
        /// <summary>9 bits, 84 µs.</summary>
        Bits9 = 0,

        /// <summary>10 bits, 148 µs.</summary>
        Bits10 = 1,

        /// <summary>11 bits, 276 µs.</summary>
        Bits11 = 2,

        /// <summary>12 bits, 532 µs, the chip's default.</summary>
        Bits12 = 3,

        /// <summary>2 samples, 1.06 ms.</summary>
        Samples2 = 9,

        /// <summary>4 samples, 2.13 ms.</summary>
        Samples4 = 10,

        /// <summary>8 samples, 4.26 ms.</summary>
        Samples8 = 11,

        /// <summary>16 samples, 8.51 ms.</summary>
        Samples16 = 12,

        /// <summary>32 samples, 17.02 ms.</summary>
        Samples32 = 13,

        /// <summary>64 samples, 34.05 ms.</summary>
        Samples64 = 14,

        /// <summary>128 samples, 68.1 ms.</summary>
        Samples128 = 15,
    }

    /// <summary>When shunt and bus voltage are converted. Each value is the MODE field of Configuration (00h).</summary>
    public enum Ina219Mode
    {
        /// <summary>Once, when started or triggered.</summary>
        Triggered = 3,

        /// <summary>Again and again.</summary>
        Continuous = 7,
    }
}

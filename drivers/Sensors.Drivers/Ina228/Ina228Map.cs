namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("INA228 Registers").
    public sealed partial class Ina228
    {
        private static class Register
        {
            public const byte Configuration = 0x00;        // CONFIG
            public const byte AdcConfiguration = 0x01;     // ADC_CONFIG
            public const byte ShuntCalibration = 0x02;     // SHUNT_CAL
            public const byte ShuntVoltage = 0x04;         // VSHUNT, 24 bits
            public const byte BusVoltage = 0x05;           // VBUS, 24 bits
            public const byte Temperature = 0x06;          // DIETEMP
            public const byte Current = 0x07;              // CURRENT, 24 bits
            public const byte Power = 0x08;                // POWER, 24 bits
            public const byte Energy = 0x09;               // ENERGY, 40 bits
            public const byte Charge = 0x0A;               // CHARGE, 40 bits
            public const byte Diagnosis = 0x0B;            // DIAG_ALRT
            public const byte ShuntUnderLimit = 0x0D;      // SUVL
            public const byte ManufacturerId = 0x3E;
            public const byte DeviceId = 0x3F;
        }

        private static class Configuration
        {
            public const int ResetAccumulators = 0x4000;   // RSTACC, clears itself; TEMPCOMP (bit 5) stays 0
        }

        private static class AdcConfiguration
        {
            public const int BusTimeShift = 9;             // VBUSCT
            public const int ShuntTimeShift = 6;           // VSHCT
            public const int TemperatureTimeShift = 3;     // VTCT
            public const int Shutdown = 0x0000;            // MODE = 0
        }

        private static class Diagnosis
        {
            public const int Latch = 0x8000;               // ALATCH: flags stay until they are read
            public const int SettingsMask = 0xF000;        // ALATCH, CNVR, SLOWALERT, APOL; the rest are flags
            public const int EnergyOverflow = 0x0800;      // ENERGYOF
            public const int ChargeOverflow = 0x0400;      // CHARGEOF
            public const int MathOverflow = 0x0200;        // MATHOF
            public const int ConversionReady = 0x0002;     // CNVRF
        }
    }

    /// <summary>Range of the shunt voltage. Each value is ADCRANGE in its place in CONFIG (00h).</summary>
    public enum Ina228Range
    {
        /// <summary>±163.84 mV, the chip's default.</summary>
        Millivolts164 = 0x0000,

        /// <summary>±40.96 mV.</summary>
        Millivolts41 = 0x0010,
    }

    /// <summary>Conversions averaged into one result. Each value is the AVG field of ADC_CONFIG (01h).</summary>
    public enum Ina228Averages
    {
        /// <summary>No averaging.</summary>
        One = 0,

        /// <summary>4 conversions.</summary>
        Four = 1,

        /// <summary>16 conversions.</summary>
        Sixteen = 2,

        /// <summary>64 conversions.</summary>
        SixtyFour = 3,

        /// <summary>128 conversions.</summary>
        Hundred28 = 4,

        /// <summary>256 conversions.</summary>
        TwoHundred56 = 5,

        /// <summary>512 conversions.</summary>
        FiveHundred12 = 6,

        /// <summary>1024 conversions.</summary>
        Thousand24 = 7,
    }

    /// <summary>Time of one conversion. Each value is the code of the VBUSCT, VSHCT and VTCT fields of ADC_CONFIG (01h).</summary>
    public enum Ina228Time
    {
        /// <summary>50 µs.</summary>
        Microseconds50 = 0,

        /// <summary>84 µs.</summary>
        Microseconds84 = 1,

        /// <summary>150 µs.</summary>
        Microseconds150 = 2,

        /// <summary>280 µs.</summary>
        Microseconds280 = 3,

        /// <summary>540 µs.</summary>
        Microseconds540 = 4,

        /// <summary>1.052 ms, the chip's default.</summary>
        Microseconds1052 = 5,

        /// <summary>2.074 ms.</summary>
        Microseconds2074 = 6,

        /// <summary>4.12 ms.</summary>
        Microseconds4120 = 7,
    }

    /// <summary>What is converted and when. Each value is the MODE field in its place in ADC_CONFIG (01h).</summary>
    public enum Ina228Mode
    {
        /// <summary>Shunt and bus voltage, once, when started or triggered.</summary>
        Triggered = 0x3000,

        /// <summary>Shunt and bus voltage, again and again.</summary>
        Continuous = 0xB000,

        /// <summary>Shunt voltage, bus voltage and temperature, again and again.</summary>
        ContinuousWithTemperature = 0xF000,
    }
}

namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Memory Map").
    public sealed partial class Max31856
    {
        private static class Register
        {
            public const byte Configuration0 = 0x00;
            public const byte Configuration1 = 0x01;
            public const byte FaultMask = 0x02;
            public const byte ColdHigh = 0x03;
            public const byte ColdLow = 0x04;
            public const byte HighMsb = 0x05;
            public const byte HighLsb = 0x06;
            public const byte LowMsb = 0x07;
            public const byte LowLsb = 0x08;
            public const byte ColdMsb = 0x0A;
            public const byte ColdLsb = 0x0B;
            public const byte ResultHigh = 0x0C;
            public const byte ResultMiddle = 0x0D;
            public const byte ResultLow = 0x0E;
            public const byte FaultStatus = 0x0F;
        }

        private static class Configuration
        {
            public const byte Automatic = 0x80;
            public const byte OneShot = 0x40;          // self-clearing
            public const byte OpenTest = 0x10;         // OCFAULT = 01: thermocouple and cable below 5 kΩ
            public const byte FaultClear = 0x02;       // self-clearing
            public const byte Filter50 = 0x01;
        }

        private static class FaultStatus
        {
            public const byte OverUnderVoltage = 0x02;
            public const byte Open = 0x01;
        }
    }

    /// <summary>The thermocouple. Each value is the TC TYPE field of CR1 (01h).</summary>
    public enum Max31856Type
    {
        /// <summary>Platinum-rhodium, 250 to 1820 °C.</summary>
        B = 0x00,

        /// <summary>Chromel-constantan, -200 to 1000 °C.</summary>
        E = 0x01,

        /// <summary>Iron-constantan, -210 to 1200 °C.</summary>
        J = 0x02,

        /// <summary>Chromel-alumel, -200 to 1372 °C: the usual one.</summary>
        K = 0x03,

        /// <summary>Nicrosil-nisil, -200 to 1300 °C.</summary>
        N = 0x04,

        /// <summary>Platinum-rhodium 13 %, -50 to 1768 °C.</summary>
        R = 0x05,

        /// <summary>Platinum-rhodium 10 %, -50 to 1768 °C.</summary>
        S = 0x06,

        /// <summary>Copper-constantan, -200 to 400 °C.</summary>
        T = 0x07,
    }

    /// <summary>Samples averaged into one result. Each value is the AVGSEL field in its place in CR1 (01h).</summary>
    public enum Max31856Averages
    {
        /// <summary>No averaging.</summary>
        One = 0x00,

        /// <summary>2 samples.</summary>
        Two = 0x10,

        /// <summary>4 samples.</summary>
        Four = 0x20,

        /// <summary>8 samples.</summary>
        Eight = 0x30,

        /// <summary>16 samples.</summary>
        Sixteen = 0x40,
    }

    /// <summary>The mains whose hum the chip's filter suppresses. Each value is bit 0 of CR0 (00h).</summary>
    public enum Max31856Filter
    {
        /// <summary>60 Hz and its harmonics.</summary>
        Hz60 = 0x00,

        /// <summary>50 Hz and its harmonics.</summary>
        Hz50 = 0x01,
    }

    /// <summary>When the chip converts.</summary>
    public enum Max31856Mode
    {
        /// <summary>Once for each <see cref="Max31856.StartOneShot"/>.</summary>
        OneShot = 0,

        /// <summary>All the time; an open thermocouple is looked for with every 16th conversion only.</summary>
        Automatic = 1,
    }
}

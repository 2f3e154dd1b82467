namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Internal Registers", tables 1 to 7).
    public sealed partial class Max31865
    {
        private static class Register
        {
            public const byte Configuration = 0x00;
            public const byte RtdMsb = 0x01;
            public const byte RtdLsb = 0x02;
            public const byte HighThresholdMsb = 0x03;
            public const byte HighThresholdLsb = 0x04;
            public const byte LowThresholdMsb = 0x05;
            public const byte LowThresholdLsb = 0x06;
            public const byte FaultStatus = 0x07;
        }

        private static class Configuration
        {
            public const byte Bias = 0x80;
            public const byte Automatic = 0x40;
            public const byte OneShot = 0x20;          // self-clearing
            public const byte ThreeWire = 0x10;
            public const byte AutomaticCycle = 0x04;   // fault-detection cycle with the chip's own delays; self-clearing
            public const byte FaultClear = 0x02;       // self-clearing; only with D5, D3 and D2 clear
            public const byte Filter50 = 0x01;
        }

        private static class FaultStatus
        {
            public const byte RtdHigh = 0x80;
            public const byte RtdLow = 0x40;
            public const byte ReferenceHigh = 0x20;    // REFIN- above 0.85 x bias: no current flows
            public const byte ReferenceLow = 0x10;     // REFIN- below 0.85 x bias with FORCE- switched off: a path to ground
            public const byte InputLow = 0x08;         // RTDIN- below 0.85 x bias with FORCE- switched off: a path to ground
            public const byte OverUnderVoltage = 0x04;
        }
    }

    /// <summary>The platinum element. Each value is its resistance at 0 °C in milliohms.</summary>
    public enum Max31865Probe
    {
        /// <summary>100 Ω at 0 °C.</summary>
        Pt100 = 100000,

        /// <summary>1000 Ω at 0 °C.</summary>
        Pt1000 = 1000000,
    }

    /// <summary>How the probe is wired; the board's jumpers must be set to the same.</summary>
    public enum Max31865Wires
    {
        /// <summary>Two wires: their resistance is part of the result, 2.6 °C for each ohm of a PT100.</summary>
        Two = 2,

        /// <summary>Three equal wires: the chip takes the drop over one of them away.</summary>
        Three = 3,

        /// <summary>Four wires: their resistance does not matter.</summary>
        Four = 4,
    }

    /// <summary>The mains whose hum the chip's filter suppresses. Each value is bit 0 of the configuration (00h).</summary>
    public enum Max31865Filter
    {
        /// <summary>60 Hz and its harmonics; a one-shot takes at most 55 ms.</summary>
        Hz60 = 0x00,

        /// <summary>50 Hz and its harmonics; a one-shot takes at most 66 ms.</summary>
        Hz50 = 0x01,
    }

    /// <summary>When the chip converts.</summary>
    public enum Max31865Mode
    {
        /// <summary>Once for each <see cref="Max31865.StartOneShot"/>; between them no current heats the probe.</summary>
        OneShot = 0,

        /// <summary>All the time, at the mains' frequency; the probe's current never ends.</summary>
        Automatic = 1,
    }
}

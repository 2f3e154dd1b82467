namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register mapping", "Register description").
    public sealed partial class Lis2dw12
    {
        private static class Register
        {
            public const byte WhoAmI = 0x0F;
            public const byte Control1 = 0x20;
            public const byte Control2 = 0x21;
            public const byte Control3 = 0x22;
            public const byte Control4 = 0x23; // what drives INT1
            public const byte Control5 = 0x24; // what drives INT2
            public const byte Control6 = 0x25;
            public const byte OutXLow = 0x28;
            public const byte FifoControl = 0x2E;
            public const byte FifoSamples = 0x2F;
            public const byte Control7 = 0x3F;
        }

        private static class Control1
        {
            public const byte PowerDown = 0x00;
            public const byte HighPerformance = 0x04; // MODE = 01
        }

        private static class Control2
        {
            public const byte ResetValue = 0x04;
            public const byte SoftReset = 0x40;
            public const byte BlockDataUpdate = 0x08; // BDU
            public const byte AddressMovesOn = 0x04;  // IF_ADD_INC
        }

        private static class Control3
        {
            public const byte NoSelfTest = 0x00;
            public const byte SelfTestPositive = 0x40; // ST = 01
        }

        private static class Control6
        {
            public const byte LowNoise = 0x04;
        }

        private static class FifoControl
        {
            public const byte Continuous = 0xC0; // FMode = 110
        }

        private static class FifoSamples
        {
            public const byte Overrun = 0x40;
            public const byte LevelMask = 0x3F;
        }
    }

    /// <summary>Full scale. Each value is the FS field of CTRL6 (25h), in its place.</summary>
    public enum Lis2dw12Range
    {
        /// <summary>±2 g, 0.244 mg a digit.</summary>
        G2 = 0x00,

        /// <summary>±4 g, 0.488 mg a digit.</summary>
        G4 = 0x10,

        /// <summary>±8 g, 0.976 mg a digit.</summary>
        G8 = 0x20,

        /// <summary>±16 g, 1.952 mg a digit.</summary>
        G16 = 0x30,
    }

    /// <summary>Output data rate in high-performance mode. Each value is the ODR field of CTRL1 (20h), in its place.</summary>
    public enum Lis2dw12Rate
    {
        /// <summary>12.5 Hz.</summary>
        Hz12_5 = 0x20,

        /// <summary>25 Hz.</summary>
        Hz25 = 0x30,

        /// <summary>50 Hz.</summary>
        Hz50 = 0x40,

        /// <summary>100 Hz.</summary>
        Hz100 = 0x50,

        /// <summary>200 Hz.</summary>
        Hz200 = 0x60,

        /// <summary>400 Hz.</summary>
        Hz400 = 0x70,

        /// <summary>800 Hz: the most a 100 kHz I2C bus carries.</summary>
        Hz800 = 0x80,

        /// <summary>1600 Hz: no wider than 800 Hz, but what lies above 400 Hz folds back less. SPI, or I2C at 400 kHz.</summary>
        Hz1600 = 0x90,
    }

    /// <summary>The low-pass: its -3 dB corner as a part of the output data rate. Each value is the BW_FILT field of CTRL6 (25h), in its place.</summary>
    public enum Lis2dw12Filter
    {
        /// <summary>Half the rate, but 400 Hz at 1600 Hz.</summary>
        Half = 0x00,

        /// <summary>A quarter of the rate.</summary>
        Quarter = 0x40,

        /// <summary>A tenth of the rate.</summary>
        Tenth = 0x80,

        /// <summary>A twentieth of the rate.</summary>
        Twentieth = 0xC0,
    }
}

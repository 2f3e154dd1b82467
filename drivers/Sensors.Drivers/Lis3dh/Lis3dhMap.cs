namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register mapping", "Registers description").
    public sealed partial class Lis3dh
    {
        private static class Register
        {
            public const byte WhoAmI = 0x0F;
            public const byte Control1 = 0x20;
            public const byte Control2 = 0x21; // high-pass filter
            public const byte Control3 = 0x22; // what drives INT1
            public const byte Control4 = 0x23;
            public const byte Control5 = 0x24;
            public const byte Control6 = 0x25; // what drives INT2
            public const byte OutXLow = 0x28;
            public const byte FifoControl = 0x2E;
        }

        private static class Control1
        {
            public const byte PowerDown = 0x07; // the reset value: no rate, all axes
            public const byte AllAxes = 0x07;
            public const byte LowPower = 0x08; // LPen
        }

        private static class Control4
        {
            public const byte BlockDataUpdate = 0x80; // BDU
            public const byte HighResolution = 0x08;  // HR
            public const byte NoSelfTest = 0x00;
            public const byte SelfTest0 = 0x02; // ST = 01
        }

        private static class Control5
        {
            public const byte Boot = 0x80;
            public const byte FifoEnable = 0x40;
        }

        private static class FifoControl
        {
            public const byte Stream = 0x80; // FM = 10
        }

        private static class FifoSource
        {
            public const byte Overrun = 0x40; // OVRN_FIFO
            public const byte LevelMask = 0x1F; // FSS
        }
    }

    /// <summary>Full scale. Each value is the FS field of CTRL_REG4 (23h), in its place.</summary>
    public enum Lis3dhRange
    {
        /// <summary>±2 g, 1 mg a digit.</summary>
        G2 = 0x00,

        /// <summary>±4 g, 2 mg a digit.</summary>
        G4 = 0x10,

        /// <summary>±8 g, 4 mg a digit.</summary>
        G8 = 0x20,

        /// <summary>±16 g, 12 mg a digit.</summary>
        G16 = 0x30,
    }

    /// <summary>Output data rate. Each value is the ODR field of CTRL_REG1 (20h), in its place.</summary>
    public enum Lis3dhRate
    {
        /// <summary>1 Hz.</summary>
        Hz1 = 0x10,

        /// <summary>10 Hz.</summary>
        Hz10 = 0x20,

        /// <summary>25 Hz.</summary>
        Hz25 = 0x30,

        /// <summary>50 Hz.</summary>
        Hz50 = 0x40,

        /// <summary>100 Hz.</summary>
        Hz100 = 0x50,

        /// <summary>200 Hz.</summary>
        Hz200 = 0x60,

        /// <summary>400 Hz: what a 100 kHz I2C bus carries with time to spare.</summary>
        Hz400 = 0x70,

        /// <summary>1600 Hz, low power only.</summary>
        Hz1600 = 0x80,

        /// <summary>1344 Hz; in low power 5376 Hz, which needs SPI.</summary>
        Fastest = 0x90,
    }

    /// <summary>Operating mode: what CTRL_REG1 and CTRL_REG4 say of resolution and power.</summary>
    public enum Lis3dhMode
    {
        /// <summary>12 bits, ten behind the FIFO; the bandwidth is a ninth of the rate: 149 Hz at 1344 Hz.</summary>
        HighResolution,

        /// <summary>Ten bits; the bandwidth is half the rate: 672 Hz at 1344 Hz.</summary>
        Normal,

        /// <summary>Eight bits, steps of 16 digits; the bandwidth is half the rate.</summary>
        LowPower,
    }
}

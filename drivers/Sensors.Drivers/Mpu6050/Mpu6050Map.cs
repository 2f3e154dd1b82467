namespace Sensors.Drivers
{
    // Addresses and bits under the register map's names (§3, §4).
    public sealed partial class Mpu6050
    {
        private static class Register
        {
            public const byte SampleRateDivider = 0x19; // SMPLRT_DIV
            public const byte Config = 0x1A;            // DLPF_CFG
            public const byte AccelConfig = 0x1C;
            public const byte AccelConfig2 = 0x1D;      // MPU6500 and later
            public const byte FifoEnable = 0x23;
            public const byte InterruptPin = 0x37;
            public const byte InterruptEnable = 0x38;
            public const byte InterruptStatus = 0x3A;
            public const byte TemperatureHigh = 0x41;
            public const byte UserControl = 0x6A;
            public const byte Power1 = 0x6B;
            public const byte Power2 = 0x6C;
            public const byte FifoCountHigh = 0x72;
            public const byte FifoData = 0x74;          // FIFO_R_W: a burst stays here
            public const byte WhoAmI = 0x75;
        }

        private static class FifoEnable
        {
            public const byte None = 0x00;
            public const byte Accelerometer = 0x08;
        }

        private static class Interrupt
        {
            public const byte FifoOverflow = 0x10;
        }

        private static class UserControl
        {
            public const byte ResetValue = 0x00;
            public const byte FifoOn = 0x40;    // FIFO_EN is bit 6 ...
            public const byte FifoReset = 0x04; // ... and FIFO_RESET bit 2
        }

        private static class Power1
        {
            public const byte Reset = 0x80;
            public const byte Sleep = 0x40;
            public const byte GyroClock = 0x01; // CLKSEL = 1: steadier than the inner oscillator (§4.28)
        }
    }

    /// <summary>Full scale. Each value is the AFS_SEL field of ACCEL_CONFIG (1Ch), in its place.</summary>
    public enum Mpu6050Range
    {
        /// <summary>±2 g, 16384 digits per g.</summary>
        G2 = 0x00,

        /// <summary>±4 g, 8192 digits per g.</summary>
        G4 = 0x08,

        /// <summary>±8 g, 4096 digits per g.</summary>
        G8 = 0x10,

        /// <summary>±16 g, 2048 digits per g.</summary>
        G16 = 0x18,
    }

    /// <summary>Output data rate of the accelerometer. Each value is what 1 kHz is divided by.</summary>
    public enum Mpu6050Rate
    {
        /// <summary>1000 Hz, the most the accelerometer makes; 54 kbit/s on I2C.</summary>
        Hz1000 = 1,

        /// <summary>500 Hz.</summary>
        Hz500 = 2,

        /// <summary>250 Hz.</summary>
        Hz250 = 4,

        /// <summary>200 Hz.</summary>
        Hz200 = 5,

        /// <summary>125 Hz.</summary>
        Hz125 = 8,

        /// <summary>100 Hz.</summary>
        Hz100 = 10,

        /// <summary>50 Hz.</summary>
        Hz50 = 20,
    }

    /// <summary>The low-pass, named by its -3 dB corner in an MPU6050. Each value is the DLPF_CFG field of CONFIG (1Ah).</summary>
    public enum Mpu6050Filter
    {
        /// <summary>260 Hz; 460 Hz in an MPU6500, MPU9250 or MPU6880; 184 Hz in a clone.</summary>
        Widest = 0,

        /// <summary>184 Hz.</summary>
        Hz184 = 1,

        /// <summary>94 Hz (92 Hz in its relatives).</summary>
        Hz94 = 2,

        /// <summary>44 Hz (41 Hz).</summary>
        Hz44 = 3,

        /// <summary>21 Hz (20 Hz).</summary>
        Hz21 = 4,

        /// <summary>10 Hz.</summary>
        Hz10 = 5,

        /// <summary>5 Hz.</summary>
        Hz5 = 6,
    }
}

namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Map", "Register Definitions").
    public sealed partial class Adxl345
    {
        private static class Register
        {
            public const byte DeviceId = 0x00;
            public const byte OffsetX = 0x1E;
            public const byte OffsetY = 0x1F;
            public const byte OffsetZ = 0x20;
            public const byte BandwidthRate = 0x2C;
            public const byte PowerControl = 0x2D;
            public const byte InterruptEnable = 0x2E;
            public const byte InterruptSource = 0x30;
            public const byte DataFormat = 0x31;
            public const byte DataX0 = 0x32;
            public const byte FifoControl = 0x38;
            public const byte FifoStatus = 0x39;
        }

        private static class PowerControl
        {
            public const byte Standby = 0x00;
            public const byte Measure = 0x08;
        }

        private static class Interrupt
        {
            public const byte Overrun = 0x01;
        }

        private static class DataFormat
        {
            public const byte SelfTest = 0x80;
            public const byte FullResolution = 0x08;
        }

        private static class FifoControl
        {
            public const byte Bypass = 0x00;
            public const byte Stream = 0x80;
        }

        private static class FifoStatus
        {
            public const byte EntriesMask = 0x3F;
        }
    }

    /// <summary>Full scale. Each value is the RANGE field of DATA_FORMAT (31h).</summary>
    public enum Adxl345Range
    {
        /// <summary>±2 g.</summary>
        G2 = 0x00,

        /// <summary>±4 g.</summary>
        G4 = 0x01,

        /// <summary>±8 g.</summary>
        G8 = 0x02,

        /// <summary>±16 g.</summary>
        G16 = 0x03,
    }

    /// <summary>Output data rate; the bandwidth is half of it. Each value is the rate code of BW_RATE (2Ch), normal power.</summary>
    public enum Adxl345Rate
    {
        /// <summary>12.5 Hz.</summary>
        Hz12_5 = 0x07,

        /// <summary>25 Hz.</summary>
        Hz25 = 0x08,

        /// <summary>50 Hz.</summary>
        Hz50 = 0x09,

        /// <summary>100 Hz.</summary>
        Hz100 = 0x0A,

        /// <summary>200 Hz: the most a 100 kHz I2C bus carries.</summary>
        Hz200 = 0x0B,

        /// <summary>400 Hz.</summary>
        Hz400 = 0x0C,

        /// <summary>800 Hz: the most a 400 kHz I2C bus carries.</summary>
        Hz800 = 0x0D,

        /// <summary>1600 Hz, SPI only; the lowest bit is always 0.</summary>
        Hz1600 = 0x0E,

        /// <summary>3200 Hz, SPI only; the lowest bit is always 0. The only rate that reaches 1 kHz with margin.</summary>
        Hz3200 = 0x0F,
    }
}

namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register Map").
    public abstract partial class Adxl35x
    {
        private static class Register
        {
            public const byte AnalogDevicesId = 0x00; // DEVID_AD, then DEVID_MST, PARTID, REVID, Status and FIFO_ENTRIES
            public const byte Status = 0x04;
            public const byte FifoEntries = 0x05;
            public const byte Temperature = 0x06;     // TEMP2, then TEMP1
            public const byte FifoData = 0x11;
            public const byte OffsetX = 0x1E;         // first of the settings
            public const byte PowerControl = 0x2D;
            public const byte SelfTest = 0x2E;        // last of the settings
            public const byte Reset = 0x2F;
            public const byte Shadow = 0x50;
        }

        // Places in a read that begins with DEVID_AD.
        private static class Look
        {
            public const int AnalogDevicesId = 0;
            public const int MemsId = 1;
            public const int PartId = 2;
            public const int Revision = 3;
            public const int Identity = 4; // bytes of it
            public const int Status = 4;
            public const int FifoEntries = 5;
            public const int Length = 6;
        }

        // Places in the image of the settings, 1Eh to 2Eh.
        private static class Setting
        {
            public const int ActivityCount = 0x27 - 0x1E;
            public const int Filter = 0x28 - 0x1E;
            public const int FifoSamples = 0x29 - 0x1E;
            public const int Range = 0x2C - 0x1E;
            public const int PowerControl = 0x2D - 0x1E;
            public const int SelfTest = 0x2E - 0x1E;
            public const int Length = 0x2E - 0x1E + 1;
        }

        private static class Status
        {
            public const int Reserved = 0xE0;
            public const int NvmBusy = 0x10;
            public const int FifoOverrun = 0x04;
        }

        private static class Range
        {
            public const int I2cHighSpeed = 0x80; // the reset value; INT_POL stays 0, active low, for no interrupt pin is used
        }

        private static class PowerControl
        {
            public const byte Measure = 0x00;
            public const byte Standby = 0x01;
        }

        private static class SelfTestControl
        {
            public const byte Mode = 0x01;
            public const byte ModeAndForce = 0x03;
        }

        // The lowest four bits of a FIFO word, below the 20 of the sample ("FIFO Data Organization").
        private static class Word
        {
            public const int MarkerX = 0x01;
            public const int Empty = 0x02;
            public const int Virtual = 0x0C; // always 0
            public const int Flags = 0x0F;
        }
    }

    /// <summary>Output data rate; the bandwidth (-3 dB) is a quarter of it. Each value is the ODR_LPF field of Filter (28h).</summary>
    public enum Adxl35xRate
    {
        /// <summary>4000 Hz, 1 kHz of bandwidth; SPI only.</summary>
        Hz4000 = 0x00,

        /// <summary>2000 Hz, SPI only.</summary>
        Hz2000 = 0x01,

        /// <summary>1000 Hz, SPI only: with 400 kHz I2C the data sheet allows 800 Hz.</summary>
        Hz1000 = 0x02,

        /// <summary>500 Hz: the most a 400 kHz I2C bus may carry.</summary>
        Hz500 = 0x03,

        /// <summary>250 Hz.</summary>
        Hz250 = 0x04,

        /// <summary>125 Hz: the most a 100 kHz I2C bus may carry.</summary>
        Hz125 = 0x05,

        /// <summary>62.5 Hz.</summary>
        Hz62_5 = 0x06,

        /// <summary>31.25 Hz.</summary>
        Hz31_25 = 0x07,

        /// <summary>15.625 Hz.</summary>
        Hz15_625 = 0x08,

        /// <summary>7.8125 Hz.</summary>
        Hz7_8125 = 0x09,

        /// <summary>3.90625 Hz.</summary>
        Hz3_90625 = 0x0A,
    }
}

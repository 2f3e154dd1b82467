namespace Sensors.Drivers
{
    // Addresses and bits under the data sheet's names ("Register mapping", "Register description").
    public sealed partial class Iis3dwb
    {
        private static class Register
        {
            public const byte PinControl = 0x02;
            public const byte FifoControl1 = 0x07;
            public const byte FifoControl2 = 0x08;
            public const byte FifoControl3 = 0x09;
            public const byte FifoControl4 = 0x0A;
            public const byte CounterBatch1 = 0x0B;
            public const byte CounterBatch2 = 0x0C;
            public const byte Interrupt1 = 0x0D;
            public const byte Interrupt2 = 0x0E;
            public const byte WhoAmI = 0x0F;
            public const byte Control1 = 0x10;
            public const byte Control3 = 0x12;
            public const byte Control4 = 0x13;
            public const byte Control5 = 0x14;
            public const byte Control6 = 0x15;
            public const byte Control8 = 0x17;
            public const byte Control10 = 0x19;
            public const byte FifoStatus1 = 0x3A;
            public const byte InternalFrequencyFine = 0x63;
            public const byte OffsetX = 0x73;
            public const byte OffsetY = 0x74;
            public const byte OffsetZ = 0x75;
            public const byte FifoDataOutTag = 0x78;
        }

        private static class PinControl
        {
            public const byte NoPullUp = 0x3F; // bits 5:0 stay 1, as after a reset
        }

        private static class FifoControl3
        {
            public const byte BatchEverySample = 0x0A; // BDR_XL: without it the FIFO stays empty
        }

        private static class FifoControl4
        {
            public const byte Bypass = 0x00;
            public const byte StopWhenFull = 0x01;          // FIFO mode
            public const byte Continuous = 0x06;
            public const byte StampEvery32 = 0xC0;          // DEC_TS_BATCH = 11
        }

        private static class Control1
        {
            public const byte PowerDown = 0x00;
            public const byte Enabled = 0xA0;               // XL_EN = 101; every other code but 000 is reserved
            public const byte SecondFilter = 0x02;          // LPF2_XL_EN
        }

        private static class Control3
        {
            public const byte BlockDataUpdate = 0x40;
            public const byte AddressMovesOn = 0x04;        // IF_INC
            public const byte Reset = 0x01;                 // SW_RESET, clears itself
        }

        private static class Control4
        {
            public const byte NoI2c = 0x04;                 // I2C_disable
        }

        private static class Control5
        {
            public const byte PushUp = 0x01;                // ST
            public const byte PushDown = 0x02;
        }

        private static class Control8
        {
            public const byte CornerMask = 0xE0;            // HPCF_XL
        }

        private static class Control10
        {
            public const byte StampOn = 0x20;               // TIMESTAMP_EN
        }

        private static class FifoStatus2
        {
            public const byte LevelMask = 0x03;             // DIFF_FIFO, bits 9:8
            public const byte Latched = 0x08;               // FIFO_OVR_LATCHED, clears when read
            public const byte Full = 0x40;                  // FIFO_OVR_IA: completely filled
        }

        private static class Tag
        {
            public const int Acceleration = 2;
            public const int Temperature = 3;
            public const int Stamp = 4;
            public const int CountMask = 0x03;              // TAG_CNT, after a shift by one
            public const int KindShift = 3;                 // 0x11 >> 3 = 2: acceleration; the low five bits say nothing
        }
    }

    /// <summary>Full scale. Each value is the FS field, in its place in CTRL1_XL (10h): the order of the codes is 2, 16, 4, 8.</summary>
    public enum Iis3dwbRange
    {
        /// <summary>±2 g, 0.061 mg a digit.</summary>
        G2 = 0x00,

        /// <summary>±16 g, 0.488 mg a digit.</summary>
        G16 = 0x04,

        /// <summary>±4 g, 0.122 mg a digit.</summary>
        G4 = 0x08,

        /// <summary>±8 g, 0.244 mg a digit.</summary>
        G8 = 0x0C,
    }

    /// <summary>The low-pass in the chip. Each value is LPF2_XL_EN in its place in CTRL1_XL (10h) and HPCF in its place in CTRL8_XL (17h).</summary>
    /// <remarks>
    /// Corners are where the response is down by 3 dB. The first filter is always there: flat from 0 Hz, ±3 dB at 6 kHz (the front page's
    /// figure; the application note says 6.3 kHz). Neither document gives the shape of the second one between and beyond.
    /// </remarks>
    public enum Iis3dwbFilter
    {
        /// <summary>The first filter alone: 0 to 6 kHz.</summary>
        Wide = 0x00,

        /// <summary>A quarter of the rate, 6,667 Hz: hardly more than <see cref="Wide"/>.</summary>
        RateBy4 = 0x02,

        /// <summary>A tenth of the rate, 2,667 Hz.</summary>
        RateBy10 = 0x22,

        /// <summary>A twentieth of the rate, 1,333 Hz: what 10 to 1,000 Hz needs.</summary>
        RateBy20 = 0x42,

        /// <summary>593 Hz.</summary>
        RateBy45 = 0x62,

        /// <summary>267 Hz.</summary>
        RateBy100 = 0x82,

        /// <summary>133 Hz.</summary>
        RateBy200 = 0xA2,

        /// <summary>67 Hz.</summary>
        RateBy400 = 0xC2,

        /// <summary>33 Hz.</summary>
        RateBy800 = 0xE2,
    }

    /// <summary>Which samples leave the driver. Each value but the first says how many samples of the chip make one.</summary>
    public enum Iis3dwbMode
    {
        /// <summary>The first 512 samples after <see cref="FifoAccelerometer.Begin"/>, 19.2 ms, in one piece; then the chip stops until the next one.</summary>
        Snapshot = 0,

        /// <summary>Every sample: 26.667 kHz.</summary>
        Continuous = 1,

        /// <summary>Every 4th: 6.667 kHz. With <see cref="Iis3dwbFilter.RateBy10"/>.</summary>
        Every4 = 4,

        /// <summary>Every 8th: 3.333 kHz. With <see cref="Iis3dwbFilter.RateBy20"/>.</summary>
        Every8 = 8,

        /// <summary>Every 20th: 1.333 kHz. With <see cref="Iis3dwbFilter.RateBy45"/>.</summary>
        Every20 = 20,
    }
}

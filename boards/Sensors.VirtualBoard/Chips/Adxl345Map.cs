namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the ADXL345, data sheet Rev. E "Register map" (table 19), typed in by hand: no driver's constants.</summary>
    internal static class Adxl345Map
    {
        public const int Size = 0x40;
        public const byte DevId = 0x00, DevIdValue = 0xE5;
        public const byte OfsX = 0x1E, OfsZ = 0x20;
        public const byte BwRate = 0x2C, BwRateReset = 0x0A;
        public const byte PowerCtl = 0x2D, IntEnable = 0x2E, IntMap = 0x2F, IntSource = 0x30, DataFormat = 0x31;
        public const byte DataX0 = 0x32, DataZ1 = 0x37, FifoCtl = 0x38, FifoStatus = 0x39;

        public const byte LowPower = 0x10, RateMask = 0x0F, Rate1600 = 0x0E;
        public const byte Measure = 0x08;
        public const byte SelfTest = 0x80, ThreeWireSpi = 0x40, IntInvert = 0x20, FullRes = 0x08, Justify = 0x04, RangeMask = 0x03;
        public const byte SamplesMask = 0x1F, ModeBypass = 0, ModeFifo = 1, ModeTrigger = 3;
        public const byte DataReady = 0x80, Watermark = 0x02, Overrun = 0x01, FifoTriggered = 0x80;
        public const int FifoEntries = 33; // "FIFO": 32 levels and one in the output stage, so FIFO_STATUS can reach 33

        public static bool IsReadable(int register) => register is DevId or (>= 0x1D and <= FifoStatus);

        public static bool IsWritable(int register) =>
            register is (>= 0x1D and <= 0x2A) or (>= BwRate and <= IntMap) or DataFormat or FifoCtl;

        public static byte ResetValue(int register) => register switch
        {
            DevId => DevIdValue,
            BwRate => BwRateReset,
            _ => 0,
        };
    }
}

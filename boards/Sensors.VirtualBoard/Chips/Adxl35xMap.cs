namespace Sensors.VirtualBoard
{
    /// <summary>Registers of ADXL355 and ADXL357, after the data sheet ADXL359 Rev. 0, table 13 "Register map"; typed in by hand.</summary>
    internal static class Adxl35xMap
    {
        public const int Size = 0x80;
        public const int Top = 0x3FF; // "Reading acceleration or temperature data": where counting up ends
        public const byte DevIdAd = 0x00, DevIdMst = 0x01, PartId = 0x02, RevId = 0x03;
        public const byte PartIdValue = 0xED, PartIdOfAdxl359 = 0xE9;
        public const byte Status = 0x04, FifoEntries = 0x05, Temp2 = 0x06, Temp1 = 0x07;
        public const byte XData3 = 0x08, ZData1 = 0x10, FifoData = 0x11;
        public const byte OffsetXH = 0x1E, OffsetZL = 0x23, ActEn = 0x24, ActCount = 0x27;
        public const byte Filter = 0x28, FifoSamples = 0x29, IntMap = 0x2A, Sync = 0x2B, Range = 0x2C, PowerCtl = 0x2D, SelfTest = 0x2E;
        public const byte Reset = 0x2F, ResetCode = 0x52;
        public const byte Shadow = 0x50, ShadowEnd = 0x54;

        public const byte DataRdy = 0x01, FifoFull = 0x02, FifoOvr = 0x04, Activity = 0x08, NvmBusy = 0x10;
        public const byte HpfMask = 0x70, OdrMask = 0x0F, SlowestOdr = 10, LastHpf = 6;
        public const byte RangeMask = 0x03, IntPol = 0x40;
        public const byte Standby = 0x01, TempOff = 0x02;
        public const byte SelfTestOn = 0x03; // ST1 alone is the mode without the force
        public const byte MarkerX = 0x01, Empty = 0x02;
        public const int FifoWords = 96;

        /// <summary>High-pass corners as parts of the output rate, table 42.</summary>
        public static readonly double[] HpfCorner = [0, 24.7e-4, 6.2084e-4, 1.5545e-4, 0.3862e-4, 0.0954e-4, 0.0238e-4];

        public static bool IsReadable(int register) =>
            register is <= FifoData or (>= OffsetXH and <= SelfTest) or (>= Shadow and <= ShadowEnd);

        public static bool IsWritable(int register) => register is (>= OffsetXH and <= Reset);

        /// <summary>Tells the bits of a register that can be written; the others are reserved and read 0.</summary>
        public static byte WritableBits(int register) => register switch
        {
            ActEn or Sync or PowerCtl => 0x07,
            Filter or FifoSamples => 0x7F,
            Range => 0xC3,
            SelfTest => 0x03,
            _ => 0xFF,
        };

        /// <summary>Tells whether the data sheet defines a register's content.</summary>
        public static bool IsDefined(int register, byte value) => register switch
        {
            Filter => (value & OdrMask) <= SlowestOdr && (value & HpfMask) >> 4 <= LastHpf,
            FifoSamples => value is >= 1 and <= FifoWords,
            Sync => (value & 0x03) != 0x03,
            Range => (value & RangeMask) != 0,
            Reset => value == ResetCode,
            _ => true,
        };

        public static byte ResetValue(int register) => register switch
        {
            DevIdAd => 0xAD,
            DevIdMst => 0x1D,
            PartId => PartIdValue,
            ActCount => 0x01,
            FifoSamples => 0x60,
            Range => 0x81,
            PowerCtl => 0x01,
            _ => 0,
        };
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the IIS3DWB, data sheet DS12569 "Register mapping", typed in by hand: no driver's constants.</summary>
    /// <remarks>Reset values not tabled in the sources at hand are 0; PIN_CTRL 3Fh, CTRL3_C 04h and CTRL7_C itself are unverified.</remarks>
    internal static class Iis3dwbMap
    {
        public const int Size = 0x80;
        public const byte PinCtrl = 0x02, PinCtrlReset = 0x3F, PinCtrlSdoPullUp = 0x40;
        public const byte FifoCtrl1 = 0x07, FifoCtrl2 = 0x08, FifoCtrl3 = 0x09, FifoCtrl4 = 0x0A;
        public const byte CounterBdr1 = 0x0B, CounterBdr2 = 0x0C, Int1Ctrl = 0x0D, Int2Ctrl = 0x0E;
        public const byte WhoAmI = 0x0F, WhoAmIValue = 0x7B;
        public const byte Ctrl1 = 0x10, Ctrl3 = 0x12, Ctrl3Reset = 0x04, Ctrl4 = 0x13, Ctrl5 = 0x14, Ctrl6 = 0x15, Ctrl7 = 0x16, Ctrl8 = 0x17;
        public const byte Ctrl10 = 0x19, AllIntSrc = 0x1A, WakeUpSrc = 0x1B, Status = 0x1E, OutTempLow = 0x20, OutTempHigh = 0x21;
        public const byte OutXLow = 0x28, OutZHigh = 0x2D, FifoStatus1 = 0x3A, FifoStatus2 = 0x3B, Timestamp0 = 0x40, Timestamp2 = 0x42, Timestamp3 = 0x43;
        public const byte SlopeEn = 0x56, InterruptsEn = 0x58, WakeUpThs = 0x5B, WakeUpDur = 0x5C, Md1Cfg = 0x5E, Md2Cfg = 0x5F;
        public const byte FreqFine = 0x63, OfsX = 0x73, OfsZ = 0x75, FifoTag = 0x78, FifoLast = 0x7E;

        public const byte StopOnWatermark = 0x80, Watermark8 = 0x01;
        public const byte BatchMask = 0x0F, BatchEverySample = 0x0A;
        public const int ModeMask = 0x07, ModeBypass = 0, ModeFifo = 1, ModeContinuousToFifo = 3, ModeBypassToContinuous = 4, ModeContinuous = 6, ModeBypassToFifo = 7;
        public const int TemperatureShift = 4, TemperatureMask = 0x03, Temperature104Hz = 3;
        public const byte EnableMask = 0xE0, EnableOn = 0xA0, RangeMask = 0x0C, SecondFilter = 0x02;
        public const byte Boot = 0x80, BlockDataUpdate = 0x40, ActiveLow = 0x20, ThreeWire = 0x08, Increment = 0x04, SoftReset = 0x01;
        public const byte SelfTestMask = 0x03, SelfTestUp = 0x01, SelfTestDown = 0x02;
        public const byte OffsetWeight = 0x08, AxisMask = 0x03, OffsetOnOut = 0x02;
        public const byte HighPass = 0x04, TimestampOn = 0x20;
        public const byte DataReady = 0x01, TemperatureReady = 0x02;
        public const byte StatusWatermark = 0x80, StatusOverrun = 0x40, StatusFull = 0x20, StatusLatched = 0x08;
        public const byte IntFull = 0x20, IntOverrun = 0x10, IntWatermark = 0x08, IntDataReady = 0x01;
        public const byte TimestampResetCode = 0xAA;
        public const int TagAcceleration = 2, TagTemperature = 3, TagTimestamp = 4;
        public const int FifoSlots = 512, SlotBytes = 7;

        public static bool IsReadable(int register) => register is PinCtrl or (>= FifoCtrl1 and <= Ctrl1) or (>= Ctrl3 and <= Ctrl8) or Ctrl10
            or AllIntSrc or WakeUpSrc or Status or OutTempLow or OutTempHigh or (>= OutXLow and <= OutZHigh) or FifoStatus1 or FifoStatus2
            or (>= Timestamp0 and <= Timestamp3) or SlopeEn or InterruptsEn or WakeUpThs or WakeUpDur or Md1Cfg or Md2Cfg or FreqFine
            or (>= OfsX and <= OfsZ) or (>= FifoTag and <= FifoLast);

        public static bool IsWritable(int register) => register is PinCtrl or (>= FifoCtrl1 and <= Int2Ctrl) or Ctrl1 or (>= Ctrl3 and <= Ctrl8)
            or Ctrl10 or Timestamp2 or SlopeEn or InterruptsEn or WakeUpThs or WakeUpDur or Md1Cfg or Md2Cfg or (>= OfsX and <= OfsZ);

        public static byte ResetValue(int register) => register switch
        {
            PinCtrl => PinCtrlReset,
            WhoAmI => WhoAmIValue,
            Ctrl3 => Ctrl3Reset,
            _ => 0,
        };
    }
}

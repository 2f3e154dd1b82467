namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the LIS2DW12, DocID029682 Rev 3 "Register mapping", typed in by hand: no driver's constants.</summary>
    internal static class Lis2dw12Map
    {
        public const int Size = 0x40, AddressMask = 0x7F;
        public const byte OutTL = 0x0D, OutTH = 0x0E;
        public const byte WhoAmI = 0x0F, WhoAmIValue = 0x44;
        public const byte Ctrl1 = 0x20, Ctrl2 = 0x21, Ctrl3 = 0x22, Ctrl4Int1 = 0x23, Ctrl5Int2 = 0x24, Ctrl6 = 0x25;
        public const byte OutT = 0x26, Status = 0x27;
        public const byte OutXL = 0x28, OutZH = 0x2D, FifoCtrl = 0x2E, FifoSamples = 0x2F;
        public const byte TapThsX = 0x30, FreeFall = 0x36, StatusDup = 0x37, XOfsUsr = 0x3C, Ctrl7 = 0x3F;

        public const byte HighPerformance = 1, OnDemand = 2;                       // MODE of CTRL1
        public const byte Boot = 0x80, SoftReset = 0x40, Bdu = 0x08, IfAddInc = 0x04, I2cDisable = 0x02, Sim = 0x01, Ctrl2Reset = 0x04;
        public const byte HLactive = 0x08;                                         // CTRL3
        public const byte LowNoise = 0x04;                                         // CTRL6
        public const byte IntDrdy = 0x01, IntFth = 0x02, IntDiff5 = 0x04, Int2Ovr = 0x08;
        public const byte StatusDrdy = 0x01, StatusFifoThs = 0x80, DupOvr = 0x80;
        public const byte FthMask = 0x1F, FifoFth = 0x80, FifoOvr = 0x40;
        public const int ModeBypass = 0, ModeFifo = 1, ModeContinuousToFifo = 3, ModeBypassToContinuous = 4, ModeContinuous = 6;
        public const int FifoEntries = 32;

        public static bool IsReadable(int register) => register is (>= OutTL and <= WhoAmI) or (>= Ctrl1 and <= Ctrl7);

        public static bool IsWritable(int register) =>
            register is (>= Ctrl1 and <= Ctrl6) or FifoCtrl or (>= TapThsX and <= FreeFall) or (>= XOfsUsr and <= Ctrl7);

        public static byte ResetValue(int register) => register switch
        {
            WhoAmI => WhoAmIValue,
            Ctrl2 => Ctrl2Reset,
            _ => 0,
        };
    }
}

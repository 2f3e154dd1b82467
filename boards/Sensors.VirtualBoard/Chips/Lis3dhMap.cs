namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the LIS3DH, DocID17530 Rev 2 "Register mapping", typed in by hand: no driver's constants.</summary>
    internal static class Lis3dhMap
    {
        public const int Size = 0x40, SpiAddressMask = 0x3F, I2cAddressMask = 0x7F;
        public const byte I2cAutoIncrement = 0x80;
        public const byte StatusAux = 0x07, OutAdc3H = 0x0D, WhoAmI = 0x0F, WhoAmIValue = 0x33, CtrlReg0 = 0x1E, CtrlReg0Reset = 0x10;
        public const byte Ctrl1 = 0x20, Ctrl1Reset = 0x07, Ctrl3 = 0x22, Ctrl4 = 0x23, Ctrl5 = 0x24, Ctrl6 = 0x25, Reference = 0x26, Status = 0x27;
        public const byte OutXL = 0x28, OutZH = 0x2D, FifoCtrl = 0x2E, FifoSrc = 0x2F;
        public const byte Int1Src = 0x31, Int2Src = 0x35, ClickSrc = 0x39, ActDur = 0x3F;

        public const byte LpEn = 0x08, AxesMask = 0x07;                         // CTRL_REG1
        public const byte I1Zyxda = 0x10, I1Wtm = 0x04, I1Overrun = 0x02;       // CTRL_REG3
        public const byte Bdu = 0x80, Ble = 0x40, Hr = 0x08, Sim = 0x01;        // CTRL_REG4
        public const byte Boot = 0x80, FifoEn = 0x40;                           // CTRL_REG5
        public const byte IntPolarity = 0x02;                                   // CTRL_REG6
        public const byte Zyxda = 0x0F, Zyxor = 0xF0;                           // STATUS_REG
        public const byte Wtm = 0x80, OvrnFifo = 0x40, Empty = 0x20, FssMask = 0x1F;
        public const int ModeBypass = 0, ModeFifo = 1, ModeStreamToFifo = 3;
        public const int FifoEntries = 32;

        public static bool IsReadable(int register) =>
            register is (>= StatusAux and <= OutAdc3H) or WhoAmI or (>= CtrlReg0 and <= ActDur);

        public static bool IsWritable(int register) =>
            register is (>= CtrlReg0 and <= Reference) or FifoCtrl
            || (register is > FifoSrc and <= ActDur and not (Int1Src or Int2Src or ClickSrc));

        public static byte ResetValue(int register) => register switch
        {
            WhoAmI => WhoAmIValue,
            CtrlReg0 => CtrlReg0Reset,
            Ctrl1 => Ctrl1Reset,
            _ => 0,
        };
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the MPU6050 family, RM-MPU-6000A-00 Rev 4.2 and RM-MPU-6500A-00 Rev 2.1, typed in by hand: no driver's constants.</summary>
    internal static class Mpu6050Map
    {
        public const int Size = 0x80, AddressMask = 0x7F;
        public const byte SelfTestX = 0x0D, SelfTestA = 0x10;
        public const byte SmplrtDiv = 0x19, Config = 0x1A, GyroConfig = 0x1B, AccelConfig = 0x1C, AccelConfig2 = 0x1D, MotThr = 0x1F;
        public const byte FifoEn = 0x23, I2cMstStatus = 0x36, IntPinCfg = 0x37, IntEnable = 0x38, IntStatus = 0x3A;
        public const byte AccelXoutH = 0x3B, AccelZoutL = 0x40, TempOutH = 0x41, TempOutL = 0x42, GyroZoutL = 0x48, ExtSensLast = 0x60;
        public const byte I2cSlv0Do = 0x63, UserCtrl = 0x6A, PwrMgmt1 = 0x6B, PwrMgmt2 = 0x6C;
        public const byte FifoCountH = 0x72, FifoCountL = 0x73, FifoRw = 0x74, WhoAmI = 0x75;

        public const byte DlpfMask = 0x07, NoFchoice = 0x08;                      // CONFIG, ACCEL_CONFIG2
        public const byte FifoTemp = 0x80, FifoGyroX = 0x40, FifoGyroY = 0x20, FifoGyroZ = 0x10, FifoAccel = 0x08;
        public const byte FifoOflow = 0x10, DataRdy = 0x01;                       // INT_ENABLE, INT_STATUS
        public const byte UserFifoEn = 0x40, UserFifoReset = 0x04, UserSelfClearing = 0x07;
        public const byte DeviceReset = 0x80, Sleep = 0x40;

        public const byte Mpu6050Id = 0x68, Mpu6500Id = 0x70, Mpu9250Id = 0x71, Mpu6880Id = 0x19, CloneId = 0x98;

        public static bool IsReadable(int register, bool wide) =>
            register is (>= SelfTestX and <= SelfTestA) or (>= SmplrtDiv and <= AccelConfig) or MotThr or (>= FifoEn and <= IntEnable)
                or (>= IntStatus and <= ExtSensLast) or (>= I2cSlv0Do and <= PwrMgmt2) or (>= FifoCountH and <= WhoAmI)
            || (wide && register == AccelConfig2);

        public static bool IsWritable(int register, bool wide) =>
            register is (>= SelfTestX and <= SelfTestA) or (>= SmplrtDiv and <= AccelConfig) or MotThr or (>= FifoEn and < I2cMstStatus)
                or IntPinCfg or IntEnable or (>= I2cSlv0Do and <= PwrMgmt2)
            || (wide && register == AccelConfig2);
    }
}

namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the INA226, data sheet SBOS547B "Register Maps", typed in by hand: no driver's constants.</summary>
    internal static class Ina226Map
    {
        public const int Configuration = 0x00, Shunt = 0x01, Bus = 0x02, Power = 0x03, Current = 0x04;
        public const int Calibration = 0x05, MaskEnable = 0x06, AlertLimit = 0x07, ManufacturerId = 0xFE, DieId = 0xFF;
        public const ushort ConfigurationReset = 0x4127, ManufacturerIdValue = 0x5449, DieIdValue = 0x2260;

        public const ushort Reset = 0x8000, FixedBits = 0x4000, SettableBits = 0x0FFF, CalibrationMask = 0x7FFF;
        public const ushort ShuntOver = 0x8000, ShuntUnder = 0x4000, BusOver = 0x2000, BusUnder = 0x1000, PowerOver = 0x0800;
        public const ushort ReadyAlert = 0x0400, AlertFunctions = 0xF800, AlertFlag = 0x0010, ReadyFlag = 0x0008, Overflow = 0x0004;
        public const ushort ActiveHigh = 0x0002, Latch = 0x0001, MaskWritable = 0xFC03;

        /// <summary>Conversion time in microseconds, by VBUSCT or VSHCT.</summary>
        public static readonly int[] ConversionMicroseconds = [140, 204, 332, 588, 1100, 2116, 4156, 8244];

        /// <summary>Conversions averaged, by AVG.</summary>
        public static readonly int[] Averages = [1, 4, 16, 64, 128, 256, 512, 1024];
    }
}

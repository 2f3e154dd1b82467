namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the INA228, data sheet SLYS021A "INA228 Registers", typed in by hand: no driver's constants.</summary>
    internal static class Ina228Map
    {
        public const int Config = 0x00, AdcConfig = 0x01, ShuntCal = 0x02, ShuntTempco = 0x03, Shunt = 0x04, Bus = 0x05;
        public const int Temperature = 0x06, Current = 0x07, Power = 0x08, Energy = 0x09, Charge = 0x0A, Diagnosis = 0x0B;
        public const int ShuntOver = 0x0C, ShuntUnder = 0x0D, BusOver = 0x0E, BusUnder = 0x0F, TemperatureLimit = 0x10, PowerLimit = 0x11;
        public const int ManufacturerId = 0x3E, DeviceId = 0x3F;

        public const ushort AdcConfigReset = 0xFB68, ShuntCalReset = 0x1000, DiagnosisReset = 0x0001;
        public const ushort ShuntOverReset = 0x7FFF, ShuntUnderReset = 0x8000, BusOverReset = 0x7FFF, BusUnderReset = 0;
        public const ushort TemperatureLimitReset = 0x7FFF, PowerLimitReset = 0xFFFF;
        public const ushort ManufacturerIdValue = 0x5449, DeviceIdValue = 0x2281;

        public const ushort ResetBit = 0x8000, ResetAccumulators = 0x4000, ConfigKept = 0x3FF0, SmallRange = 0x0010, Compensation = 0x0020;
        public const ushort ShuntCalMask = 0x7FFF, TempcoMask = 0x3FFF;

        public const ushort Latch = 0x8000, DiagnosisWritable = 0xF001, EnergyOverflow = 0x0800, ChargeOverflow = 0x0400;
        public const ushort MathOverflow = 0x0200, TemperatureOverFlag = 0x0080, ShuntOverFlag = 0x0040, ShuntUnderFlag = 0x0020;
        public const ushort BusOverFlag = 0x0010, BusUnderFlag = 0x0008, PowerOverFlag = 0x0004, ReadyFlag = 0x0002;

        /// <summary>Conversion time in microseconds, by VBUSCT, VSHCT or VTCT.</summary>
        public static readonly int[] ConversionMicroseconds = [50, 84, 150, 280, 540, 1052, 2074, 4120];

        /// <summary>Conversions averaged, by AVG.</summary>
        public static readonly int[] Averages = [1, 4, 16, 64, 128, 256, 512, 1024];
    }
}

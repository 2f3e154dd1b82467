namespace Sensors.VirtualBoard
{
    /// <summary>Registers of the TMP117, data sheet SNOSD82D "Register Map", typed in by hand: no driver's constants.</summary>
    internal static class Tmp117Map
    {
        public const int Temperature = 0x00, Configuration = 0x01, HighLimit = 0x02, LowLimit = 0x03, EepromUnlock = 0x04;
        public const int Eeprom1 = 0x05, Eeprom2 = 0x06, Offset = 0x07, Eeprom3 = 0x08, DeviceId = 0x0F;
        public const ushort NoResult = 0x8000, DeviceIdValue = 0x0117;

        public const ushort HighAlert = 0x8000, LowAlert = 0x4000, DataReady = 0x2000, EepromBusy = 0x1000;
        public const ushort ModeMask = 0x0C00, ModeShutdown = 0x0400, ModeOneShot = 0x0C00;
        public const ushort TimingMask = 0x0FE0, Therm = 0x0010, SoftReset = 0x0002, WritableMask = 0x0FFC;
        public const ushort Unlocked = 0x8000, UnlockBusy = 0x4000;

        /// <summary>Words of the EEPROM as delivered, by register: configuration, limits, scratch, offset.</summary>
        public static readonly ushort[] Delivered = [0, 0x0220, 0x6000, 0x8000, 0, 0x0000, 0x0000, 0x0000, 0x0000];

        /// <summary>Conversions averaged, by AVG.</summary>
        public static readonly int[] Averages = [1, 8, 32, 64];

        /// <summary>Cycle time in microseconds, by CONV; one conversion takes 15.5 ms.</summary>
        public static readonly int[] CycleMicroseconds = [15_500, 125_000, 250_000, 500_000, 1_000_000, 4_000_000, 8_000_000, 16_000_000];

        /// <summary>Shortest cycle in microseconds, by AVG.</summary>
        public static readonly int[] ShortestCycleMicroseconds = [15_500, 125_000, 500_000, 1_000_000];
    }
}

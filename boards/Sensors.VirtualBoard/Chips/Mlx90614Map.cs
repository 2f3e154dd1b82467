namespace Sensors.VirtualBoard
{
    /// <summary>Commands and words of the MLX90614 as its data sheet tells them.</summary>
    internal static class Mlx90614Map
    {
        // SMBus commands: 000x xxxx RAM, 001x xxxx EEPROM.
        public const int Eeprom = 0x20, EndOfEeprom = 0x40, ReadFlags = 0xF0, Sleep = 0xFF;

        // RAM.
        public const int AmbientRaw = 0x03, Ir1Raw = 0x04, Ir2Raw = 0x05, Ambient = 0x06, Object1 = 0x07, Object2 = 0x08;

        // EEPROM.
        public const int AddressCell = 0x0E;

        // Flags: EEBUSY, and INIT, which is low while power-on reset lasts.
        public const int FlagBusy = 0x80, FlagInitialised = 0x10;

        public const int ErrorFlag = 0x8000;

        // Linearized temperatures: 0.02 K per digit, between these.
        public const int LowestObject = 0x27AD, HighestObject = 0x7FFF, LowestAmbient = 0x2DE4, HighestAmbient = 0x4DC4;

        public const int FastestHz = 100_000, SlowestHz = 10_000;

        // First valid data after power, and a new word, as delivered (IIR 100 %, FIR 1024).
        public const long PowerUpNanoseconds = 250_000_000, CycleNanoseconds = 100_000_000, WriteNanoseconds = 5_000_000;

        // EEPROM as delivered, cells 00h to 05h: To max, To min, PWM, Ta range, emissivity, configuration.
        public static readonly ushort[] Delivered = [0x9993, 0x62E3, 0x0201, 0xF71C, 0xFFFF, 0x9FB4];
    }
}

namespace Iot.Device.Sht3x
{
    public enum Resolution : byte
    {
        High = 0x00,
        Medium = 0x0B,
        Low = 0x16,
    }
}

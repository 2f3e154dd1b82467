namespace Iot.Device.Sht3x
{
    public enum I2cAddress : byte
    {
        AddrLow = 0x44,
        AddrHigh = 0x45,
    }
}

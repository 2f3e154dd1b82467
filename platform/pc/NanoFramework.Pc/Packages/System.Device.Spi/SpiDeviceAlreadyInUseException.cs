namespace System.Device.Spi
{
    public class SpiDeviceAlreadyInUseException : Exception
    {
        public SpiDeviceAlreadyInUseException()
        {
        }

        public override string ToString() => "SpiDeviceAlreadyInUse"; // the chip select is taken
    }
}

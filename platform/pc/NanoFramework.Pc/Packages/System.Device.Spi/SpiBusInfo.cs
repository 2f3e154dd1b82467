namespace System.Device.Spi
{
    public sealed class SpiBusInfo
    {
        private const int Maximum = 40_000_000; // reported whatever the pins; full duplex through the GPIO matrix stops at 26 MHz
        private const int Minimum = 20_000_000 / 256;

        private readonly int _busId;

        internal SpiBusInfo(int busId)
        {
            _busId = busId;
        }

        public int MaxClockFrequency => Report(Maximum);

        public int MinClockFrequency => Report(Minimum);

        private int Report(int hertz)
        {
            // Only here is the bus number looked at: GetBusInfo itself takes any.
            NanoFramework.Pc.PcBoard.Current.Packages.GetSpiBus(_busId);
            return hertz;
        }
    }
}

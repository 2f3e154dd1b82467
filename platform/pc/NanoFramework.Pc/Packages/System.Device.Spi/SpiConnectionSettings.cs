using System.Device.Gpio;

namespace System.Device.Spi
{
    public sealed class SpiConnectionSettings
    {
        private const int DefaultClockHz = 500_000;
        private PinValue _activeState = PinValue.Low;

        public SpiConnectionSettings(int busId, int chipSelectLine = -1)
        {
            BusId = busId;
            ChipSelectLine = chipSelectLine;
        }

        internal SpiConnectionSettings(SpiConnectionSettings other)
        {
            BusId = other.BusId;
            ChipSelectLine = other.ChipSelectLine;
            Mode = other.Mode;
            DataBitLength = other.DataBitLength;
            ClockFrequency = other.ClockFrequency;
            DataFlow = other.DataFlow;
            ChipSelectLineActiveState = other.ChipSelectLineActiveState;
            Configuration = other.Configuration;
        }

        public int BusId { get; set; }

        public int ChipSelectLine { get; set; }

        public SpiMode Mode { get; set; }

        public int DataBitLength { get; set; } = 8;

        public int ClockFrequency { get; set; } = DefaultClockHz;

        public DataFlow DataFlow { get; set; }

        public PinValue ChipSelectLineActiveState
        {
            get => _activeState;
            set => _activeState = value;
        }

        public SpiBusConfiguration Configuration { get; set; }
    }
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The MAX31855 with the thermocouple of its suffix, read every 500 ms: each read stops a conversion, which takes 100 ms.</summary>
    public sealed class Max31855Source : TemperatureSource
    {
        private const int PeriodMilliseconds = 500;

        private readonly Max31855 _chip;
        private readonly ConversionPace _pace;
        private readonly Max31855Type _type;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is, opened with <see cref="Max31855.Spi"/>.</param>
        /// <param name="clock">Times the conversions.</param>
        /// <param name="type">The part's suffix.</param>
        public Max31855Source(RegisterBus bus, BusClock clock, Max31855Type type = Max31855Type.K)
            : base("MAX31855", bus)
        {
            _chip = new Max31855(bus, clock);
            _pace = new ConversionPace(clock, PeriodMilliseconds);
            _type = type;
        }

        /// <inheritdoc/>
        public override int CycleMilliseconds
        {
            [HotPath]
            get { return PeriodMilliseconds; }
        }

        /// <inheritdoc/>
        public override SensorFault ProbeFault
        {
            [HotPath]
            get { return _chip.ProbeFault; }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _chip.Start(_type);
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Check()
        {
            _chip.Check();
        }

        /// <inheritdoc/>
        public override void Describe(Point point)
        {
            base.Describe(point);
            point.NominalRate = 1000f / PeriodMilliseconds;
            point.RangeLow = _chip.LowestCelsius;
            point.RangeHigh = _chip.HighestCelsius;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            return _pace.TakeTurn() && _chip.TryRead(out int digits) != 0 ? digits * Max31855.CelsiusPerDigit : float.NaN;
        }
    }
}

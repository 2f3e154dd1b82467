using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The MAX31856 with a thermocouple, a one-shot of four samples every 500 ms, each with a test for a broken wire.</summary>
    public sealed class Max31856Source : TemperatureSource
    {
        private const int PeriodMilliseconds = 500; // longer than the slowest one-shot of four samples, 332 ms

        private readonly Max31856 _chip;
        private readonly ConversionPace _pace;
        private readonly Max31856Type _type;
        private readonly Max31856Filter _mains;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is, opened with <see cref="Max31856.Spi"/>.</param>
        /// <param name="clock">Times the conversions.</param>
        /// <param name="type">The thermocouple.</param>
        /// <param name="mains">The hum to suppress.</param>
        public Max31856Source(RegisterBus bus, BusClock clock, Max31856Type type = Max31856Type.K, Max31856Filter mains = Max31856Filter.Hz50)
            : base("MAX31856", bus)
        {
            _chip = new Max31856(bus, clock);
            _pace = new ConversionPace(clock, PeriodMilliseconds);
            _type = type;
            _mains = mains;
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
            _chip.Start(_type, Max31856Averages.Four, _mains, Max31856Mode.OneShot);
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
            float celsius = float.NaN;
            if (_chip.IsConverting)
            {
                celsius = _chip.TryRead(out int digits) == 0 ? float.NaN : digits * Max31856.CelsiusPerDigit;
            }

            if (!_chip.IsConverting && _pace.TakeTurn())
            {
                _chip.StartOneShot();
            }

            return celsius;
        }
    }
}

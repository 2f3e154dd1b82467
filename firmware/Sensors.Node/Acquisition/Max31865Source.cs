using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The MAX31865 with a platinum probe, a one-shot every 500 ms: between them no current heats the probe.</summary>
    /// <remarks>
    /// A look that begins a conversion takes 11 ms, most of it for the probe's current to settle; the next look, 125 ms later, takes
    /// the result and ends the current.
    /// </remarks>
    public sealed class Max31865Source : TemperatureSource
    {
        private const int PeriodMilliseconds = 500;
        private const int LowestCelsius = -200;   // IEC 60751
        private const int HighestCelsius = 850;
        private const int HighestCode = 32766;

        private readonly Max31865 _chip;
        private readonly ConversionPace _pace;
        private readonly Max31865Probe _probe;
        private readonly Max31865Wires _wires;
        private readonly int _referenceMilliOhms;
        private readonly Max31865Filter _mains;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is, opened with <see cref="Max31865.Spi"/>.</param>
        /// <param name="clock">Times bias, fault cycle and conversion.</param>
        /// <param name="probe">The element: its value is its resistance at 0 °C in milliohms.</param>
        /// <param name="wires">2, 3 or 4; the board's jumpers must agree.</param>
        /// <param name="referenceMilliOhms">The board's reference resistor: 430,000 for PT100, 4,300,000 for PT1000 on usual boards.</param>
        /// <param name="mains">The hum to suppress.</param>
        public Max31865Source(
            RegisterBus bus, BusClock clock, Max31865Probe probe, Max31865Wires wires, int referenceMilliOhms, Max31865Filter mains)
            : base("MAX31865", bus)
        {
            _chip = new Max31865(bus, clock);
            _pace = new ConversionPace(clock, PeriodMilliseconds);
            _probe = probe;
            _wires = wires;
            _referenceMilliOhms = referenceMilliOhms;
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
            _chip.Start(_probe, _wires, _referenceMilliOhms, _mains, Max31865Mode.OneShot);
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
            float most = _chip.Celsius(HighestCode);
            point.NominalRate = 1000f / PeriodMilliseconds;
            point.RangeLow = LowestCelsius;
            point.RangeHigh = most < HighestCelsius ? most : HighestCelsius;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            float celsius = float.NaN;
            if (_chip.IsConverting)
            {
                celsius = _chip.TryRead(out int code) == 0 ? float.NaN : _chip.Celsius(code);
            }

            if (!_chip.IsConverting && _pace.TakeTurn())
            {
                _chip.StartOneShot();
            }

            return celsius;
        }
    }
}

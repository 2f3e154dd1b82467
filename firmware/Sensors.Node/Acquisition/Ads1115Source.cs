using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>An ADS1115 with a current clamp at AIN0 and AIN1, AIN1 at half the supply: 860 conversions a second of an alternating current.</summary>
    /// <remarks>
    /// The chip has no identity: it is declared in the settings, never found. Every window is a burst from power-down whose conversions
    /// are numbered, see <see cref="Ads1115"/>: a conversion that was not fetched, or not certainly fetched, is lost and counted. Where
    /// transfers take so long that 860 conversions a second cannot be told apart, the chip is set to 475, then to 250.
    /// </remarks>
    public sealed class Ads1115Source : CurrentSource
    {
        /// <summary>Supply of chip and bias unless the settings say another, in millivolts.</summary>
        public const int UsualSupplyMillivolts = 3300;

        private const int SlackMicroseconds = 10; // beyond the moment at which a result can be there: a look for nothing costs more

        private readonly Ads1115 _chip;
        private readonly CurrentClamp _clamp;
        private readonly int _supplyMillivolts;
        private float _amperesPerDigit;
        private int _lastDigit; // of the range, or where the pin would leave the supply
        private bool _beyond;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="clamp">The clamp.</param>
        /// <param name="supplyMillivolts">Supply of chip and bias, 2,000 to 5,500 mV.</param>
        public Ads1115Source(RegisterBus bus, BusClock clock, CurrentClamp clamp, int supplyMillivolts)
            : base("ADS1115", bus)
        {
            _chip = new Ads1115(bus, clock);
            _clamp = clamp;
            _supplyMillivolts = supplyMillivolts;
        }

        /// <inheritdoc/>
        public override int CycleMicroseconds
        {
            [HotPath]
            get { return _chip.ConversionMicroseconds; }
        }

        /// <inheritdoc/>
        public override bool Clipped
        {
            [HotPath]
            get { return _chip.Clipped || _beyond; }
        }

        /// <inheritdoc/>
        public override bool Alternating
        {
            [HotPath]
            get { return true; }
        }

        /// <inheritdoc/>
        public override float AveragedPart
        {
            [HotPath]
            get { return 1f; } // it converts without a pause
        }

        /// <inheritdoc/>
        public override int Number
        {
            [HotPath]
            get { return _chip.Number; }
        }

        /// <inheritdoc/>
        public override float MeasuredRate
        {
            [HotPath]
            get { return _chip.MeasuredHertz; }
        }

        /// <inheritdoc/>
        public override int PauseMicroseconds
        {
            [HotPath]
            get { return _chip.UntilNext() + SlackMicroseconds; }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            if (!TryStart(Ads1115Rate.Hertz860) && !TryStart(Ads1115Rate.Hertz475))
            {
                _chip.Start(Ads1115Input.Ain0Ain1, _clamp.Range, Ads1115Rate.Hertz250, Ads1115Pin.Off);
                _chip.MeasureRate();
            }

            _amperesPerDigit = _clamp.AmperesPerVolt * _chip.VoltsPerDigit;
            float half = _supplyMillivolts / 2000f / _chip.VoltsPerDigit;
            _lastDigit = half < short.MaxValue ? (int)half : short.MaxValue;
            _beyond = false;
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
            point.NominalRate = _chip.NominalHertz;
            point.RangeLow = -_lastDigit * _amperesPerDigit;
            point.RangeHigh = _lastDigit * _amperesPerDigit;
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Begin()
        {
            _chip.Check();
            _chip.RefreshRate();
            _chip.BeginBurst();
        }

        /// <inheritdoc/>
        [HotPath]
        public override bool End()
        {
            if (!_chip.EndBurst())
            {
                return false;
            }

            _chip.Check(); // a brown-out in the very last moments
            return true;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            if (_chip.TryReadBurst(out int raw) == 0)
            {
                return float.NaN;
            }

            _beyond = raw >= _lastDigit || raw <= -_lastDigit;
            return raw * _amperesPerDigit;
        }

        private bool TryStart(Ads1115Rate rate)
        {
            _chip.Start(Ads1115Input.Ain0Ain1, _clamp.Range, rate, Ads1115Pin.Off);
            try
            {
                _chip.MeasureRate();
                return true;
            }
            catch (SensorException exception)
            {
                if (exception.Fault == SensorFault.NoData)
                {
                    return false;
                }

                throw;
            }
        }
    }
}

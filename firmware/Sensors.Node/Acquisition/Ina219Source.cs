using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The INA219 in its widest range, four samples averaged, a result every 2.2 ms. With the usual shunt R100 that is ±3.2 A.</summary>
    /// <remarks>The chip has no identity: it is declared in the settings, never found.</remarks>
    public sealed class Ina219Source : CurrentSource
    {
        private readonly int _shuntMicroOhms;
        private readonly Ina219 _chip;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        public Ina219Source(RegisterBus bus, int shuntMicroOhms)
            : base("INA219", bus)
        {
            _shuntMicroOhms = shuntMicroOhms;
            _chip = new Ina219(bus);
        }

        /// <inheritdoc/>
        public override int CycleMicroseconds
        {
            [HotPath]
            get { return _chip.UpdateMicroseconds; }
        }

        /// <inheritdoc/>
        public override bool Clipped
        {
            [HotPath]
            get { return _chip.Clipped || _chip.Overflow; }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _chip.Start(
                _shuntMicroOhms,
                Ina219.FinestMicroAmperes(_shuntMicroOhms),
                Ina219Range.Millivolts320,
                Ina219Time.Bits9,
                Ina219Time.Samples4,
                Ina219Mode.Continuous);
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
            point.NominalRate = 1000000f / _chip.UpdateMicroseconds;
            point.RangeLow = -_chip.LargestAmperes;
            point.RangeHigh = _chip.LargestAmperes;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            return _chip.TryRead(out int current, out int _) == 0 ? float.NaN : current * _chip.AmperesPerDigit;
        }
    }
}

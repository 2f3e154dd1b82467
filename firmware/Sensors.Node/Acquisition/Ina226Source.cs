using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The INA226 at its finest step, a conversion every 2.3 ms. With the shunt R010 that is ±8.19 A.</summary>
    /// <remarks>
    /// Most of the cycle goes to the shunt, and a result takes five short transfers, so a faster cycle would lose results to
    /// the bus on a device.
    /// </remarks>
    public sealed class Ina226Source : CurrentSource
    {
        private readonly int _shuntMicroOhms;
        private readonly Ina226 _chip;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        public Ina226Source(RegisterBus bus, int shuntMicroOhms)
            : base("INA226", bus)
        {
            _shuntMicroOhms = shuntMicroOhms;
            _chip = new Ina226(bus);
        }

        /// <inheritdoc/>
        public override int CycleMicroseconds
        {
            [HotPath]
            get { return _chip.UpdateMicroseconds; }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _chip.Start(
                _shuntMicroOhms,
                Ina226.FinestMicroAmperes(_shuntMicroOhms),
                Ina226Averages.One,
                Ina226Time.Microseconds140,
                Ina226Time.Microseconds2116,
                Ina226Mode.Continuous);
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
            point.RangeLow = short.MinValue * _chip.AmperesPerDigit;
            point.RangeHigh = short.MaxValue * _chip.AmperesPerDigit;
        }

        /// <inheritdoc/>
        public override bool Clipped
        {
            [HotPath]
            get { return _chip.Clipped || _chip.Overflow; }
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            return _chip.TryRead(out int current, out int _) == 0 ? float.NaN : current * _chip.AmperesPerDigit;
        }
    }
}

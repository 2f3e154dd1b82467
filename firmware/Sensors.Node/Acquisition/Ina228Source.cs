using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The INA228 at its finest step and a conversion every 2.2 ms. With a shunt of 15 mΩ that is ±10.9 A in steps of 21 µA.</summary>
    public sealed class Ina228Source : CurrentSource
    {
        private const int Digits = 524288; // of full scale, 20 bits with sign

        private readonly int _shuntMicroOhms;
        private readonly Ina228 _chip;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        public Ina228Source(RegisterBus bus, int shuntMicroOhms)
            : base("INA228", bus)
        {
            _shuntMicroOhms = shuntMicroOhms;
            _chip = new Ina228(bus);
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
                Ina228.FullScaleMilliAmperes(_shuntMicroOhms, Ina228Range.Millivolts164),
                Ina228Range.Millivolts164,
                Ina228Averages.One,
                Ina228Time.Microseconds150,
                Ina228Time.Microseconds2074,
                Ina228Mode.Continuous);
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
            point.RangeLow = -Digits * _chip.AmperesPerDigit;
            point.RangeHigh = (Digits - 1) * _chip.AmperesPerDigit;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            return _chip.TryRead(out int current, out int _) == 0 ? float.NaN : current * _chip.AmperesPerDigit;
        }
    }
}

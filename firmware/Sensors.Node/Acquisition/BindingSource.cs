using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One quantity of a chip behind a binding, as a source of the node. Made by <see cref="BindingChip.Source"/>.</summary>
    public sealed class BindingSource : TemperatureSource
    {
        private readonly BindingChip _chip;
        private readonly int _index;
        private readonly BindingQuantity _quantity;
        private int _measurements; // of the chip, that this source has seen
        private int _failures;
        private SensorFault _probeFault;

        internal BindingSource(BindingChip chip, int index, BindingQuantity quantity)
            : base(chip.Name, chip.Bus)
        {
            _chip = chip;
            _index = index;
            _quantity = quantity;
        }

        /// <inheritdoc/>
        public override int CycleMilliseconds
        {
            [HotPath]
            get { return _chip.CycleMilliseconds; }
        }

        /// <inheritdoc/>
        public override SensorFault ProbeFault
        {
            [HotPath]
            get { return _probeFault; }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _chip.Start();
            _measurements = _chip.Measurements; // what was measured before is no news
            _failures = _chip.Failures;
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
            point.NominalRate = 1000f / _chip.CycleMilliseconds;
            point.RangeLow = _quantity.Lowest;
            point.RangeHigh = _quantity.Highest;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            _probeFault = SensorFault.None;
            _chip.MeasureWhenDue();
            if (_failures != _chip.Failures)
            {
                _failures = _chip.Failures;
                _chip.ThrowFailure();
            }

            if (_measurements == _chip.Measurements)
            {
                return float.NaN;
            }

            _measurements = _chip.Measurements;
            _probeFault = _chip.FaultOf(_index);
            return _chip.ValueOf(_index);
        }
    }
}

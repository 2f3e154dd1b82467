using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The TMP117, eight averages every 500 ms: slower than the longest burst of another point, so that no result is missed.</summary>
    public sealed class Tmp117Source : TemperatureSource
    {
        private readonly Tmp117 _chip;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's reset.</param>
        public Tmp117Source(RegisterBus bus, BusClock clock)
            : base("TMP117", bus)
        {
            _chip = new Tmp117(bus, clock);
        }

        /// <inheritdoc/>
        public override int CycleMilliseconds
        {
            [HotPath]
            get { return _chip.CycleMicroseconds / 1000; }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _chip.Start(Tmp117Cycle.Milliseconds500, Tmp117Averages.Eight);
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
            point.NominalRate = 1000000f / _chip.CycleMicroseconds;
            point.RangeLow = -55;
            point.RangeHigh = 150;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float Read()
        {
            return _chip.TryRead(out int raw) == 0 ? float.NaN : raw * Tmp117.CelsiusPerDigit;
        }
    }
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>An accelerometer with a FIFO as a source; a chip's own class only says how it is started.</summary>
    public abstract class AccelerometerSource : VibrationSource
    {
        private const int LooksPerDepth = 4; // what a look costs is shared by a quarter of the FIFO, and three quarters are in reserve

        private readonly FifoAccelerometer _driver;

        /// <summary>Makes a source on an open bus.</summary>
        /// <param name="chip">The chip's name.</param>
        /// <param name="bus">Where it is.</param>
        /// <param name="driver">Its driver.</param>
        protected AccelerometerSource(string chip, RegisterBus bus, FifoAccelerometer driver)
            : base(chip, bus)
        {
            _driver = driver;
        }

        /// <inheritdoc/>
        public override float Weight
        {
            [HotPath]
            get { return _driver.GPerDigit * PhysicalConstants.StandardGravity; }
        }

        /// <inheritdoc/>
        public override int ClipLow
        {
            [HotPath]
            get { return _driver.ClipLow; }
        }

        /// <inheritdoc/>
        public override int ClipHigh
        {
            [HotPath]
            get { return _driver.ClipHigh; }
        }

        /// <inheritdoc/>
        public override float NominalRate
        {
            [HotPath]
            get { return _driver.NominalHertz; }
        }

        /// <inheritdoc/>
        public override int Lost
        {
            [HotPath]
            get { return _driver.Lost; }
        }

        /// <inheritdoc/>
        public override int SamplesPerLook
        {
            [HotPath]
            get { return _driver.Depth / LooksPerDepth; }
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Check()
        {
            _driver.Check();
        }

        /// <inheritdoc/>
        public override void Describe(Point point)
        {
            base.Describe(point);
            point.NominalRate = _driver.NominalHertz;
            point.RangeLow = _driver.ClipLow * Weight;
            point.RangeHigh = _driver.ClipHigh * Weight;
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Begin()
        {
            _driver.Begin();
        }

        /// <inheritdoc/>
        [HotPath]
        public override int Read(short[] xyz, int at, int most)
        {
            return _driver.ReadFifo(xyz, 3 * at, most);
        }

        /// <inheritdoc/>
        [HotPath]
        public override float MeasureRate()
        {
            float rate = _driver.MeasuredHertz();
            return rate > 0 ? rate : float.NaN;
        }
    }
}

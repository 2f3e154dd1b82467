using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The ADXL345 at ±16 g and 3,200 Hz, the only rate at which it covers 10 to 1,000 Hz.</summary>
    public sealed class Adxl345Source : VibrationSource
    {
        private readonly Adxl345 _chip;
        private readonly BusClock _clock;
        private readonly RateMeter _rate = new RateMeter();
        private readonly short[] _old = new short[3 * Adxl345.FifoDepth];
        private long _begun;
        private int _have;
        private int _haveAtLook;
        private int _overruns;
        private float _cleanRate;

        /// <summary>Makes the source on an open bus.</summary>
        /// <param name="bus">Where the chip is.</param>
        /// <param name="clock">Times the chip's reading rules and the rate.</param>
        public Adxl345Source(RegisterBus bus, BusClock clock)
            : base("ADXL345", bus)
        {
            _chip = new Adxl345(bus, clock);
            _clock = clock;
        }

        /// <inheritdoc/>
        public override float Weight
        {
            [HotPath]
            get { return Adxl345.GPerDigit * PhysicalConstants.StandardGravity; }
        }

        /// <inheritdoc/>
        public override int ClipLow
        {
            [HotPath]
            get { return _chip.ClipLow; }
        }

        /// <inheritdoc/>
        public override int ClipHigh
        {
            [HotPath]
            get { return _chip.ClipHigh; }
        }

        /// <inheritdoc/>
        public override float NominalRate
        {
            [HotPath]
            get { return _chip.NominalHertz; }
        }

        /// <inheritdoc/>
        public override int Lost
        {
            [HotPath]
            get
            {
                if (_chip.Overruns == _overruns)
                {
                    return 0;
                }

                // What the chip made until the last look, less what was delivered before it and what it held then.
                float rate = _cleanRate > 0 ? _cleanRate : _chip.NominalHertz;
                int made = (int)((_chip.LevelMicroseconds - _begun) * rate / 1000000f);
                int lost = made - _haveAtLook - _chip.Level;
                return lost > 1 ? lost : 1;
            }
        }

        /// <inheritdoc/>
        public override void Start()
        {
            _chip.Start(Adxl345Range.G16, Adxl345Rate.Hz3200);
            _cleanRate = 0;
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
            point.RangeLow = _chip.ClipLow * Weight;
            point.RangeHigh = _chip.ClipHigh * Weight;
        }

        /// <inheritdoc/>
        [HotPath]
        public override void Begin()
        {
            // The FIFO has long been full of what came before the block; one drain empties it faster than it fills.
            _chip.ReadFifo(_old, 0, Adxl345.FifoDepth);
            _begun = _clock.Microseconds;
            _overruns = _chip.Overruns;
            _have = 0;
            _haveAtLook = 0;
            _rate.Reset();
        }

        /// <inheritdoc/>
        [HotPath]
        public override int Read(short[] xyz, int at, int most)
        {
            _haveAtLook = _have;
            int got = _chip.ReadFifo(xyz, 3 * at, most);
            _rate.Add(_chip.LevelMicroseconds, _have + _chip.Level); // the level counts what was just delivered
            _have += got;
            return got;
        }

        /// <inheritdoc/>
        [HotPath]
        public override float MeasureRate()
        {
            if (_chip.Overruns != _overruns)
            {
                return float.NaN; // the count no longer tells what the chip made
            }

            float rate = _rate.Hertz();
            if (!(rate > 0))
            {
                return float.NaN;
            }

            _cleanRate = rate;
            return rate;
        }
    }
}

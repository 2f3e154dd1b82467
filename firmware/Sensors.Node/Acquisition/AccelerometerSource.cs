using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>An accelerometer with a FIFO as a source; a chip's own class only says how it is started.</summary>
    public abstract class AccelerometerSource : VibrationSource
    {
        private const int LooksPerDepth = 4; // what a look costs is shared by a quarter of the FIFO, and three quarters are in reserve

        private const int PieceSamples = 32;
        private const int StillSamples = 256;
        private const int MostLooks = 10000; // half a second or more, whatever the rate
        private const float StillG = 0.15f;  // peak to peak: the noisiest chip's own is half of that

        private readonly FifoAccelerometer _driver;
        private Exception _later; // a piece that failed behind others: these count, and the next call tells
        private readonly short[] _piece = new short[3 * PieceSamples]; // of three axes, of which one is kept

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
        public override SelfTestState SelfTest()
        {
            if (!_driver.HasSelfTest)
            {
                return SelfTestState.None;
            }

            return _driver.SelfTest(new int[3]) ? SelfTestState.Passed : SelfTestState.Failed;
        }

        /// <inheritdoc/>
        public override bool IsStill()
        {
            int[] smallest = { int.MaxValue, int.MaxValue, int.MaxValue };
            int[] largest = { int.MinValue, int.MinValue, int.MinValue };
            _driver.Begin();
            int have = 0;
            for (int look = 0; look < MostLooks && have < StillSamples; look++)
            {
                int got = _driver.ReadFifo(_piece, 0, PieceSamples);
                for (int i = 0; i < 3 * got; i++)
                {
                    int axis = i % 3;
                    smallest[axis] = _piece[i] < smallest[axis] ? _piece[i] : smallest[axis];
                    largest[axis] = _piece[i] > largest[axis] ? _piece[i] : largest[axis];
                }

                have += got;
            }

            float most = StillG / _driver.GPerDigit;
            return have == 0 || (largest[0] - smallest[0] <= most && largest[1] - smallest[1] <= most && largest[2] - smallest[2] <= most);
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
            _later = null;
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
        public override int ReadAxis(short[] counts, int at, int most, int axis)
        {
            short[] piece = _piece;
            int pieces = piece.Length / 3;
            int have = 0;
            if (_later != null)
            {
                Exception told = _later;
                _later = null;
                throw told;
            }

            while (have < most)
            {
                int want = most - have < pieces ? most - have : pieces;
                int got;
                try
                {
                    got = _driver.ReadFifo(piece, 0, want);
                }
                catch (BusException exception)
                {
                    if (have == 0) { throw; }

                    _later = exception;
                    break;
                }
                catch (SensorException exception)
                {
                    if (have == 0) { throw; }

                    _later = exception;
                    break;
                }

                for (int i = 0; i < got; i++)
                {
                    counts[at + have + i] = piece[(3 * i) + axis];
                }

                have += got;
                if (got < want)
                {
                    break;
                }
            }

            return have;
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

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Reads a slow sensor, of temperature or humidity, conversion by conversion and hands over a window every interval.</summary>
    /// <remarks>
    /// A chip that works and says that its probe does not is left alone: while that lasts the window takes no value, and a reading that
    /// falls due names the fault. The next good value ends it.
    /// </remarks>
    public sealed class TemperatureTask : SensorTask
    {
        private const int LooksPerCycle = 4; // a result is taken soon after it is there
        private const int AmbientIntervals = 2; // of a reading of the surroundings: an older one is of other surroundings
        private const int SilentCycles = 4; // this many conversions missed: the chip is not converting

        private readonly TemperatureFeatures _window;
        private readonly int _place;   // on the board, for others
        private readonly int _ambient; // the surroundings' place; -1 without
        private TemperatureSource _source;
        private SensorFault _probeFault;
        private long _last;     // when the chip was last seen to convert, or hoped to first
        private long _firstTaken;
        private long _lastTaken;
        private long _previousTaken; // the last one of the window before; 0 when there is none to count from
        private int _retries;
        private bool _fresh = true;

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        /// <param name="options">How a temperature is averaged and what it is compared with; null for a humidity, which is neither.</param>
        public TemperatureTask(Point point, SensorContext context, TemperatureOptions options)
            : base(point, context)
        {
            _window = options != null ? new TemperatureFeatures(options) : new TemperatureFeatures();
            _place = context.Latest.PlaceOf(point.Name);
            _ambient = options != null && options.AmbientPoint != null ? context.Latest.PlaceOf(options.AmbientPoint) : -1;
        }

        /// <inheritdoc/>
        protected override SensorSource Source
        {
            [HotPath]
            get { return _source; }
        }

        /// <summary>Gives the point a source that nobody needs to look for.</summary>
        internal void Serve(TemperatureSource source)
        {
            Use(source);
        }

        /// <inheritdoc/>
        protected override void Use(SensorSource source)
        {
            _source = (TemperatureSource)source;
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Measure(long now)
        {
            if (_fresh)
            {
                _fresh = false;
                _last = now;
            }

            Sample(now);
            if (Fault != SensorFault.None)
            {
                _fresh = true;
                _probeFault = SensorFault.None; // the chip's own trouble is what there is to tell
            }

            // The first window waits for a conversion, so that a node's first reading already says something.
            if (IsDue(now) && (_window.Count > 0 || Fault != SensorFault.None || _probeFault != SensorFault.None))
            {
                HandOver(now);
            }

            int look = _source.CycleMilliseconds / LooksPerCycle;
            int due = UntilDue(now);
            return due > 0 && due < look ? due : look;
        }

        [HotPath]
        private void Sample(long now)
        {
            try
            {
                float value = _source.Read();
                if (!float.IsNaN(value))
                {
                    Works();
                    _probeFault = SensorFault.None;
                    if (_window.Count == 0)
                    {
                        _firstTaken = now;
                    }

                    _window.Add(now, value);
                    _lastTaken = now;
                    _last = now;
                    return;
                }

                SensorFault probe = _source.ProbeFault;
                if (probe != SensorFault.None)
                {
                    Works();
                    _probeFault = probe;
                    _last = now;
                    return;
                }

                if (now - _last > SilentCycles * _source.CycleMilliseconds)
                {
                    _source.Check();
                    GiveUp(SensorFault.NoData);
                }
            }
            catch (SensorException exception)
            {
                GiveUp(exception.Fault);
            }
            catch (BusException)
            {
                _retries++;
                Recover();
            }
        }

        /// <inheritdoc/>
        [HotPath]
        protected override void HandOver(long now)
        {
            Reading reading = Context.Outlet.Begin(Point);
            Quality quality = reading.Quality;
            quality.Samples = _window.Count;
            // From the window before, where there is one: what was missed between the two counts, and late looks even out.
            long from = _previousTaken != 0 ? _previousTaken : _firstTaken;
            int steps = _previousTaken != 0 ? _window.Count : _window.Count - 1;
            int span = (int)(_lastTaken - from);
            if (steps > 0 && span > 0)
            {
                int cycle = _source.CycleMilliseconds;
                int made = (span + (cycle / 2)) / cycle;
                quality.Rate = steps * 1000f / span;
                quality.Lost = made > steps ? made - steps : 0;
            }

            _previousTaken = _window.Count > 0 && Fault == SensorFault.None ? _lastTaken : 0;
            quality.Retries = _retries;
            quality.Fault = Fault != SensorFault.None ? Fault : _probeFault;
            float ambient = Context.Latest.Get(_ambient, now, AmbientIntervals * (long)Context.IntervalMilliseconds);
            _window.Compute(ambient, reading.Values);
            Context.Latest.Put(_place, quality.Fault == SensorFault.None ? reading.Values[TemperatureFields.Mean] : float.NaN, now);
            Complete(reading, now);
            _window.Reset();
            _retries = 0;
            Advance(now);
        }
    }
}

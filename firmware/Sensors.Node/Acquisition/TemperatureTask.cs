using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Reads a slow sensor conversion by conversion and hands over a window every interval.</summary>
    public sealed class TemperatureTask : SensorTask
    {
        private const int LooksPerCycle = 4; // a result is taken soon after it is there
        private const int SilentCycles = 4; // this many conversions missed: the chip is not converting

        private readonly TemperatureFeatures _window = new TemperatureFeatures();
        private TemperatureSource _source;
        private long _last;     // when a conversion was last seen, or hoped for first
        private long _firstTaken;
        private long _lastTaken;
        private int _retries;
        private bool _fresh = true;

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        public TemperatureTask(Point point, SensorContext context)
            : base(point, context)
        {
        }

        /// <inheritdoc/>
        protected override SensorSource Source
        {
            [HotPath]
            get { return _source; }
        }

        /// <inheritdoc/>
        protected override void Find(string place)
        {
            _source = Context.Finder.FindTemperature(place);
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
            }

            // The first window waits for a conversion, so that a node's first reading already says something.
            if (IsDue(now) && (_window.Count > 0 || Fault != SensorFault.None))
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
                float celsius = _source.Read();
                if (!float.IsNaN(celsius))
                {
                    Works();
                    if (_window.Count == 0)
                    {
                        _firstTaken = now;
                    }

                    _window.Add(now, celsius);
                    _lastTaken = now;
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
            if (_window.Count > 1)
            {
                int span = (int)(_lastTaken - _firstTaken);
                int cycle = _source.CycleMilliseconds;
                int made = ((span + (cycle / 2)) / cycle) + 1;
                quality.Rate = (_window.Count - 1) * 1000f / span;
                quality.Lost = made > _window.Count ? made - _window.Count : 0;
            }

            quality.Retries = _retries;
            quality.Fault = Fault;
            _window.Compute(reading.Values);
            Context.Outlet.Complete(reading, now);
            _window.Reset();
            _retries = 0;
            Advance(now);
        }
    }
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Takes a burst of current over 200 ms, which is whole mains cycles at 50 Hz (10) and at 60 Hz (12).</summary>
    public sealed class CurrentTask : SensorTask
    {
        private const int WindowMicroseconds = 200000;
        private const int LeastSamples = 16; // of a window that broke off: fewer say nothing about ripple
        private const int SilentCycles = 8; // this many conversions missed: the chip is not converting

        private readonly CurrentFeatures _features = new CurrentFeatures();
        private readonly float[] _amperes;
        private CurrentSource _source;

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        /// <param name="amperes">The window; points may share it, they measure one after the other. At least 200 values.</param>
        public CurrentTask(Point point, SensorContext context, float[] amperes)
            : base(point, context)
        {
            _amperes = amperes;
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
            _source = Context.Finder.FindCurrent(place);
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Measure(long now)
        {
            if (!IsDue(now))
            {
                return UntilDue(now);
            }

            Reading reading = Context.Outlet.Begin(Point);
            Quality quality = reading.Quality;
            Context.Quiet.Begin();
            try
            {
                Collect(quality);
            }
            finally
            {
                Context.Quiet.End();
            }

            quality.Fault = Fault;
            if (quality.Samples >= LeastSamples)
            {
                _features.Compute(_amperes, 0, quality.Samples, reading.Values);
            }

            Context.Outlet.Complete(reading, Context.Clock.Milliseconds);
            Advance(now);
            return UntilDue(Context.Clock.Milliseconds);
        }

        /// <summary>Fills the window and the quality block: samples, rate, clipped, retries, and lost where a conversion was missed.</summary>
        [HotPath]
        private void Collect(Quality quality)
        {
            Clock clock = Context.Clock;
            int cycle = _source.CycleMicroseconds;
            int want = WindowMicroseconds / cycle;
            if (want > _amperes.Length)
            {
                want = _amperes.Length;
            }

            int have = 0;
            long first = 0;
            long last = clock.Microseconds;
            bool begun = false;
            while (have < want)
            {
                float value;
                try
                {
                    if (!begun)
                    {
                        _source.Check();
                        _source.Read(); // what was converted before the window
                        begun = true;
                    }

                    value = _source.Read();
                    Works();
                }
                catch (BusException)
                {
                    quality.Retries++;
                    if (!Recover())
                    {
                        break;
                    }

                    continue;
                }
                catch (SensorException exception)
                {
                    GiveUp(exception.Fault);
                    break;
                }

                long now = clock.Microseconds;
                if (!float.IsNaN(value))
                {
                    if (have == 0)
                    {
                        first = now;
                    }

                    _amperes[have++] = value;
                    last = now;
                    if (_source.Clipped)
                    {
                        quality.Clipped++;
                    }
                }
                else if (now - last > SilentCycles * cycle)
                {
                    GiveUp(SensorFault.NoData);
                    break;
                }

                clock.Wait(cycle / 4);
            }

            quality.Samples = have;
            if (have > 1)
            {
                quality.Rate = (have - 1) * 1000000f / (last - first);
                int made = (int)((last - first + (cycle / 2)) / cycle) + 1;
                quality.Lost = made > have ? made - have : 0;
            }
        }
    }
}

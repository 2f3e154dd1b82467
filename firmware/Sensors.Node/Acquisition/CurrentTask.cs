using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Takes a burst of current over 200 ms, which is whole mains cycles at 50 Hz (10) and at 60 Hz (12).</summary>
    /// <remarks>
    /// A conversion that nobody fetched before the next one came is lost, and counted. Where the source numbers conversions, by the numbers;
    /// elsewhere by the times at which they were read, whose distances are whole multiples of the chip's real period.
    /// </remarks>
    public sealed class CurrentTask : SensorTask
    {
        private const int WindowMicroseconds = 200000;
        private const int LeastSamples = 16; // of a window that broke off: fewer say nothing about ripple
        private const float LeastAlternatingSeconds = 0.05f; // two cycles at 40 Hz: less is no whole number of cycles of anything
        private const int SilentCycles = 8; // this many conversions missed: the chip is not converting
        private const int Stretches = 3; // parts of a window: the shortest mean distance over so much is a first guess of the period
        private const int LeastStretch = 8; // distances; fewer tell nothing better than the data sheet
        private const double OscillatorTolerance = 0.25; // a guess farther off is no conversion every cycle, but every other

        private readonly CurrentFeatures _features = new CurrentFeatures();
        private readonly float[] _amperes;
        private readonly int[] _marks; // of each value: its conversion's number, or microseconds since the window began
        private CurrentSource _source;
        private int _runStart; // the values without a gap that are told of an alternating current
        private int _runLength;

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        /// <param name="amperes">The window; points may share it, they measure one after the other. At least 200 values.</param>
        public CurrentTask(Point point, SensorContext context, float[] amperes)
            : base(point, context)
        {
            _amperes = amperes;
            _marks = new int[amperes.Length];
        }

        /// <inheritdoc/>
        protected override SensorSource Source
        {
            [HotPath]
            get { return _source; }
        }

        /// <summary>Gives the point a source that nobody needs to look for.</summary>
        internal void Serve(CurrentSource source)
        {
            _source = source;
        }

        /// <inheritdoc/>
        protected override void Use(SensorSource source)
        {
            _source = (CurrentSource)source;
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
            if (_source.Alternating)
            {
                if (_runLength >= LeastAlternatingSeconds * quality.Rate)
                {
                    _features.ComputeAlternating(_amperes, _runStart, _runLength, quality.Rate, _source.AveragedPart, reading.Values);
                }
            }
            else if (_runLength >= LeastSamples)
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
            long start = clock.Microseconds;
            long last = start;
            long silent = 0; // a pause of the host counts as one cycle: the chip went on in it
            bool begun = false;
            while (have < want && !(begun && _source.Number >= want))
            {
                float value;
                try
                {
                    if (!begun)
                    {
                        _source.Begin();
                        begun = true;
                        last = clock.Microseconds;
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
                    _amperes[have] = value;
                    _marks[have] = _source.Number > 0 ? _source.Number : (int)(now - start);
                    have++;
                    silent = 0;
                    if (_source.Clipped)
                    {
                        quality.Clipped++;
                    }
                }
                else if ((silent += now - last < cycle ? now - last : cycle) > SilentCycles * cycle)
                {
                    if (_source.Number == 0)
                    {
                        GiveUp(SensorFault.NoData);
                    }

                    break; // a source that numbers has lost count on a slow bus: what it has is good
                }

                last = now;
                clock.Wait(_source.PauseMicroseconds);
            }

            Account(quality, have, begun && Confirm(quality), cycle);
        }

        /// <summary>Ends the window. Where the source cannot say that its values stand, none does.</summary>
        [HotPath]
        private bool Confirm(Quality quality)
        {
            bool works = Fault == SensorFault.None;
            try
            {
                if (_source.End())
                {
                    return true;
                }

                if (works)
                {
                    GiveUp(SensorFault.NoData); // the chip's oscillator left its bounds: it is started, and measured, anew
                }
            }
            catch (BusException)
            {
                quality.Retries++;
                if (works)
                {
                    Recover();
                }
            }
            catch (SensorException exception)
            {
                if (works)
                {
                    GiveUp(exception.Fault);
                }
            }

            return false;
        }

        /// <summary>Counts what the window has and what it misses, and finds its longest stretch without a gap.</summary>
        [HotPath]
        private void Account(Quality quality, int have, bool stands, int cycle)
        {
            _runStart = 0;
            _runLength = 0;
            if (have == 0)
            {
                return;
            }

            bool numbered = _source.Number > 0;
            if (!stands)
            {
                quality.Lost = numbered ? _marks[have - 1] : have;
                quality.Clipped = 0;
                return;
            }

            quality.Samples = have;
            _runLength = have;
            if (numbered)
            {
                quality.Rate = _source.MeasuredRate;
                quality.Lost = _marks[have - 1] - have; // those before the first that was read, too
                FindRun(have);
            }
            else if (have > 1)
            {
                int made = MadeByTime(have, cycle);
                quality.Rate = (made - 1) * 1000000f / (_marks[have - 1] - _marks[0]);
                quality.Lost = made > have ? made - have : 0;
            }
        }

        /// <summary>Finds the longest stretch of conversions with consecutive numbers.</summary>
        [HotPath]
        private void FindRun(int have)
        {
            _runLength = 0;
            int start = 0;
            for (int i = 1; i <= have; i++)
            {
                if (i < have && _marks[i] == _marks[i - 1] + 1)
                {
                    continue;
                }

                if (i - start > _runLength)
                {
                    _runStart = start;
                    _runLength = i - start;
                }

                start = i;
            }
        }

        /// <summary>Tells how many conversions the chip made, from the first one read to the last.</summary>
        /// <remarks>
        /// A chip's oscillator is up to some per cent off, so its data sheet's period does not do. The shortest mean distance over a third of
        /// the window is free of gaps, or nearly, and close enough to tell one period from two; what follows from all distances is exact.
        /// </remarks>
        [HotPath]
        private int MadeByTime(int have, int cycle)
        {
            double period = cycle * (1 + OscillatorTolerance);
            int stretch = (have - 1) / Stretches;
            for (int i = stretch; stretch >= LeastStretch && i < have; i++)
            {
                double mean = (_marks[i] - _marks[i - stretch]) / (double)stretch;
                if (mean < period)
                {
                    period = mean;
                }
            }

            if (period >= cycle * (1 + OscillatorTolerance) || period <= cycle * (1 - OscillatorTolerance))
            {
                period = cycle;
            }

            int made = 0;
            for (int pass = 0; pass < 2; pass++)
            {
                made = 0;
                for (int i = 1; i < have; i++)
                {
                    made += (int)(((_marks[i] - _marks[i - 1]) / period) + 0.5);
                }

                if (made < have - 1)
                {
                    made = have - 1; // what was read was made
                }

                period = (_marks[have - 1] - _marks[0]) / (double)made;
            }

            return made + 1;
        }
    }
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Takes a burst of current over 200 ms, which is whole mains cycles at 50 Hz (10) and at 60 Hz (12); over 1 s where the current alternates and
    /// the shaft's speed is known, so that its sidebands stand apart. With what comes before it (see Settle) the node does nothing else for 1.7 s,
    /// so that takes an interval of 4 s.
    /// </summary>
    /// <remarks>
    /// A conversion that nobody fetched before the next one came is lost, and counted. Where the source numbers conversions, by the numbers;
    /// elsewhere by the times at which they were read, whose distances are whole multiples of the chip's real period.
    /// </remarks>
    public sealed class CurrentTask : SensorTask
    {
        private const int ShortMicroseconds = 200000;
        private const int LongMicroseconds = 1000000;
        private const int FirstSettleMicroseconds = 200000;
        private const int SecondSettleMicroseconds = 500000;
        private const int LongIntervals = 4; // of the long window: the shortest interval it is taken in
        private const float ShortSeconds = 0.25f; // what an oscillator 10 % slow makes of them, and some
        private const float LongSeconds = 1.2f;
        private const int LeastSamples = 16; // of a window that broke off: fewer say nothing about ripple
        private const float LeastAlternatingSeconds = 0.05f; // two cycles at 40 Hz: less is no whole number of cycles of anything
        private const int SilentCycles = 8; // this many conversions missed: the chip is not converting
        private const int Stretches = 3; // parts of a window: the shortest mean distance over so much is a first guess of the period
        private const int LeastStretch = 8; // distances; fewer tell nothing better than the data sheet
        private const double OscillatorTolerance = 0.25; // a guess farther off is no conversion every cycle, but every other

        private readonly CurrentOptions _options;
        private readonly CurrentWindow _window;
        private readonly int[] _times = new int[CurrentWindow.ShortSamples]; // of values without a number: microseconds since the window began
        private CurrentFeatures _features;
        private CurrentSource _source;
        private int _windowMicroseconds = ShortMicroseconds;
        private int _number;   // of the conversion last taken; 0 where there are none
        private int _runStart; // the values without a gap that are told of an alternating current
        private int _runLength;
        private int _newStart; // the stretch without a gap that is being taken

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        /// <param name="window">The window; points may share it, they measure one after the other.</param>
        /// <param name="options">What is known of the machine; null for the defaults.</param>
        public CurrentTask(Point point, SensorContext context, CurrentWindow window, CurrentOptions options = null)
            : base(point, context)
        {
            _window = window;
            _options = options ?? new CurrentOptions();
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
            Use(source);
        }

        /// <inheritdoc/>
        protected override void Use(SensorSource source)
        {
            _source = (CurrentSource)source;
            bool alternating = _source.Alternating;
            bool sidebands = alternating && _options.SpeedRpm > 0 && Context.IntervalMilliseconds * 1000L >= LongIntervals * LongMicroseconds;
            if (sidebands)
            {
                _window.Lengthen();
            }

            _windowMicroseconds = sidebands ? LongMicroseconds : ShortMicroseconds;
            _features = new CurrentFeatures(_options, sidebands ? LongSeconds : ShortSeconds, alternating ? CurrentFeatures.MostHarmonics : 0);
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
                    quality.Notes |= _features.ComputeAlternating(
                        _window.Amperes, _runStart, _runLength, quality.Rate, _source.AveragedPart, reading.Values);
                }
                else if (_runLength > 0)
                {
                    quality.Notes |= QualityNotes.CurrentWindow;
                }
            }
            else if (_runLength >= LeastSamples)
            {
                _features.Compute(_window.Amperes, 0, quality.Samples, quality.Lost == 0 ? quality.Rate : float.NaN, reading.Values);
            }

            Complete(reading, Context.Clock.Milliseconds);
            Advance(now);
            return UntilDue(Context.Clock.Milliseconds);
        }

        /// <summary>Fills the window and the quality block: samples, rate, clipped, retries, and lost where a conversion was missed.</summary>
        [HotPath]
        private void Collect(Quality quality)
        {
            Clock clock = Context.Clock;
            int cycle = _source.CycleMicroseconds;
            float[] amperes = _window.Amperes;
            int want = _windowMicroseconds / cycle;
            int most = _windowMicroseconds == LongMicroseconds ? amperes.Length : CurrentWindow.ShortSamples;
            if (want > most)
            {
                want = most;
            }

            _number = 0;
            _runStart = 0;
            _runLength = 0;
            _newStart = 0;
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
                        if (_windowMicroseconds == LongMicroseconds && !Settle(clock))
                        {
                            GiveUp(SensorFault.NoData);
                            break;
                        }

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
                    amperes[have] = value;
                    Mark(have, (int)(now - start));
                    have++;
                    if (_number == 0 && have == _times.Length)
                    {
                        want = have;
                    }

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

        /// <summary>Lets a source that numbers conversions learn their rate anew: after a pause it is not known well enough for a long window.</summary>
        /// <remarks>
        /// Two windows that nobody reads, the second as long as the first one's knowledge bears. Without them an ADS1115 that is read every
        /// minute is certain of some 170 conversions, with them of 460 and more.
        /// </remarks>
        [HotPath]
        private bool Settle(Clock clock)
        {
            _source.Begin();
            clock.Wait(FirstSettleMicroseconds);
            if (!_source.End())
            {
                return false;
            }

            _source.Begin();
            clock.Wait(SecondSettleMicroseconds);
            return _source.End();
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

        /// <summary>Notes when a value was converted: by its number, which ends a stretch where it leaves some out, or by time.</summary>
        [HotPath]
        private void Mark(int at, int microseconds)
        {
            int number = _source.Number;
            if (number == 0)
            {
                if (at < _times.Length) { _times[at] = microseconds; }
                return;
            }

            if (number != _number + 1)
            {
                _newStart = at;
            }

            _number = number;
            if (at - _newStart >= _runLength)
            {
                _runStart = _newStart;
                _runLength = at - _newStart + 1;
            }
        }

        /// <summary>Counts what the window has and what it misses.</summary>
        [HotPath]
        private void Account(Quality quality, int have, bool stands, int cycle)
        {
            bool numbered = _number > 0;
            if (have == 0 || !stands)
            {
                quality.Lost = numbered ? _number : have;
                quality.Clipped = 0;
                _runLength = 0;
                return;
            }

            quality.Samples = have;
            if (numbered)
            {
                quality.Rate = _source.MeasuredRate;
                quality.Lost = _number - have; // those before the first that was read, too
                return;
            }

            _runLength = have;
            if (have > 1)
            {
                int made = MadeByTime(have, cycle);
                quality.Rate = (made - 1) * 1000000f / (_times[have - 1] - _times[0]);
                quality.Lost = made > have ? made - have : 0;
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
                double mean = (_times[i] - _times[i - stretch]) / (double)stretch;
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
                    made += (int)(((_times[i] - _times[i - 1]) / period) + 0.5);
                }

                if (made < have - 1)
                {
                    made = have - 1; // what was read was made
                }

                period = (_times[have - 1] - _times[0]) / (double)made;
            }

            return made + 1;
        }
    }
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Drains a block of acceleration in one burst, then computes what leaves the node.</summary>
    /// <remarks>
    /// Blocks need not adjoin. Inside a block no sample is missing, or the reading says how many are. A burst that breaks
    /// off keeps what it has, when that is still enough to say something. There are four ways to take a block: all axes at once; one axis a burst, which
    /// the settings ask for; and of a chip of 26.7 kHz either a second of its slots, decoded afterwards, or, without PSRAM, a long window of one axis a burst.
    /// </remarks>
    public sealed class VibrationTask : SensorTask
    {
        private const int AllAxes = 0, AllSlots = 1, Axis0 = 2; // what a burst takes
        private const int LeastSamples = 64;
        private const int SilentMicroseconds = 100000; // no sample for so long at any rate in use: the chip is not measuring
        private const float RateTolerance = 0.05f;     // of the nominal rate: data sheets allow less

        private readonly BlockMemory _memory;
        private readonly VibrationOptions _options;
        private readonly VibrationFeatures _features;
        private VibrationSource _source;
        private int _block;  // samples of an axis
        private bool _byAxis;
        private bool _alarm; // whether one stood at the last reading

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        /// <param name="options">How its blocks are taken and analysed.</param>
        /// <param name="memory">The blocks; points may share it, they measure one after the other.</param>
        public VibrationTask(Point point, SensorContext context, VibrationOptions options, BlockMemory memory)
            : base(point, context)
        {
            _options = options;
            _memory = memory;
            _features = new VibrationFeatures(options, memory.Fft, memory.Work);
        }

        /// <inheritdoc/>
        protected override SensorSource Source
        {
            [HotPath]
            get { return _source; }
        }

        /// <inheritdoc/>
        protected override void Use(SensorSource source)
        {
            _source = (VibrationSource)source;
            _byAxis = _options.OneAxisPerCapture;
            if (_source.HasSlots)
            {
                _memory.MakeRoom(_source.SlotBytes);
                _byAxis = _memory.Slots == null;
            }
        }

        /// <inheritdoc/>
        [HotPath]
        protected override int Measure(long now)
        {
            CaptureBuffer captures = Context.Captures;
            bool due = IsDue(now);
            if (!due && !captures.Wants(Point))
            {
                return captures.Rest(Point, UntilDue(now));
            }

            Reading reading = Context.Outlet.Begin(Point);
            Quality quality = reading.Quality;
            _block = _source.HasSlots ? BlockMemory.LongAxisSamples : BlockMemory.BlockFor(_options, _source.NominalRate, Context.IntervalMilliseconds);
            long taken = Take(reading, due);
            if (due) // otherwise a capture wants a block, and nothing else
            {
                quality.Fault = Fault;
                quality.Notes |= _features.Notes;
                Complete(reading, taken);
                _alarm = reading.Condition.Alarm != AlarmLevel.None;
                Advance(now);
            }

            if (!_byAxis && !_source.HasSlots)
            {
                Offer(quality.Samples, VibrationFields.Axes, 0, quality, quality.Lost, taken);
            }

            return captures.Rest(Point, UntilDue(Context.Clock.Milliseconds));
        }

        // Gives when the last sample was taken. Features are computed only where a reading is due.
        [HotPath]
        private long Take(Reading reading, bool due)
        {
            Quality quality = reading.Quality;
            _features.Begin();
            if (!_byAxis)
            {
                return _source.HasSlots ? TakeSlots(reading, due) : TakeAllAxes(reading, due);
            }

            long taken = Context.Clock.Milliseconds;
            int samples = _block;
            for (int axis = 0; axis < VibrationFields.Axes && Fault == SensorFault.None; axis++)
            {
                int have = Burst(quality, Axis0 + axis, _block);
                taken = Context.Clock.Milliseconds;
                samples = have < samples ? have : samples;
                Analyse(reading, have, axis, taken, due);
            }

            quality.Samples = samples;
            return taken;
        }

        [HotPath]
        private long TakeAllAxes(Reading reading, bool due)
        {
            Quality quality = reading.Quality;
            int samples = Burst(quality, AllAxes, _block);
            long taken = Context.Clock.Milliseconds;
            quality.Samples = samples;
            if (samples > 0) // otherwise the source still tells of the block before
            {
                float rate = Account(quality);
                if (due && samples >= LeastSamples)
                {
                    quality.Clipped = _features.Compute(
                        _memory.Counts, 0, samples, _source.Weight, rate, quality.Lost == 0, _source.ClipLow, _source.ClipHigh, reading.Values);
                }
            }

            return taken;
        }

        [HotPath]
        private long TakeSlots(Reading reading, bool due)
        {
            Quality quality = reading.Quality;
            int length = Burst(quality, AllSlots, _memory.Slots.Length);
            long taken = Context.Clock.Milliseconds;
            for (int axis = 0; axis < VibrationFields.Axes && length > 0; axis++)
            {
                try
                {
                    quality.Samples = _source.DecodeAxis(_memory.Slots, length, axis, _memory.Counts);
                }
                catch (SensorException exception)
                {
                    GiveUp(exception.Fault);
                    break;
                }

                Analyse(reading, quality.Samples, axis, taken, due);
            }

            return taken;
        }

        // One axis that stands alone in the memory.
        [HotPath]
        private void Analyse(Reading reading, int samples, int axis, long taken, bool due)
        {
            if (samples <= 0)
            {
                return;
            }

            Quality quality = reading.Quality;
            float rate = Account(quality);
            int lost = _source.Lost;
            if (due && samples >= LeastSamples)
            {
                quality.Clipped += _features.ComputeAxis(
                    _memory.Counts, 0, 1, samples, axis, _source.Weight, rate, lost == 0, _source.ClipLow, _source.ClipHigh, reading.Values);
            }

            Offer(samples, 1, axis, quality, lost, taken); // the next axis overwrites it, so an alarm of this reading triggers with the next
        }

        [HotPath]
        private void Offer(int samples, int axes, int axis, Quality quality, int lost, long taken)
        {
            Context.Captures.Offer(Point, _memory.Counts, samples, axes, axis, _source.Weight, quality.Rate, lost, taken, _alarm);
        }

        // Takes over what the source knows of the burst; gives the rate to compute with.
        [HotPath]
        private float Account(Quality quality)
        {
            float nominal = _source.NominalRate;
            float rate = _source.MeasureRate();
            quality.Rate = rate;
            int lost = _source.Lost;
            quality.Lost = _byAxis && quality.Lost > lost ? quality.Lost : lost; // of several bursts the worst
            if (!(rate >= nominal * (1 - RateTolerance) && rate <= nominal * (1 + RateTolerance)))
            {
                quality.Notes |= QualityNotes.RateError;
            }

            return DigitWriter.IsWritable(rate) ? rate : nominal;
        }

        /// <summary>Drains until there is as much as wanted; nobody publishes or writes meanwhile.</summary>
        /// <returns>Samples, or bytes of slots.</returns>
        [HotPath]
        private int Burst(Quality quality, int what, int want)
        {
            Context.Quiet.Begin();
            try
            {
                return Drain(quality, what, want);
            }
            finally
            {
                Context.Quiet.End();
            }
        }

        [HotPath]
        private int Drain(Quality quality, int what, int want)
        {
            Clock clock = Context.Clock;
            int pause = (int)(_source.SamplesPerLook * 1000000f / _source.NominalRate);
            int have = 0;
            long last = clock.Microseconds;
            bool begun = false;
            while (have < want)
            {
                int got = 0;
                try
                {
                    if (!begun)
                    {
                        _source.Check();
                        _source.Begin();
                        begun = true;
                    }

                    got = what == AllAxes ? _source.Read(_memory.Counts, have, want - have)
                        : what == AllSlots ? _source.ReadSlots(_memory.Slots, have, want - have)
                        : _source.ReadAxis(_memory.Counts, have, want - have, what - Axis0);
                    Works();
                }
                catch (BusException)
                {
                    quality.Retries++;
                    if (!Recover())
                    {
                        return have;
                    }

                    continue;
                }
                catch (SensorException exception)
                {
                    GiveUp(exception.Fault);
                    return have;
                }

                if (got > 0)
                {
                    have += got;
                    last = clock.Microseconds;
                }
                else if (clock.Microseconds - last > SilentMicroseconds)
                {
                    GiveUp(SensorFault.NoData);
                    return have;
                }

                if (have < want)
                {
                    clock.Wait(pause);
                }
            }

            return have;
        }
    }
}

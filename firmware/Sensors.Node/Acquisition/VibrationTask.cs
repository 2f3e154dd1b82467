using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Drains a block of acceleration in one burst, then computes what leaves the node.</summary>
    /// <remarks>
    /// Blocks need not adjoin. Inside a block no sample is missing, or the reading says how many are. A burst that breaks
    /// off keeps what it has, when that is still enough to say something.
    /// </remarks>
    public sealed class VibrationTask : SensorTask
    {
        /// <summary>Samples in a block, of all three axes.</summary>
        public const int BlockSamples = 1024;

        private const int LeastSamples = 64;
        private const int SilentMicroseconds = 100000; // no sample for so long at any rate in use: the chip is not measuring

        private readonly short[] _xyz;
        private readonly VibrationFeatures _features = new VibrationFeatures();
        private VibrationSource _source;

        /// <summary>Makes the job of a point.</summary>
        /// <param name="point">The point.</param>
        /// <param name="context">What all points share.</param>
        /// <param name="xyz">The block; points may share it, they measure one after the other.</param>
        public VibrationTask(Point point, SensorContext context, short[] xyz)
            : base(point, context)
        {
            _xyz = xyz;
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
            int samples = 0;
            Context.Quiet.Begin();
            try
            {
                samples = Drain(reading.Quality);
            }
            finally
            {
                Context.Quiet.End();
            }

            long taken = Context.Clock.Milliseconds;
            Quality quality = reading.Quality;
            quality.Samples = samples;
            quality.Fault = Fault;
            if (samples > 0) // otherwise the source still tells of the block before
            {
                quality.Rate = _source.MeasureRate();
                quality.Lost = _source.Lost;
            }

            if (samples >= LeastSamples)
            {
                quality.Clipped = _features.Compute(
                    _xyz, 0, samples, _source.Weight, _source.ClipLow, _source.ClipHigh, reading.Values);
            }

            Context.Outlet.Complete(reading, taken);
            Advance(now);
            return UntilDue(Context.Clock.Milliseconds);
        }

        [HotPath]
        private int Drain(Quality quality)
        {
            Clock clock = Context.Clock;
            int pause = (int)(_source.SamplesPerLook * 1000000f / _source.NominalRate);
            int have = 0;
            long last = clock.Microseconds;
            bool begun = false;
            while (have < BlockSamples)
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

                    got = _source.Read(_xyz, have, BlockSamples - have);
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

                if (have < BlockSamples)
                {
                    clock.Wait(pause);
                }
            }

            return have;
        }
    }
}

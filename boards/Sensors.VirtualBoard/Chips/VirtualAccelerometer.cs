using System;

namespace Sensors.VirtualBoard
{
    /// <summary>What all virtual accelerometers share: samples made up lazily, on the chip's own clock, to the time asked for.</summary>
    /// <remarks>
    /// A chip calls <see cref="BeginSampling"/> when its registers start or change the sampling, <see cref="CatchUp"/> before anything
    /// that shows samples, and takes each sample in <see cref="Deliver"/>.
    /// </remarks>
    public abstract class VirtualAccelerometer : VirtualByteChip
    {
        private readonly int _batchSize;
        private readonly int[] _batch;
        private readonly int[] _stuck = new int[3];
        private readonly AccelerometerOptions _options;
        private double _originNanoseconds;
        private double _periodNanoseconds;
        private long _next;
        private double _rateErrorPercent;

        /// <summary>Makes the shared part.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What the chip feels.</param>
        /// <param name="seed">The board's seed.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">The specimen.</param>
        /// <param name="spi">What the data sheet says of its SPI port; null without one.</param>
        /// <param name="batchSize">Samples made at a time: at least what the FIFO holds.</param>
        private protected VirtualAccelerometer(
            VirtualTime time, IVibrationSource source, ulong seed, string name, AccelerometerOptions options, SpiRules? spi, int batchSize)
            : base(time, name, spi)
        {
            _options = options;
            _batchSize = batchSize;
            _batch = new int[3 * batchSize];
            Element = new AccelerometerElement(source, NoiseDraw.DeriveSeed(seed, name), options, batchSize);
        }

        /// <summary>Gets the rate at which the chip really samples with its present settings, in hertz.</summary>
        public double ActualRateHertz => NominalRateHertz * ClockSpeed(_options.OutputRateErrorPpm);

        /// <summary>Gets how many samples the chip has made since it had power.</summary>
        public long SamplesMade { get; private set; }

        /// <summary>Gets how many samples were lost because nobody read the FIFO in time, since the chip had power.</summary>
        public long SamplesLost { get; private protected set; }

        /// <summary>Gets the rate the registers ask for, in hertz.</summary>
        private protected abstract double NominalRateHertz { get; }

        /// <summary>Gets whether the chip samples now.</summary>
        private protected abstract bool Measuring { get; }

        /// <summary>Gets whether samples that nobody can see any more count as lost, when many pass at once.</summary>
        private protected abstract bool KeepsSamples { get; }

        /// <summary>Gets sensing element and converter.</summary>
        private protected AccelerometerElement Element { get; }

        /// <summary>Takes over the registers into <see cref="AccelerometerElement.Settings"/>; called whenever the rate changes, too.</summary>
        private protected abstract void ConfigureElement();

        /// <summary>Takes one sample.</summary>
        /// <param name="xyz">Digits of X, Y and Z.</param>
        /// <param name="nanoseconds">When it was made.</param>
        private protected abstract void Deliver(ReadOnlySpan<int> xyz, double nanoseconds);

        private protected override void Reset(long nanoseconds)
        {
            base.Reset(nanoseconds);
            SamplesMade = 0;
            SamplesLost = 0;
        }

        /// <summary>Starts sampling anew: a wake-up time and one period until the first sample.</summary>
        private protected void BeginSampling(long nanoseconds, long wakeUpNanoseconds)
        {
            _rateErrorPercent = Faults.RateErrorPercent;
            _periodNanoseconds = 1e9 / ActualRateHertz;
            _originNanoseconds = nanoseconds + wakeUpNanoseconds + _periodNanoseconds;
            _next = 0;
            ConfigureElement();
        }

        /// <summary>Makes the samples due until a time.</summary>
        private protected void CatchUp(long nanoseconds)
        {
            if (!Measuring)
            {
                return;
            }

            if (_rateErrorPercent != Faults.RateErrorPercent)
            {
                // The clock changed its rate: go on from the last sample's time.
                _rateErrorPercent = Faults.RateErrorPercent;
                _originNanoseconds += (_next - 1) * _periodNanoseconds;
                _periodNanoseconds = 1e9 / ActualRateHertz;
                _originNanoseconds += _periodNanoseconds;
                _next = 0;
                ConfigureElement();
            }

            long due = (long)Math.Floor((nanoseconds - _originNanoseconds) / _periodNanoseconds) + 1 - _next;
            if (due > 2 * _batchSize)
            {
                // Nobody looked for long: the first batch fills what stops when full, the last one what goes round.
                Make(_batchSize);
                Skip(due - (2 * _batchSize));
                due = _batchSize;
            }

            while (due > 0)
            {
                int count = (int)Math.Min(due, _batchSize);
                Make(count);
                due -= count;
            }
        }

        private protected virtual void Skip(long count)
        {
            _next += count;
            SamplesMade += count;
            if (KeepsSamples)
            {
                SamplesLost += count;
            }
        }

        private void Make(int count)
        {
            double first = _originNanoseconds + (_next * _periodNanoseconds);
            var grid = new SampleGrid(first * 1e-9, _periodNanoseconds * 1e-9, count, SamplesMade, Element.Settings.CornerHertz);
            Element.Sample(grid, Faults.FailedSelfTestAxes, _batch);
            _next += count;
            SamplesMade += count;
            for (int i = 0; i < count; i++)
            {
                Deliver(Faults.StuckData ? _stuck : _batch.AsSpan(3 * i, 3), first + (i * _periodNanoseconds));
            }

            if (!Faults.StuckData)
            {
                _batch.AsSpan(3 * (count - 1), 3).CopyTo(_stuck);
            }
        }
    }
}

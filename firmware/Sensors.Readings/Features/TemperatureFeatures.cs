using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one window of a slow quantity, a temperature or a relative humidity, taken as it comes, see
    /// <see cref="TemperatureFields"/>; and an average that goes on from window to window. One thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The slope is that of the least-squares line, sum (t - mean t)(x - mean x) / sum (t - mean t)². Sums are kept in double about
    /// the window's first sample, so that neither a long run nor a high value costs digits.
    /// </para>
    /// <para>
    /// The average y starts as the first sample; each further one moves it by y += w (x - y), w = 1 - exp(-dt / T) with the time constant
    /// T and the time dt since the sample before. So it forgets by time, not by samples: one that is late counts more, and after a
    /// pause of many T the average is the new sample. At a sample a second T = 49.5 s is w = 0.02.
    /// </para>
    /// </remarks>
    public sealed class TemperatureFeatures
    {
        /// <summary>Values per reading, see <see cref="TemperatureFields"/>.</summary>
        public const int ValueCount = TemperatureFields.Count;

        /// <summary>The least samples that a slope needs: through two, every noise is a slope.</summary>
        public const int LeastSamplesForSlope = 3;

        private const double MillisecondsPerMinute = 60000.0;

        private readonly double _averageMilliseconds; // 0 when there is no average
        private long _firstTime;
        private double _firstValue;
        private float _smallest, _largest;
        private double _sumTime, _sumTimeSquared, _sumValue, _sumTimeValue; // milliseconds and value about the first sample
        private double _average;
        private bool _averaging;   // there was a sample
        private long _averagedAt;  // when the last one was
        private long _step;        // milliseconds that the weight is for: most samples are as far apart as the ones before
        private double _weight;

        /// <summary>Makes features without an average, as a humidity has.</summary>
        public TemperatureFeatures()
        {
        }

        /// <summary>Makes features with an average.</summary>
        /// <param name="options">How it is averaged.</param>
        public TemperatureFeatures(TemperatureOptions options)
        {
            _averageMilliseconds = options.AverageSeconds * 1000.0;
        }

        /// <summary>Gets how many samples the window holds.</summary>
        public int Count { get; private set; }

        /// <summary>Makes the list of channels of a temperature of which nothing is known: <c>mean, min, max, slope, ewma</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels()
        {
            return Channels(new TemperatureOptions());
        }

        /// <summary>
        /// Makes the list of a temperature's channels: those of <see cref="Channels()"/>, and <c>rise</c> where a point measures the surroundings.
        /// </summary>
        /// <param name="options">What is known.</param>
        /// <returns>A new list; make one and share it among points.</returns>
        /// <remarks>SenML has no unit for a temperature's slope (RFC 8428, 12.1): <c>Cel/min</c> is this project's own.</remarks>
        public static Channel[] Channels(TemperatureOptions options)
        {
            Channel[] channels = Channels("Cel", "Mean temperature", options.AmbientPoint != null ? TemperatureFields.Count : TemperatureFields.Rise);
            channels[TemperatureFields.Average] = new Channel("ewma", "Cel", "Exponentially weighted mean of all samples", TemperatureFields.Average);
            if (options.AmbientPoint != null)
            {
                channels[TemperatureFields.Rise] = new Channel("rise", "K", "Mean less that of the surroundings", TemperatureFields.Rise);
            }

            return channels;
        }

        /// <summary>Makes the list of a relative humidity's channels: <c>mean, min, max, slope</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        /// <remarks><c>%RH</c> is SenML's; <c>%RH/min</c> is this project's own.</remarks>
        public static Channel[] HumidityChannels()
        {
            return Channels("%RH", "Mean relative humidity", TemperatureFields.Average);
        }

        /// <summary>Empties the window. The average stays.</summary>
        [HotPath]
        public void Reset()
        {
            Count = 0;
            _sumTime = 0;
            _sumTimeSquared = 0;
            _sumValue = 0;
            _sumTimeValue = 0;
        }

        /// <summary>Takes one sample. NaN and the infinities, which no sensor measures, are passed over.</summary>
        /// <param name="milliseconds">When it was taken, in milliseconds since the board started.</param>
        /// <param name="sample">The temperature in °C, or the relative humidity in %.</param>
        [HotPath]
        public void Add(long milliseconds, float sample)
        {
            if (!DigitWriter.IsWritable(sample)) { return; }

            if (_averageMilliseconds > 0) { Average(milliseconds, sample); }

            if (Count == 0)
            {
                _firstTime = milliseconds;
                _firstValue = sample;
                _smallest = sample;
                _largest = sample;
            }

            double time = milliseconds - _firstTime;
            double value = sample - _firstValue;
            _sumTime += time;
            _sumTimeSquared += time * time;
            _sumValue += value;
            _sumTimeValue += time * value;
            if (sample < _smallest) { _smallest = sample; }
            if (sample > _largest) { _largest = sample; }
            Count++;
        }

        /// <summary>Computes the features of the window and leaves it as it is.</summary>
        /// <param name="ambient">The mean of the surroundings; NaN where it is not known, and then there is no rise.</param>
        /// <param name="values">Receives <see cref="ValueCount"/> values from index 0; NaN where the window cannot support one.</param>
        [HotPath]
        public void Compute(float ambient, float[] values)
        {
            for (int i = 0; i < ValueCount; i++) { values[i] = float.NaN; }
            if (Count == 0)
            {
                return;
            }

            double n = Count;
            double mean = _firstValue + _sumValue / n;
            values[TemperatureFields.Mean] = (float)mean;
            values[TemperatureFields.Min] = _smallest;
            values[TemperatureFields.Max] = _largest;
            values[TemperatureFields.Rise] = (float)(mean - ambient);
            if (_averaging) { values[TemperatureFields.Average] = (float)_average; }

            double spread = n * _sumTimeSquared - _sumTime * _sumTime; // 0 where all samples have one time
            values[TemperatureFields.Slope] = Count >= LeastSamplesForSlope && spread > 0
                ? (float)((n * _sumTimeValue - _sumTime * _sumValue) / spread * MillisecondsPerMinute)
                : float.NaN;
        }

        [HotPath]
        private void Average(long milliseconds, float sample)
        {
            if (!_averaging)
            {
                _averaging = true;
                _average = sample;
            }
            else
            {
                long step = milliseconds - _averagedAt;
                if (step != _step)
                {
                    _step = step;
                    _weight = step > 0 ? 1 - Math.Exp(-step / _averageMilliseconds) : 0;
                }

                _average += _weight * (sample - _average);
            }

            _averagedAt = milliseconds;
        }

        private static Channel[] Channels(string unit, string mean, int count)
        {
            Channel[] channels = new Channel[count];
            channels[TemperatureFields.Mean] = new Channel("mean", unit, mean, TemperatureFields.Mean);
            channels[TemperatureFields.Min] = new Channel("min", unit, "Smallest sample", TemperatureFields.Min);
            channels[TemperatureFields.Max] = new Channel("max", unit, "Largest sample", TemperatureFields.Max);
            channels[TemperatureFields.Slope] = new Channel("slope", unit + "/min", "Slope of the least-squares line", TemperatureFields.Slope);
            return channels;
        }
    }
}

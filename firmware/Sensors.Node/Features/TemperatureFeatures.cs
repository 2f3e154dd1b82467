using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one window of a slow quantity, a temperature or a relative humidity, taken as it comes: mean, smallest and
    /// largest value in °C or %, and the slope per minute. One thread at a time.
    /// </summary>
    /// <remarks>
    /// The slope is that of the least-squares line, sum (t - mean t)(x - mean x) / sum (t - mean t)². Sums are kept in double about
    /// the window's first sample, so that neither a long run nor a high value costs digits.
    /// </remarks>
    public sealed class TemperatureFeatures
    {
        /// <summary>Values per reading, in the order of <see cref="Channels()"/>.</summary>
        public const int ValueCount = 4;

        /// <summary>The least samples that a slope needs: through two, every noise is a slope.</summary>
        public const int LeastSamplesForSlope = 3;

        private const int Mean = 0, Min = 1, Max = 2, Slope = 3;
        private const double MillisecondsPerMinute = 60000.0;

        private long _firstTime;
        private double _firstValue;
        private float _smallest, _largest;
        private double _sumTime, _sumTimeSquared, _sumValue, _sumTimeValue; // milliseconds and value about the first sample

        /// <summary>Gets how many samples the window holds.</summary>
        public int Count { get; private set; }

        /// <summary>Makes the list of a temperature's channels: <c>mean, min, max, slope</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        /// <remarks>SenML has no unit for a temperature's slope (RFC 8428, 12.1): <c>Cel/min</c> is this project's own.</remarks>
        public static Channel[] Channels()
        {
            return Channels("Cel", "Mean temperature");
        }

        /// <summary>Makes the list of a relative humidity's channels: <c>mean, min, max, slope</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        /// <remarks><c>%RH</c> is SenML's; <c>%RH/min</c> is this project's own.</remarks>
        public static Channel[] HumidityChannels()
        {
            return Channels("%RH", "Mean relative humidity");
        }

        /// <summary>Empties the window.</summary>
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
        /// <param name="values">Receives <see cref="ValueCount"/> values from index 0; NaN where the window cannot support one.</param>
        [HotPath]
        public void Compute(float[] values)
        {
            if (Count == 0)
            {
                for (int i = 0; i < ValueCount; i++) { values[i] = float.NaN; }
                return;
            }

            double n = Count;
            values[Mean] = (float)(_firstValue + _sumValue / n);
            values[Min] = _smallest;
            values[Max] = _largest;

            double spread = n * _sumTimeSquared - _sumTime * _sumTime; // 0 where all samples have one time
            values[Slope] = Count >= LeastSamplesForSlope && spread > 0
                ? (float)((n * _sumTimeValue - _sumTime * _sumValue) / spread * MillisecondsPerMinute)
                : float.NaN;
        }

        private static Channel[] Channels(string unit, string mean)
        {
            Channel[] channels = new Channel[ValueCount];
            channels[Mean] = new Channel("mean", unit, mean);
            channels[Min] = new Channel("min", unit, "Smallest sample");
            channels[Max] = new Channel("max", unit, "Largest sample");
            channels[Slope] = new Channel("slope", unit + "/min", "Slope of the least-squares line");
            return channels;
        }
    }
}

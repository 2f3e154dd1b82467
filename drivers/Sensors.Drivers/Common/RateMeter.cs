namespace Sensors.Drivers
{
    /// <summary>Measures a sensor's real sample rate from the data flow: a line through (time, samples so far) pairs.</summary>
    /// <remarks>
    /// <para>
    /// Feed a pair at each look at the FIFO: the time of the look, and the samples taken before plus those the FIFO held.
    /// The count is whole samples, so a pair is up to one sample off; a look that was held up (another thread, a garbage
    /// collection between the look and the clock) is off by more and is left out.
    /// </para>
    /// <para>
    /// Accuracy, with pairs spread evenly over T seconds: the error stays below 0.5 / T Hz, and is 0.2 / T Hz or less in two of
    /// three measurements; with T = 1.28 s at 3200 Hz that is 0.012 % and 0.005 %. Up to a quarter of the pairs may be held
    /// up, each by any time. The board's crystal adds its own error, typically 0.001 %.
    /// </para>
    /// <para>Samples lost break the line: call <see cref="Reset"/> then. One thread at a time.</para>
    /// </remarks>
    public sealed class RateMeter
    {
        /// <summary>Pairs kept. When they are full every second one goes, and from then on every second one offered is kept.</summary>
        public const int Capacity = 64;

        /// <summary>Fewest pairs that give a rate.</summary>
        public const int FewestPairs = 4;

        private const double LargestError = 1.5; // samples; what counting whole samples explains, and a little
        private const double MicrosecondsPerSecond = 1000000;

        private readonly long[] _times = new long[Capacity];
        private readonly long[] _samples = new long[Capacity];
        private readonly double[] _scratch = new double[Capacity];
        private int _stride = 1;
        private int _skip;

        /// <summary>Gets the number of pairs kept.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the number of pairs the last <see cref="Hertz"/> left out.</summary>
        public int Rejected { get; private set; }

        /// <summary>Forgets all pairs: at the start of a measurement, and whenever samples were lost.</summary>
        [HotPath]
        public void Reset()
        {
            Count = 0;
            Rejected = 0;
            _stride = 1;
            _skip = 0;
        }

        /// <summary>Offers a pair.</summary>
        /// <param name="microseconds">When the chip was looked at; later than the pair before.</param>
        /// <param name="samples">Samples produced until then: those taken before and those the FIFO held.</param>
        [HotPath]
        public void Add(long microseconds, long samples)
        {
            if (_skip > 0)
            {
                _skip--;
                return;
            }

            if (Count == Capacity)
            {
                for (int i = 0; i < Capacity / 2; i++)
                {
                    _times[i] = _times[2 * i];
                    _samples[i] = _samples[2 * i];
                }

                Count = Capacity / 2;
                _stride *= 2;
            }

            _times[Count] = microseconds;
            _samples[Count] = samples;
            Count++;
            _skip = _stride - 1;
        }

        /// <summary>Computes the rate over all pairs kept. Some thousand steps: once per block, not per look.</summary>
        /// <returns>Samples per second; 0 while there are fewer than <see cref="FewestPairs"/> pairs or no samples came.</returns>
        [HotPath]
        public float Hertz()
        {
            Rejected = 0;
            if (Count < FewestPairs)
            {
                return 0;
            }

            // The median slope of pairs half the run apart, and the median offset, are not moved by pairs held up ...
            int half = Count / 2;
            double[] scratch = _scratch;
            for (int i = 0; i < half; i++)
            {
                long time = _times[i + half] - _times[i];
                if (time <= 0)
                {
                    return 0;
                }

                scratch[i] = (double)(_samples[i + half] - _samples[i]) / time;
            }

            double slope = Median(scratch, half);
            for (int i = 0; i < Count; i++)
            {
                scratch[i] = Distance(i, slope);
            }

            double offset = Median(scratch, Count);

            // ... so what is far from that line is left out of the least squares.
            double meanTime = 0;
            double meanSamples = 0;
            int kept = 0;
            for (int i = 0; i < Count; i++)
            {
                if (Near(i, slope, offset))
                {
                    meanTime += _times[i] - _times[0];
                    meanSamples += _samples[i] - _samples[0];
                    kept++;
                }
            }

            Rejected = Count - kept;
            if (kept < FewestPairs)
            {
                return 0;
            }

            meanTime /= kept;
            meanSamples /= kept;
            double squares = 0;
            double products = 0;
            for (int i = 0; i < Count; i++)
            {
                if (Near(i, slope, offset))
                {
                    double time = _times[i] - _times[0] - meanTime;
                    squares += time * time;
                    products += time * (_samples[i] - _samples[0] - meanSamples);
                }
            }

            return squares > 0 && products > 0 ? (float)(products / squares * MicrosecondsPerSecond) : 0;
        }

        [HotPath]
        private double Distance(int i, double slope)
        {
            return _samples[i] - _samples[0] - (slope * (_times[i] - _times[0]));
        }

        [HotPath]
        private bool Near(int i, double slope, double offset)
        {
            double error = Distance(i, slope) - offset;
            return error <= LargestError && error >= -LargestError;
        }

        // Insertion sort: short arrays, no recursion, nothing allocated.
        [HotPath]
        private static double Median(double[] values, int count)
        {
            for (int i = 1; i < count; i++)
            {
                double value = values[i];
                int at = i;
                while (at > 0 && values[at - 1] > value)
                {
                    values[at] = values[at - 1];
                    at--;
                }

                values[at] = value;
            }

            return values[count / 2];
        }
    }
}

using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one block of a three-axis accelerometer; the fields are those of <see cref="VibrationFields"/>. Made once and used again, for
    /// blocks up to a length; holds all working memory but the block. One thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// With a = x - mean over the block (population moments, because a MEMS axis carries up to 1 g of gravity): RMS = sqrt(m2), peak = max |a|,
    /// crest = peak / RMS, skewness g1 = m3 / m2^1.5, kurtosis b2 = m4 / m2² (Pearson). The spectrum is that of <see cref="Spectrum"/>: the whole
    /// block in one segment where it is a power of two, else segments overlapping by half. Velocity and displacement are sums of its lines over 2 pi f.
    /// </para>
    /// <para>
    /// What asks for fine lines - velocity, displacement, orders - is taken from that spectrum where its segments are long enough. Where only the block is, as with
    /// 26.7 kHz for half a second, it is taken from a second spectrum, of samples decimated so that one transform spans the block.
    /// </para>
    /// <para>
    /// A value that the block cannot support is NaN, and <see cref="Notes"/> says why. Memory: 5 bytes per sample of the longest transform, 20,500 at 4,096; 10,250 where
    /// each axis has a burst of its own of more than 8,192 samples.
    /// </para>
    /// </remarks>
    public sealed class VibrationFeatures
    {
        /// <summary>The least samples that RMS, peak, peak-to-peak and crest need; the mean needs one.</summary>
        public const int LeastSamples = 2;

        /// <summary>The least samples of a spectrum.</summary>
        public const int LeastSpectrum = RealFft.ShortestWindowed;

        /// <summary>How far off an order is looked for, as a part of it: a speed is not known better.</summary>
        public const float OrderPart = 0.015f;

        /// <summary>How far off the line of the mains is looked for, as a part of it.</summary>
        public const float MainsPart = 0.005f;

        private const int PerAxis = VibrationFields.PerAxis;
        private const int LongAxis = 8192;              // samples; with more, raw and transform of 4096 exceed 40 kB
        private const float VelocitySeconds = 0.5f;     // least window
        private const float VelocityPeriods = 5f;       // of the lower edge, in the window
        private const float VelocityRates = 2.106f;     // rate over upper edge
        private const float LinesApart = 3.5f;          // bins: a line then stands at most 2.7 % of its height in the next one's
        private const float RatePart = 1.05f;           // a band is cut at half the rate when the rate is this much too low, not absent
        private const double HighPart = 0.4;            // of the rate: above is where aliases fold about
        private const double HighShare = 0.4;           // of the power there: white noise has half of that
        private const float SecondsPerMinute = 60f;
        private const double Milli = 1e3;               // m/s to mm/s
        private const double Micro = 1e6;               // m to um

        private readonly VibrationOptions _options;
        private readonly AxisMoments _moments = new AxisMoments();
        private readonly RealFft _fft;
        private readonly float[] _work;
        private readonly Spectrum _spectrum;
        private readonly EnvelopeAnalysis _envelope;
        private readonly float[] _edges;
        private readonly int _bands;
        private readonly int _longestSegment;

        /// <summary>Makes the features with working memory of their own.</summary>
        /// <param name="options">How blocks are analysed; its bands must not change any more.</param>
        /// <param name="longestBlock">The most samples a block can have, of one axis.</param>
        public VibrationFeatures(VibrationOptions options, int longestBlock)
            : this(options, new RealFft(LongestTransform(options, longestBlock)))
        {
        }

        /// <summary>Makes features that compute in memory which others use, too, one after the other.</summary>
        /// <param name="options">How blocks are analysed; its bands must not change any more.</param>
        /// <param name="fft">The transform.</param>
        /// <param name="work">As many floats as its longest transform.</param>
        public VibrationFeatures(VibrationOptions options, RealFft fft, float[] work)
        {
            _options = options;
            _longestSegment = options.TransformSamples > 0 && options.TransformSamples < fft.Longest ? options.TransformSamples : fft.Longest;
            _fft = fft;
            _work = work;
            _spectrum = new Spectrum(fft, work);
            _envelope = new EnvelopeAnalysis(options, fft, work);
            _edges = options.BandEdges;
            _bands = BandsOf(_edges);
        }

        private VibrationFeatures(VibrationOptions options, RealFft fft)
            : this(options, fft, new float[fft.Longest])
        {
        }

        /// <summary>Gets what limits the values computed since <see cref="Begin"/>: bits of <see cref="QualityNotes"/>.</summary>
        public int Notes { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the spectrum that was made last: of decimated samples where velocity and orders needed finer lines than the first one's.</summary>
        public Spectrum LastSpectrum
        {
            get { return _spectrum; }
        }

        /// <summary>Gets the bytes of all arrays.</summary>
        public int WorkingBytes
        {
            get { return sizeof(float) * (_work.Length + _fft.CosineTable.Length); }
        }

        /// <summary>Makes the list of channels: <c>x_mean, x_rms, ...</c>, then y and z alike; only those that the options can yield.</summary>
        /// <param name="options">The bands, and what is known of the machine.</param>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels(VibrationOptions options)
        {
            Channel[] channels = new Channel[VibrationFields.Axes * AddAxis(null, 0, "", 0, options)];
            int count = 0;
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                count = AddAxis(channels, count, axis == 0 ? "x_" : axis == 1 ? "y_" : "z_", axis * PerAxis, options);
            }

            return channels;
        }

        /// <summary>Begins a reading whose axes are computed one by one.</summary>
        [HotPath]
        public void Begin()
        {
            Notes = QualityNotes.None;
        }

        /// <summary>Computes the features of a block.</summary>
        /// <param name="counts">Raw counts, X, Y, Z, X, Y, Z ...</param>
        /// <param name="offset">Index of the first X.</param>
        /// <param name="samples">How many samples of three counts, 0 or more.</param>
        /// <param name="weight">What one count is, in m/s².</param>
        /// <param name="rate">Samples per second, as measured; NaN or 0 when that is not known.</param>
        /// <param name="whole">Whether no sample is missing inside.</param>
        /// <param name="lowest">A count at or below this stands at the end of the chip's range.</param>
        /// <param name="highest">A count at or above this stands at the end of the chip's range.</param>
        /// <param name="values">Receives <see cref="VibrationFields.Count"/> values; NaN where the block cannot support one.</param>
        /// <returns>How many samples have at least one axis at the end of the range.</returns>
        [HotPath]
        public int Compute(short[] counts, int offset, int samples, float weight, float rate, bool whole, int lowest, int highest, float[] values)
        {
            Begin();
            bool atEnd = false;
            for (int axis = 0; axis < VibrationFields.Axes; axis++)
            {
                Analyse(counts, offset + axis, VibrationFields.Axes, samples, weight, rate, whole, values, axis * PerAxis);
                if (samples > 0 && (_moments.Smallest <= lowest || _moments.Largest >= highest)) { atEnd = true; }
            }

            return atEnd ? CountClipped(counts, offset, samples, lowest, highest) : 0; // most blocks need no further pass
        }

        /// <summary>Computes the features of one axis.</summary>
        /// <param name="counts">Holds the raw counts.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="stride">Distance of two, 1 or more.</param>
        /// <param name="samples">How many, 0 or more.</param>
        /// <param name="axis">0 for X, 1 for Y, 2 for Z.</param>
        /// <param name="weight">What one count is, in m/s².</param>
        /// <param name="rate">Samples per second, as measured; NaN or 0 when that is not known.</param>
        /// <param name="whole">Whether no sample is missing inside.</param>
        /// <param name="lowest">A count at or below this stands at the end of the chip's range.</param>
        /// <param name="highest">A count at or above this stands at the end of the chip's range.</param>
        /// <param name="values">Receives the axis's <see cref="VibrationFields.PerAxis"/> values; NaN where the block cannot support one.</param>
        /// <returns>How many counts stand at the end of the range.</returns>
        [HotPath]
        public int ComputeAxis(
            short[] counts, int offset, int stride, int samples, int axis, float weight, float rate, bool whole, int lowest, int highest, float[] values)
        {
            Analyse(counts, offset, stride, samples, weight, rate, whole, values, axis * PerAxis);
            if (samples <= 0 || (_moments.Smallest > lowest && _moments.Largest < highest)) { return 0; }

            int clipped = 0;
            int end = offset + samples * stride;
            for (int i = offset; i < end; i += stride)
            {
                int x = counts[i];
                if (x <= lowest || x >= highest) { clipped++; }
            }

            return clipped;
        }

        private static int AddAxis(Channel[] channels, int count, string name, int at, VibrationOptions options)
        {
            const string acceleration = "m/s2";
            count = Add(channels, count, name + "mean", acceleration, "Mean, gravity included", at + VibrationFields.Mean);
            count = Add(channels, count, name + "rms", acceleration, "RMS about the mean", at + VibrationFields.Rms);
            count = Add(channels, count, name + "peak", acceleration, "Largest distance from the mean", at + VibrationFields.Peak);
            count = Add(channels, count, name + "p2p", acceleration, "Largest minus smallest", at + VibrationFields.PeakToPeak);
            count = Add(channels, count, name + "crest", "/", "Peak over RMS", at + VibrationFields.Crest);
            count = Add(channels, count, name + "skew", "/", "Skewness", at + VibrationFields.Skewness);
            count = Add(channels, count, name + "kurt_pearson", "/", "Kurtosis, Gaussian 3", at + VibrationFields.Kurtosis);
            string band = Hertz(options.VelocityLow) + "-" + Hertz(options.VelocityHigh) + " Hz";
            count = Add(channels, count, name + "vel", "mm/s", "Velocity RMS, " + band, at + VibrationFields.Velocity);
            count = Add(channels, count, name + "disp", "um", "Displacement RMS, " + band, at + VibrationFields.Displacement);
            count = Add(channels, count, name + "centroid", "Hz", "Centroid of the power", at + VibrationFields.Centroid);
            for (int i = 0; i < VibrationFields.Peaks; i++)
            {
                string number = (i + 1).ToString();
                int field = at + VibrationFields.FirstPeak + 2 * i;
                count = Add(channels, count, name + "f" + number, "Hz", "Frequency of peak " + number, field);
                count = Add(channels, count, name + "a" + number, acceleration, "Amplitude of peak " + number, field + 1);
            }

            float[] edges = options.BandEdges;
            for (int i = 0; i < BandsOf(edges); i++)
            {
                string meaning = "RMS, " + Hertz(edges[2 * i]) + "-" + Hertz(edges[2 * i + 1]) + " Hz";
                count = Add(channels, count, name + "b" + (i + 1).ToString(), acceleration, meaning, at + VibrationFields.FirstBand + i);
            }

            count = Add(channels, count, name + "env", acceleration, "Envelope RMS", at + VibrationFields.Envelope);
            count = Add(channels, count, name + "env_floor", acceleration, "Median line of the envelope", at + VibrationFields.EnvelopeFloor);
            if (options.SpeedRpm > 0)
            {
                if (options.Bearing != null)
                {
                    count = Add(channels, count, name + "bpfo", acceleration, "Envelope at BPFO", at + VibrationFields.OuterRace);
                    count = Add(channels, count, name + "bpfo2", acceleration, "Envelope at 2 BPFO", at + VibrationFields.TwiceOuterRace);
                    count = Add(channels, count, name + "bpfi", acceleration, "Envelope at BPFI", at + VibrationFields.InnerRace);
                    count = Add(channels, count, name + "bpfi_sb", acceleration, "Sidebands of BPFI", at + VibrationFields.InnerSidebands);
                    count = Add(channels, count, name + "bsf2", acceleration, "Envelope at 2 BSF", at + VibrationFields.TwiceBallSpin);
                    count = Add(channels, count, name + "ftf", acceleration, "Envelope at FTF", at + VibrationFields.Cage);
                }

                for (int i = 0; i < VibrationFields.Orders; i++)
                {
                    string order = (i + 1).ToString();
                    count = Add(channels, count, name + "o" + order, acceleration, "Amplitude at " + order + "x", at + VibrationFields.FirstOrder + i);
                }

                for (int i = 0; i < VibrationFields.HalfOrders; i++)
                {
                    string order = i.ToString();
                    count = Add(channels, count, name + "o" + order + "_5", acceleration, "Amplitude at " + order + ".5x", at + VibrationFields.FirstHalfOrder + i);
                }
            }

            return Add(channels, count, name + "mains2", acceleration, "Amplitude at twice the mains frequency", at + VibrationFields.MainsLine);
        }

        private static int Add(Channel[] channels, int count, string name, string unit, string meaning, int field)
        {
            if (channels != null) { channels[count] = new Channel(name, unit, meaning, field); }
            return count + 1;
        }

        private static int BandsOf(float[] edges)
        {
            int bands = edges == null ? 0 : edges.Length >> 1;
            return bands < VibrationFields.MostBands ? bands : VibrationFields.MostBands;
        }

        // A frequency in meanings: whole, or with a tenth.
        private static string Hertz(float hertz)
        {
            int tenths = (int)(hertz * 10 + 0.5f);
            string whole = (tenths / 10).ToString();
            return tenths % 10 == 0 ? whole : whole + "." + (tenths % 10).ToString();
        }

        // What fits beside the raw counts, and is no longer than a block.
        private static int LongestTransform(VibrationOptions options, int longestBlock)
        {
            int longest = options.OneAxisPerCapture && longestBlock > LongAxis ? VibrationOptions.LongestBlock / 2 : VibrationOptions.LongestBlock;
            return PowerOfTwo(longestBlock >= longest ? longest : longestBlock < VibrationOptions.ShortestBlock ? VibrationOptions.ShortestBlock : longestBlock);
        }

        [HotPath]
        private static int PowerOfTwo(int most)
        {
            int length = 1;
            while (length <= most / 2) { length *= 2; }
            return length;
        }

        [HotPath]
        private static int CountClipped(short[] xyz, int offset, int samples, int lowest, int highest)
        {
            int clipped = 0;
            int end = offset + samples * VibrationFields.Axes;
            for (int i = offset; i < end; i += VibrationFields.Axes)
            {
                int x = xyz[i];
                int y = xyz[i + 1];
                int z = xyz[i + 2];
                if (x <= lowest || y <= lowest || z <= lowest || x >= highest || y >= highest || z >= highest) { clipped++; }
            }

            return clipped;
        }

        [HotPath]
        private void Analyse(short[] counts, int first, int stride, int samples, float weight, float rate, bool whole, float[] values, int at)
        {
            for (int i = at; i < at + PerAxis; i++) { values[i] = float.NaN; }

            _moments.Take(counts, first, stride, samples);
            StoreMoments(weight, values, at);
            if (!whole)
            {
                Notes |= QualityNotes.Gap;
                return;
            }

            if (samples < LeastSpectrum || !(rate > 0) || rate > float.MaxValue)
            {
                Notes |= QualityNotes.SpectrumWindow;
                return;
            }

            TakeSpectrum(counts, first, stride, samples, rate);
            StoreSpectrum(weight, rate, values, at);
            StoreFineLines(counts, first, stride, samples, weight, rate, values, at);
            Notes |= _envelope.Compute(counts, first, stride, samples, _moments.Mean, weight, rate, values, at);
        }

        [HotPath]
        private void StoreMoments(float weight, float[] values, int at)
        {
            AxisMoments moments = _moments;
            if (moments.Count == 0) { return; }

            double mean = moments.Mean;
            values[at + VibrationFields.Mean] = (float)(mean * weight);
            if (moments.Count < LeastSamples) { return; }

            double variance = moments.Variance;
            double rms = Math.Sqrt(variance);
            double above = moments.Largest - mean;
            double below = mean - moments.Smallest;
            double peak = above > below ? above : below;
            values[at + VibrationFields.Rms] = (float)(rms * weight);
            values[at + VibrationFields.Peak] = (float)(peak * weight);
            values[at + VibrationFields.PeakToPeak] = (float)((double)(moments.Largest - moments.Smallest) * weight);
            if (variance > 0)
            {
                values[at + VibrationFields.Crest] = (float)(peak / rms);
                values[at + VibrationFields.Skewness] = (float)(moments.Third / (variance * rms));
                values[at + VibrationFields.Kurtosis] = (float)(moments.Fourth / (variance * variance));
            }
        }

        // One segment where the block is one; else as many as fit, overlapping by half. The sum of several needs half the working array.
        [HotPath]
        private void TakeSpectrum(short[] counts, int first, int stride, int samples, float rate)
        {
            int length = PowerOfTwo(samples < _longestSegment ? samples : _longestSegment);
            if (samples >= length + length / 2 && 2 * length > _work.Length) { length /= 2; }

            double mean = _moments.Mean;
            Spectrum spectrum = _spectrum;
            spectrum.Begin(length);
            int last = samples - length;
            for (int from = 0; from <= last; from += length / 2) { spectrum.Add(counts, first + from * stride, stride, mean); }
            spectrum.End(rate);
        }

        [HotPath]
        private void StoreSpectrum(float weight, float rate, float[] values, int at)
        {
            Spectrum spectrum = _spectrum;
            spectrum.Survey();
            values[at + VibrationFields.Centroid] = (float)spectrum.Centroid;
            int peaks = spectrum.PeakCount;
            for (int i = 0; i < peaks; i++)
            {
                int field = at + VibrationFields.FirstPeak + 2 * i;
                values[field] = spectrum.PeakHertz(i);
                values[field + 1] = spectrum.PeakAmplitude(i) * weight;
            }

            float[] edges = _edges;
            int bands = _bands;
            float highest = rate * RatePart / 2;
            double resolution = spectrum.Resolution;
            for (int i = 0; i < bands; i++)
            {
                float low = edges[2 * i];
                float high = edges[2 * i + 1];
                if (high <= highest && high - low >= resolution)
                {
                    values[at + VibrationFields.FirstBand + i] = (float)(Math.Sqrt(spectrum.MeanSquare(low, high)) * weight);
                }
            }

            if (spectrum.MeanSquare(spectrum.BinFrom(HighPart * rate), spectrum.Last + 1) > HighShare * spectrum.Total)
            {
                Notes |= QualityNotes.AliasingRisk;
            }
        }

        // Velocity, displacement, orders and the line of the mains: of the spectrum that is there, and what it does not part, of a longer one.
        [HotPath]
        private void StoreFineLines(short[] counts, int first, int stride, int samples, float weight, float rate, float[] values, int at)
        {
            Spectrum spectrum = _spectrum;
            float low = _options.VelocityLow;
            float high = _options.VelocityHigh;
            float shaft = _options.SpeedRpm / SecondsPerMinute;
            double least = VelocityPeriods / low * rate; // samples that velocity needs
            if (!(least >= VelocitySeconds * rate)) { least = VelocitySeconds * rate; }
            bool velocity = rate >= VelocityRates * high && samples >= least;
            if (velocity && spectrum.Length >= least)
            {
                StoreVelocity(low, high, weight, values, at);
                velocity = false;
            }

            StoreLines(weight, float.MaxValue, values, at);
            if (velocity || !Parts(shaft / 2) || !Parts(2 * _options.MainsHertz))
            {
                int factor = samples / _work.Length;
                int most = (int)(rate * Decimator.FlatPart / high);
                if (most > Decimator.Most) { most = Decimator.Most; }
                if (factor > most) { factor = most; }
                if (factor < Decimator.Least) { factor = 1; }
                int length = PowerOfTwo(samples / factor);
                if (length > _work.Length) { length = _work.Length; }
                if (factor * length > spectrum.Length)
                {
                    TakeLongSpectrum(counts, first, stride, factor, length, rate);
                    StoreLines(weight, factor > 1 ? high : float.MaxValue, values, at);
                    if (velocity && factor * length >= least) { StoreVelocity(low, high, weight, values, at); }
                }
            }

            if (rate < VelocityRates * high) { Notes |= QualityNotes.VelocityRate; }
            else if (float.IsNaN(values[at + VibrationFields.Velocity])) { Notes |= QualityNotes.VelocityWindow; }

            if (shaft > 0 && float.IsNaN(values[at + VibrationFields.FirstOrder])) { Notes |= QualityNotes.OrdersWindow; }
        }

        [HotPath]
        private void TakeLongSpectrum(short[] counts, int first, int stride, int factor, int length, float rate)
        {
            Spectrum spectrum = _spectrum;
            spectrum.Begin(length);
            if (factor == 1)
            {
                spectrum.Add(counts, first, stride, _moments.Mean);
            }
            else
            {
                Decimator.Reduce(counts, first, stride, factor * length, _moments.Mean, factor, _work);
                spectrum.AddHere();
            }

            spectrum.End(rate / factor);
        }

        [HotPath]
        private void StoreVelocity(float low, float high, float weight, float[] values, int at)
        {
            Spectrum spectrum = _spectrum;
            spectrum.Integrate(low, high);
            values[at + VibrationFields.Velocity] = (float)(Math.Sqrt(spectrum.VelocitySquare) * weight * Milli);
            values[at + VibrationFields.Displacement] = (float)(Math.Sqrt(spectrum.DisplacementSquare) * weight * Micro);
        }

        // Tells whether lines so far apart, or so far from zero, stand apart in the spectrum. Without a distance there is nothing to part.
        [HotPath]
        private bool Parts(float hertz)
        {
            return !(hertz > 0) || _spectrum.Resolution * LinesApart <= hertz;
        }

        // What is told of the shaft's speed and of the mains, as far as the spectrum parts the lines and reaches to them.
        [HotPath]
        private void StoreLines(float weight, float highest, float[] values, int at)
        {
            Spectrum spectrum = _spectrum;
            float shaft = _options.SpeedRpm / SecondsPerMinute;
            if (shaft > 0 && Parts(shaft))
            {
                for (int i = 0; i < VibrationFields.Orders; i++)
                {
                    float hertz = (i + 1) * shaft;
                    if (hertz <= highest) { values[at + VibrationFields.FirstOrder + i] = spectrum.LineAmplitude(hertz, OrderPart) * weight; }
                }
            }

            if (shaft > 0 && Parts(shaft / 2))
            {
                for (int i = 0; i < VibrationFields.HalfOrders; i++)
                {
                    float hertz = (i + 0.5f) * shaft;
                    if (hertz <= highest) { values[at + VibrationFields.FirstHalfOrder + i] = spectrum.LineAmplitude(hertz, OrderPart) * weight; }
                }
            }

            float field = 2 * _options.MainsHertz;
            if (field > 0 && field <= highest && Parts(field))
            {
                values[at + VibrationFields.MainsLine] = spectrum.LineAmplitude(field, MainsPart) * weight;
            }
        }
    }
}

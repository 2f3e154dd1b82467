using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Envelope spectrum of one axis: how often something inside the machine is struck, although the blow itself rings at the frequency of
    /// whatever is hit. Gives the heights of a bearing's lines and the floor they are judged by. Made once and used again; one thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Causal Butterworth band-pass (<see cref="BandPass"/>) from <see cref="VibrationOptions.EnvelopeLow"/> to <see cref="VibrationOptions.EnvelopeHigh"/>,
    /// magnitude, mean of each D samples, periodic Hann window, transform. A line's height is an amplitude (peak) of the envelope, the
    /// floor is the median of the lines from 10 to 500 Hz: a race's defect stands at least eight times above it.
    /// </para>
    /// <para>
    /// D makes the rate of the envelope about 1,500 Hz (D = 2 of 3,200 Hz, 8 of 12 kHz, 18 of 26.7 kHz, 32 of 48 kHz); less where a shaft is so fast
    /// that the highest line would not fit. 1,024 of these are transformed; of a window too short for that, what spans most of it: 1,024 at
    /// a higher rate, or 512 or 256 at no less than 1,050 Hz. Lines above half the envelope's rate, or with fewer than three periods in
    /// the window, are absent. The means of D samples weaken a line at frequency f by sin(x) / x with x = pi f D / rate, 2 % at 160 Hz and 17 %
    /// at 500 Hz of 1,500; nothing corrects that, because the floor is weakened alike.
    /// </para>
    /// <para>
    /// Where the rate is too low for the upper edge, that is 0.45 of the rate; a band of less than an octave is none (<see cref="QualityNotes.EnvelopeRate"/>).
    /// </para>
    /// <para>
    /// Cost: the numerators of both sections together are (1 - z^-2)², which two integer subtractions do; what remains is four
    /// multiplications a sample, in local variables, two samples a turn. 4.5 passes a sample, and 25,000 for the spectrum of 1,024 points.
    /// </para>
    /// </remarks>
    public sealed class EnvelopeAnalysis
    {
        private const int LongestTransform = 1024;
        private const int ShortestTransform = 256;
        private const float LeastSeconds = 0.5f;
        private const float UsualRate = 1500f;           // of the envelope, in Hz
        private const float LeastRate = 1050f;           // what lines up to 500 Hz need, in Hz
        private const float RatePerLine = 2.1f;          // rate over highest line: a little more than twice
        private const float HighestPart = 0.45f;         // of the rate, for the band's upper edge
        private const float Octave = 2f;
        private const float SameRate = 0.001f;           // a rate that has changed by less needs no other filter
        private const float FloorLow = 10f;              // Hz
        private const float FloorHigh = 500f;
        private const float OnTheEdge = 0.001f;          // lines: so close to 10 or 500 Hz is at it
        private const float Slip = 0.02f;                // a line is looked for so far from where geometry puts it
        private const float FewestPeriods = 3f;
        private const float SecondsPerMinute = 60f;

        private readonly VibrationOptions _options;
        private readonly RealFft _fft;
        private readonly float[] _work;
        private readonly BandPass _filter = new BandPass();
        private readonly int _longest;
        private float _low;                              // what the filter was designed for, in Hz; 0 for nothing yet
        private float _high;
        private float _rate;
        private int _length;                             // points of the transform, and
        private int _factor;                             // the samples each is the mean of: set by Choose
        private float _found; // place of the line looked for last, in lines
        private double _mean;                            // of the envelope, before its scale: set by Detect
        private int _lines;                              // squares of lines in the work array: 0 to _lines - 1

        /// <summary>Makes the analysis.</summary>
        /// <param name="options">The band, and what is known of the machine. Read at each computation.</param>
        /// <param name="fft">The transform, of 1,024 samples or more; a shorter one gives fewer lines.</param>
        /// <param name="work">Where the envelope and its spectrum are kept while computing, 1,024 numbers; others may use it in between.</param>
        public EnvelopeAnalysis(VibrationOptions options, RealFft fft, float[] work)
        {
            _options = options ?? throw new ArgumentNullException(nameof(options));
            _fft = fft ?? throw new ArgumentNullException(nameof(fft));
            _work = work ?? throw new ArgumentNullException(nameof(work));
            _longest = LongestTransform;
            while (_longest > fft.Longest || _longest > work.Length) { _longest /= 2; }
        }

        /// <summary>Gets or sets where the spectrum's lines are kept, for pictures: amplitudes (peak) in m/s², 0 Hz first. Null where nobody draws, as on a node.</summary>
        public float[] Kept { [HotPath] get; set; }

        /// <summary>Gets how many points the last envelope had: twice as many as it had lines; 0 for none.</summary>
        public int Points
        {
            get { return _length; }
        }

        /// <summary>Gets of how many samples each point was the mean.</summary>
        public int SamplesPerPoint
        {
            get { return _factor; }
        }

        /// <summary>Computes the envelope's fields of one axis.</summary>
        /// <param name="counts">Holds the samples.</param>
        /// <param name="offset">Index of the axis's first one.</param>
        /// <param name="stride">Distance of two: 3 in blocks of three axes, 1 for an axis of its own.</param>
        /// <param name="samples">How many samples.</param>
        /// <param name="mean">Their mean, in counts.</param>
        /// <param name="weight">What one count is, in m/s².</param>
        /// <param name="rate">Samples per second, as measured.</param>
        /// <param name="values">
        /// Receives <see cref="VibrationFields.Envelope"/>, <see cref="VibrationFields.EnvelopeFloor"/> and the lines of the bearing; NaN where the window, the rate or what is
        /// known of the machine cannot support one.
        /// </param>
        /// <param name="at">Index of the axis's first field.</param>
        /// <returns><see cref="QualityNotes.EnvelopeWindow"/> or <see cref="QualityNotes.EnvelopeRate"/> where nothing was computed, and why; else 0.</returns>
        [HotPath]
        public int Compute(short[] counts, int offset, int stride, int samples, double mean, float weight, float rate, float[] values, int at)
        {
            for (int i = VibrationFields.Envelope; i <= VibrationFields.Cage; i++) { values[at + i] = float.NaN; }
            values[at + VibrationFields.TwiceOuterRace] = float.NaN;
            values[at + VibrationFields.InnerSidebands] = float.NaN;
            if (!(rate > 0) || !Prepare(rate)) { return QualityNotes.EnvelopeRate; }
            if (samples < LeastSeconds * rate) { return QualityNotes.EnvelopeWindow; }

            BearingGeometry bearing = _options.SpeedRpm > 0 ? _options.Bearing : null;
            float shaft = _options.SpeedRpm / SecondsPerMinute;
            Choose(samples, rate, bearing == null ? 0 : bearing.InnerRace * shaft);
            if (_length == 0) { return QualityNotes.EnvelopeWindow; }

            Detect(counts, offset, stride, mean);
            float scale = (float)(_filter.Gain * weight / _factor);
            values[at + VibrationFields.Envelope] = (float)(Math.Sqrt(Window() / _length) * scale);
            _fft.Transform(_work, _length);
            Square();

            scale *= 4f / _length; // twice for both halves of the spectrum, and half the length is the window's sum
            if (Kept != null) { Keep(scale); }
            float spacing = rate / ((float)_factor * _length);
            if (bearing != null)
            {
                float first = shaft / spacing;
                values[at + VibrationFields.OuterRace] = Line(bearing.OuterRace * first) * scale;
                values[at + VibrationFields.TwiceOuterRace] = Line(2 * bearing.OuterRace * first) * scale;
                values[at + VibrationFields.InnerRace] = Line(bearing.InnerRace * first) * scale;
                float inner = _found; // where it really is: the sidebands stand one turn beside that
                values[at + VibrationFields.InnerSidebands] = (LineWithin(inner - first, 1) + LineWithin(inner + first, 1)) / 2 * scale;
                values[at + VibrationFields.TwiceBallSpin] = Line(2 * bearing.BallSpin * first) * scale;
                values[at + VibrationFields.Cage] = Line(bearing.Cage * first) * scale;
            }

            values[at + VibrationFields.EnvelopeFloor] = Floor(spacing) * scale; // last: it moves the lines about
            return 0;
        }

        // Designs the filter where it has to be another one.
        [HotPath]
        private bool Prepare(float rate)
        {
            float low = _options.EnvelopeLow;
            float high = _options.EnvelopeHigh;
            float highest = HighestPart * rate;
            if (!(low > 0) || !((high < highest ? high : highest) >= Octave * low)) { return false; }

            float change = rate - _rate;
            float same = SameRate * rate;
            if (low != _low || high != _high || change > same || change < -same)
            {
                _low = low;
                _high = high;
                _rate = rate;
                _filter.Design(low, high < highest ? high : highest, rate);
            }

            return true;
        }

        // Chooses how many points are transformed, and how many samples make one.
        [HotPath]
        private void Choose(int samples, float rate, float highestLine)
        {
            int most = (int)(rate / LeastRate);
            int usual = (int)((rate / UsualRate) + 0.5f);
            if (highestLine > 0)
            {
                int fits = (int)(rate / (RatePerLine * highestLine));
                if (fits >= 1 && fits < most) { most = fits; }
            }

            if (most < 1) { most = 1; }
            if (usual > most) { usual = most; }
            if (usual < 1) { usual = 1; }

            _length = 0;
            _factor = 0;
            if (samples / _longest >= usual)
            {
                _length = _longest;
                _factor = usual;
                return;
            }

            for (int length = _longest; length >= ShortestTransform; length /= 2)
            {
                int factor = samples / length;
                if (factor > most) { factor = most; }
                if (factor * length > _factor * _length)
                {
                    _length = length;
                    _factor = factor;
                }
            }
        }

        // Filters the samples and adds up the magnitudes of each so many. Before the first one there was the mean for ever.
        [HotPath]
        private void Detect(short[] counts, int offset, int stride, double mean)
        {
            float[] work = _work;
            int length = _length;
            int pairs = _factor >> 1;
            bool odd = (_factor & 1) != 0;
            float upper1 = (float)_filter.Upper1;
            float upper2 = (float)_filter.Upper2;
            float lower1 = (float)_filter.Lower1;
            float lower2 = (float)_filter.Lower2;

            // Of this and that: every second sample, its difference to the one two before, and what both sections gave for it.
            int sampleThis = (int)(mean < 0 ? mean - 0.5 : mean + 0.5);
            int sampleThat = sampleThis;
            int differenceThis = 0;
            int differenceThat = 0;
            float upperThis = 0;
            float upperThat = 0;
            float lowerThis = 0;
            float lowerThat = 0;
            double total = 0;
            for (int i = 0; i < length; i++)
            {
                float sum = 0;
                for (int pair = pairs; pair > 0; pair--)
                {
                    int sample = counts[offset];
                    offset += stride;
                    int difference = sample - sampleThis;
                    sampleThis = sample;
                    upperThis = difference - differenceThis - (upper1 * upperThat) - (upper2 * upperThis);
                    differenceThis = difference;
                    lowerThis = upperThis - (lower1 * lowerThat) - (lower2 * lowerThis);
                    if (lowerThis < 0) { sum -= lowerThis; } else { sum += lowerThis; }

                    sample = counts[offset];
                    offset += stride;
                    difference = sample - sampleThat;
                    sampleThat = sample;
                    upperThat = difference - differenceThat - (upper1 * upperThis) - (upper2 * upperThat);
                    differenceThat = difference;
                    lowerThat = upperThat - (lower1 * lowerThis) - (lower2 * lowerThat);
                    if (lowerThat < 0) { sum -= lowerThat; } else { sum += lowerThat; }
                }

                if (odd)
                {
                    int sample = counts[offset];
                    offset += stride;
                    int difference = sample - sampleThis;
                    float upper = difference - differenceThis - (upper1 * upperThat) - (upper2 * upperThis);
                    float lower = upper - (lower1 * lowerThat) - (lower2 * lowerThis);
                    if (lower < 0) { sum -= lower; } else { sum += lower; }

                    sampleThis = sampleThat; // this was the newer one: now that is
                    sampleThat = sample;
                    differenceThis = differenceThat;
                    differenceThat = difference;
                    upperThis = upperThat;
                    upperThat = upper;
                    lowerThis = lowerThat;
                    lowerThat = lower;
                }

                work[i] = sum;
                total += sum;
            }

            _mean = total / length;
        }

        // Takes off the mean and applies the window 0.5 - 0.5 cos(2 pi n / length), four points to each cosine. Gives the sum of the squares before the window.
        [HotPath]
        private double Window()
        {
            float[] work = _work;
            float[] cosine = _fft.CosineTable;
            int length = _length;
            int half = length >> 1;
            int quarter = length >> 2;
            int step = _fft.Longest / length;
            float mean = (float)_mean;

            float a = work[0] - mean;
            float b = work[quarter] - mean;
            float c = work[half] - mean;
            float d = work[half + quarter] - mean;
            double squares = (a * a) + (b * b) + (c * c) + (d * d);
            work[0] = 0;
            work[quarter] = 0.5f * b;
            work[half] = c;
            work[half + quarter] = 0.5f * d;
            int turn = step;
            for (int i = 1; i < quarter; i++)
            {
                float high = 0.5f + (0.5f * cosine[turn]);
                float low = 1 - high;
                turn += step;
                int up = half - i;
                int down = half + i;
                int end = length - i;
                a = work[i] - mean;
                b = work[up] - mean;
                c = work[down] - mean;
                d = work[end] - mean;
                squares += (a * a) + (b * b) + (c * c) + (d * d);
                work[i] = a * low;
                work[up] = b * high;
                work[down] = c * high;
                work[end] = d * low;
            }

            return squares;
        }

        // Squares of the lines' magnitudes, in place of their real and imaginary parts.
        [HotPath]
        private void Square()
        {
            float[] work = _work;
            int lines = _length >> 1;
            int from = 2;
            work[0] *= work[0];
            for (int i = 1; i < lines; i++)
            {
                float real = work[from];
                float imaginary = work[from + 1];
                from += 2;
                work[i] = (real * real) + (imaginary * imaginary);
            }

            _lines = lines;
        }

        [HotPath]
        private void Keep(float scale)
        {
            float[] kept = Kept;
            int lines = kept.Length < _lines ? kept.Length : _lines;
            for (int i = 0; i < lines; i++) { kept[i] = (float)Math.Sqrt(_work[i]) * scale; }
        }

        // Magnitude of the highest line near a place, which is given in lines. Where it stands above both neighbours, that of the tone between the lines.
        [HotPath]
        private float Line(float place)
        {
            float reach = Slip * place;
            return LineWithin(place, reach < 1 ? 1 : reach);
        }

        // The same within a reach, in lines. Where it is stays in _found.
        [HotPath]
        private float LineWithin(float place, float reach)
        {
            float[] work = _work;
            _found = place;
            int first = (int)(place - reach) + 1;
            int last = (int)(place + reach);
            if (place < FewestPeriods || last + 1 >= _lines) { return float.NaN; }

            int highest = first;
            for (int i = first + 1; i <= last; i++)
            {
                if (work[i] > work[highest]) { highest = i; }
            }

            _found = highest;
            float square = work[highest];
            float before = work[highest - 1];
            float after = work[highest + 1];
            float magnitude = (float)Math.Sqrt(square);
            float neighbour = before > after ? before : after;
            if (neighbour > square || magnitude == 0) { return magnitude; }

            // Hann window: with a = the higher neighbour over the line, the tone is (2 a - 1) / (a + 1) lines off.
            float ratio = (float)Math.Sqrt(neighbour) / magnitude;
            float off = ((2 * ratio) - 1) / (ratio + 1);
            if (off <= 0) { return magnitude; }

            _found = after > before ? highest + off : highest - off;
            double angle = Math.PI * off;
            return (float)(magnitude * angle / Math.Sin(angle) * (1 - (off * off)));
        }

        // Median of the magnitudes of the lines from 10 to 500 Hz. Sorts as much of their squares as it takes.
        [HotPath]
        private float Floor(float spacing)
        {
            float[] work = _work;
            int first = (int)((FloorLow / spacing) + 1 - OnTheEdge);
            int last = (int)((FloorHigh / spacing) + OnTheEdge);
            if (last >= _lines) { last = _lines - 1; }
            if (first > last) { return float.NaN; }

            int middle = (first + last + 1) >> 1;
            int from = first;
            int to = last;
            while (from < to)
            {
                float pivot = work[(from + to) >> 1];
                int i = from;
                int j = to;
                while (i <= j)
                {
                    while (work[i] < pivot) { i++; }
                    while (work[j] > pivot) { j--; }
                    if (i <= j)
                    {
                        float held = work[i];
                        work[i] = work[j];
                        work[j] = held;
                        i++;
                        j--;
                    }
                }

                if (middle <= j) { to = j; }
                else if (middle >= i) { from = i; }
                else { break; } // between both: it is the pivot
            }

            double above = Math.Sqrt(work[middle]);
            if (((last - first) & 1) == 0) { return (float)above; }

            float below = work[first]; // an even number has two in the middle
            for (int i = first + 1; i < middle; i++)
            {
                if (work[i] > below) { below = work[i]; }
            }

            return (float)((above + Math.Sqrt(below)) / 2);
        }
    }
}

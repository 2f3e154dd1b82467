using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// Power spectrum of one segment of samples, or the mean of several (Welch), under a periodic Hann window. Works in arrays of the caller; one
    /// thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// With X = the transform of w (x - mean), N samples and c = 2 (1 for k = 0 and N / 2): P[k] = c |X[k]|² / (N sum w²) is the part of the mean
    /// square in bin k: the sum over all bins is the mean square. A line's amplitude (peak) is A[k] = c |X[k]| / sum w, that is sqrt(3 P[k]) with
    /// sum w = N / 2 and sum w² = 3 N / 8. Over a band it is P that is added, never A².
    /// </para>
    /// <para>
    /// <see cref="Squares"/> holds the squares as they come out of the loops: P[k] = <see cref="Scale"/> x Squares[k]. They take the place of
    /// the transform, and their sum over segments stands behind it.
    /// </para>
    /// <para>Use: <see cref="Begin"/>, an <c>Add</c> per segment, <see cref="End"/>, then what is asked for.</para>
    /// </remarks>
    public sealed class Spectrum
    {
        /// <summary>The most peaks that <see cref="Survey"/> finds.</summary>
        public const int MostPeaks = 3;

        private const int FirstPeakBin = 2;          // bins 0 and 1 hold what is left of the mean
        private const double LeastSquare = 1e-12;    // of the highest line's: float rounding is below that
        private const double PowerToAmplitude = 3;   // A² / P: 2 / (N / 2)² over 2 / (N 3 N / 8), twice for the peak

        private const double LeastOffset = 1e-6;     // of a bin

        private readonly RealFft _fft;
        private readonly float[] _work;
        private readonly float[] _peaks = new float[2 * MostPeaks]; // Hz, amplitude, Hz, ...
        private int _segments;
        private double _hertz;     // of the last Interpolate
        private double _amplitude;

        /// <summary>Makes a spectrum over an array of the caller, which others may use in between.</summary>
        /// <param name="fft">The transform.</param>
        /// <param name="work">
        /// Segments are transformed here, from index 0: at least as many elements as a segment has samples; half as many more, and one, when there is more
        /// than one segment.
        /// </param>
        public Spectrum(RealFft fft, float[] work)
        {
            _fft = fft;
            _work = work;
        }

        /// <summary>Gets the squares, [0] to [<see cref="Last"/>]: the working array.</summary>
        public float[] Squares
        {
            [HotPath]
            get { return _work; }
        }

        /// <summary>Gets the samples of a segment.</summary>
        public int Length { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the number of the last bin, at half the sampling rate.</summary>
        public int Last { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the part of the mean square that a square of 1 stands for.</summary>
        public double Scale { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the distance of two bins in Hz.</summary>
        public double Resolution { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the mean square, as <see cref="Survey"/> found it.</summary>
        public double Total { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the centroid in Hz, as <see cref="Survey"/> found it, without what is left of the mean in bin 0; NaN without power.</summary>
        public double Centroid { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the mean square of the velocity that <see cref="Integrate"/> found, in (unit of the samples x s)².</summary>
        public double VelocitySquare { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the mean square of the displacement that <see cref="Integrate"/> found, in (unit of the samples x s²)².</summary>
        public double DisplacementSquare { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets how many peaks <see cref="Survey"/> found.</summary>
        public int PeakCount { [HotPath] get; [HotPath] private set; }

        /// <summary>Begins a spectrum.</summary>
        /// <param name="length">Samples of a segment: a power of two, from 64 to the longest of the transform.</param>
        /// <exception cref="ArgumentException">It is none.</exception>
        [HotPath]
        public void Begin(int length)
        {
            if (!RealFft.IsPowerOfTwo(length) || length < RealFft.ShortestWindowed || length > _fft.Longest || length > _work.Length)
            {
                throw Refused();
            }

            Length = length;
            Last = length >> 1;
            _segments = 0;
        }

        /// <summary>Adds a segment of counts.</summary>
        /// <param name="counts">Holds the counts.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="stride">Distance of two, 1 or more.</param>
        /// <param name="mean">What is taken off each.</param>
        [HotPath]
        public void Add(short[] counts, int first, int stride, double mean)
        {
            Keep();
            _fft.TransformHalves(counts, first, stride, mean, _work, Length);
            AddTransform();
        }

        /// <summary>Adds a segment of floats.</summary>
        /// <param name="samples">Holds the samples; may be the working array, from index <see cref="Length"/> on.</param>
        /// <param name="first">Index of the first one.</param>
        /// <param name="mean">What is taken off each.</param>
        [HotPath]
        public void Add(float[] samples, int first, double mean)
        {
            Keep();
            _fft.TransformHalves(samples, first, (float)mean, _work, Length);
            AddTransform();
        }

        /// <summary>Adds the segment that is in the working array, without its mean: the only one, since it leaves no room for others.</summary>
        [HotPath]
        public void AddHere()
        {
            _fft.Window(_work, Length);
            _fft.TransformHalves(_work, Length);
            AddTransform();
        }

        /// <summary>Ends the spectrum: what follows can be asked for.</summary>
        /// <param name="rate">Samples per second.</param>
        [HotPath]
        public void End(double rate)
        {
            if (_segments > 1) { Array.Copy(_work, Length, _work, 0, Last + 1); }
            double length = Length;
            Scale = 4 / (3 * length * length * _segments); // the squares are four times |X|²
            Resolution = rate / length;
        }

        /// <summary>Gives the first bin that is not below a frequency.</summary>
        /// <param name="hertz">The frequency, 0 or more.</param>
        /// <returns>0 to <see cref="Last"/> + 1.</returns>
        [HotPath]
        public int BinFrom(double hertz)
        {
            double at = hertz / Resolution;
            if (at >= Last) { return at > Last ? Last + 1 : Last; }

            int bin = (int)at;
            return bin < at ? bin + 1 : bin;
        }

        /// <summary>Gives the first bin that is above a frequency.</summary>
        /// <param name="hertz">The frequency, 0 or more.</param>
        /// <returns>0 to <see cref="Last"/> + 1.</returns>
        [HotPath]
        public int BinAbove(double hertz)
        {
            double at = hertz / Resolution;
            return at < Last ? (int)at + 1 : Last + 1;
        }

        /// <summary>Gives the mean square of some bins.</summary>
        /// <param name="from">The first one, 0 or more.</param>
        /// <param name="to">The one behind the last one, at most <see cref="Last"/> + 1.</param>
        /// <returns>Their part of the mean square.</returns>
        [HotPath]
        public double MeanSquare(int from, int to)
        {
            float[] squares = Squares;
            double sum = 0;
            int four = to - 3;
            int k = from;
            while (k < four)
            {
                sum += squares[k] + (double)squares[k + 1] + squares[k + 2] + squares[k + 3];
                k += 4;
            }

            while (k < to)
            {
                sum += squares[k];
                k++;
            }

            return sum * Scale;
        }

        /// <summary>Gives the mean square of a band, its lower edge in it and its upper edge not, so that bands side by side add up.</summary>
        /// <param name="low">The lower edge in Hz.</param>
        /// <param name="high">The upper edge in Hz.</param>
        /// <returns>Its part of the mean square.</returns>
        [HotPath]
        public double MeanSquare(double low, double high)
        {
            return MeanSquare(BinFrom(low), BinFrom(high));
        }

        /// <summary>Finds total, centroid and the highest peaks, in one pass.</summary>
        /// <remarks>
        /// A peak is a bin from 2 on that is higher than the one before and not lower than the one behind. Its frequency and amplitude come from it and its
        /// higher neighbour, exact for a line under this window. What is a millionth of the highest line is rounding, not a peak.
        /// </remarks>
        [HotPath]
        public void Survey()
        {
            float[] squares = Squares;
            int last = Last;

            // The running total, added up, is the sum of (last + 1 - k) squares[k]: an addition instead of a product with a converted number.
            double total = squares[1];
            double totals = total;
            int best = 0;
            int second = 0;
            int third = 0;
            float bestSquare = 0;
            float secondSquare = 0;
            float thirdSquare = 0;
            for (int k = FirstPeakBin; k < last; k++)
            {
                float square = squares[k];
                total += square;
                totals += total;
                if (square > thirdSquare && square > squares[k - 1] && square >= squares[k + 1])
                {
                    if (square > secondSquare)
                    {
                        third = second;
                        thirdSquare = secondSquare;
                        if (square > bestSquare)
                        {
                            second = best;
                            secondSquare = bestSquare;
                            best = k;
                            bestSquare = square;
                        }
                        else
                        {
                            second = k;
                            secondSquare = square;
                        }
                    }
                    else
                    {
                        third = k;
                        thirdSquare = square;
                    }
                }
            }

            total += squares[last];
            totals += total;
            Total = (total + squares[0]) * Scale;
            Centroid = total > 0 ? (last + 1 - totals / total) * Resolution : double.NaN;

            double least = bestSquare * LeastSquare;
            PeakCount = 0;
            if (best > 0) { AddPeak(best); }
            if (second > 0 && secondSquare > least) { AddPeak(second); }
            if (third > 0 && thirdSquare > least) { AddPeak(third); }
        }

        /// <summary>Gives the frequency of a peak.</summary>
        /// <param name="peak">0 for the highest; below <see cref="PeakCount"/>.</param>
        /// <returns>Hz.</returns>
        [HotPath]
        public float PeakHertz(int peak)
        {
            return _peaks[2 * peak];
        }

        /// <summary>Gives the amplitude (peak) of a peak.</summary>
        /// <param name="peak">0 for the highest; below <see cref="PeakCount"/>.</param>
        /// <returns>In the unit of the samples.</returns>
        [HotPath]
        public float PeakAmplitude(int peak)
        {
            return _peaks[2 * peak + 1];
        }

        /// <summary>Gives the highest bin near a frequency.</summary>
        /// <param name="hertz">The frequency.</param>
        /// <param name="part">How far off it may be, as a part of it; one bin is always allowed, since a line can lie between two.</param>
        /// <returns>Its number; -1 where the spectrum has no such frequency.</returns>
        [HotPath]
        public int LineBin(double hertz, double part)
        {
            double width = hertz * part;
            if (width < Resolution) { width = Resolution; }
            int from = BinFrom(hertz - width);
            int to = BinAbove(hertz + width);
            if (from < 1 || to > Last || to <= from) { return -1; }

            float[] squares = Squares;
            int best = from;
            float bestSquare = squares[from];
            for (int k = from + 1; k < to; k++)
            {
                float square = squares[k];
                if (square > bestSquare)
                {
                    best = k;
                    bestSquare = square;
                }
            }

            return best;
        }

        /// <summary>Gives the amplitude (peak) of the highest line near a frequency, interpolated between bins.</summary>
        /// <param name="hertz">The frequency.</param>
        /// <param name="part">How far off it may be, as a part of it; see <see cref="LineBin"/>.</param>
        /// <returns>In the unit of the samples; NaN where the spectrum has no such frequency.</returns>
        [HotPath]
        public float LineAmplitude(double hertz, double part)
        {
            int bin = LineBin(hertz, part);
            if (bin < 0) { return float.NaN; }

            Interpolate(bin);
            return (float)_amplitude;
        }

        /// <summary>Integrates a band of accelerations once and twice: each line over 2 pi f, squared.</summary>
        /// <param name="low">The lower edge in Hz, in the band.</param>
        /// <param name="high">The upper edge in Hz, in the band.</param>
        [HotPath]
        public void Integrate(double low, double high)
        {
            float[] squares = Squares;
            int from = BinFrom(low);
            if (from < 1) { from = 1; }
            int to = BinAbove(high);
            double once = 0;
            double twice = 0;
            double bin = from;
            for (int k = from; k < to; k++)
            {
                double square = bin * bin;
                double part = squares[k] / square;
                once += part;
                twice += part / square;
                bin++;
            }

            double radians = 2 * Math.PI * Resolution;
            radians *= radians;
            VelocitySquare = once * Scale / radians;
            DisplacementSquare = twice * Scale / (radians * radians);
        }

        // One segment is squared where it is; the next one first has the squares moved away.
        [HotPath]
        private void Keep()
        {
            if (_segments == 1) { Array.Copy(_work, 0, _work, Length, Last + 1); }
        }

        [HotPath]
        private void AddTransform()
        {
            int step = _fft.Longest / Length;
            if (_segments == 0)
            {
                FftPasses.Squares(_work, Length, _fft.CosineTable, step);
            }
            else
            {
                FftPasses.AddSquares(_work, Length, _fft.CosineTable, step, Length);
            }

            _segments++;
        }

        [HotPath]
        private void AddPeak(int bin)
        {
            Interpolate(bin);
            _peaks[2 * PeakCount] = (float)_hertz;
            _peaks[2 * PeakCount + 1] = (float)_amplitude;
            PeakCount++;
        }

        // Two-point interpolation under a Hann window: with r = the higher neighbour's amplitude over the bin's, a line lies
        // d = (2 r - 1) / (r + 1) of a bin towards it, and is pi d / sin(pi d) (1 - d²) times as high. The nearest bin has d from 0 to 1/2;
        // a bin with a higher neighbour is the skirt of another line, and is told as it is.
        [HotPath]
        private void Interpolate(int bin)
        {
            float[] squares = Squares;
            float left = squares[bin - 1];
            float right = bin < Last ? squares[bin + 1] : 0;
            double square = squares[bin];
            double amplitude = Math.Sqrt(PowerToAmplitude * Scale * square);
            double offset = 0;
            if (square > 0)
            {
                double ratio = Math.Sqrt((right > left ? right : left) / square);
                offset = (2 * ratio - 1) / (ratio + 1);
                if (ratio <= 1 && offset > LeastOffset)
                {
                    double angle = Math.PI * offset;
                    amplitude *= angle / Math.Sin(angle) * (1 - offset * offset);
                }
                else
                {
                    offset = 0;
                }
            }

            _hertz = (right > left ? bin + offset : bin - offset) * Resolution;
            _amplitude = amplitude;
        }

        private static Exception Refused()
        {
            return new ArgumentException("a segment's length is a power of two from 64, and what the transform was made for");
        }
    }
}

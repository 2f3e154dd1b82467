using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>A few lines of a window's Hann spectrum: the mains frequency, and what stands beside it. Made once; one thread at a time.</summary>
    /// <remarks>
    /// <para>
    /// The line is the highest of the Hann spectrum from 40 to 70 Hz, interpolated between two bins: a = the higher neighbour over
    /// the line, d = (2 a - 1) / (a + 1) bins towards it. Harmonics do not move it, as they move crossings of zero: currents of
    /// refrigerators and computers cross it several times a cycle.
    /// </para>
    /// <para>
    /// A Hann bin is half of the Fourier sum there less a quarter of each neighbour's, so sums at single frequencies do. A long window is not
    /// searched bin by bin: its fifth of a second with the most power tells where to look.
    /// </para>
    /// </remarks>
    internal sealed class MainsSpectrum
    {
        private const int MostLines = 18;
        private const int FirstLine = 3;           // periods a window must hold: below, the line's skirts reach its mirror image
        private const double LookSeconds = 0.2;    // of the part that tells where to look
        private const double LeastShare = 0.25;    // of the power, as the Hann window weighs it, that the fundamental must have
        private const double NoiseShare = 40;      // over the samples: noise alone passes once in a million windows
        private const double ShortestSeconds = 0.4; // for sidebands, of shafts that are fast enough
        private const double SearchHertz = 1;      // to either side: the load slows an induction motor
        private const double Skirt = 3;            // bins to the fundamental's middle at least
        private const double Nothing = 1e-8;       // of the fundamental: -160 dB

        private readonly ToneSum _tone = new ToneSum();
        private readonly double[] _real = new double[MostLines];
        private readonly double[] _imaginary = new double[MostLines];
        private int _firstBin;
        private int _count;
        private double _peak; // amplitude of the line FindPeak found

        /// <summary>Gets the amplitude (peak) of the line that was found.</summary>
        internal double Amplitude { [HotPath] get; [HotPath] private set; }

        /// <summary>Looks for the mains.</summary>
        /// <param name="samples">Holds the samples.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, more than 2.</param>
        /// <param name="rate">Samples per second.</param>
        /// <param name="mean">Of the samples.</param>
        /// <returns>Hertz, 40 to 70; 0 where no line stands out.</returns>
        [HotPath]
        internal double Find(float[] samples, int offset, int count, double rate, double mean)
        {
            Amplitude = 0;
            int look = (int)(LookSeconds * rate);
            if (look > count) { look = count; }
            int from = look < count ? Strongest(samples, offset, count, look) : offset;
            double step = rate / look;
            int low = (int)Math.Ceiling((CurrentFeatures.LowestHertz / step) - 0.5);
            int high = (int)Math.Floor((CurrentFeatures.HighestHertz / step) + 0.5);
            if (low < FirstLine) { low = FirstLine; }
            double bin = FindPeak(samples, from, look, low, high);
            if (bin > 0 && look < count)
            {
                int line = (int)((bin * count / look) + 0.5);
                step = rate / count;
                bin = FindPeak(samples, offset, count, line - 1, line + 1);
            }

            double hertz = bin * step;
            double least = LeastShare > NoiseShare / count ? LeastShare : NoiseShare / count;
            if (!(hertz >= CurrentFeatures.LowestHertz && hertz <= CurrentFeatures.HighestHertz && bin >= FirstLine
                && _peak * _peak / 2 >= least * Power(samples, offset, count, mean) && _peak > 0))
            {
                return 0;
            }

            Amplitude = _peak;
            return hertz;
        }

        /// <summary>Tells whether a window can hold a line of the mains at all.</summary>
        /// <param name="count">Samples.</param>
        /// <param name="rate">Samples per second.</param>
        [HotPath]
        internal static bool Reaches(int count, double rate)
        {
            return count * (double)CurrentFeatures.LowestHertz >= FirstLine * rate && rate >= 3 * CurrentFeatures.HighestHertz;
        }

        /// <summary>Tells whether a window is long enough, and a shaft slow enough, for its sidebands to stand apart.</summary>
        /// <param name="count">Samples.</param>
        /// <param name="rate">Samples per second.</param>
        /// <param name="hertz">The mains.</param>
        /// <param name="shaft">The shaft's speed in Hz.</param>
        [HotPath]
        internal static bool Resolves(int count, double rate, double hertz, double shaft)
        {
            double apart = SearchHertz + (Skirt * rate / count); // from the mains, and from its mirror image and its double
            return count >= ShortestSeconds * rate && shaft >= apart && hertz - shaft >= apart && (hertz + shaft + SearchHertz) * 2.5 < rate
                && (2 * SearchHertz * count / rate) + 4 < MostLines;
        }

        /// <summary>Gives the highest bin close to a frequency, after the fundamental that was fitted is taken out.</summary>
        /// <param name="samples">Holds the samples.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many.</param>
        /// <param name="rate">Samples per second.</param>
        /// <param name="hertz">Where to look, 1 Hz to either side.</param>
        /// <param name="fit">What was fitted to the same samples.</param>
        /// <param name="cycles">The fundamental's frequency, in cycles a sample.</param>
        /// <returns>In dB over the line that <see cref="Find"/> found; -160 for nothing at all.</returns>
        [HotPath]
        internal double Sideband(float[] samples, int offset, int count, double rate, double hertz, HarmonicFit fit, double cycles)
        {
            double step = rate / count;
            int low = (int)Math.Ceiling((hertz - SearchHertz) / step);
            int high = (int)Math.Floor((hertz + SearchHertz) / step);
            Take(samples, offset, count, low - 1, high + 1);

            // Where the mains lie between two bins, their skirts are as high as the sidebands of a sound machine.
            double fundamental = 2 * Math.PI * cycles;
            for (int i = 0; i < _count; i++)
            {
                double angle = 2 * Math.PI * (_firstBin + i) / count;
                double apart = ToneSum.OfOnes(fundamental - angle, count) / 2;
                double mirror = ToneSum.OfOnes(fundamental + angle, count) / 2;
                _real[i] -= fit.Cosine * (apart + mirror);
                _imaginary[i] += fit.Sine * (apart - mirror);
            }

            double highest = 0;
            for (int bin = low; bin <= high; bin++)
            {
                double line = Line(bin, count);
                if (line > highest) { highest = line; }
            }

            double ratio = highest / Amplitude;
            return 20 * Math.Log10(ratio > Nothing ? ratio : Nothing);
        }

        // The mean square about the mean as the Hann window weighs it: a start at the window's edge hides no sine in its middle.
        [HotPath]
        private static double Power(float[] samples, int offset, int count, double mean)
        {
            double angle = 2 * Math.PI / count;
            double turnReal = Math.Cos(angle);
            double turnImaginary = Math.Sin(angle);
            double real = 1;
            double imaginary = 0;
            double sum = 0;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                double x = (1 - real) * (samples[i] - mean);
                sum += x * x;
                double next = (real * turnReal) - (imaginary * turnImaginary);
                imaginary = (real * turnImaginary) + (imaginary * turnReal);
                real = next;
            }

            return sum / (1.5 * count); // the squares of twice the window add up to that
        }

        // The part of a window with the most power about its mean.
        [HotPath]
        private static int Strongest(float[] samples, int offset, int count, int length)
        {
            int best = offset;
            double highest = -1;
            for (int from = offset; from + length <= offset + count; from += length)
            {
                double level = samples[from];
                double sum = 0;
                double squares = 0;
                int end = from + length;
                for (int i = from; i < end; i++)
                {
                    double x = samples[i] - level;
                    sum += x;
                    squares += x * x;
                }

                double power = squares - (sum * sum / length);
                if (power > highest)
                {
                    highest = power;
                    best = from;
                }
            }

            return best;
        }

        // The highest line between two bins that stands above its neighbours, interpolated; 0 when there is none.
        [HotPath]
        private double FindPeak(float[] samples, int offset, int count, int low, int high)
        {
            if (low < FirstLine) { low = FirstLine; }
            if (high < low || 2 * (high + 2) >= count || high - low + 5 > MostLines) { return 0; }

            Take(samples, offset, count, low - 2, high + 2);
            double before = Line(low - 1, count);
            double here = Line(low, count);
            double found = 0;
            double highest = 0;
            for (int bin = low; bin <= high; bin++)
            {
                double after = Line(bin + 1, count);
                if (here > before && here >= after && here > highest)
                {
                    highest = here;
                    _peak = here;
                    double ratio = (after > before ? after : before) / here;
                    double off = ratio > 0.5 ? ((2 * ratio) - 1) / (ratio + 1) : 0; // below half it is no sine: the bin itself
                    found = after > before ? bin + off : bin - off;
                    if (off > 0)
                    {
                        double angle = Math.PI * off;
                        _peak = here * angle / Math.Sin(angle) * (1 - (off * off));
                    }
                }

                before = here;
                here = after;
            }

            return found;
        }

        // Fourier sums at whole bins, without a window.
        [HotPath]
        private void Take(float[] samples, int offset, int count, int firstBin, int lastBin)
        {
            _firstBin = firstBin;
            _count = lastBin - firstBin + 1;
            for (int i = 0; i < _count; i++)
            {
                _tone.Take(samples, offset, count, 2 * Math.PI * (firstBin + i) / count);
                _real[i] = _tone.Real;
                _imaginary[i] = _tone.Imaginary;
            }
        }

        // A line's amplitude (peak) under the periodic Hann window: 2 |X| / (N / 2), X = half of the bin and a quarter of its neighbours. Time
        // counts from the window's middle, half a sample before the middle of its N periods: the neighbours turn by half a bin.
        [HotPath]
        private double Line(int bin, int count)
        {
            int i = bin - _firstBin;
            double[] real = _real;
            double[] imaginary = _imaginary;
            double cosine = Math.Cos(Math.PI / count) / 4;
            double sine = Math.Sin(Math.PI / count) / 4;
            double x = (real[i] / 2) + ((real[i - 1] + real[i + 1]) * cosine) + ((imaginary[i - 1] - imaginary[i + 1]) * sine);
            double y = (imaginary[i] / 2) + ((imaginary[i - 1] + imaginary[i + 1]) * cosine) - ((real[i - 1] - real[i + 1]) * sine);
            return 4 * Math.Sqrt((x * x) + (y * y)) / count;
        }
    }
}

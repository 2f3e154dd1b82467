using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one window of a current, see <see cref="CurrentFields"/>: its size, its shape, and of an alternating one the
    /// frequency, the distortion and the sidebands of the shaft. Made once and used again; one thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Direct current: RMS = sqrt(sum x² / n), with the direct part in it (true RMS): that is what heats a winding. Over whole cycles of
    /// the supply's ripple it is the effective value; a window of 200 ms holds 10 cycles of 50 Hz and 12 of 60 Hz.
    /// </para>
    /// <para>
    /// Alternating current: the mean is taken out, since a clamp passes none and what is there is the converter's. The frequency is the line of
    /// the Hann spectrum, interpolated (<see cref="MainsSpectrum"/>); at that frequency a direct part, the fundamental and its harmonics
    /// are fitted by least squares (<see cref="HarmonicFit"/>), which gives the distortion; RMS, mean and inrush are taken over whole cycles
    /// of it, the ends within a sample (<see cref="CycleMeter"/>).
    /// </para>
    /// <para>
    /// A converter that averages over its whole cycle shows a sine too small by sin(a) / a, a = pi x frequency / rate: 0.6 % at 50 Hz and
    /// 860 samples a second. x - (left - 2 x + right) / 24 undoes that to 0.01 % there and to 1 % at the third harmonic; the
    /// harmonics of the distortion are divided by it exactly.
    /// </para>
    /// </remarks>
    public sealed class CurrentFeatures
    {
        /// <summary>Values per reading, see <see cref="CurrentFields"/>.</summary>
        public const int ValueCount = CurrentFields.Count;

        /// <summary>Lowest frequency that is told of an alternating current, in hertz.</summary>
        public const float LowestHertz = 40f;

        /// <summary>Highest frequency that is told of an alternating current, in hertz.</summary>
        public const float HighestHertz = 70f;

        /// <summary>The highest harmonic of the distortion, where the rate reaches it.</summary>
        public const int MostHarmonics = 40;

        /// <summary>The harmonic that the rate must reach, or there is no distortion.</summary>
        public const int FewestHarmonics = 5;

        private const int FewestSamples = 3;
        private const double Reach = 0.45; // of the rate: the highest harmonic's frequency

        private readonly CurrentOptions _options;
        private readonly int _mostHarmonics;
        private readonly CountMoments _moments = new CountMoments();
        private readonly CycleMeter _cycles;
        private readonly MainsSpectrum _spectrum;
        private readonly HarmonicFit _fit;
        private double _mean, _variance;

        /// <summary>Makes room for the features: 2.7 kB, of which the harmonics take 2 kB.</summary>
        /// <param name="options">What is known of the machine; null for the defaults.</param>
        /// <param name="seconds">The longest window that has an inrush.</param>
        /// <param name="harmonics">The most harmonics that are fitted; 0 when no current will alternate.</param>
        public CurrentFeatures(CurrentOptions options = null, float seconds = 1.2f, int harmonics = MostHarmonics)
        {
            _options = options ?? new CurrentOptions();
            _mostHarmonics = harmonics;
            _cycles = new CycleMeter((int)(HighestHertz * seconds) + 1);
            if (harmonics > 0)
            {
                _spectrum = new MainsSpectrum();
                _fit = new HarmonicFit(harmonics);
            }
        }

        /// <summary>Gets the RMS of the fundamental in the window of the last <see cref="ComputeAlternating"/>, in amperes; NaN without one.</summary>
        public float Fundamental { get; private set; } = float.NaN;

        /// <summary>Makes the list of channels of a point of which nothing is known: <c>mean, rms, min, max, frequency, crest, thd, inrush</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels()
        {
            return Channels(new CurrentOptions());
        }

        /// <summary>
        /// Makes the list of channels: those of <see cref="Channels()"/>, and <c>sideband_low, sideband_high</c> where a speed is known.
        /// </summary>
        /// <param name="options">What is known of the machine.</param>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels(CurrentOptions options)
        {
            bool sidebands = options.SpeedRpm > 0;
            Channel[] channels = new Channel[sidebands ? CurrentFields.Count : CurrentFields.SidebandLow];
            channels[CurrentFields.Mean] = new Channel("mean", "A", "Mean, the direct part", CurrentFields.Mean);
            channels[CurrentFields.Rms] = new Channel("rms", "A", "True RMS, the direct part included unless it alternates", CurrentFields.Rms);
            channels[CurrentFields.Min] = new Channel("min", "A", "Smallest sample", CurrentFields.Min);
            channels[CurrentFields.Max] = new Channel("max", "A", "Largest sample", CurrentFields.Max);
            channels[CurrentFields.Frequency] = new Channel("frequency", "Hz", "Frequency of an alternating current", CurrentFields.Frequency);
            channels[CurrentFields.Crest] = new Channel("crest", "/", "Largest distance from the mean over the RMS about it", CurrentFields.Crest);
            channels[CurrentFields.Distortion] = new Channel("thd", "/", "Harmonics over the fundamental (THD-F)", CurrentFields.Distortion);
            channels[CurrentFields.Inrush] = new Channel(
                "inrush", "/", "Largest RMS of a half cycle over the median RMS of a cycle", CurrentFields.Inrush);
            if (sidebands)
            {
                channels[CurrentFields.SidebandLow] = new Channel(
                    "sideband_low", "dB", "Line at the mains less the shaft's speed, over the fundamental", CurrentFields.SidebandLow);
                channels[CurrentFields.SidebandHigh] = new Channel(
                    "sideband_high", "dB", "Line at the mains plus the shaft's speed, over the fundamental", CurrentFields.SidebandHigh);
            }

            return channels;
        }

        /// <summary>Computes mean, RMS, extremes and crest of raw counts; exact up to the final float. The others are NaN.</summary>
        /// <param name="counts">Raw counts.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <param name="weight">What one count is, in amperes; not negative.</param>
        /// <param name="lowest">A count at or below this stands at the end of the chip's range.</param>
        /// <param name="highest">A count at or above this stands at the end of the chip's range.</param>
        /// <param name="values">Receives <see cref="ValueCount"/> values from index 0; NaN without samples.</param>
        /// <returns>How many counts stand at the end of the range.</returns>
        [HotPath]
        public int Compute(short[] counts, int offset, int count, float weight, int lowest, int highest, float[] values)
        {
            Absent(values);
            CountMoments moments = _moments;
            moments.Take(counts, offset, 1, count);
            if (count <= 0)
            {
                return 0;
            }

            double mean = moments.Mean();
            double variance = moments.Variance();
            values[CurrentFields.Mean] = (float)(mean * weight);
            values[CurrentFields.Rms] = (float)(Math.Sqrt(moments.MeanSquare()) * weight);
            values[CurrentFields.Min] = (float)((double)moments.Smallest * weight);
            values[CurrentFields.Max] = (float)((double)moments.Largest * weight);
            values[CurrentFields.Crest] = CrestOf(moments.Smallest - mean, moments.Largest - mean, variance);
            if (moments.Smallest > lowest && moments.Largest < highest) { return 0; }

            int clipped = 0;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                int x = counts[i];
                if (x <= lowest || x >= highest) { clipped++; }
            }

            return clipped;
        }

        /// <summary>Computes the features of a direct current in amperes, with sums in double.</summary>
        /// <param name="amperes">Samples; finite.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <param name="rate">Samples per second, measured; NaN where they could not be, and then there is no inrush.</param>
        /// <param name="values">
        /// Receives <see cref="ValueCount"/> values from index 0; NaN without samples. Inrush is that of the RMS with the direct part in it,
        /// over cycles of <see cref="CurrentOptions.MainsHertz"/>; frequency, distortion and sidebands are NaN.
        /// </param>
        [HotPath]
        public void Compute(float[] amperes, int offset, int count, float rate, float[] values)
        {
            Describe(amperes, offset, count, values);
            double cycles = _options.MainsHertz / rate;
            if (count >= FewestSamples && cycles > 0 && cycles < 0.5)
            {
                _cycles.Take(amperes, offset, count, cycles, 0, 0);
                values[CurrentFields.Inrush] = (float)_cycles.Inrush;
            }
        }

        /// <summary>Computes the features of an alternating current, over whole cycles of the frequency found, with sums in double.</summary>
        /// <param name="amperes">Samples without a gap; finite.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <param name="rate">Samples per second, measured; more than 0.</param>
        /// <param name="averaged">The part of the time between two samples that each is a mean of: 0 for an instant, 1 for all of it.</param>
        /// <param name="values">
        /// Receives <see cref="ValueCount"/> values from index 0; NaN without samples. Where no sine of 40 to 70 Hz stands out frequency,
        /// distortion, inrush and sidebands are NaN, and the others those of the whole window, RMS without the mean.
        /// </param>
        /// <returns><see cref="QualityNotes.CurrentWindow"/> where window or rate are too small for something; else none.</returns>
        [HotPath]
        public int ComputeAlternating(float[] amperes, int offset, int count, float rate, float averaged, float[] values)
        {
            Fundamental = float.NaN;
            Describe(amperes, offset, count, values);
            if (count < FewestSamples)
            {
                return QualityNotes.CurrentWindow;
            }

            values[CurrentFields.Rms] = (float)Math.Sqrt(_variance);
            double hertz = _variance > 0 ? _spectrum.Find(amperes, offset, count, rate, _mean) : 0;
            if (!(hertz > 0))
            {
                return MainsSpectrum.Reaches(count, rate) ? QualityNotes.None : QualityNotes.CurrentWindow;
            }

            double cycles = hertz / rate;
            int harmonics = (int)(Reach / cycles);
            if (harmonics > _mostHarmonics) { harmonics = _mostHarmonics; }
            if (harmonics < 1) { harmonics = 1; }
            _fit.Fit(amperes, offset, count, _mean, cycles, harmonics);
            _cycles.Take(amperes, offset, count, cycles, _fit.Direct, averaged * averaged / 24);
            double offDirect = _cycles.Mean;
            double variance = _cycles.MeanSquare - (offDirect * offDirect);
            values[CurrentFields.Frequency] = (float)hertz;
            values[CurrentFields.Mean] = (float)(_fit.Direct + offDirect);
            values[CurrentFields.Rms] = (float)Math.Sqrt(Math.Max(0, variance));
            values[CurrentFields.Crest] = CrestOf(_cycles.Smallest - offDirect, _cycles.Largest - offDirect, variance);
            values[CurrentFields.Inrush] = (float)_cycles.Inrush;
            double fundamental = TruePower(1, cycles, averaged);
            Fundamental = (float)Math.Sqrt(fundamental / 2);
            int notes = QualityNotes.None;
            if (harmonics >= FewestHarmonics)
            {
                double distortion = 0;
                for (int h = 2; h <= harmonics; h++) { distortion += TruePower(h, cycles, averaged); }
                values[CurrentFields.Distortion] = (float)Math.Sqrt(distortion / fundamental);
            }
            else
            {
                notes = QualityNotes.CurrentWindow;
            }

            double shaft = _options.SpeedRpm / 60.0;
            if (!(shaft > 0))
            {
                return notes;
            }

            if (!MainsSpectrum.Resolves(count, rate, hertz, shaft))
            {
                return QualityNotes.CurrentWindow;
            }

            values[CurrentFields.SidebandLow] = (float)_spectrum.Sideband(amperes, offset, count, rate, hertz - shaft, _fit, cycles);
            values[CurrentFields.SidebandHigh] = (float)_spectrum.Sideband(amperes, offset, count, rate, hertz + shaft, _fit, cycles);
            return notes;
        }

        // Mean, RMS, extremes and crest of all samples; the others absent. Keeps mean and variance.
        [HotPath]
        private void Describe(float[] amperes, int offset, int count, float[] values)
        {
            Absent(values);
            _mean = 0;
            _variance = 0;
            if (count <= 0)
            {
                return;
            }

            // From the first sample, so that a small ripple on a large direct part keeps its digits. A double costs the interpreter no more
            // than a float.
            double level = amperes[offset];
            double sum = 0;
            double squares = 0;
            float smallest = amperes[offset];
            float largest = smallest;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                float x = amperes[i];
                double wide = x - level;
                sum += wide;
                squares += wide * wide;
                if (x < smallest) { smallest = x; }
                if (x > largest) { largest = x; }
            }

            double shift = sum / count;
            _mean = level + shift;
            _variance = Math.Max(0, (squares / count) - (shift * shift));
            values[CurrentFields.Mean] = (float)_mean;
            values[CurrentFields.Rms] = (float)Math.Sqrt(_variance + (_mean * _mean));
            values[CurrentFields.Min] = smallest;
            values[CurrentFields.Max] = largest;
            values[CurrentFields.Crest] = smallest < largest ? CrestOf(smallest - _mean, largest - _mean, _variance) : float.NaN;
        }

        // A harmonic's amplitude squared, with what the converter averaged away put back.
        [HotPath]
        private double TruePower(int harmonic, double cycles, double averaged)
        {
            double angle = Math.PI * harmonic * cycles * averaged;
            double kept = angle > 0 ? Math.Sin(angle) / angle : 1;
            return _fit.Power(harmonic) / (kept * kept);
        }

        [HotPath]
        private static float CrestOf(double smallest, double largest, double variance)
        {
            return variance > 0 ? (float)((largest > -smallest ? largest : -smallest) / Math.Sqrt(variance)) : float.NaN;
        }

        [HotPath]
        private static void Absent(float[] values)
        {
            for (int i = 0; i < ValueCount; i++) { values[i] = float.NaN; }
        }
    }
}

using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one window of a current: mean, true RMS, smallest and largest value in amperes, and the frequency of an
    /// alternating one. Made once and used again; one thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Direct current: RMS = sqrt(sum x² / n), with the direct part in it (true RMS): that is what heats a winding. Over whole cycles of
    /// the supply's ripple it is the effective value; a window of 200 ms holds 10 cycles of 50 Hz and 12 of 60 Hz.
    /// </para>
    /// <para>
    /// Alternating current: the mean is taken out, since a clamp passes none and what is there is the converter's. The frequency is found in
    /// two steps: crossings of the mean, with hysteresis, give it to a per cent, whatever the harmonics; then the phase of the
    /// fundamental in the first half of the window and in the second, both under a Hann window that keeps harmonics out, gives it
    /// to some parts in ten thousand. The window is cut to whole cycles of that, the last one within a sample by interpolation.
    /// </para>
    /// <para>
    /// A converter that averages over its whole cycle shows a sine too small by sin(a) / a, a = pi x frequency / rate: 0.6 % at 50 Hz and
    /// 860 samples a second. x - (left - 2 x + right) / 24 undoes that to 0.01 % there and to 1 % at the third harmonic.
    /// </para>
    /// </remarks>
    public sealed class CurrentFeatures
    {
        /// <summary>Values per reading, in the order of <see cref="Channels"/>.</summary>
        public const int ValueCount = 5;

        /// <summary>Lowest frequency that is told of an alternating current, in hertz.</summary>
        public const float LowestHertz = 40f;

        /// <summary>Highest frequency that is told of an alternating current, in hertz.</summary>
        public const float HighestHertz = 70f;

        private const int Mean = 0, Rms = 1, Min = 2, Max = 3, Frequency = 4;
        private const int FewestCycles = 2;
        private const double Hysteresis = 0.4;   // of the RMS: above what noise and harmonics do about the mean
        private const double LeastShare = 0.25;  // of the power that the fundamental must have: noise alone has a fiftieth
        private const int Refinements = 2;

        private readonly CountMoments _moments = new CountMoments();
        private double _real, _imaginary; // of the last Transform
        private double _sum, _squares;    // of the last SumWhole

        /// <summary>Makes the list of channels: <c>mean, rms, min, max, frequency</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels()
        {
            Channel[] channels = new Channel[ValueCount];
            channels[Mean] = new Channel("mean", "A", "Mean, the direct part");
            channels[Rms] = new Channel("rms", "A", "True RMS, the direct part included unless it alternates");
            channels[Min] = new Channel("min", "A", "Smallest sample");
            channels[Max] = new Channel("max", "A", "Largest sample");
            channels[Frequency] = new Channel("frequency", "Hz", "Frequency of an alternating current");
            return channels;
        }

        /// <summary>Computes the features of raw counts; exact up to the final float.</summary>
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
            CountMoments moments = _moments;
            moments.Take(counts, offset, 1, count);
            if (count <= 0)
            {
                Absent(values);
                return 0;
            }

            values[Mean] = (float)(moments.Mean() * weight);
            values[Rms] = (float)(Math.Sqrt(moments.MeanSquare()) * weight);
            values[Min] = (float)((double)moments.Smallest * weight);
            values[Max] = (float)((double)moments.Largest * weight);
            values[Frequency] = float.NaN;
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

        /// <summary>Computes the features of amperes, with sums in double.</summary>
        /// <param name="amperes">Samples; finite.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <param name="values">Receives <see cref="ValueCount"/> values from index 0; NaN without samples.</param>
        [HotPath]
        public void Compute(float[] amperes, int offset, int count, float[] values)
        {
            if (count <= 0)
            {
                Absent(values);
                return;
            }

            // A double product of two floats is exact, and the interpreter takes no longer over it than over a float's.
            double sum = 0;
            double squares = 0;
            float smallest = amperes[offset];
            float largest = smallest;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                float x = amperes[i];
                double wide = x;
                sum += wide;
                squares += wide * wide;
                if (x < smallest) { smallest = x; }
                if (x > largest) { largest = x; }
            }

            values[Mean] = (float)(sum / count);
            values[Rms] = (float)Math.Sqrt(squares / count);
            values[Min] = smallest;
            values[Max] = largest;
            values[Frequency] = float.NaN;
        }

        /// <summary>Computes the features of an alternating current, over whole cycles of the frequency found, with sums in double.</summary>
        /// <param name="amperes">Samples without a gap; finite.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, 0 or more.</param>
        /// <param name="rate">Samples per second, measured; more than 0.</param>
        /// <param name="averaged">The part of the time between two samples that each is a mean of: 0 for an instant, 1 for all of it.</param>
        /// <param name="values">
        /// Receives <see cref="ValueCount"/> values from index 0; NaN without samples. The frequency is NaN where no sine of 40 to 70 Hz stands
        /// out: then the other values are those of the whole window, RMS without the mean.
        /// </param>
        [HotPath]
        public void ComputeAlternating(float[] amperes, int offset, int count, float rate, float averaged, float[] values)
        {
            Compute(amperes, offset, count, values);
            if (count <= FewestCycles)
            {
                return;
            }

            double mean = values[Mean];
            double rms = Math.Sqrt(Math.Max(0, ((double)values[Rms] * values[Rms]) - (mean * mean)));
            values[Rms] = (float)rms;
            double cycles = FindCycles(amperes, offset, count, mean, rms); // per sample
            double hertz = cycles * rate;
            if (!(hertz >= LowestHertz && hertz <= HighestHertz))
            {
                return;
            }

            double sharpen = averaged * averaged / 24;
            int first = offset + 1; // the sharpened sample needs its neighbours
            double length = Math.Floor((count - 3) * cycles) / cycles;
            SumWhole(amperes, first, length, mean, sharpen);
            values[Frequency] = (float)hertz;
            values[Mean] = (float)(mean + _sum);
            values[Rms] = (float)Math.Sqrt(Math.Max(0, _squares - (_sum * _sum)));
        }

        // Cycles per sample; 0 when there is no sine that stands out.
        [HotPath]
        private double FindCycles(float[] amperes, int offset, int count, double mean, double rms)
        {
            double cycles = CountCrossings(amperes, offset, count, mean, Hysteresis * rms);
            if (cycles * count < FewestCycles + 1)
            {
                return 0;
            }

            // Two halves, each a Hann window; the phase between them tells how far the guess is off.
            int half = count / 2;
            double share = 0;
            for (int i = 0; i < Refinements; i++)
            {
                Transform(amperes, offset, half, mean, cycles);
                double real = _real;
                double imaginary = _imaginary;
                Transform(amperes, offset + half, half, mean, cycles);

                // The second half's own phase runs from its own first sample: by cycles x half it has turned in between.
                double turned = 2 * Math.PI * (cycles * half - Math.Floor(cycles * half));
                double phase = Math.Atan2(_imaginary, _real) - Math.Atan2(imaginary, real) - turned;
                phase -= 2 * Math.PI * Math.Floor(phase / (2 * Math.PI) + 0.5);
                cycles += phase / (2 * Math.PI * half);
                double amplitude = (Math.Sqrt(real * real + imaginary * imaginary) + Math.Sqrt(_real * _real + _imaginary * _imaginary)) / 2;
                share = amplitude * amplitude / 2 / (rms * rms);
            }

            return share >= LeastShare && cycles * count >= FewestCycles + 1 ? cycles : 0;
        }

        // Cycles per sample from the crossings of the mean upwards; 0 with fewer than two.
        [HotPath]
        private static double CountCrossings(float[] amperes, int offset, int count, double mean, double hysteresis)
        {
            double first = 0;
            double last = 0;
            int crossings = 0;
            bool armed = false;
            double before = amperes[offset] - mean;
            for (int i = 1; i < count; i++)
            {
                double x = amperes[offset + i] - mean;
                if (x < -hysteresis)
                {
                    armed = true;
                }
                else if (armed && x > hysteresis)
                {
                    // Where the line from the sample before crosses the upper threshold: the same place in every cycle.
                    last = i - ((x - hysteresis) / (x - before));
                    if (crossings == 0) { first = last; }
                    crossings++;
                    armed = false;
                }

                before = x;
            }

            return crossings > 1 ? (crossings - 1) / (last - first) : 0;
        }

        // The complex amplitude of one frequency under a Hann window; sine and cosine by turning a pointer, not by calls.
        [HotPath]
        private void Transform(float[] amperes, int offset, int count, double mean, double cycles)
        {
            double angle = 2 * Math.PI * cycles;
            double turnReal = Math.Cos(angle);
            double turnImaginary = Math.Sin(angle);
            double real = 1;
            double imaginary = 0;
            double windowAngle = 2 * Math.PI / count;
            double windowTurnReal = Math.Cos(windowAngle);
            double windowTurnImaginary = Math.Sin(windowAngle);
            double windowReal = Math.Cos(windowAngle / 2);
            double windowImaginary = Math.Sin(windowAngle / 2);
            double sumReal = 0;
            double sumImaginary = 0;
            int end = offset + count;
            for (int i = offset; i < end; i++)
            {
                double x = (1 - windowReal) * (amperes[i] - mean); // twice the window: its sum is the count
                sumReal += x * real;
                sumImaginary -= x * imaginary;
                double next = real * turnReal - imaginary * turnImaginary;
                imaginary = real * turnImaginary + imaginary * turnReal;
                real = next;
                next = windowReal * windowTurnReal - windowImaginary * windowTurnImaginary;
                windowImaginary = windowReal * windowTurnImaginary + windowImaginary * windowTurnReal;
                windowReal = next;
            }

            _real = 2 * sumReal / count;
            _imaginary = 2 * sumImaginary / count;
        }

        // Means of x and x² from sample 'first' over a length that need not be whole, by trapezoids; x about the mean, sharpened.
        [HotPath]
        private void SumWhole(float[] amperes, int first, double length, double mean, double sharpen)
        {
            int whole = (int)length;
            double rest = length - whole;
            double sum = 0;
            double squares = 0;
            double x = Sharpened(amperes, first, mean, sharpen);
            for (int i = 1; i <= whole; i++)
            {
                double next = Sharpened(amperes, first + i, mean, sharpen);
                sum += (x + next) / 2;
                squares += (x * x + next * next) / 2;
                x = next;
            }

            double beyond = rest > 0 ? Sharpened(amperes, first + whole + 1, mean, sharpen) : x;
            double end = x + (beyond - x) * rest;
            _sum = (sum + rest * (x + end) / 2) / length;
            _squares = (squares + rest * (x * x + end * end) / 2) / length;
        }

        [HotPath]
        private static double Sharpened(float[] amperes, int at, double mean, double sharpen)
        {
            double x = amperes[at];
            return x - mean - sharpen * (amperes[at - 1] - 2 * x + amperes[at + 1]);
        }

        [HotPath]
        private static void Absent(float[] values)
        {
            for (int i = 0; i < ValueCount; i++) { values[i] = float.NaN; }
        }
    }
}

using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one window of a current: mean, true RMS, smallest and largest value, in amperes. Made once and used
    /// again; one thread at a time.
    /// </summary>
    /// <remarks>
    /// RMS = sqrt(sum x² / n), with any direct part in it (true RMS): that is what heats a winding. Over whole cycles of the
    /// supply it is the current's effective value; a window of 200 ms holds 10 cycles of 50 Hz and 12 of 60 Hz.
    /// </remarks>
    public sealed class CurrentFeatures
    {
        /// <summary>Values per reading, in the order of <see cref="Channels"/>.</summary>
        public const int ValueCount = 4;

        private const int Mean = 0, Rms = 1, Min = 2, Max = 3;

        private readonly CountMoments _moments = new CountMoments();

        /// <summary>Makes the list of channels: <c>mean, rms, min, max</c>.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels()
        {
            Channel[] channels = new Channel[ValueCount];
            channels[Mean] = new Channel("mean", "A", "Mean, the direct part");
            channels[Rms] = new Channel("rms", "A", "True RMS, the direct part included");
            channels[Min] = new Channel("min", "A", "Smallest sample");
            channels[Max] = new Channel("max", "A", "Largest sample");
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
        }

        [HotPath]
        private static void Absent(float[] values)
        {
            for (int i = 0; i < ValueCount; i++) { values[i] = float.NaN; }
        }
    }
}

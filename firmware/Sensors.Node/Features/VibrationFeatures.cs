using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// What is reported of one block of a three-axis accelerometer: per axis mean, RMS, peak, peak-to-peak and crest factor, in
    /// m/s². Made once and used again; one thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// With a = x - mean over the block of n samples: RMS = sqrt(sum a² / n) (population; the AC part only, because a MEMS axis
    /// carries up to 1 g of gravity), peak = max |a|, peak-to-peak = max x - min x, crest = peak / RMS.
    /// </para>
    /// <para>
    /// Sums are exact (<see cref="CountMoments"/>), so the only errors are those of the final float: below 2e-7 of the value,
    /// where 1e-4 is promised.
    /// </para>
    /// </remarks>
    public sealed class VibrationFeatures
    {
        /// <summary>Values per reading: five for each axis, in the order of <see cref="Channels"/>.</summary>
        public const int ValueCount = Axes * PerAxis;

        /// <summary>The least samples that RMS, peak, peak-to-peak and crest need; the mean needs one.</summary>
        public const int LeastSamples = 2;

        private const int Axes = 3;
        private const int PerAxis = 5;
        private const int Mean = 0, Rms = 1, Peak = 2, PeakToPeak = 3, Crest = 4;

        private readonly CountMoments _moments = new CountMoments();

        /// <summary>Makes the list of channels: <c>x_mean, x_rms, x_peak, x_p2p, x_crest</c>, then y and z alike.</summary>
        /// <returns>A new list; make one and share it among points.</returns>
        public static Channel[] Channels()
        {
            Channel[] channels = new Channel[ValueCount];
            for (int axis = 0; axis < Axes; axis++)
            {
                string name = axis == 0 ? "x" : axis == 1 ? "y" : "z";
                int at = axis * PerAxis;
                channels[at + Mean] = new Channel(name + "_mean", "m/s2", "Mean acceleration, gravity included");
                channels[at + Rms] = new Channel(name + "_rms", "m/s2", "RMS about the mean");
                channels[at + Peak] = new Channel(name + "_peak", "m/s2", "Largest distance from the mean");
                channels[at + PeakToPeak] = new Channel(name + "_p2p", "m/s2", "Largest minus smallest");
                channels[at + Crest] = new Channel(name + "_crest", "/", "Peak over RMS");
            }

            return channels;
        }

        /// <summary>Computes the features of a block.</summary>
        /// <param name="xyz">Raw counts, X, Y, Z, X, Y, Z ...</param>
        /// <param name="offset">Index of the first X.</param>
        /// <param name="samples">How many samples of three counts, 0 or more.</param>
        /// <param name="weight">What one count is, in m/s².</param>
        /// <param name="lowest">A count at or below this stands at the end of the chip's range.</param>
        /// <param name="highest">A count at or above this stands at the end of the chip's range.</param>
        /// <param name="values">Receives <see cref="ValueCount"/> values from index 0; NaN where the block cannot support one.</param>
        /// <returns>How many samples have at least one axis at the end of the range.</returns>
        [HotPath]
        public int Compute(short[] xyz, int offset, int samples, float weight, int lowest, int highest, float[] values)
        {
            bool atEnd = false;
            for (int axis = 0; axis < Axes; axis++)
            {
                _moments.Take(xyz, offset + axis, Axes, samples);
                Store(weight, values, axis * PerAxis);
                if (samples > 0 && (_moments.Smallest <= lowest || _moments.Largest >= highest)) { atEnd = true; }
            }

            return atEnd ? CountClipped(xyz, offset, samples, lowest, highest) : 0; // most blocks need no further pass
        }

        [HotPath]
        private void Store(float weight, float[] values, int at)
        {
            CountMoments moments = _moments;
            double mean = moments.Mean();
            values[at + Mean] = moments.Count > 0 ? (float)(mean * weight) : float.NaN;
            if (moments.Count < LeastSamples)
            {
                values[at + Rms] = float.NaN;
                values[at + Peak] = float.NaN;
                values[at + PeakToPeak] = float.NaN;
                values[at + Crest] = float.NaN;
                return;
            }

            double rms = Math.Sqrt(moments.Variance());
            double above = moments.Largest - mean;
            double below = mean - moments.Smallest;
            double peak = above > below ? above : below;
            values[at + Rms] = (float)(rms * weight);
            values[at + Peak] = (float)(peak * weight);
            values[at + PeakToPeak] = (float)((double)(moments.Largest - moments.Smallest) * weight);
            values[at + Crest] = rms > 0 ? (float)(peak / rms) : float.NaN;
        }

        [HotPath]
        private static int CountClipped(short[] xyz, int offset, int samples, int lowest, int highest)
        {
            int clipped = 0;
            int end = offset + samples * Axes;
            for (int i = offset; i < end; i += Axes)
            {
                int x = xyz[i];
                int y = xyz[i + 1];
                int z = xyz[i + 2];
                if (x <= lowest || y <= lowest || z <= lowest || x >= highest || y >= highest || z >= highest) { clipped++; }
            }

            return clipped;
        }
    }
}

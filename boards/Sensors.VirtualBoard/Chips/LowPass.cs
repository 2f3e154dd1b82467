using System;

namespace Sensors.VirtualBoard
{
    /// <summary>The response stated for the digital filter of a virtual accelerometer: second-order Butterworth, magnitude only.</summary>
    /// <remarks>
    /// |H(f)| = 1 / sqrt(1 + (f / fc)^4), -3 dB at the corner fc, phase 0 (the filter's delay is left out). It acts on the continuous
    /// signal, before sampling; what it lets through above half the output rate folds back, as in the real part. The data sheets
    /// give the corner (ADXL345: half the output rate) but not the shape; this one is a choice.
    /// </remarks>
    public static class LowPass
    {
        /// <summary>Tells the gain at a frequency.</summary>
        /// <param name="hertz">Frequency, 0 or more.</param>
        /// <param name="cornerHertz">The -3 dB frequency, more than 0; infinity for no filter.</param>
        /// <returns>0 to 1.</returns>
        public static double Gain(double hertz, double cornerHertz)
        {
            double ratio = hertz / cornerHertz;
            double square = ratio * ratio;
            return 1 / Math.Sqrt(1 + (square * square));
        }

        /// <summary>Tells the width of the flat band that lets as much white noise through as the filter does: the integral of |H|².</summary>
        /// <param name="upToHertz">Where the noise ends, 0 or more.</param>
        /// <param name="cornerHertz">The -3 dB frequency, more than 0.</param>
        /// <returns>Hertz; for noise without end 1.1107 times the corner.</returns>
        public static double NoiseBandwidthHertz(double upToHertz, double cornerHertz)
        {
            if (double.IsPositiveInfinity(cornerHertz))
            {
                return upToHertz;
            }

            // Closed form of the integral of 1 / (1 + x^4) from 0 to x.
            double x = upToHertz / cornerHertz;
            if (double.IsPositiveInfinity(x))
            {
                return cornerHertz * Math.PI / (2 * Math.Sqrt(2));
            }

            double root = Math.Sqrt(2);
            double logarithm = Math.Log(((x * x) + (root * x) + 1) / ((x * x) - (root * x) + 1));
            double angles = Math.Atan((root * x) + 1) + Math.Atan((root * x) - 1);
            return cornerHertz * (logarithm + (2 * angles)) / (4 * root);
        }
    }
}

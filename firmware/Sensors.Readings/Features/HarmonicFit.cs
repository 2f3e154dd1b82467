using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// A direct part and the sines and cosines of a frequency and its multiples, fitted together to a window by least squares.
    /// Made once and used again; one thread at a time.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Unlike a Fourier transform whose bins are taken for the harmonics, the window need not be whole cycles: 3 s of 49.97 Hz read at
    /// 50 Hz bins give 2.6 % distortion where there are 4.2 %.
    /// </para>
    /// <para>
    /// The normal equations need no matrix. With time counted from the middle of the window, the sum of cos(h w t) cos(k w t) is half of
    /// D(h - k) + D(h + k), that of two sines half of D(h - k) - D(h + k), and that of a sine and a cosine 0, where D(m) is the sum of
    /// cos(m w t) = sin(m w N / 2) / sin(m w / 2). So a table of 2 H + 1 numbers stands for it, 650 bytes at 40 harmonics instead of
    /// 51 kB. It is positive definite and nearly diagonal, as the window is some cycles long, so Gauss and Seidel's sweeps end soon.
    /// </para>
    /// </remarks>
    internal sealed class HarmonicFit
    {
        private const int MostSweeps = 60;
        private const double Enough = 1e-9; // of the fundamental: the change in the last sweep

        private readonly ToneSum _tone = new ToneSum();
        private readonly double[] _kernel;      // D(0) ... D(2 H)
        private readonly double[] _cosineSums;  // of the samples, 0 ... H
        private readonly double[] _sineSums;
        private readonly double[] _cosines;     // the fit
        private readonly double[] _sines;

        /// <summary>Makes room for a fit.</summary>
        /// <param name="most">The highest harmonic, 1 or more.</param>
        internal HarmonicFit(int most)
        {
            _kernel = new double[(2 * most) + 1];
            _cosineSums = new double[most + 1];
            _sineSums = new double[most + 1];
            _cosines = new double[most + 1];
            _sines = new double[most + 1];
        }

        /// <summary>Gets the direct part.</summary>
        internal double Direct { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the fundamental's factor of the cosine, of time from the middle of the window.</summary>
        internal double Cosine { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the fundamental's factor of the sine.</summary>
        internal double Sine { [HotPath] get; [HotPath] private set; }

        /// <summary>Fits. The frequency times the highest harmonic must stay below half the sampling rate.</summary>
        /// <param name="samples">Holds the samples.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many; more than two cycles.</param>
        /// <param name="mean">Their mean.</param>
        /// <param name="cycles">The frequency, in cycles a sample.</param>
        /// <param name="harmonics">The highest harmonic, 1 to what there is room for.</param>
        [HotPath]
        internal void Fit(float[] samples, int offset, int count, double mean, double cycles, int harmonics)
        {
            double angle = 2 * Math.PI * cycles;
            double[] kernel = _kernel;
            for (int m = 0; m <= 2 * harmonics; m++)
            {
                kernel[m] = ToneSum.OfOnes(m * angle, count);
            }

            double[] cosineSums = _cosineSums;
            double[] sineSums = _sineSums;
            cosineSums[0] = 0; // about the mean: what a constant adds to the others is in the table, too
            _cosines[0] = 0;
            for (int h = 1; h <= harmonics; h++)
            {
                _tone.Take(samples, offset, count, h * angle);
                cosineSums[h] = _tone.Real - (mean * kernel[h]);
                sineSums[h] = -_tone.Imaginary;
                _cosines[h] = 0;
                _sines[h] = 0;
            }

            Solve(_cosines, cosineSums, 0, harmonics, 1);
            Solve(_sines, sineSums, 1, harmonics, -1);
            Direct = mean + _cosines[0];
            Cosine = _cosines[1];
            Sine = _sines[1];
        }

        /// <summary>Gives a harmonic's amplitude squared (peak).</summary>
        /// <param name="harmonic">1 to the highest that was fitted.</param>
        [HotPath]
        internal double Power(int harmonic)
        {
            double cosine = _cosines[harmonic];
            double sine = _sines[harmonic];
            return (cosine * cosine) + (sine * sine);
        }

        // Sweeps over the unknowns first ... last, each set to what the others leave for it. 'sign' is that of D(h + k).
        [HotPath]
        private void Solve(double[] unknowns, double[] sums, int first, int last, double sign)
        {
            double[] kernel = _kernel;
            for (int sweep = 0; sweep < MostSweeps; sweep++)
            {
                double largest = 0;
                double moved = 0;
                for (int h = first; h <= last; h++)
                {
                    double left = 2 * sums[h];
                    for (int k = first; k < h; k++) { left -= (kernel[h - k] + (sign * kernel[h + k])) * unknowns[k]; }
                    for (int k = h + 1; k <= last; k++) { left -= (kernel[k - h] + (sign * kernel[h + k])) * unknowns[k]; }
                    double value = left / (kernel[0] + (sign * kernel[2 * h]));
                    double change = value - unknowns[h];
                    if (change < 0) { change = -change; }
                    if (change > moved) { moved = change; }
                    unknowns[h] = value;
                    if (value < 0) { value = -value; }
                    if (value > largest) { largest = value; }
                }

                if (!(moved > Enough * largest)) { return; }
            }
        }
    }
}

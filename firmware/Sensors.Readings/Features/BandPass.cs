using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Designs a Butterworth band-pass of fourth order (two poles at each edge) as two sections, for any sampling rate.</summary>
    /// <remarks>
    /// <para>
    /// Bilinear transform s = (z - 1) / (z + 1), which bends frequencies: the edges are bent the other way first, e = tan(pi f / rate). The
    /// low-pass's poles p = exp(+-j 3 pi / 4) become s = p b / 2 +- sqrt((p b / 2)² - w²) with b = e_high - e_low and w² = e_high e_low: two pairs of conjugates, of
    /// which one of each is computed. z = (1 + s) / (1 - s).
    /// </para>
    /// <para>
    /// H(z) = <see cref="Gain"/> (1 + z^-1)² / (1 + <see cref="Upper1"/> z^-1 + <see cref="Upper2"/> z^-2) x
    /// (1 - z^-1)² / (1 + <see cref="Lower1"/> z^-1 + <see cref="Lower2"/> z^-2).
    /// </para>
    /// </remarks>
    internal sealed class BandPass
    {
        /// <summary>Gets the factor in front.</summary>
        internal double Gain { get; private set; }

        /// <summary>Gets the coefficient of z^-1 of the section that sees to the upper edge.</summary>
        internal double Upper1 { get; private set; }

        /// <summary>Gets the coefficient of z^-2 of the section that sees to the upper edge.</summary>
        internal double Upper2 { get; private set; }

        /// <summary>Gets the coefficient of z^-1 of the section that sees to the lower edge.</summary>
        internal double Lower1 { get; private set; }

        /// <summary>Gets the coefficient of z^-2 of the section that sees to the lower edge.</summary>
        internal double Lower2 { get; private set; }

        /// <summary>Computes the coefficients.</summary>
        /// <param name="low">Lower edge (-3 dB) in Hz, more than 0.</param>
        /// <param name="high">Upper edge in Hz, more than the lower and less than half the rate.</param>
        /// <param name="rate">Samples per second.</param>
        [HotPath]
        internal void Design(double low, double high, double rate)
        {
            double lowEdge = Math.Tan(Math.PI * low / rate);
            double highEdge = Math.Tan(Math.PI * high / rate);
            double width = highEdge - lowEdge;

            // p b / 2 = (-1 + j) h, its square -2 j h², so the root is of -w² - 2 j h²: real part > 0, imaginary part < 0.
            double h = width / Math.Sqrt(8);
            double square = lowEdge * highEdge;
            double cross = 2 * h * h;
            double size = Math.Sqrt((square * square) + (cross * cross));
            double rootReal = Math.Sqrt((size - square) / 2);
            double rootImaginary = -Math.Sqrt((size + square) / 2);

            // Minus the root: above the middle. Plus it: below.
            double real = -h - rootReal;
            double imaginary = h - rootImaginary;
            double scale = ((1 - real) * (1 - real)) + (imaginary * imaginary);
            Upper1 = -2 * (1 - (real * real) - (imaginary * imaginary)) / scale;
            Upper2 = (((1 + real) * (1 + real)) + (imaginary * imaginary)) / scale;
            Gain = width * width / scale;

            real = -h + rootReal;
            imaginary = h + rootImaginary;
            scale = ((1 - real) * (1 - real)) + (imaginary * imaginary);
            Lower1 = -2 * (1 - (real * real) - (imaginary * imaginary)) / scale;
            Lower2 = (((1 + real) * (1 + real)) + (imaginary * imaginary)) / scale;
            Gain /= scale;
        }
    }
}

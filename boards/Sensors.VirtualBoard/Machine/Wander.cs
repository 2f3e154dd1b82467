using System;

namespace Sensors.VirtualBoard
{
    /// <summary>How what a machine does varies from one minute to the next, although nothing has changed: a factor about 1, at any time from the seed.</summary>
    internal static class Wander
    {
        /// <summary>Times are rounded down to this, in seconds; from one to the next the factor moves by some ten-thousandths.</summary>
        public const double Step = 0.05;

        private const double Least = 0.1;

        /// <summary>Tells the factor: normally distributed knots, a smooth curve between them.</summary>
        /// <param name="seed">Names the curve.</param>
        /// <param name="seconds">Virtual time.</param>
        /// <param name="spread">Standard deviation at the knots; between them down to 0.71 of it.</param>
        /// <param name="spacing">Seconds between knots.</param>
        public static double At(ulong seed, double seconds, double spread, double spacing)
        {
            if (spread == 0)
            {
                return 1;
            }

            double place = seconds / spacing;
            long knot = (long)Math.Floor(place);
            double part = place - knot;
            double weight = part * part * (3 - (2 * part));
            double before = new NoiseDraw(seed, knot).Next();
            double after = new NoiseDraw(seed, knot + 1).Next();
            return Math.Max(Least, 1 + (spread * (before + (weight * (after - before)))));
        }
    }
}

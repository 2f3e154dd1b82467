using System;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A machine whose every sample tells its own number, so that one that is invented, repeated or missing shows.</summary>
    /// <remarks>
    /// X and Y carry two digits of the number to the base 200, Z a third one and a check digit, each as a step of 0.4 % of full scale from
    /// 10 to 90 %: no stuck line, reset register or torn word reads as one of them.
    /// </remarks>
    internal sealed class NumberedSource : IVibrationSource
    {
        private const int Base = 200;
        private const int Thirds = 20;
        private const int Checks = 10;
        private const long Period = (long)Base * Base * Thirds;
        private const double LowestShare = 0.1;
        private const double StepShare = 0.004;
        private const double LargestResidue = 0.45; // of a step

        private readonly double _lowest;
        private readonly double _step;
        private long _base;
        private long _endOfLife;

        public NumberedSource(double fullScaleG)
        {
            _lowest = LowestShare * fullScaleG;
            _step = StepShare * fullScaleG;
        }

        /// <summary>Gets the number of the newest sample, over all of the chip's power cycles; numbers begin at 0.</summary>
        public long Newest { get; private set; } = -1;

        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            if (grid.FirstIndex < _endOfLife)
            {
                _base += _endOfLife; // the chip counts anew after a loss of power
            }

            _endOfLife = grid.FirstIndex + grid.Count;
            Newest = _base + _endOfLife - 1;
            for (int i = 0; i < grid.Count; i++)
            {
                long number = _base + grid.FirstIndex + i;
                int x = (int)(number % Base);
                int y = (int)(number / Base % Base);
                int third = (int)(number / Base / Base % Thirds);
                xyzG[3 * i] = Level(x);
                xyzG[(3 * i) + 1] = Level(y);
                xyzG[(3 * i) + 2] = Level((third * Checks) + Check(x, y, third));
            }
        }

        /// <summary>Tells the number of a sample.</summary>
        /// <param name="x">Digits of X.</param>
        /// <param name="y">Digits of Y.</param>
        /// <param name="z">Digits of Z.</param>
        /// <param name="gPerDigit">Weight of a digit.</param>
        /// <returns>Its number; -1 when the chip never made it.</returns>
        public long NumberOf(int x, int y, int z, double gPerDigit)
        {
            int first = Step(x * gPerDigit);
            int second = Step(y * gPerDigit);
            int last = Step(z * gPerDigit);
            if (first < 0 || second < 0 || last < 0 || last % Checks != Check(first, second, last / Checks))
            {
                return -1;
            }

            long code = first + ((long)second * Base) + ((long)(last / Checks) * Base * Base);
            long number = Newest - ((((Newest - code) % Period) + Period) % Period);
            return number < 0 ? -1 : number;
        }

        private static int Check(int x, int y, int third) => (x + (3 * y) + (7 * third)) % Checks;

        private float Level(int step) => (float)(_lowest + (step * _step));

        private int Step(double g)
        {
            double steps = (g - _lowest) / _step;
            double whole = Math.Round(steps);
            return whole is >= 0 and < Base && Math.Abs(steps - whole) <= LargestResidue ? (int)whole : -1;
        }
    }
}

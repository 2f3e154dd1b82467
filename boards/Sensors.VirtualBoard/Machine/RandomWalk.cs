using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A random walk that can be asked at any step: each step is normally distributed with standard deviation 1.</summary>
    /// <remarks>
    /// Lévy's construction: the far end first, then always the middle of what is known on both sides, each from the seed and its own index.
    /// So step 100,000,000 costs 32 draws, and what was asked before does not matter.
    /// </remarks>
    internal static class RandomWalk
    {
        private const int Levels = 32;

        /// <summary>Tells where the walk is after so many steps; 0 after none.</summary>
        /// <param name="seed">Names the walk.</param>
        /// <param name="step">0 to 2^32.</param>
        public static double At(ulong seed, long step)
        {
            long left = 0;
            long right = 1L << Levels;
            double atLeft = 0;
            double atRight = new NoiseDraw(seed, right).Next() * Math.Sqrt(right);
            while (step > left && step < right)
            {
                long middle = (left + right) / 2;
                double atMiddle = ((atLeft + atRight) / 2) + (new NoiseDraw(seed, middle).Next() * Math.Sqrt((right - left) / 4.0));
                if (step < middle)
                {
                    (right, atRight) = (middle, atMiddle);
                }
                else
                {
                    (left, atLeft) = (middle, atMiddle);
                }
            }

            return step <= left ? atLeft : atRight;
        }
    }
}

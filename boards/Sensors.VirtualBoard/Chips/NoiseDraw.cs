using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Normally distributed numbers that depend on nothing but a seed and an index: noise that can be computed at any point.</summary>
    /// <remarks>
    /// Noise of sample n is the same whenever and in whatever order it is asked for, so a run repeats exactly. SplitMix64
    /// (Steele, Lea, Flood 2014) gives the bits, the 128-layer ziggurat (Doornik 2005) the shape.
    /// </remarks>
    internal struct NoiseDraw
    {
        private const ulong Golden = 0x9E3779B97F4A7C15;
        private const ulong IndexStep = 0xD1B54A32D192ED03;
        private const int Layers = 128;
        private const double Tail = 3.442619855899;
        private const double Area = 9.91256303526217e-3;
        private const double UnitPerBit53 = 1.0 / (1L << 53);

        private static readonly double[] Edge = new double[Layers + 1];
        private static readonly double[] Ratio = new double[Layers];

        private ulong _state;

        static NoiseDraw()
        {
            double density = Math.Exp(-0.5 * Tail * Tail);
            Edge[0] = Area / density;
            Edge[1] = Tail;
            for (int i = 2; i < Layers; i++)
            {
                Edge[i] = Math.Sqrt(-2 * Math.Log((Area / Edge[i - 1]) + density));
                density = Math.Exp(-0.5 * Edge[i] * Edge[i]);
            }

            for (int i = 0; i < Layers; i++)
            {
                Ratio[i] = Edge[i + 1] / Edge[i];
            }
        }

        public NoiseDraw(ulong seed, long index) => _state = Mix(seed ^ Mix(unchecked((ulong)index * IndexStep)));

        /// <summary>Makes a seed for one part of a board out of the board's own and the part's name.</summary>
        public static ulong DeriveSeed(ulong seed, string name)
        {
            const ulong FnvPrime = 0x100000001B3;
            ulong hash = 0xCBF29CE484222325;
            foreach (char c in name)
            {
                hash = unchecked((hash ^ c) * FnvPrime);
            }

            return Mix(seed ^ Mix(hash));
        }

        /// <summary>Draws a number from the normal distribution with mean 0 and standard deviation 1.</summary>
        public double Next()
        {
            while (true)
            {
                ulong bits = NextBits();
                int layer = (int)(bits & (Layers - 1));
                double u = ((bits >> 11) * UnitPerBit53 * 2) - 1;
                if (Math.Abs(u) < Ratio[layer])
                {
                    return u * Edge[layer];
                }

                if (layer == 0)
                {
                    return DrawTail(u < 0);
                }

                double x = u * Edge[layer];
                double upper = Math.Exp(-0.5 * ((Edge[layer] * Edge[layer]) - (x * x)));
                double lower = Math.Exp(-0.5 * ((Edge[layer + 1] * Edge[layer + 1]) - (x * x)));
                if (lower + (NextUnit() * (upper - lower)) < 1)
                {
                    return x;
                }
            }
        }

        private static ulong Mix(ulong z)
        {
            unchecked
            {
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return z ^ (z >> 31);
            }
        }

        private double DrawTail(bool negative)
        {
            double x;
            double y;
            do
            {
                x = Math.Log(1 - NextUnit()) / Tail;
                y = Math.Log(1 - NextUnit());
            }
            while (-2 * y < x * x);
            return negative ? x - Tail : Tail - x;
        }

        private ulong NextBits() => Mix(unchecked(_state += Golden));

        private double NextUnit() => (NextBits() >> 11) * UnitPerBit53;
    }
}

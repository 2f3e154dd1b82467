using System;

namespace Sensors.Simulation
{
    /// <summary>Chance from a seed: xoshiro256** with its state filled by SplitMix64. The same numbers on every machine and version of .NET.</summary>
    internal sealed class SimRandom
    {
        private ulong _a;
        private ulong _b;
        private ulong _c;
        private ulong _d;

        public SimRandom(ulong seed)
        {
            _a = Mix(ref seed);
            _b = Mix(ref seed);
            _c = Mix(ref seed);
            _d = Mix(ref seed);
        }

        /// <summary>Gives chance of its own to a part: what one part draws changes nothing for another.</summary>
        public SimRandom Fork() => new(NextBits());

        /// <summary>Draws 0 to <paramref name="limit"/> - 1.</summary>
        public int Next(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

        /// <summary>Draws from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
        public long Between(long low, long high) => low + (long)Math.BigMul(NextBits(), (ulong)(high - low + 1), out _);

        /// <summary>Draws as likely from 1 to 10 as from 10 to 100: durations of which most are short and some very long.</summary>
        public long Spread(long low, long high)
        {
            // Halves the interval by its geometric mean, in integers: no library's logarithm has a say in what a seed means.
            while (high > low * 2)
            {
                long middle = Root(low, high);
                if (Chance(1, 2))
                {
                    high = middle;
                }
                else
                {
                    low = middle;
                }
            }

            return Between(low, high);
        }

        /// <summary>Says yes <paramref name="of"/> times out of <paramref name="outOf"/>.</summary>
        public bool Chance(int of, int outOf) => Next(outOf) < of;

        public void Fill(Span<byte> buffer)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = (byte)Next(256);
            }
        }

        private static long Root(long low, long high)
        {
            ulong square = (ulong)low * (ulong)high;
            ulong below = (ulong)low;
            ulong above = (ulong)high;
            while (above - below > 1)
            {
                ulong middle = (below + above) / 2;
                if (middle * middle <= square)
                {
                    below = middle;
                }
                else
                {
                    above = middle;
                }
            }

            return (long)Math.Max(below, (ulong)low + 1);
        }

        private static ulong Mix(ref ulong state)
        {
            ulong z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }

        private ulong NextBits()
        {
            ulong result = ulong.RotateLeft(_b * 5, 7) * 9;
            ulong shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }
}

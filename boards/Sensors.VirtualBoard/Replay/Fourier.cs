using System;
using System.Numerics;

namespace Sensors.VirtualBoard
{
    /// <summary>The discrete Fourier transform of a power of two of values.</summary>
    internal static class Fourier
    {
        /// <summary>Transforms in place; forward, without a factor.</summary>
        public static void Transform(Complex[] values)
        {
            int count = values.Length;
            int bits = BitOperations.Log2((uint)count);
            for (int i = 0; i < count; i++)
            {
                int mirrored = Mirror(i, bits);
                if (mirrored > i)
                {
                    (values[i], values[mirrored]) = (values[mirrored], values[i]);
                }
            }

            for (int size = 2; size <= count; size *= 2)
            {
                var turn = Complex.FromPolarCoordinates(1, -2 * Math.PI / size);
                for (int start = 0; start < count; start += size)
                {
                    Complex rotation = Complex.One;
                    for (int i = start; i < start + (size / 2); i++)
                    {
                        Complex even = values[i];
                        Complex odd = values[i + (size / 2)] * rotation;
                        values[i] = even + odd;
                        values[i + (size / 2)] = even - odd;
                        rotation *= turn;
                    }
                }
            }
        }

        private static int Mirror(int value, int bits)
        {
            int mirrored = 0;
            for (int bit = 0; bit < bits; bit++)
            {
                mirrored |= ((value >> bit) & 1) << (bits - 1 - bit);
            }

            return mirrored;
        }
    }
}

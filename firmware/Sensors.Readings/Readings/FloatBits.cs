using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The 32 bits of a float, without the array that <c>BitConverter.GetBytes</c> makes on the device.</summary>
    public static class FloatBits
    {
        private const int NotANumber = 0x7FC00000;
        private const int Infinity = 0x7F800000;
        private const int Bias = 127;
        private const int DoubleBias = 1023;
        private const int LeastExponent = -126; // of a normal float

        /// <summary>Gives the IEEE 754 bits of a float.</summary>
        /// <param name="value">Any float; every NaN gives the same bits.</param>
        /// <returns>The bits.</returns>
        [HotPath]
        public static int Of(float value)
        {
            if (!DigitWriter.IsWritable(value))
            {
                return value > 0 ? Infinity : value < 0 ? Infinity | int.MinValue : NotANumber;
            }

            long bits = BitConverter.DoubleToInt64Bits(value); // every float is a normal double, even a subnormal float
            int sign = bits < 0 ? int.MinValue : 0;
            int exponent = (int)((bits >> 52) & 0x7FF) - DoubleBias;
            int fraction = (int)((bits >> 29) & 0x7FFFFF);
            if (exponent >= LeastExponent) { return sign | ((exponent + Bias) << 23) | fraction; }
            int shift = LeastExponent - exponent;
            return shift > 23 ? sign : sign | ((fraction | 0x800000) >> shift); // zero, or subnormal
        }
    }
}

using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Logarithmic numbers of stored records: the same step everywhere, so the same relative error from the smallest to the largest.</summary>
    /// <remarks>
    /// <para>
    /// A code c of 1 and up stands for 2^((c - 1) / S - 32), 0 for zero: with S = 1,024 steps an octave 16 bits reach from 2.3e-10 to 4.3e9, and
    /// the nearest step is within 0.034 %; with S = 2^18, 24 bits reach as far, and it is within 1.4e-6.
    /// </para>
    /// <para>
    /// Integers only, so that the device and a PC store the same code: the logarithm of the 24-bit mantissa comes bit by bit, by
    /// squaring it (each square that reaches 2 is a bit of 1); the power comes back as a product of 2^(1/2), 2^(1/4), ...
    /// </para>
    /// </remarks>
    public static class LogScale
    {
        /// <summary>Bits behind the binary point of a 16-bit code's logarithm.</summary>
        public const int AmplitudeBits = 10;

        /// <summary>Bits behind the binary point of a 24-bit code's logarithm.</summary>
        public const int FineBits = 18;

        private const int Bias = 32;         // octaves below 1
        private const int SignedBias = 14;   // of a signed number: 6.1e-5 to 2.6e5
        private const int SignedLargest = 0x7FFF;
        private const int SignBit = 0x8000;
        private const int Q = 30;            // mantissas from 1 to 2 have 30 bits behind the point

        // 2^(2^-i) in Q30, i = 1 to 18.
        private static readonly int[] Roots =
        {
            1518500250, 1276901417, 1170923762, 1121280436, 1097253708, 1085434106, 1079572136, 1076653033, 1075196443,
            1074468888, 1074105294, 1073923544, 1073832680, 1073787251, 1073764537, 1073753181, 1073747502, 1073744663,
        };

        /// <summary>Encodes a number of 0 or more.</summary>
        /// <param name="value">The number; what is not above 0 becomes 0, what the code does not reach its last step.</param>
        /// <param name="fractionBits"><see cref="AmplitudeBits"/> or <see cref="FineBits"/>.</param>
        /// <returns>The code, of 6 + <paramref name="fractionBits"/> bits.</returns>
        [HotPath]
        public static int Encode(float value, int fractionBits)
        {
            return Code(value, fractionBits, Bias, (1 << (6 + fractionBits)) - 1);
        }

        /// <summary>Decodes what <see cref="Encode"/> gave.</summary>
        /// <param name="code">The code.</param>
        /// <param name="fractionBits">As it was encoded.</param>
        /// <returns>The number.</returns>
        [HotPath]
        public static float Decode(int code, int fractionBits)
        {
            return code == 0 ? 0f : Power(code - 1, fractionBits, Bias);
        }

        /// <summary>Encodes a number of either sign in 16 bits; below 6.1e-5 in size it becomes 0.</summary>
        /// <param name="value">The number; beyond ±262,000 it becomes the last step.</param>
        /// <returns>The code.</returns>
        [HotPath]
        public static int EncodeSigned(float value)
        {
            int code = Code(value < 0 ? -value : value, AmplitudeBits, SignedBias, SignedLargest);
            return value < 0 && code != 0 ? code | SignBit : code;
        }

        /// <summary>Decodes what <see cref="EncodeSigned"/> gave.</summary>
        /// <param name="code">The code.</param>
        /// <returns>The number.</returns>
        [HotPath]
        public static float DecodeSigned(int code)
        {
            int size = code & SignedLargest;
            if (size == 0) { return 0f; }
            float value = Power(size - 1, AmplitudeBits, SignedBias);
            return (code & SignBit) != 0 ? -value : value;
        }

        [HotPath]
        private static int Code(float value, int fractionBits, int bias, int largest)
        {
            if (!(value > 0)) { return 0; }
            long bits = BitConverter.DoubleToInt64Bits(value); // every float is a normal double, even a subnormal float
            int octave = (int)((bits >> 52) & 0x7FF) - 1023;
            long mantissa = ((bits & 0xFFFFFFFFFFFFF) | 0x10000000000000) >> (52 - Q);
            int logarithm = 0;
            for (int i = 0; i <= fractionBits; i++) // one bit more than is kept, to round by
            {
                mantissa = (mantissa * mantissa) >> Q;
                logarithm <<= 1;
                if (mantissa >= 2L << Q)
                {
                    mantissa >>= 1;
                    logarithm |= 1;
                }
            }

            if (octave + bias < -1) { return 0; }
            if (octave + bias > 64) { return largest; }
            int code = ((octave + bias) * (1 << fractionBits)) + ((logarithm + 1) >> 1) + 1;
            return code < 1 ? 0 : code > largest ? largest : code;
        }

        [HotPath]
        private static float Power(int steps, int fractionBits, int bias)
        {
            int[] roots = Roots;
            long mantissa = 1L << Q;
            for (int i = 0; i < fractionBits; i++)
            {
                if ((steps & (1 << (fractionBits - 1 - i))) != 0)
                {
                    mantissa = (mantissa * roots[i] + (1 << (Q - 1))) >> Q;
                }
            }

            double value = mantissa;
            for (int octave = (steps >> fractionBits) - bias - Q; octave != 0;)
            {
                if (octave < 0) { value *= 0.5; octave++; } else { value *= 2; octave--; }
            }

            return (float)value;
        }
    }
}

using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Writes numbers as ASCII into a byte array: the same bytes on the device and on a PC, without allocating.</summary>
    /// <remarks>
    /// Every method writes at an offset and returns the offset behind what it wrote. Nothing is checked beforehand: the caller
    /// keeps room for <see cref="MaxLongLength"/> or <see cref="MaxFloatLength"/> bytes. The grammar is in
    /// <c>docs/payloads.md</c>; every result is a JSON number (RFC 8259, 6) that SenML accepts (RFC 8428, 4.3).
    /// </remarks>
    public static class DigitWriter
    {
        /// <summary>The most bytes of an integer: a sign and 19 digits, or 20 digits.</summary>
        public const int MaxLongLength = 20;

        /// <summary>The most bytes of a float, such as <c>-1.234567e-38</c> or <c>-0.0001234567</c>.</summary>
        public const int MaxFloatLength = 13;

        /// <summary>Significant digits of a float in messages.</summary>
        /// <remarks>
        /// Six digits are within 5e-6 of the value. Features are right to 1e-4 (docs/payloads.md), so the text costs a twentieth of
        /// that; the seventh digit would repeat the noise of float arithmetic in every message.
        /// </remarks>
        public const int DefaultDigits = 6;

        /// <summary>The most significant digits a float can be asked for.</summary>
        public const int MaxDigits = 7;

        private const int SmallestPlainExponent = -4; // 0.0001 is written out, 0.00001 is 1e-5
        private const int LargestPlainExponent = 8;   // 100000000 is written out, 1000000000 is 1e9

        private const byte Zero = (byte)'0', Minus = (byte)'-', Dot = (byte)'.', Exponent = (byte)'e';

        /// <summary>Tells whether a float can be written: NaN and the infinities have no form in JSON and are left out by the caller.</summary>
        /// <param name="value">Any float.</param>
        /// <returns>False for NaN and the infinities.</returns>
        [HotPath]
        public static bool IsWritable(float value)
        {
            return value - value == 0f; // NaN and infinity give NaN, which equals nothing
        }

        /// <summary>Writes an integer.</summary>
        /// <param name="value">Any value.</param>
        /// <param name="buffer">Receives at most <see cref="MaxLongLength"/> bytes.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The offset behind the last byte.</returns>
        [HotPath]
        public static int Long(long value, byte[] buffer, int offset)
        {
            ulong magnitude = (ulong)value;
            if (value < 0)
            {
                buffer[offset++] = Minus;
                magnitude = 0UL - magnitude; // right for long.MinValue too, whose negation does not exist as a long
            }

            return Unsigned(magnitude, buffer, offset);
        }

        /// <summary>Writes an integer without a sign.</summary>
        /// <param name="value">Any value.</param>
        /// <param name="buffer">Receives at most <see cref="MaxLongLength"/> bytes.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The offset behind the last byte.</returns>
        [HotPath]
        public static int Unsigned(ulong value, byte[] buffer, int offset)
        {
            return Padded(value, 1, buffer, offset);
        }

        /// <summary>Writes a decimal fraction from its integer: 12345 with 2 decimals is <c>123.45</c>, 5 is <c>0.05</c>.</summary>
        /// <param name="scaled">The value times 10 to the power of <paramref name="decimals"/>.</param>
        /// <param name="decimals">Digits behind the point, 0 to 18; all of them are written, zeros too.</param>
        /// <param name="buffer">Receives at most <see cref="MaxLongLength"/> + 2 bytes.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The offset behind the last byte.</returns>
        [HotPath]
        public static int Fixed(long scaled, int decimals, byte[] buffer, int offset)
        {
            ulong magnitude = (ulong)scaled;
            if (scaled < 0)
            {
                buffer[offset++] = Minus;
                magnitude = 0UL - magnitude;
            }

            int end = Padded(magnitude, decimals + 1, buffer, offset); // one digit at least stands before the point
            if (decimals <= 0) { return end; }

            int point = end - decimals;
            for (int i = end; i > point; i--) { buffer[i] = buffer[i - 1]; }
            buffer[point] = Dot;
            return end + 1;
        }

        /// <summary>Writes a float with <see cref="DefaultDigits"/> significant digits.</summary>
        /// <param name="value">A finite value: see <see cref="IsWritable"/>.</param>
        /// <param name="buffer">Receives at most <see cref="MaxFloatLength"/> bytes.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The offset behind the last byte.</returns>
        [HotPath]
        public static int Float(float value, byte[] buffer, int offset)
        {
            return Float(value, DefaultDigits, buffer, offset);
        }

        /// <summary>Writes a float, correctly rounded to a number of significant digits, ties to even, zeros at the end left away.</summary>
        /// <param name="value">A finite value: see <see cref="IsWritable"/>. Negative zero is written as 0.</param>
        /// <param name="digits">Significant digits, 1 to <see cref="MaxDigits"/>.</param>
        /// <param name="buffer">Receives at most <see cref="MaxFloatLength"/> bytes.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>The offset behind the last byte.</returns>
        /// <remarks>
        /// Integers only. A value from 0.0001 to below 1e9, as rounded, is written plainly (<c>0.00012</c>, <c>123456000</c>), any
        /// other with an exponent (<c>1.2e-7</c>, <c>3.40282e38</c>).
        /// </remarks>
        [HotPath]
        public static int Float(float value, int digits, byte[] buffer, int offset)
        {
            long bits = BitConverter.DoubleToInt64Bits(value); // every float is a normal double, even a subnormal float
            if (bits << 1 == 0)
            {
                buffer[offset++] = Zero;
                return offset;
            }

            if (bits < 0) { buffer[offset++] = Minus; }

            int binary = (int)((bits >> 52) & 0x7FF) - 1023;                           // 2^binary <= |value| < 2^(binary + 1)
            int mantissa = (int)(((bits & 0xFFFFFFFFFFFFF) | 0x10000000000000) >> 29); // 24 bits: |value| = mantissa * 2^(binary - 23)
            int limit = PowersOfTen[digits];

            // 78913 / 2^18 is log10(2): the estimate is right or one too small, and then the rounded digits overflow the limit.
            int exponent = (binary * 78913) >> 18;
            int figures = FloatScaling.Round(mantissa, binary, digits - 1 - exponent);
            if (figures >= limit)
            {
                exponent++;
                figures = FloatScaling.Round(mantissa, binary, digits - 1 - exponent); // from the value again: never round twice
            }

            int count = digits;
            while (figures % 10 == 0)
            {
                figures /= 10;
                count--;
            }

            return exponent < SmallestPlainExponent || exponent > LargestPlainExponent
                ? Scientific(figures, count, exponent, buffer, offset)
                : Plain(figures, count, exponent, buffer, offset);
        }

        // d.ddde-7
        [HotPath]
        private static int Scientific(int figures, int count, int exponent, byte[] buffer, int offset)
        {
            offset = Padded((ulong)figures, count, buffer, offset);
            if (count > 1) { offset = InsertDot(buffer, offset - count + 1, offset); }
            buffer[offset++] = Exponent;
            return Long(exponent, buffer, offset);
        }

        // 0.00ddd, d.ddd, ddd.d or ddd000
        [HotPath]
        private static int Plain(int figures, int count, int exponent, byte[] buffer, int offset)
        {
            if (exponent < 0)
            {
                buffer[offset++] = Zero;
                buffer[offset++] = Dot;
                for (int i = exponent + 1; i < 0; i++) { buffer[offset++] = Zero; }
                return Padded((ulong)figures, count, buffer, offset);
            }

            offset = Padded((ulong)figures, count, buffer, offset);
            int whole = exponent + 1;
            if (count > whole) { return InsertDot(buffer, offset - count + whole, offset); }
            for (int i = count; i < whole; i++) { buffer[offset++] = Zero; }
            return offset;
        }

        [HotPath]
        private static int InsertDot(byte[] buffer, int at, int end)
        {
            for (int i = end; i > at; i--) { buffer[i] = buffer[i - 1]; }
            buffer[at] = Dot;
            return end + 1;
        }

        // Digits come out last first, so their number is found first.
        [HotPath]
        private static int Padded(ulong value, int leastDigits, byte[] buffer, int offset)
        {
            int count = 1;
            for (ulong rest = value; rest >= 10; rest /= 10) { count++; }
            if (count < leastDigits) { count = leastDigits; }

            for (int i = offset + count - 1; i >= offset; i--)
            {
                ulong next = value / 10;
                buffer[i] = (byte)(Zero + (int)(value - next * 10));
                value = next;
            }

            return offset + count;
        }

        private static readonly int[] PowersOfTen = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000 };
    }
}

using System;
using System.Globalization;
using System.Numerics;
using System.Text;
using Sensors.Node;

namespace Sensors.Node.Tests.Readings
{
    /// <summary>Numbers in messages: golden vectors, and an independent oracle over many random values.</summary>
    public class DigitWriterTests
    {
        [Theory]
        [InlineData(0L, "0")]
        [InlineData(9L, "9")]
        [InlineData(10L, "10")]
        [InlineData(-1L, "-1")]
        [InlineData(1763600000123L, "1763600000123")]
        [InlineData(9007199254740991L, "9007199254740991")]
        [InlineData(long.MaxValue, "9223372036854775807")]
        [InlineData(long.MinValue, "-9223372036854775808")]
        public void Integers(long value, string expected)
        {
            Assert.Equal(expected, Written(buffer => DigitWriter.Long(value, buffer, 2)));
        }

        [Fact]
        public void LargestUnsigned()
        {
            Assert.Equal("18446744073709551615", Written(buffer => DigitWriter.Unsigned(ulong.MaxValue, buffer, 2)));
        }

        [Theory]
        [InlineData(12345L, 2, "123.45")]
        [InlineData(5L, 2, "0.05")]
        [InlineData(-5L, 3, "-0.005")]
        [InlineData(0L, 3, "0.000")]
        [InlineData(7L, 0, "7")]
        [InlineData(1763600000123L, 3, "1763600000.123")]
        [InlineData(long.MinValue, 18, "-9.223372036854775808")]
        public void FixedPoint(long scaled, int decimals, string expected)
        {
            Assert.Equal(expected, Written(buffer => DigitWriter.Fixed(scaled, decimals, buffer, 2)));
        }

        [Theory]
        [InlineData(0f, "0")]
        [InlineData(1f, "1")]
        [InlineData(-1f, "-1")]
        [InlineData(10f, "10")]
        [InlineData(100000f, "100000")]
        [InlineData(1e8f, "100000000")]
        [InlineData(1e9f, "1e9")]
        [InlineData(1e10f, "1e10")]
        [InlineData(1e-3f, "0.001")]
        [InlineData(1e-4f, "0.0001")]
        [InlineData(1e-5f, "1e-5")]
        [InlineData(1e-7f, "1e-7")]
        [InlineData(0.1f, "0.1")]
        [InlineData(0.5f, "0.5")]
        [InlineData(9.80665f, "9.80665")]
        [InlineData(23.4567f, "23.4567")]
        [InlineData(3201.4f, "3201.4")]
        [InlineData(123456f, "123456")]
        [InlineData(1234567f, "1234570")]
        [InlineData(-1234567f, "-1234570")]
        [InlineData(123456.5f, "123456")]        // tie: to the even digit, down
        [InlineData(123457.5f, "123458")]        // tie: to the even digit, up
        [InlineData(0.0009765625f, "0.000976562")] // 2^-10: tie, down
        [InlineData(0.00048828125f, "0.000488281")]
        [InlineData(1234565f, "1234560")]        // tie above the point
        [InlineData(1234575f, "1234580")]
        [InlineData(999999.5f, "1000000")]       // a tie that carries through all digits
        [InlineData(9999995f, "10000000")]
        [InlineData(99999.96f, "100000")]
        [InlineData(0.00009999997f, "0.0001")]   // rounds into the plain form
        [InlineData(999999940f, "1e9")]          // rounds out of the plain form
        [InlineData(16777216f, "16777200")]
        [InlineData(4.2949673e9f, "4.29497e9")]
        [InlineData(9.223372e18f, "9.22337e18")]
        [InlineData(1.8446744e19f, "1.84467e19")]
        [InlineData(float.MaxValue, "3.40282e38")]
        [InlineData(float.MinValue, "-3.40282e38")]
        [InlineData(1.17549435e-38f, "1.17549e-38")] // smallest normal
        [InlineData(1.1754942e-38f, "1.17549e-38")]  // largest subnormal
        [InlineData(float.Epsilon, "1.4013e-45")]
        [InlineData(-float.Epsilon, "-1.4013e-45")]
        public void FloatsWithSixDigits(float value, string expected)
        {
            Assert.Equal(expected, Written(buffer => DigitWriter.Float(value, buffer, 2)));
        }

        [Fact]
        public void NegativeZeroIsZero()
        {
            Assert.Equal("0", Written(buffer => DigitWriter.Float(-0f, buffer, 2)));
        }

        [Theory]
        [InlineData(3.1415927f, 1, "3")]
        [InlineData(3.1415927f, 2, "3.1")]
        [InlineData(3.1415927f, 7, "3.141593")]
        [InlineData(2.5f, 1, "2")]
        [InlineData(3.5f, 1, "4")]
        [InlineData(0.25f, 1, "0.2")]
        [InlineData(9.5f, 1, "10")]
        [InlineData(950000000f, 1, "1e9")]
        [InlineData(1.0000005f, 7, "1")]
        [InlineData(1.0000006f, 7, "1.000001")]
        [InlineData(-0.0001234567f, 7, "-0.0001234567")]
        [InlineData(-1.234567e-38f, 7, "-1.234567e-38")]
        public void FloatsWithOtherDigits(float value, int digits, string expected)
        {
            Assert.Equal(expected, Written(buffer => DigitWriter.Float(value, digits, buffer, 2)));
        }

        [Theory]
        [InlineData(float.NaN, false)]
        [InlineData(float.PositiveInfinity, false)]
        [InlineData(float.NegativeInfinity, false)]
        [InlineData(float.MaxValue, true)]
        [InlineData(-0f, true)]
        [InlineData(float.Epsilon, true)]
        public void WhatCannotBeWritten(float value, bool expected)
        {
            Assert.Equal(expected, DigitWriter.IsWritable(value));
        }

        [Fact]
        public void RandomFloatsAgreeWithExactArithmetic()
        {
            var random = new Random(20251120);
            byte[] buffer = new byte[DigitWriter.MaxFloatLength];
            for (int i = 0; i < 150_000; i++)
            {
                float value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
                if (i % 3 == 0) { value = (float)((random.NextDouble() - 0.5) * 400); } // what sensors give
                if (!float.IsFinite(value)) { continue; }
                int digits = i % 2 == 0 ? DigitWriter.DefaultDigits : 1 + random.Next(DigitWriter.MaxDigits);
                int end = DigitWriter.Float(value, digits, buffer, 0);
                Assert.Equal(Oracle(value, digits), Encoding.ASCII.GetString(buffer, 0, end));
            }
        }

        [Fact]
        public void EveryTieOfSixDigitsGoesToTheEvenDigit()
        {
            // Halves between 2^17 and 10^6, and eighths and the like below, are all the ties a float of this size can have.
            byte[] buffer = new byte[DigitWriter.MaxFloatLength];
            for (int whole = 131072; whole < 999999; whole += 7)
            {
                float tie = whole + 0.5f;
                int end = DigitWriter.Float(tie, buffer, 0);
                int even = whole % 2 == 0 ? whole : whole + 1;
                Assert.Equal(even.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetString(buffer, 0, end));
            }
        }

        [Fact]
        public void SevenDigitsReproduceToFiveInTenMillion()
        {
            var random = new Random(7);
            byte[] buffer = new byte[DigitWriter.MaxFloatLength];
            for (int i = 0; i < 20_000; i++)
            {
                float value = (float)Math.Exp(random.NextDouble() * 160 - 80);
                double six = Parsed(buffer, DigitWriter.Float(value, buffer, 0));
                Assert.True(Math.Abs(six - value) <= 5.0001e-6 * value);
                double seven = Parsed(buffer, DigitWriter.Float(value, 7, buffer, 0));
                Assert.True(Math.Abs(seven - value) <= 5.0001e-7 * value);
            }
        }

        [Fact]
        public void NothingIsAllocated()
        {
            byte[] buffer = new byte[64];
            DigitWriter.Float(1.5f, buffer, 0);
            DigitWriter.Long(1, buffer, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                DigitWriter.Float(i * 0.37f, buffer, 0);
                DigitWriter.Long(i, buffer, 0);
                DigitWriter.Fixed(i, 3, buffer, 0);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        /// <summary>Rounds with rationals of unlimited size and prints by the rules of docs/payloads.md; shares no idea with the writer.</summary>
        internal static string Oracle(float value, int digits)
        {
            if (value == 0) { return "0"; }
            int bits = BitConverter.SingleToInt32Bits(value);
            int field = (bits >> 23) & 0xFF;
            BigInteger numerator = (bits & 0x7FFFFF) | (field == 0 ? 0 : 0x800000);
            int power = (field == 0 ? 1 : field) - 150;
            BigInteger denominator = BigInteger.One;
            if (power >= 0) { numerator <<= power; } else { denominator <<= -power; }

            int exponent = (int)Math.Floor(Math.Log10(Math.Abs((double)value))) - 1; // at most: the loop makes it exact
            while (numerator * Ten(-exponent - 1) >= denominator * Ten(exponent + 1)) { exponent++; }

            BigInteger n = numerator * Ten(digits - 1 - exponent);
            BigInteger d = denominator * Ten(exponent - digits + 1);
            BigInteger rounded = BigInteger.DivRem(n, d, out BigInteger rest);
            int half = (rest * 2).CompareTo(d);
            if (half > 0 || (half == 0 && !rounded.IsEven)) { rounded += 1; }
            string figures = rounded.ToString(CultureInfo.InvariantCulture);
            if (figures.Length > digits) { exponent++; }
            figures = figures.TrimEnd('0');

            string sign = bits < 0 ? "-" : "";
            if (exponent < -4 || exponent > 8)
            {
                string fraction = figures.Length > 1 ? "." + figures[1..] : "";
                return sign + figures[0] + fraction + "e" + exponent.ToString(CultureInfo.InvariantCulture);
            }

            if (exponent < 0) { return sign + "0." + new string('0', -exponent - 1) + figures; }
            if (figures.Length <= exponent + 1) { return sign + figures.PadRight(exponent + 1, '0'); }
            return sign + figures[..(exponent + 1)] + "." + figures[(exponent + 1)..];
        }

        private static BigInteger Ten(int power) => power <= 0 ? BigInteger.One : BigInteger.Pow(10, power);

        private static double Parsed(byte[] buffer, int count) =>
            double.Parse(Encoding.ASCII.GetString(buffer, 0, count), CultureInfo.InvariantCulture);

        // Writes at offset 2 and makes sure that nothing else was touched.
        private static string Written(Func<byte[], int> write)
        {
            byte[] buffer = new byte[40];
            Array.Fill(buffer, (byte)'#');
            int end = write(buffer);
            string all = Encoding.ASCII.GetString(buffer);
            Assert.Equal("##", all[..2]);
            Assert.Equal(new string('#', buffer.Length - end), all[end..]);
            return all[2..end];
        }
    }
}

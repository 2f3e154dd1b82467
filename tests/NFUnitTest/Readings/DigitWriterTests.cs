using System;
using System.Text;
using nanoFramework.TestFramework;
using Sensors.Node;

namespace NFUnitTest.Readings
{
    [TestClass]
    public class DigitWriterTests
    {
        [TestMethod]
        public static void Integers_have_their_digits()
        {
            Integer(0, "0");
            Integer(9, "9");
            Integer(10, "10");
            Integer(-1, "-1");
            Integer(1763600000123, "1763600000123");
            Integer(9007199254740991, "9007199254740991");
            Integer(long.MaxValue, "9223372036854775807");
            Integer(long.MinValue, "-9223372036854775808");

            byte[] buffer = new byte[DigitWriter.MaxLongLength];
            Assert.AreEqual("18446744073709551615", Text(buffer, DigitWriter.Unsigned(ulong.MaxValue, buffer, 0)));
        }

        [TestMethod]
        public static void Fixed_point_keeps_all_decimals()
        {
            Fixed(12345, 2, "123.45");
            Fixed(5, 2, "0.05");
            Fixed(-5, 3, "-0.005");
            Fixed(0, 3, "0.000");
            Fixed(7, 0, "7");
            Fixed(1763600000123, 3, "1763600000.123");
        }

        [TestMethod]
        public static void Floats_have_six_digits()
        {
            Float(0f, "0");
            Float(1f, "1");
            Float(-1f, "-1");
            Float(100000f, "100000");
            Float(0.1f, "0.1");
            Float(9.80665f, "9.80665");
            Float(23.4567f, "23.4567");
            Float(3201.4f, "3201.4");
            Float(1234567f, "1234570");
            Float(16777216f, "16777200");
            Float(-1234567f, "-1234570");
        }

        [TestMethod]
        public static void Negative_zero_is_zero()
        {
            float zero = 0f;
            Float(-zero, "0");
            Float((float)BitConverter.Int64BitsToDouble(long.MinValue), "0");
        }

        [TestMethod]
        public static void Ties_go_to_the_even_digit()
        {
            Float(123456.5f, "123456");
            Float(123457.5f, "123458");
            Float(0.0009765625f, "0.000976562");
            Float(1234565f, "1234560");
            Float(1234575f, "1234580");
            Float(999999.5f, "1000000");
            Float(9999995f, "10000000");
        }

        [TestMethod]
        public static void Small_and_large_floats_get_an_exponent()
        {
            Float(1e-4f, "0.0001");
            Float(0.00009999997f, "0.0001");
            Float(1e-5f, "1e-5");
            Float(1.2e-7f, "1.2e-7");
            Float(1e8f, "100000000");
            Float(999999940f, "1e9");
            Float(1e9f, "1e9");
            Float(4.2949673e9f, "4.29497e9");
            Float(9.223372e18f, "9.22337e18");
            Float(1.8446744e19f, "1.84467e19");
        }

        [TestMethod]
        public static void The_ends_of_float_are_right()
        {
            Float(float.MaxValue, "3.40282e38");
            Float(float.MinValue, "-3.40282e38");
            Float(1.17549435e-38f, "1.17549e-38"); // smallest normal
            Float(float.Epsilon, "1.4013e-45");    // smallest subnormal
            Assert.IsTrue(DigitWriter.IsWritable(float.MaxValue));
            Assert.IsFalse(DigitWriter.IsWritable(float.NaN));
            Assert.IsFalse(DigitWriter.IsWritable(float.PositiveInfinity));
            Assert.IsFalse(DigitWriter.IsWritable(float.NegativeInfinity));
        }

        [TestMethod]
        public static void Other_numbers_of_digits_round_once()
        {
            Float(3.1415927f, 1, "3");
            Float(3.1415927f, 7, "3.141593");
            Float(2.5f, 1, "2");
            Float(3.5f, 1, "4");
            Float(9.5f, 1, "10");
            Float(1.0000005f, 7, "1");
            Float(1.0000006f, 7, "1.000001");
            Float(-0.0001234567f, 7, "-0.0001234567");
            Float(-1.234567e-38f, 7, "-1.234567e-38");
        }

        private static void Integer(long value, string expected)
        {
            byte[] buffer = new byte[DigitWriter.MaxLongLength];
            Assert.AreEqual(expected, Text(buffer, DigitWriter.Long(value, buffer, 0)));
        }

        private static void Fixed(long scaled, int decimals, string expected)
        {
            byte[] buffer = new byte[DigitWriter.MaxLongLength + 2];
            Assert.AreEqual(expected, Text(buffer, DigitWriter.Fixed(scaled, decimals, buffer, 0)));
        }

        private static void Float(float value, string expected)
        {
            Float(value, DigitWriter.DefaultDigits, expected);
        }

        private static void Float(float value, int digits, string expected)
        {
            byte[] buffer = new byte[DigitWriter.MaxFloatLength];
            Assert.AreEqual(expected, Text(buffer, DigitWriter.Float(value, digits, buffer, 0)));
        }

        private static string Text(byte[] buffer, int count)
        {
            return Encoding.UTF8.GetString(buffer, 0, count);
        }
    }
}

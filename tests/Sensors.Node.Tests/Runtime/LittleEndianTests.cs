using System;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>Numbers in files and records.</summary>
    public class LittleEndianTests
    {
        [Theory]
        [InlineData(0x0102030405060708, 8, "0807060504030201")]
        [InlineData(0x0102030405060708, 6, "080706050403")]
        [InlineData(0xFEDCBA98, 4, "98BADCFE")]
        [InlineData(-2, 4, "FEFFFFFF")]
        [InlineData(-2, 8, "FEFFFFFFFFFFFFFF")]
        [InlineData(0x1FF, 1, "FF")]
        [InlineData(7, 0, "")]
        public void The_low_bytes_are_written_low_ones_first(long value, int count, string hex)
        {
            byte[] bytes = new byte[12];
            Array.Fill(bytes, (byte)0x55);
            Assert.Equal(2 + count, LittleEndian.Put(bytes, 2, value, count));
            Assert.Equal("5555" + hex + new string('5', 2 * (10 - count)), Convert.ToHexString(bytes));
        }

        [Theory]
        [InlineData("0807060504030201", 0, 8, 0x0102030405060708)]
        [InlineData("FEFFFFFFFFFFFFFF", 0, 8, -2)]
        [InlineData("FEFFFFFFFFFFFFFF", 0, 7, 0xFFFFFFFFFFFFFE)]
        [InlineData("0098BADCFE00", 1, 4, 0xFEDCBA98)]
        [InlineData("0098BADCFE00", 2, 1, 0xBA)]
        [InlineData("00", 0, 0, 0)]
        public void They_are_read_without_a_sign_below_eight_bytes(string hex, int at, int count, long value)
        {
            Assert.Equal(value, LittleEndian.Get(Convert.FromHexString(hex), at, count));
        }
    }
}

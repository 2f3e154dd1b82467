using System.Text;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>The check of small files.</summary>
    public class Crc32Tests
    {
        [Fact]
        public void It_has_the_check_value_of_the_standard()
        {
            Assert.Equal(0xCBF43926u, Crc32.Compute(Encoding.ASCII.GetBytes("123456789"), 0, 9));
        }

        [Fact]
        public void It_looks_at_the_stretch_it_is_given_only()
        {
            Assert.Equal(0xCBF43926u, Crc32.Compute(Encoding.ASCII.GetBytes("xx123456789yyy"), 2, 9));
            Assert.Equal(0u, Crc32.Compute(new byte[4], 2, 0));
        }

        [Fact]
        public void It_can_be_continued()
        {
            byte[] digits = Encoding.ASCII.GetBytes("123456789");
            for (int i = 0; i <= 9; i++)
            {
                Assert.Equal(0xCBF43926u, Crc32.Continue(Crc32.Compute(digits, 0, i), digits, i, 9 - i));
            }
        }
    }
}

using System;

namespace Sensors.Platform.Tests.Buses
{
    public class SpanByteTests
    {
        [Fact]
        public void It_is_a_window_on_an_array()
        {
            byte[] array = { 1, 2, 3, 4 };
            var span = new SpanByte(array, 1, 2);
            span[0] = 9;
            Assert.Equal(9, array[1]);
            Assert.Equal(2, span.Length);
            Assert.Equal(new byte[] { 9, 3 }, span.ToArray());
            Assert.Equal(new byte[] { 3 }, span.Slice(1).ToArray());
        }

        [Fact]
        public void Null_is_empty()
        {
            SpanByte span = (byte[]?)null;
            Assert.True(span.IsEmpty);
            Assert.True(SpanByte.Empty.IsEmpty);
        }

        [Fact]
        public void What_lies_outside_is_refused()
        {
            byte[] array = new byte[4];
            Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array, 2, 3));
            Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(null, 0, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array)[4]);
            Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array).Slice(3, 2));
            Assert.Throws<ArgumentOutOfRangeException>(() => new SpanByte(array).CopyTo(new byte[3]));
        }
    }
}

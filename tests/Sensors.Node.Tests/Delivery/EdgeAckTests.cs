using System;
using System.Text;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>What the edge says, and what it does not.</summary>
    public class EdgeAckTests
    {
        private readonly EdgeAckReader _reader = new EdgeAckReader();

        [Theory]
        [InlineData("{\"epoch\":7,\"upto\":12}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[]}")]
        [InlineData(" { \"upto\" : 12 ,\r\n\t\"epoch\" : 7 , \"have\" : [ ] } ")]
        [InlineData("{\"new\":{\"a\":[1,\"}\\\"]\",{}]},\"epoch\":7,\"more\":-1.5e9,\"upto\":12,\"flag\":true,\"text\":\"x,y}\"}")]
        public void Members_come_in_any_order_and_unknown_ones_are_passed_over(string json)
        {
            Assert.True(Read(json));
            Assert.Equal(7, _reader.Ack.Epoch);
            Assert.Equal(12, _reader.Ack.UpTo);
            Assert.True(_reader.Ack.Covers(7, 1, 12));
            Assert.False(_reader.Ack.Covers(7, 1, 13));
            Assert.False(_reader.Ack.Covers(8, 1, 1));
        }

        [Theory]
        [InlineData("")]
        [InlineData("[]")]
        [InlineData("{}")]
        [InlineData("{\"epoch\":7}")]
        [InlineData("{\"upto\":12}")]
        [InlineData("{\"epoch\":0,\"upto\":12}")]
        [InlineData("{\"epoch\":7,\"upto\":-1}")]
        [InlineData("{\"epoch\":7,\"upto\":012}")]
        [InlineData("{\"epoch\":7,\"upto\":1.5}")]
        [InlineData("{\"epoch\":7,\"upto\":\"12\"}")]
        [InlineData("{\"epoch\":7,\"upto\":9007199254740992}")]
        [InlineData("{\"epoch\":7,\"upto\":90071992547409910}")]
        [InlineData("{\"epoch\":7,\"epoch\":8,\"upto\":12}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"upto\":13}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[[14,13]]}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[[0,13]]}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[[14]]}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[14,15]}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[[14,15]}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[[14,15],]}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"have\":[[14,15]]")]
        [InlineData("{\"epoch\":7,\"upto\":12}}")]
        [InlineData("{\"epoch\":7,\"upto\":12,}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"x\":}")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"x")]
        [InlineData("{\"epoch\":7,\"upto\":12,\"x\\")]
        public void What_is_not_sound_says_nothing(string json)
        {
            Assert.True(Read("{\"epoch\":9,\"upto\":5}"));
            Assert.False(Read(json));
            Assert.Equal(0, _reader.Ack.Epoch);
            Assert.False(_reader.Ack.Covers(9, 1, 5));
            Assert.False(_reader.Ack.Covers(7, 1, 12));
        }

        [Fact]
        public void What_is_too_long_is_not_read_and_ranges_beyond_the_most_are_left_out()
        {
            Assert.False(Read("{\"epoch\":7,\"upto\":12," + new string(' ', EdgeAckReader.MaxLength) + "\"x\":1}"));
            var json = new StringBuilder("{\"epoch\":7,\"upto\":12,\"have\":[");
            for (int i = 0; i < 20; i++)
            {
                json.Append(i > 0 ? "," : string.Empty).Append('[').Append(20 + (2 * i)).Append(',').Append(20 + (2 * i)).Append(']');
            }

            Assert.True(Read(json.Append("]}").ToString()));
            Assert.True(_reader.Ack.Covers(7, 50, 50));
            Assert.False(_reader.Ack.Covers(7, 52, 52));
        }

        [Fact]
        public void A_stretch_is_covered_by_one_statement_only_and_counted_over_all()
        {
            Assert.True(Read("{\"epoch\":7,\"upto\":12,\"have\":[[10,20],[22,30]]}"));
            EdgeAck ack = _reader.Ack;
            Assert.True(ack.Covers(7, 5, 18)); // from both, without a gap
            Assert.True(ack.Covers(7, 13, 20));
            Assert.False(ack.Covers(7, 13, 22));
            Assert.Equal(12 + 8 + 9, ack.CountWithin(7, 1, 100));
            Assert.Equal(2 + 8 + 1, ack.CountWithin(7, 11, 22));
            Assert.Equal(0, ack.CountWithin(7, 31, 40));
            Assert.Equal(0, ack.CountWithin(8, 1, 100));
        }

        [Fact]
        public void An_epoch_closed_without_an_end_says_nothing_of_what_was_never_sent()
        {
            Assert.True(Read("{\"epoch\":7,\"upto\":12,\"have\":[[20,9007199254740991]]}"));
            Assert.True(_reader.Ack.Covers(7, 25, 25));
            Assert.False(_reader.Ack.Has(7, 25, 25));
            Assert.True(_reader.Ack.Has(7, 12, 12));
            Assert.True(Read("{\"epoch\":7,\"upto\":9007199254740991}"));
            Assert.True(_reader.Ack.Covers(7, 1, 1));
            Assert.False(_reader.Ack.Has(7, 1, 1));
        }

        [Fact]
        public void Of_some_epochs_the_last_word_is_known_and_of_the_present_one_always()
        {
            var acks = new EdgeAcks(100);
            var ack = new EdgeAck();
            ack.Begin(100, 5);
            acks.Note(ack);
            for (long epoch = 1; epoch <= 20; epoch++)
            {
                ack.Begin(epoch, epoch * 10);
                acks.Note(ack);
                Assert.Equal(epoch * 10, acks.Of(epoch)!.UpTo);
                Assert.Equal(5, acks.Of(100)!.UpTo);
            }

            ack.Begin(20, 3);
            acks.Note(ack);
            Assert.Equal(3, acks.Of(20)!.UpTo);
            Assert.NotNull(acks.Of(19));
            Assert.Null(acks.Of(1));
        }

        [Fact]
        public void A_hundred_thousand_mangled_ones_never_throw()
        {
            var chance = new Random(5);
            byte[] good = Encoding.ASCII.GetBytes("{\"epoch\":2801152377749507,\"upto\":1841,\"have\":[[1843,1850],[1852,1852]],\"x\":\"\\\"\"}");
            int taken = 0;
            for (int i = 0; i < 100_000; i++)
            {
                byte[] bytes = good[..(i % 3 == 0 ? chance.Next(good.Length + 1) : good.Length)];
                for (int k = chance.Next(3); k > 0 && bytes.Length > 0; k--)
                {
                    bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
                }

                taken += _reader.TryRead(bytes) ? 1 : 0;
            }

            Assert.InRange(taken, 1_000, 90_000);
        }

        [Fact]
        public void Notes_are_kept_until_they_are_read_and_the_newest_win()
        {
            var inbox = new AckInbox();
            Assert.False(inbox.Note("n/cmd", [1]));
            for (byte i = 0; i < 10; i++)
            {
                Assert.True(inbox.Note("n/ack", [i]));
            }

            Assert.Equal(2, inbox.Lost);
            for (byte i = 2; i < 10; i++)
            {
                Assert.Equal(i, inbox.Take()[0]);
            }

            Assert.Null(inbox.Take());
        }

        private bool Read(string json) => _reader.TryRead(Encoding.Latin1.GetBytes(json));
    }
}

using System;
using System.Text;
using Sensors.Edge.Tests.Support;

namespace Sensors.Edge.Tests.Collecting
{
    /// <summary>Gap records and acknowledgements, read and written.</summary>
    public class GapAndAckMessageTests
    {
        private const string Gap =
            "{\"id\":\"88.118.12345/NODE-0001\",\"epoch\":5,\"ts\":1763600000123,\"clock\":\"synced\",\"uncertainty\":64,\"reason\":\"thinned\",\"count\":37,\"ranges\":[[2,2],[4,9007199254740991]]}";

        [Fact]
        public void AGap()
        {
            GapMessage gap = GapMessage.Parse(Say.Bytes(Gap));
            Assert.Equal(("88.118.12345/NODE-0001", 5L, "thinned", 37L), (gap.Id, gap.Epoch, gap.Reason, gap.Count!.Value));
            Assert.Equal((1763600000123L, ClockQuality.Synced, 64L), (gap.UtcMilliseconds, gap.Clock, gap.Uncertainty!.Value));
            Assert.Equal([new SequenceRange(2, 2), new SequenceRange(4, SequenceRange.LastNumber)], gap.Ranges);
            Assert.True(gap.Ranges[1].IsOpen);
        }

        [Fact]
        public void AGapOfUnknownSizeAndNewReason()
        {
            GapMessage gap = GapMessage.Parse(Changed("\"count\":37,", "", "thinned", "solar-flare"));
            Assert.Null(gap.Count);
            Assert.Equal("solar-flare", gap.Reason);
        }

        [Theory]
        [InlineData("\"reason\":\"thinned\",", "", "\"reason\" is missing.")]
        [InlineData("thinned", "Thinned!", "\"reason\" is \"Thinned!\", not a word of a-z and hyphens, at most 32 long.")]
        [InlineData("\"count\":37", "\"count\":-1", "\"count\" is -1, not an integer from 0 to 9007199254740991.")]
        [InlineData("[[2,2],[4,9007199254740991]]", "[]", "\"ranges\" is [], not 1 to 32 ranges.")]
        [InlineData("[4,9007199254740991]", "[4]", "\"ranges[1]\" is [4], not a first and a last number.")]
        [InlineData("[2,2]", "[2,1]", "\"ranges[0][1]\" is 1, not an integer from 2 to 9007199254740991.")]
        [InlineData("[2,2]", "[0,2]", "\"ranges[0][0]\" is 0, not an integer from 1 to 9007199254740991.")]
        [InlineData("[4,9007199254740991]", "[2,5]", "\"ranges[1][0]\" is 2, not an integer from 3 to 9007199254740991.")]
        [InlineData("9007199254740991", "9007199254740992", "\"ranges[1][1]\" is 9007199254740992, not an integer from 4 to 9007199254740991.")]
        [InlineData("\"uncertainty\":64", "\"uncertainty\":0.5", "\"uncertainty\" is 0.5, not an integer from 0 to 9007199254740991.")]
        public void AWrongGapIsRefused(string old, string replacement, string expected)
        {
            Assert.False(GapMessage.TryParse(Changed(old, replacement), out GapMessage? message, out string? error));
            Assert.Null(message);
            Assert.Equal(expected, error);
        }

        [Fact]
        public void MoreRangesThanAllowedAreRefused()
        {
            var ranges = new StringBuilder();
            for (int i = 1; i <= 33; i++) { ranges.Append(i > 1 ? "," : "").Append('[').Append(2 * i).Append(',').Append(2 * i).Append(']'); }
            string all = ranges.ToString();
            Assert.False(GapMessage.TryParse(Changed("[2,2],[4,9007199254740991]", all), out _, out string? error));
            Assert.EndsWith("not 1 to 32 ranges.", error, StringComparison.Ordinal);
            Assert.Equal(32, GapMessage.Parse(Changed("[2,2],[4,9007199254740991]", all[..all.LastIndexOf(",[", StringComparison.Ordinal)])).Ranges.Count);
        }

        [Fact]
        public void AnAcknowledgementIsReadAsItWasWritten()
        {
            var ack = new AckMessage(2801152377749507, 41, [new(43, 43), new(50, 61)]);
            Assert.Equal("""{"epoch":2801152377749507,"upto":41,"have":[[43,43],[50,61]]}""", Encoding.UTF8.GetString(ack.ToUtf8()));
            AckMessage read = AckMessage.Parse(ack.ToUtf8());
            Assert.Equal((ack.Epoch, ack.UpTo), (read.Epoch, read.UpTo));
            Assert.Equal(ack.Have, read.Have);
            Assert.Equal([true, false, true, false, true, false], Array.ConvertAll<long, bool>([41, 42, 43, 44, 61, 62], read.Covers));
            var plain = new AckMessage(1, 0, []);
            Assert.Equal("""{"epoch":1,"upto":0}""", Encoding.UTF8.GetString(plain.ToUtf8()));
            Assert.Empty(AckMessage.Parse(plain.ToUtf8()).Have);
        }

        [Theory]
        [InlineData("{\"upto\":1}", "\"epoch\" is missing.")]
        [InlineData("{\"epoch\":1}", "\"upto\" is missing.")]
        [InlineData("{\"epoch\":1,\"upto\":1,\"have\":[[1,0]]}", "\"have[0][1]\" is 0, not an integer from 1 to 9007199254740991.")]
        public void AWrongAcknowledgementIsRefused(string text, string expected)
        {
            Assert.False(AckMessage.TryParse(Say.Bytes(text), out _, out string? error));
            Assert.Equal(expected, error);
        }

        [Fact]
        public void WhatAStatusNewlyTells()
        {
            byte[] status = Say.Bytes(Encoding.UTF8.GetString(Say.Status(asks: 4711)).Replace("\"clock\":\"unset\"", "\"clock\":\"synced\",\"uncertainty\":12", StringComparison.Ordinal)
                .Replace("\"dropped\":0", "\"dropped\":0,\"thinned\":5,\"journal\":65536", StringComparison.Ordinal));
            NodeOnline online = StatusMessage.Parse(status).Online!;
            Assert.Equal((12L, 5L, 65536L, 4711L), (online.Uncertainty!.Value, online.Thinned, online.JournalBytes!.Value, online.Asks!.Value));
            NodeOnline old = StatusMessage.Parse(Say.Status()).Online!;
            Assert.Equal((null, 0L, null, null), (old.Uncertainty, old.Thinned, old.JournalBytes, old.Asks));
            Assert.Equal(16, AlarmMessage.Parse(Say.Bytes(Encoding.UTF8.GetString(Say.Alarm(1)).Replace("\"synced\"", "\"synced\",\"uncertainty\":16", StringComparison.Ordinal))).Uncertainty);
            Assert.Null(AlarmMessage.Parse(Say.Alarm(1)).Uncertainty);
        }

        private static byte[] Changed(params string[] changes)
        {
            string text = Gap;
            for (int i = 0; i < changes.Length; i += 2)
            {
                Assert.Contains(changes[i], text, StringComparison.Ordinal);
                text = text.Replace(changes[i], changes[i + 1], StringComparison.Ordinal);
            }

            return Say.Bytes(text);
        }
    }
}

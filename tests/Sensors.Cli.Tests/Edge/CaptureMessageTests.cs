using System;
using System.IO;
using System.Linq;
using System.Text;
using Sensors.Cli.Tests.Support;
using Sensors.Edge;

namespace Sensors.Cli.Tests.Edge
{
    /// <summary>Reads the examples of docs/capture.md, and refuses what is no chunk with a sentence that helps.</summary>
    public class CaptureMessageTests
    {
        private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "capture.md")).ReplaceLineEndings("\n");

        [Fact]
        public void TheGoldenChunk()
        {
            CaptureMessage chunk = CaptureMessage.Parse(Golden());
            Assert.Equal(8u, chunk.Number);
            Assert.Equal(2801152377749507, chunk.Epoch);
            Assert.Equal((1, 4), (chunk.Index, chunk.Chunks));
            Assert.Equal((0, 2, 1), (chunk.Block, chunk.Blocks, chunk.Trigger));
            Assert.Equal(CaptureCause.Alarm, chunk.Cause);
            Assert.Equal((3, 0), (chunk.Axes, chunk.Axis));
            Assert.Equal(ClockQuality.Synced, chunk.Clock);
            Assert.Equal(1, chunk.Missed);
            Assert.Equal(1763600000123, chunk.UtcMilliseconds);
            Assert.Equal(3201.4f, chunk.Rate);
            Assert.Equal(0.0383072f, chunk.Weight);
            Assert.Equal((152, 150, 2, 0), (chunk.BlockSamples, chunk.First, chunk.Samples, chunk.Lost));
            Assert.Equal("vib1", chunk.Point);
        }

        [Fact]
        public void EveryTurnedBitAndEveryShorterChunkIsRefused()
        {
            byte[] bytes = Golden();
            for (int bit = 0; bit < 8 * bytes.Length; bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(CaptureMessage.TryParse(bytes, out _, out string? error));
                Assert.NotEmpty(error);
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.False(CaptureMessage.TryParse(bytes.AsMemory(0, length), out _, out _));
            }

            Assert.True(CaptureMessage.TryParse(bytes, out _, out _));
        }

        [Fact]
        public void WhatIsWrongIsSaid()
        {
            Refused("it does not begin with \"SC\"", "{\"id\":1}"u8.ToArray());
            byte[] newer = Golden();
            newer[2] = 2;
            Refused("The chunk is of version 2; this program reads version 1.", newer);
            byte[] damaged = Golden();
            damaged[70] ^= 1;
            Refused("The chunk is damaged: its check is", damaged);
            Refused("it has 20 bytes", Golden()[..20]);
            Refused("The chunk is number 1 of 1.", new ChunkBytes { Index = 1 }.ToArray());
            Refused("Block 2 and triggering block 0 are not both of 2 blocks.", new ChunkBytes { Block = 2, Blocks = 2 }.ToArray());
            Refused("Block 0 and triggering block 2 are not both of 2 blocks.", new ChunkBytes { Trigger = 2, Blocks = 2 }.ToArray());
            Refused("The reason is 3, not 1 or 2.", new ChunkBytes { Reason = 3 }.ToArray());
            Refused("The chunk has 2 axes, not 1 or 3.", new ChunkBytes { Axes = 2 }.ToArray());
            Refused("The axis is 1 of 3.", new ChunkBytes { Axis = 1 }.ToArray());
            Refused("The clock is 3, not 0, 1 or 2.", new ChunkBytes { Clock = 3 }.ToArray());
            Refused("The capture's number is 0", new ChunkBytes { Capture = 0 }.ToArray());
            Refused("The epoch is -1", new ChunkBytes { Epoch = -1 }.ToArray());
            Refused("The time is -1", new ChunkBytes { Time = -1 }.ToArray());
            Refused("The chunk's rate is NaN", new ChunkBytes { Rate = float.NaN }.ToArray());
            Refused("The chunk's weight is 0", new ChunkBytes { Weight = 0 }.ToArray());
            Refused("Samples 1 to 2 are not of a block of 2.", new ChunkBytes { First = 1 }.ToArray());
            Refused("Samples 2147483647 to 2147483648 are not of a block of 2.", new ChunkBytes { First = int.MaxValue }.ToArray());
            Refused("The number of samples of the block is 4294967295", new ChunkBytes { BlockSamples = -1 }.ToArray());
            Refused("The point's name is not 1 to 16", new ChunkBytes { Point = "VIB1" }.ToArray());
            Refused("The point's name is not 1 to 16", new ChunkBytes { Point = "" }.ToArray());
            Refused("The chunk's length does not fit", ChunkBytes.Seal([.. new ChunkBytes().ToArray()[..^4], 0]));
        }

        [Fact]
        public void AHeaderThatALaterNodeMadeLongerIsPassedOver()
        {
            byte[] body = new ChunkBytes().ToArray()[..^4];
            byte[] longer = [.. body[..63], 9, 9, .. body[63..]];
            longer[3] += 2;
            Assert.Equal(2, CaptureMessage.Parse(ChunkBytes.Seal(longer)).Samples);
        }

        [Fact]
        public void AHundredThousandGarbledChunksWithARightCheckNeverThrowAnythingElse()
        {
            var random = new Random(8);
            byte[] good = new ChunkBytes().ToArray()[..^4];
            for (int i = 0; i < 100_000; i++)
            {
                byte[] body = (byte[])good.Clone();
                for (int k = random.Next(1, 4); k > 0; k--)
                {
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                }

                if (CaptureMessage.TryParse(ChunkBytes.Seal(body[..random.Next(1, body.Length + 1)]), out CaptureMessage? chunk, out _))
                {
                    Assert.InRange(chunk.Samples, 1, chunk.BlockSamples - chunk.First);
                }
            }
        }

        [Fact]
        public void TheRepliesOfThePage()
        {
            ReplyMessage reply = ReplyMessage.Parse(Json("reply-capture"));
            Assert.Equal(new ReplyMessage("abc", null, null, 2801152377749507, 7, "vib1", 0), reply);
            Assert.Equal("busy: capture 7 is being sent", ReplyMessage.Parse(Json("reply-busy")).Error);
            Assert.Equal(new ReplyMessage(null, null, "capture-missed", 2801152377749507, 7, "vib1", 2), ReplyMessage.Parse(Json("news-missed")));
            Assert.Equal("capture-failed", ReplyMessage.Parse(Json("news-failed")).Event);
            Assert.False(ReplyMessage.TryParse("{\"req\":\"a\"}"u8.ToArray(), out _, out string? error));
            Assert.Equal("The message has none of \"ok\", \"error\" and \"event\".", error);
            Assert.False(ReplyMessage.TryParse("{\"ok\":true,\"capture\":-1}"u8.ToArray(), out _, out error));
            Assert.Equal("\"capture\" is -1, not an integer from 0 to 4294967295.", error);
        }

        private static void Refused(string error, byte[] bytes)
        {
            Assert.False(CaptureMessage.TryParse(bytes, out _, out string? found));
            Assert.Contains(error, found);
        }

        private static byte[] Golden() =>
            Convert.FromHexString(string.Concat(Lines("chunk", "text").Select(line => line.Split('#')[0].Replace(" ", string.Empty, StringComparison.Ordinal))));

        private static byte[] Json(string name) => Encoding.UTF8.GetBytes(string.Concat(Lines(name, "json")));

        private static string[] Lines(string name, string kind)
        {
            string marker = $"<!-- golden: {name} -->\n```{kind}\n";
            int start = Page.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
            Assert.True(start >= marker.Length, $"docs/capture.md has no example named {name}.");
            return Page[start..Page.IndexOf("\n```", start, StringComparison.Ordinal)].Split('\n');
        }
    }
}

using System;
using System.Linq;

namespace Sensors.Node.Tests.Capture
{
    /// <summary>The bytes of a chunk, as docs/capture.md has them.</summary>
    public class CaptureChunkTests
    {
        private const long Epoch = 2801152377749507;
        private const long Utc = 1763600000123;
        private static readonly Point Vib1 = PointKinds.Make("vib1", PointKinds.Vibration);
        private readonly TestClock _clock = new TestClock { Now = 5_000_000 };
        private readonly CaptureChunk _chunk = new CaptureChunk();

        [Fact]
        public void It_is_as_in_the_golden_example()
        {
            var buffer = new CaptureBuffer(2, 456);
            for (int i = 0; i < 6; i++)
            {
                Assert.True(buffer.TryStart(Vib1, 0, 0, 0));
                Assert.True(buffer.Cancel(i + 1));
            }

            buffer.TryStart(PointKinds.Make("vib2", PointKinds.Vibration), 0, 0, 0); // number 7
            Assert.False(buffer.TryStart(Vib1, 0, 0, 0));                             // missed, and told in number 8
            buffer.Cancel(7);
            short[] counts = new short[456];
            new short[] { 1, -2, 256, short.MinValue, short.MaxValue, 0 }.CopyTo(counts, 450);
            _clock.SetUtc(Utc, ClockState.Synced);
            buffer.Offer(Vib1, counts, 152, 3, 0, 0.0383072f, 3201.4f, 0, 5_000, false);
            buffer.Offer(Vib1, counts, 152, 3, 0, 0.0383072f, float.NaN, 3, 15_000, true);
            Assert.Equal(CapturePage.Bytes("chunk"), Encode(buffer, 1));

            var last = new Chunk(Encode(buffer, 2));
            Assert.Equal(0f, last.Rate); // not measured
            Assert.Equal(3, last.Lost);
            Assert.Equal(Utc + 10_000, last.Time);
            Assert.Equal(1, last.Block);
            Assert.Equal(1, last.Trigger);
        }

        [Fact]
        public void Chunks_together_are_the_block_and_none_is_longer_than_allowed()
        {
            short[] counts = Enumerable.Range(0, 3 * 1024).Select(i => (short)(i * 37)).ToArray();
            var buffer = new CaptureBuffer(1, counts.Length);
            buffer.TryStart(PointKinds.Make("vibrationofpoint", PointKinds.Vibration), 0, 0, 0);
            Assert.Equal(0, buffer.Ready);
            buffer.Cancel(1);
            buffer.TryStart(Vib1, 0, 0, 0);
            buffer.Offer(Vib1, counts, 1024, 3, 0, 1, 1, 0, 0, false);
            int at = 0;
            for (int i = 0; i < 7; i++)
            {
                byte[] bytes = Encode(buffer, i);
                Assert.InRange(bytes.Length, 1, 1000);
                var chunk = new Chunk(bytes);
                Assert.Equal(7, chunk.Chunks);
                Assert.Equal(i, chunk.Index);
                Assert.Equal(at / 3, chunk.First);
                Assert.Equal(i == 6 ? 124 : 150, chunk.Samples);
                for (int k = 0; k < 3 * chunk.Samples; k++)
                {
                    Assert.Equal(counts[at++], chunk.Value(k));
                }
            }

            Assert.Equal(counts.Length, at);
            Assert.False(buffer.TryBegin(2, 7, _chunk, Epoch, _clock));
        }

        [Fact]
        public void The_longest_chunk_has_979_bytes()
        {
            var buffer = new CaptureBuffer(1, 450);
            Point point = PointKinds.Make("vib1234567890123", PointKinds.Vibration);
            buffer.TryStart(point, 0, 0, 0);
            buffer.Offer(point, new short[450], 450, 1, 1, 1, 1, 0, 0, false);
            byte[] bytes = Encode(buffer, 0);
            Assert.Equal(979, bytes.Length);
            Assert.Equal(CaptureChunk.MaxLength, bytes.Length);
            Assert.Equal("vib1234567890123", new Chunk(bytes).Point);
            Assert.Equal(1, new Chunk(bytes).Axis);
        }

        [Fact]
        public void Encoding_runs_in_pieces_and_allocates_nothing()
        {
            var buffer = new CaptureBuffer(1, 450);
            buffer.TryStart(Vib1, 0, 0, 0);
            buffer.Offer(Vib1, new short[450], 150, 3, 0, 1, 1, 0, 0, false);
            Encode(buffer, 0);
            long before = GC.GetAllocatedBytesForCurrentThread();
            buffer.TryBegin(1, 0, _chunk, Epoch, _clock);
            int pieces = 1;
            int early = 0;
            while (!_chunk.Continue())
            {
                early += _chunk.Length;
                pieces++;
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(15, pieces);
            Assert.Equal(0, early); // no length before it is complete
        }

        [Fact]
        public void The_check_finds_every_turned_bit()
        {
            byte[] bytes = CapturePage.Bytes("chunk");
            uint good = BitwiseCrc.Of(bytes.AsSpan(0, bytes.Length - 4));
            for (int bit = 0; bit < 8 * (bytes.Length - 4); bit++)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.NotEqual(good, Crc32.Compute(bytes, 0, bytes.Length - 4));
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        private byte[] Encode(CaptureBuffer buffer, int index)
        {
            Assert.True(buffer.TryBegin(buffer.Number, index, _chunk, Epoch, _clock));
            while (!_chunk.Continue())
            {
            }

            return _chunk.Bytes[.._chunk.Length];
        }
    }
}

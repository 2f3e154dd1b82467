using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Node.Tests.Capture
{
    /// <summary>Which blocks are kept, and which become a capture.</summary>
    public class CaptureBufferTests
    {
        private static readonly Point Vib1 = PointKinds.Make("vib1", PointKinds.Vibration);
        private static readonly Point Vib2 = PointKinds.Make("vib2", PointKinds.Vibration);
        private readonly TestClock _clock = new TestClock();
        private readonly CaptureChunk _chunk = new CaptureChunk();
        private CaptureBuffer _buffer = new CaptureBuffer(4, 9);
        private short _made;

        [Fact]
        public void A_capture_has_the_blocks_before_the_one_that_triggers_and_those_after()
        {
            Offer(5); // blocks 1 to 5, of which the last four are kept
            Assert.True(_buffer.TryStart(Vib1, 2, 1, 1000));
            Assert.True(_buffer.Wants(Vib1));
            Assert.False(_buffer.Wants(Vib2));
            Assert.Equal(0, _buffer.Ready);
            Offer(1);
            Assert.True(_buffer.Wants(Vib1));
            Offer(3);
            Assert.False(_buffer.Wants(Vib1));
            Assert.Equal(1, _buffer.Ready);
            Assert.Equal(new[] { 4, 5, 6, 7 }, Captured());
            Assert.Equal(2, First().Trigger);
            Assert.Equal(1, First().Reason);
        }

        [Fact]
        public void What_there_is_not_before_is_left_out()
        {
            Assert.True(_buffer.TryStart(Vib1, 3, 0, 0));
            Offer(1);
            Assert.Equal(new[] { 1 }, Captured());
            Assert.Equal(0, First().Trigger);
            Assert.Equal(1, First().Blocks);
        }

        [Fact]
        public void An_alarm_takes_its_block_and_what_memory_allows_around_it()
        {
            Assert.Equal(2, _buffer.AlarmBefore);
            Assert.Equal(1, _buffer.AlarmAfter);
            Offer(3);
            Offer(1, alarm: true); // block 4
            Assert.True(_buffer.Wants(Vib1));
            Offer(1, alarm: true);
            Assert.Equal(new[] { 2, 3, 4, 5 }, Captured());
            Assert.Equal(2, First().Trigger);
            Assert.Equal(2, First().Reason);
        }

        [Fact]
        public void An_alarm_that_stands_triggers_once_and_again_only_after_it_went()
        {
            _buffer = new CaptureBuffer(2, 9);
            Offer(3);
            for (int i = 0; i < 5; i++)
            {
                Offer(1, alarm: true);
            }

            Assert.Equal(1, _buffer.Number);
            Assert.True(_buffer.Cancel(1));
            Offer(2, alarm: true);
            Assert.Equal(1, _buffer.Number);
            Offer(1);
            Offer(1, alarm: true);
            Assert.Equal(2, _buffer.Number);
        }

        [Fact]
        public void A_trigger_while_one_is_under_way_is_counted_and_told()
        {
            Offer(2);
            Offer(1, alarm: true);
            Offer(1, alarm: true); // complete: it is being sent
            Offer(1, Vib2, alarm: true);
            Offer(1, Vib2);
            Offer(1, Vib2, alarm: true);
            Assert.False(_buffer.TryStart(Vib1, 0, 0, 0));
            Assert.Equal(2, _buffer.TakeMissed(out Point point)); // the command was answered
            Assert.Same(Vib2, point);
            Assert.Equal(0, _buffer.TakeMissed(out _));
            Assert.Equal(0, First().Missed);
            _buffer.Cancel(1);
            _buffer.TryStart(Vib1, 0, 0, 0);
            Offer(1);
            Assert.Equal(3, First().Missed);
            _buffer.Cancel(2);
            _buffer.TryStart(Vib1, 0, 0, 0);
            Offer(1);
            Assert.Equal(0, First().Missed);
        }

        [Fact]
        public void An_alarm_at_a_point_that_is_being_captured_is_in_the_capture_and_not_missed()
        {
            _buffer.TryStart(Vib1, 0, 1, 0);
            Offer(2, alarm: true);
            Assert.Equal(0, _buffer.TakeMissed(out _));
            Assert.Equal(new[] { 1, 2 }, Captured());
        }

        [Fact]
        public void Frozen_blocks_are_not_overwritten_however_long_it_takes()
        {
            Offer(2);
            _buffer.TryStart(Vib1, 2, 1, 0);
            Offer(2);
            Assert.Equal(new[] { 1, 2, 3, 4 }, Captured());
            Offer(50);
            Offer(50, Vib2);
            _buffer.Watch(1_000_000_000);
            Assert.Equal(new[] { 1, 2, 3, 4 }, Captured());
        }

        [Fact]
        public void Points_share_the_memory_and_a_capture_has_only_its_own()
        {
            Offer(1);
            Offer(1, Vib2);
            Offer(1);
            Offer(1, Vib2); // 1 and 3 are of vib1
            _buffer.TryStart(Vib1, 3, 0, 0);
            Offer(1, Vib2); // overwrites nothing frozen: 2 goes
            Offer(1);
            Assert.Equal(new[] { 1, 3, 6 }, Captured());
        }

        [Fact]
        public void A_capture_is_held_a_minute_after_it_was_sent_and_its_blocks_are_history_then()
        {
            Offer(3);
            _buffer.TryStart(Vib1, 3, 0, 0);
            Offer(1);
            _buffer.Hold(1, 5_000);
            _buffer.Watch(64_999);
            Assert.Equal(1, _buffer.Ready);
            _buffer.Hold(1, 60_000); // a part was asked for again
            _buffer.Watch(119_999);
            Assert.Equal(1, _buffer.Ready);
            _buffer.Watch(120_000);
            Assert.Equal(0, _buffer.Ready);
            Assert.True(_buffer.TryStart(Vib1, 2, 0, 0));
            Offer(1);
            Assert.Equal(new[] { 3, 4, 5 }, Captured());
        }

        [Fact]
        public void The_next_trigger_ends_the_hold()
        {
            Offer(1);
            _buffer.TryStart(Vib1, 1, 0, 0);
            Offer(1);
            _buffer.Hold(1, 0);
            Offer(1, alarm: true);
            Assert.Equal(2, _buffer.Number);
            Offer(1, alarm: true);
            Assert.Equal(new[] { 1, 2, 3, 4 }.Skip(0), Captured());
            Assert.Equal(0, First().Missed);
            Assert.Equal(0, _buffer.ChunksOf(1));
        }

        [Fact]
        public void A_capture_no_block_comes_for_fails_and_that_is_told_once()
        {
            Offer(2);
            _buffer.TryStart(Vib1, 1, 0, 7_000);
            _buffer.Watch(36_999);
            Assert.True(_buffer.Wants(Vib1));
            _buffer.Watch(37_000);
            Assert.False(_buffer.Wants(Vib1));
            Assert.Equal(1, _buffer.TakeFailed(out Point point));
            Assert.Same(Vib1, point);
            Assert.Equal(0, _buffer.TakeFailed(out _));
            Assert.Equal(0, _buffer.Ready);
        }

        [Fact]
        public void A_sensor_that_fails_after_the_trigger_ends_the_capture_with_what_there_is()
        {
            Offer(1);
            _buffer.TryStart(Vib1, 1, 2, 0);
            _clock.Now = 20_000_000;
            Offer(1);
            _buffer.Watch(49_999);
            Assert.Equal(0, _buffer.Ready);
            _buffer.Watch(50_000);
            Assert.Equal(1, _buffer.Ready);
            Assert.Equal(new[] { 1, 2 }, Captured());
            Assert.Equal(0, _buffer.TakeFailed(out _));
        }

        [Fact]
        public void Of_a_block_longer_than_the_memory_the_newest_samples_are_kept()
        {
            short[] counts = Enumerable.Range(0, 15).Select(i => (short)i).ToArray();
            _buffer.TryStart(Vib1, 0, 0, 0);
            _buffer.Offer(Vib1, counts, 5, 3, 0, 1, 1, 0, 0, false);
            Assert.Equal(3, First().BlockSamples);
            Assert.Equal(6, First().Value(0));
            Assert.Equal(14, First().Value(8));

            _buffer.Cancel(1);
            _buffer.TryStart(Vib1, 0, 0, 0);
            _buffer.Offer(Vib1, counts, 15, 1, 2, 1, 1, 0, 0, false);
            Assert.Equal(9, First().BlockSamples);
            Assert.Equal(6, First().Value(0));
            Assert.Equal(2, First().Axis);
        }

        [Fact]
        public void A_block_without_samples_is_none()
        {
            _buffer.TryStart(Vib1, 0, 0, 0);
            _buffer.Offer(Vib1, new short[9], 0, 3, 0, 1, 1, 0, 0, true);
            Assert.True(_buffer.Wants(Vib1));
            Assert.Equal(0, _buffer.TakeMissed(out _));
        }

        [Fact]
        public void More_than_the_memory_is_cut_to_it()
        {
            Offer(4);
            _buffer.AlarmBefore = 9;
            _buffer.AlarmAfter = 9;
            Offer(1, alarm: true);
            Assert.Equal(new[] { 2, 3, 4, 5 }, Captured());
        }

        [Fact]
        public void Without_memory_nothing_is_kept_and_nothing_wanted()
        {
            var none = new CaptureBuffer(0, 9);
            none.Offer(Vib1, new short[9], 3, 3, 0, 1, 1, 0, 0, true);
            Assert.False(none.Wants(Vib1));
            Assert.Equal(0, none.Number);
            Assert.Equal(3_600_000, none.Rest(Vib1, 3_600_000));
        }

        [Fact]
        public void A_job_rests_shorter_so_that_a_command_is_noticed()
        {
            Assert.Equal(CaptureBuffer.LookMilliseconds, _buffer.Rest(Vib1, 3_600_000));
            Assert.Equal(70, _buffer.Rest(Vib1, 70));
            _buffer.TryStart(Vib1, 0, 0, 0);
            Assert.Equal(0, _buffer.Rest(Vib1, 3_600_000));
            Assert.Equal(70, _buffer.Rest(Vib2, 70));
        }

        [Fact]
        public void Keeping_a_block_allocates_nothing()
        {
            Offer(10);
            long before = GC.GetAllocatedBytesForCurrentThread();
            short[] counts = _counts;
            for (int i = 0; i < 1000; i++)
            {
                _buffer.Offer(Vib1, counts, 3, 3, 0, 1, 1, 0, i, i % 7 == 0);
                _buffer.Rest(Vib1, 10);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        private readonly short[] _counts = new short[9];

        // Blocks bear their number in every sample.
        private void Offer(int blocks, Point? point = null, bool alarm = false)
        {
            for (int i = 0; i < blocks; i++)
            {
                Array.Fill(_counts, ++_made);
                _buffer.Offer(point ?? Vib1, _counts, 3, 3, 0, 0.5f, 3200, 0, _clock.Milliseconds, alarm);
            }
        }

        private Chunk First() => ChunkAt(0);

        private Chunk ChunkAt(int index)
        {
            Assert.True(_buffer.TryBegin(_buffer.Number, index, _chunk, 5, _clock));
            while (!_chunk.Continue())
            {
            }

            return new Chunk(_chunk.Bytes[.._chunk.Length]);
        }

        // The numbers of the blocks of the capture, each of which fits in a chunk.
        private List<int> Captured()
        {
            var numbers = new List<int>();
            int chunks = First().Chunks;
            for (int i = 0; i < chunks; i++)
            {
                Chunk chunk = ChunkAt(i);
                Assert.Equal(i, chunk.Block);
                Assert.Equal(chunks, chunk.Blocks);
                numbers.Add(chunk.Value(8));
            }

            Assert.False(_buffer.TryBegin(_buffer.Number, chunks, _chunk, 5, _clock));
            return numbers;
        }
    }
}

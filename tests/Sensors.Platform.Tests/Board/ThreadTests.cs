using System;
using NanoFramework.Pc;
using Sensors.Platform.Tests.Scripted;
using Thread = NanoFramework.Pc.Device.Thread;

namespace Sensors.Platform.Tests.Board
{
    public class ThreadTests
    {
        [Fact]
        public void A_thread_belongs_to_the_board_that_started_it()
        {
            TestBoard board = TestBoard.Start();
            PcBoard? inner = null;
            PcBoard? plain = null;
            var thread = new Thread(() =>
            {
                inner = PcBoard.Current;
                var nested = new System.Threading.Thread(() => plain = PcBoard.Current);
                nested.Start();
                nested.Join();
            });
            thread.Start();
            Assert.True(thread.Join(5000));
            Assert.Same(board, inner);
            Assert.Same(board, plain);
        }

        [Fact]
        public void Two_boards_keep_apart()
        {
            TestBoard first = TestBoard.Start();
            PcBoard? seen = null;
            var thread = new Thread(() => seen = PcBoard.Current);
            TestBoard.Start();
            thread.Start();
            thread.Join();
            Assert.Same(first, seen);
        }

        [Fact]
        public void Sleep_is_the_boards_time()
        {
            TestBoard board = TestBoard.Start();
            Thread.Sleep(60_000);
            Assert.Equal(new[] { 60_000 }, board.Sleeps);
        }

        [Fact]
        public void An_exception_ends_its_thread_alone_and_unseen()
        {
            TestBoard board = TestBoard.Start();
            var thread = new Thread(() => throw new InvalidOperationException("mine"));
            thread.Start();
            Assert.True(thread.Join(5000));
            Assert.False(thread.IsAlive);
            Assert.Equal("mine", Assert.Single(board.Deaths).Cause.Message);
        }

        [Fact]
        public void A_board_without_power_ends_its_threads_in_silence()
        {
            TestBoard board = TestBoard.Start();
            board.PowerOff();
            var thread = new Thread(() => Thread.Sleep(1));
            thread.Start();
            Assert.True(thread.Join(5000));
            Assert.Empty(board.Deaths);
        }

        [Fact]
        public void A_thread_of_no_board_is_told_so()
        {
            PcBoard.Enter(null!);
            Assert.Throws<InvalidOperationException>(() => PcBoard.Current);
        }
    }
}

using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class BoardPowerTests : IDisposable
    {
        private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
        private readonly VirtualEsp32 _board = new();
        private readonly ConcurrentQueue<BoardEventKind> _events = new();

        public BoardPowerTests() => _board.Happened += happened => _events.Enqueue(happened.Kind);

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Main_runs_on_a_thread_of_its_board()
        {
            PcBoard? seen = null;
            using var done = new ManualResetEventSlim();
            _board.PowerOn(() =>
            {
                seen = PcBoard.Current;
                done.Set();
                Forever();
            });
            Wait(done);
            Assert.Same(_board, seen);
            Assert.Equal(1, _board.Starts);
            Assert.False(_board.Hangs);
        }

        [Fact]
        public void A_restart_ends_every_thread_keeps_the_chips_and_starts_Main_again()
        {
            _board.WireI2c(Wire.I2cBus, 0x48, new VirtualTmp117(_board.Time, new ConstantSource(), 1));
            using var otherEnded = new ManualResetEventSlim();
            using var again = new ManualResetEventSlim();
            int high = 0;
            long microseconds = 0;
            _board.PowerOn(() =>
            {
                if (_board.Starts == 1)
                {
                    var other = new Thread(() =>
                    {
                        Assert.Throws<BoardOffException>(Forever);
                        otherEnded.Set();
                    });
                    other.Start();
                    _board.UtcNow = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                    _board.WriteWord(0x48, 0x02, 0x1234);
                    _board.Sleep(60_000);
                    _board.Reboot();
                }

                microseconds = _board.ReadMicroseconds();
                high = _board.Word(0x48, 0x02);
                again.Set();
                Forever();
            });
            Wait(again);
            Wait(otherEnded);
            Assert.Equal(0x1234, high);
            Assert.InRange(microseconds, 0, 1_000_000); // the timer starts anew
            Assert.Equal(2030, _board.UtcNow.Year); // the wall clock goes on
            Assert.Equal([BoardEventKind.Started, BoardEventKind.Rebooted, BoardEventKind.Started], _events.ToArray());
        }

        [Fact]
        public void A_power_cut_ends_the_firmware_and_the_chips_forget()
        {
            _board.WireI2c(Wire.I2cBus, 0x48, new VirtualTmp117(_board.Time, new ConstantSource(), 1));
            using var wrote = new ManualResetEventSlim();
            using var again = new ManualResetEventSlim();
            int high = 0;
            _board.PowerOn(() =>
            {
                if (_board.Starts == 1)
                {
                    _board.UtcNow = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                    _board.WriteWord(0x48, 0x02, 0x1234);
                    wrote.Set();
                    Forever();
                }

                high = _board.Word(0x48, 0x02);
                again.Set();
                Forever();
            });
            Wait(wrote);
            _board.CutPower();
            Assert.False(_board.HasPower);
            Assert.Throws<BoardOffException>(() => _board.ReadMicroseconds());
            _board.PowerOn();
            Wait(again);
            Assert.Equal(0x6000, high);
            Assert.Equal(1970, _board.UtcNow.Year);
            Assert.Equal([BoardEventKind.Started, BoardEventKind.PowerCut, BoardEventKind.Started], _events.ToArray());
        }

        [Fact]
        public void A_Main_that_throws_leaves_a_board_that_hangs()
        {
            _board.PowerOn(() => throw new InvalidOperationException("no such pin"));
            Assert.True(SpinWait.SpinUntil(() => _events.Contains(BoardEventKind.FirmwareThrew), Soon));
            Assert.True(_board.Hangs);
            Assert.Equal("no such pin", _board.FirmwareFailure!.Message);
            Assert.True(_board.HasPower);
        }

        [Fact]
        public void A_Main_that_returns_leaves_a_board_that_hangs()
        {
            _board.PowerOn(() => { });
            Assert.True(SpinWait.SpinUntil(() => _events.Contains(BoardEventKind.FirmwareReturned), Soon));
            Assert.True(_board.Hangs);
            Assert.Null(_board.FirmwareFailure);
            Assert.Throws<InvalidOperationException>(() => _board.PowerOn(() => { }));
        }

        [Fact]
        public void A_planned_power_cut_happens_at_its_time_and_the_board_comes_back()
        {
            using var again = new ManualResetEventSlim();
            double cutAt = 0;
            double backAt = 0;
            _board.Happened += happened => cutAt = happened.Kind == BoardEventKind.PowerCut ? happened.Seconds : cutAt;
            _board.Run(FaultPlan.Parse("power@12s+3s"));
            _board.PowerOn(() =>
            {
                if (_board.Starts == 2)
                {
                    backAt = _board.Time.Seconds;
                    again.Set();
                }

                Forever();
            });
            Wait(again);
            Assert.Equal(12, cutAt, 0.001);
            Assert.InRange(backAt, 15, 16);
        }

        [Fact]
        public void A_disposed_board_starts_nothing()
        {
            _board.Dispose();
            Assert.Throws<ObjectDisposedException>(() => _board.PowerOn(() => { }));
            Assert.Throws<BoardOffException>(() => _board.Sleep(1));
        }

        [Fact]
        public void Threads_asleep_in_a_paced_board_end_with_it()
        {
            using var board = new VirtualEsp32(new VirtualEsp32Options { Pace = 0.001 });
            using var asleep = new ManualResetEventSlim();
            using var ended = new ManualResetEventSlim();
            board.PowerOn(() =>
            {
                asleep.Set();
                try
                {
                    board.Sleep(60_000);
                }
                finally
                {
                    ended.Set();
                }
            });
            Wait(asleep);
            board.CutPower();
            Wait(ended);
        }

        private static void Wait(ManualResetEventSlim happened) => Assert.True(happened.Wait(Soon, TestContext.Current.CancellationToken));

        private void Forever()
        {
            while (true)
            {
                _board.Sleep(100);
                Thread.Sleep(1);
            }
        }
    }
}

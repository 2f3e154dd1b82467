using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualTimeTests
    {
        private const long Millisecond = 1_000_000;
        private readonly FakeRealTime _real = new();

        [Fact]
        public void Fast_forward_never_waits()
        {
            var time = new VirtualTime(null, _real);
            time.Advance(2_667);
            time.Sleep(3_600_000 * Millisecond);
            Assert.Equal(2_667 + (3_600_000 * Millisecond), time.Nanoseconds);
            Assert.Equal(0, _real.Waited);
        }

        [Fact]
        public void Paced_a_sleep_takes_its_real_time()
        {
            var time = new VirtualTime(1, _real);
            time.Sleep(100 * Millisecond);
            Assert.Equal(100 * Millisecond, time.Nanoseconds);
            Assert.Equal(100 * Millisecond, _real.Waited);
        }

        [Fact]
        public void A_pace_of_ten_takes_a_tenth()
        {
            var time = new VirtualTime(10, _real);
            time.Sleep(100 * Millisecond);
            Assert.Equal(10 * Millisecond, _real.Waited);
        }

        [Fact]
        public void Transactions_wait_only_when_more_than_20_ms_ahead()
        {
            var time = new VirtualTime(1, _real);
            time.Advance(20 * Millisecond);
            Assert.Equal(0, _real.Waited);
            time.Advance(5 * Millisecond);
            Assert.Equal(5 * Millisecond, _real.Waited);
        }

        [Fact]
        public void A_late_PC_makes_time_lag_and_sleeps_catch_up_without_waiting()
        {
            var time = new VirtualTime(1, _real);
            _real.Pass(250 * Millisecond); // the PC did something else
            Assert.Equal(0, time.Nanoseconds);
            time.Sleep(100 * Millisecond);
            time.Sleep(100 * Millisecond);
            Assert.Equal(0, _real.Waited);
            time.Sleep(100 * Millisecond);
            Assert.Equal(50 * Millisecond, _real.Waited);
            Assert.Equal(300 * Millisecond, time.Nanoseconds);
        }

        [Fact]
        public void What_a_suspended_PC_missed_beyond_30_s_is_forgotten()
        {
            var time = new VirtualTime(1, _real);
            _real.Pass(8 * 3_600_000 * Millisecond);
            time.Sleep(31_000 * Millisecond);
            Assert.Equal(1_000 * Millisecond, _real.Waited);
        }

        [Fact]
        public async Task Concurrent_sleeps_do_not_add_up()
        {
            var time = new VirtualTime(1);
            using var together = new Barrier(4);
            await InThreads(4, () =>
            {
                together.SignalAndWait();
                time.Sleep(500 * Millisecond);
            });
            Assert.InRange(time.Nanoseconds, 500 * Millisecond, 990 * Millisecond);
        }

        [Fact]
        public async Task Advances_of_many_threads_all_count()
        {
            var time = new VirtualTime();
            await InThreads(4, () =>
            {
                for (int i = 0; i < 10_000; i++)
                {
                    time.Advance(7);
                }
            });
            Assert.Equal(280_000, time.Nanoseconds);
        }

        [Fact]
        public async Task Sleepers_wake_when_the_board_goes_off()
        {
            var time = new VirtualTime(0.001);
            Task sleeper = InThreads(1, () => time.Sleep(60_000 * Millisecond));
            await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.False(sleeper.IsCompleted);
            time.WakeSleepers();
            await Assert.ThrowsAsync<BoardOffException>(() => sleeper.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        }

        [Fact]
        public void Events_happen_at_their_own_time_within_a_sleep()
        {
            var time = new VirtualTime(null, _real);
            var seen = new List<long>();
            time.At(7 * Millisecond, () => seen.Add(time.Nanoseconds));
            time.At(3 * Millisecond, () => seen.Add(time.Nanoseconds));
            time.At(3 * Millisecond, () => seen.Add(-time.Nanoseconds));
            time.At(50 * Millisecond, () => seen.Add(time.Nanoseconds));
            time.Sleep(10 * Millisecond);
            Assert.Equal([3 * Millisecond, -3 * Millisecond, 7 * Millisecond], seen);
            Assert.Equal(10 * Millisecond, time.Nanoseconds);
            time.Advance(45 * Millisecond);
            Assert.Equal(55 * Millisecond, seen[3]);
        }

        [Fact]
        public void A_sleep_longer_than_the_lag_limit_ends()
        {
            var time = new VirtualTime(1, _real);
            time.Sleep(100_000 * Millisecond);
            Assert.Equal(100_000 * Millisecond, _real.Waited);
        }

        [Fact]
        public async Task While_one_thread_works_the_bus_another_s_sleep_does_not_move_the_time()
        {
            var time = new VirtualTime();
            time.AdvanceWithoutWaiting(1_000, onBus: true);
            Task sleeper = InThreads(1, () => time.Sleep(10 * Millisecond));
            await Task.Delay(100, TestContext.Current.CancellationToken);
            Assert.False(sleeper.IsCompleted);
            Assert.Equal(1_000, time.Nanoseconds);
        }

        [Fact]
        public async Task A_sleeper_wakes_when_the_bus_work_passes_its_time()
        {
            var time = new VirtualTime();
            long woke = 0;
            using var asleep = new ManualResetEventSlim();
            Task worker = InThreads(1, () =>
            {
                time.AdvanceWithoutWaiting(0, onBus: true);
                asleep.Set();
                for (int i = 0; i < 100 && Volatile.Read(ref woke) == 0; i++)
                {
                    time.AdvanceWithoutWaiting(Millisecond, onBus: true);
                    Thread.Sleep(1);
                }
            });
            asleep.Wait(TestContext.Current.CancellationToken);
            Task sleeper = InThreads(1, () =>
            {
                time.Sleep(5 * Millisecond);
                Volatile.Write(ref woke, time.Nanoseconds);
            });
            await sleeper;
            Assert.InRange(woke, 5 * Millisecond, 90 * Millisecond);
            await worker;
        }

        [Fact]
        public async Task In_fast_forward_the_shorter_of_two_sleeps_ends_first()
        {
            var time = new VirtualTime();
            using var together = new Barrier(2);
            long shortEnded = 0;
            Task longer = InThreads(1, () =>
            {
                time.AdvanceWithoutWaiting(0, onBus: true);
                together.SignalAndWait();
                time.Sleep(1_000 * Millisecond);
            });
            Task shorter = InThreads(1, () =>
            {
                time.AdvanceWithoutWaiting(0, onBus: true); // both count as at work until they sleep
                together.SignalAndWait();
                time.Sleep(10 * Millisecond);
                shortEnded = time.Nanoseconds;
                time.Sleep(0);
            });
            await Task.WhenAll(longer, shorter);
            Assert.Equal(10 * Millisecond, shortEnded);
            Assert.Equal(1_000 * Millisecond, time.Nanoseconds);
        }

        [Fact]
        public async Task A_signal_ends_a_sleep_before_any_more_time_passes()
        {
            using var board = new VirtualEsp32(); // as fast as the PC can
            VirtualTime time = board.Time;
            var signal = new TimeSignal(board);
            long woke = 0;
            bool set = false;
            using var together = new Barrier(2);
            Task waiter = InThreads(1, () =>
            {
                time.AdvanceWithoutWaiting(0, onBus: true); // both count as at work until they sleep
                together.SignalAndWait();
                set = signal.Wait(3_600_000);
                woke = time.Nanoseconds;
                time.Sleep(0);
            });
            Task other = InThreads(1, () =>
            {
                time.AdvanceWithoutWaiting(0, onBus: true);
                together.SignalAndWait();
                time.Sleep(10 * Millisecond);
                signal.Set();
                time.Sleep(1_000 * Millisecond);
            });
            await Task.WhenAll(waiter, other);
            Assert.True(set);
            Assert.Equal(10 * Millisecond, woke);
            Assert.Equal(1_010 * Millisecond, time.Nanoseconds);
            Assert.False(signal.Wait(5)); // it was taken back
            Assert.Equal(1_015 * Millisecond, time.Nanoseconds);
            signal.Set();
            Assert.True(signal.Wait(5)); // one that is set already is not waited for
            Assert.Equal(1_015 * Millisecond, time.Nanoseconds);
        }

        [Fact]
        public async Task What_the_outside_still_works_at_holds_the_time()
        {
            var time = new VirtualTime();
            long begun = Environment.TickCount64;
            IDisposable errand = time.BeginErrand();
            Task sleeper = InThreads(1, () => time.Sleep(10 * Millisecond));
            await Task.Delay(100, TestContext.Current.CancellationToken);
            long now = time.Nanoseconds;
            Assert.True(now == 0 || Environment.TickCount64 - begun >= 1000, $"{now} ns"); // after 1 s it is held no longer, and a busy PC may take as long for 100 ms

            errand.Dispose();
            await sleeper;
            Assert.Equal(10 * Millisecond, time.Nanoseconds);
        }

        [Fact]
        public void What_the_outside_never_ends_is_given_up()
        {
            var time = new VirtualTime();
            IDisposable errand = time.BeginErrand();
            time.Sleep(10 * Millisecond);
            Assert.Equal(10 * Millisecond, time.Nanoseconds);
            errand.Dispose();
        }

        [Fact]
        public void What_was_given_up_is_not_caught_up()
        {
            var time = new VirtualTime(20);
            long begun = Environment.TickCount64;
            IDisposable errand = time.BeginErrand();
            time.Sleep(10_000 * Millisecond); // half a second at this pace, after the second in which the errand held it
            Assert.InRange(Environment.TickCount64 - begun, 1_450, long.MaxValue);
            errand.Dispose();
        }

        [Theory]
        [InlineData(0)]
        [InlineData(-1)]
        [InlineData(double.NaN)]
        [InlineData(double.PositiveInfinity)]
        public void A_pace_is_a_positive_number(double pace) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => new VirtualTime(pace));

        private static Task InThreads(int count, Action action)
        {
            var tasks = new Task[count];
            for (int i = 0; i < count; i++)
            {
                tasks[i] = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }

            return Task.WhenAll(tasks);
        }
    }
}

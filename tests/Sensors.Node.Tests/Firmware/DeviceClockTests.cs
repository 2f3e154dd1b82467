using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Firmware
{
    /// <summary>The board's time and chance.</summary>
    public class DeviceClockTests
    {
        private readonly FakeBoard _board = new FakeBoard();
        private readonly DeviceClock _clock = new DeviceClock();

        public DeviceClockTests()
        {
            PcBoard.Enter(_board);
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(5)]
        [InlineData(2500)]
        [InlineData(20000)]
        [InlineData(20001)]
        [InlineData(35000)]
        [InlineData(1000999)]
        public void A_wait_takes_at_least_as_long_as_it_says_and_little_longer(int microseconds)
        {
            long before = _board.Now;
            _clock.Wait(microseconds);
            Assert.InRange(_board.Now - before, microseconds, microseconds + 20);
        }

        [Fact]
        public void A_long_wait_lets_other_threads_run()
        {
            _clock.Wait(15000);
            Assert.Empty(_board.Sleeps);
            _clock.Wait(250000);
            Assert.Equal(new[] { 240 }, _board.Sleeps);
        }

        [Fact]
        public void Sleeping_passes_the_boards_time()
        {
            long before = _clock.Milliseconds;
            _clock.Sleep(1500);
            Assert.InRange(_clock.Milliseconds - before, 1500, 1501);
        }

        [Fact]
        public void Chance_stays_within_its_limit_and_fills_whole_buffers()
        {
            var random = new DeviceRandom();
            var buffer = new byte[64];
            random.Fill(buffer);
            Assert.Contains(buffer, value => value != 0);
            for (int i = 0; i < 1000; i++)
            {
                Assert.InRange(random.Next(3), 0, 2);
            }
        }
    }
}

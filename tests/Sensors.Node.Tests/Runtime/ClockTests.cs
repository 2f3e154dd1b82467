namespace Sensors.Node.Tests.Runtime
{
    /// <summary>UTC laid over the time since start.</summary>
    public class ClockTests
    {
        [Fact]
        public void An_unset_clock_counts_from_1970()
        {
            var clock = new TestClock { Now = 5_000_000 };
            Assert.Equal(ClockState.Unset, clock.State);
            Assert.Equal(5000, clock.ToUtc(clock.Milliseconds));
        }

        [Fact]
        public void A_time_before_the_first_synchronisation_gets_its_true_utc()
        {
            var clock = new TestClock { Now = 5_000_000 };
            clock.SetUtc(1_763_600_000_000, ClockState.Synced);
            Assert.Equal(1_763_599_997_000, clock.ToUtc(2000));
            Assert.Equal(ClockState.Synced, clock.State);
        }
    }
}

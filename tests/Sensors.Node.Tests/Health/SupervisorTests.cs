namespace Sensors.Node.Tests.Health
{
    /// <summary>Who notices a thread that hangs.</summary>
    public class SupervisorTests
    {
        private readonly Supervisor _supervisor = new Supervisor();

        [Fact]
        public void The_loop_is_stalled_once_its_limit_has_passed()
        {
            _supervisor.LinkBeat(1000);
            _supervisor.LoopBeat(1000);
            Assert.Null(_supervisor.Stalled(1000 + Supervisor.LoopLimitMilliseconds));
            Assert.Equal("loop stalled", _supervisor.Stalled(1001 + Supervisor.LoopLimitMilliseconds));
            _supervisor.LoopBeat(2000);
            Assert.Null(_supervisor.Stalled(1001 + Supervisor.LoopLimitMilliseconds));
        }

        [Fact]
        public void The_link_may_take_the_minutes_a_connect_can_take()
        {
            _supervisor.LinkBeat(1000);
            long end = 1000 + Supervisor.LinkLimitMilliseconds;
            _supervisor.LoopBeat(end);
            Assert.Null(_supervisor.Stalled(end));
            Assert.Equal("link stalled", _supervisor.Stalled(end + 1));
        }
    }
}

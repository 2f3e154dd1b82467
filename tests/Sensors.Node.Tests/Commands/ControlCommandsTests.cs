using System;
using System.Linq;

namespace Sensors.Node.Tests.Commands
{
    /// <summary>Identify, time, replay and reboot, with the examples of docs/commands.md.</summary>
    public class ControlCommandsTests
    {
        private readonly ControlBench _bench = new ControlBench();

        [Fact]
        public void The_light_blinks_for_as_long_as_was_asked_and_ends_dark()
        {
            Assert.Equal(CommandsPage.Json("reply-identify"), _bench.Ask(CommandsPage.Json("command-identify")));
            for (int i = 0; i < 60; i++)
            {
                _bench.Step();
                _bench.Clock.Now += Blinker.HalfPeriodMilliseconds * 1000;
            }

            Assert.Equal(40, _bench.Light.Told.Count); // 10 s, on and off twice a second
            Assert.All(_bench.Light.Told.Select((on, i) => (on, i)), told => Assert.Equal(told.i % 2 == 0, told.on));
        }

        [Fact]
        public void It_can_be_stopped_and_begun_anew()
        {
            _bench.Ask("{\"cmd\":\"identify\"}");
            _bench.Step();
            Assert.Equal("{\"ok\":true,\"seconds\":0}", _bench.Ask("{\"cmd\":\"identify\",\"seconds\":0}"));
            _bench.Step();
            _bench.Step();
            Assert.Equal(new[] { true, false }, _bench.Light.Told);
            Assert.Equal("{\"ok\":true,\"seconds\":30}", _bench.Ask("{\"cmd\":\"identify\"}"));
        }

        [Fact]
        public void A_board_without_a_light_says_so()
        {
            var bench = new ControlBench(hasLight: false);
            Assert.Equal("{\"error\":\"this board has no light\"}", bench.Ask("{\"cmd\":\"identify\"}"));
            bench.Step();
        }

        [Fact]
        public void The_edges_time_is_taken_with_its_way_counted()
        {
            Assert.Equal(CommandsPage.Json("reply-time"), _bench.Ask(CommandsPage.Json("command-time"))); // asked at 99,600 ms, now 100,000
            Assert.Equal(1_763_600_000_123 + 200, _bench.Clock.ToUtc(_bench.Clock.Milliseconds));
            Assert.Equal(ClockState.Synced, _bench.Clock.State);
        }

        [Theory]
        [InlineData("{\"cmd\":\"time\",\"ts\":1763600000123,\"for\":80000,\"uncertainty\":20}", "the answer took 20000 ms: no more than 10000 are taken")]
        [InlineData("{\"cmd\":\"time\",\"ts\":1763600000123,\"for\":200000,\"uncertainty\":20}", "this answers no question of this start")]
        [InlineData("{\"cmd\":\"time\",\"ts\":1763600000123,\"for\":100000}", "\\\"uncertainty\\\" is missing")]
        [InlineData("{\"cmd\":\"time\",\"ts\":\"now\",\"for\":1,\"uncertainty\":2}", "\\\"ts\\\" is not an integer from 0 to 9007199254740991")]
        public void A_time_that_cannot_be_taken_is_refused(string command, string why)
        {
            Assert.Equal("{\"error\":\"" + why + "\"}", _bench.Ask(command));
            Assert.Equal(ClockState.Unset, _bench.Clock.State);
        }

        [Fact]
        public void A_replay_is_handed_on_and_its_refusal_told()
        {
            Assert.Equal(CommandsPage.Json("reply-replay"), _bench.Ask(CommandsPage.Json("command-replay")));
            Assert.Equal((2801152377749507, 120, 140), _bench.Replay.Asked);
            _bench.Replay.Refusal = "nothing of this range is held";
            Assert.Equal("{\"error\":\"nothing of this range is held\"}", _bench.Ask("{\"cmd\":\"replay\",\"epoch\":5,\"from\":1,\"to\":1}"));
            Assert.StartsWith("{\"error\":\"\\\"to\\\" is not", _bench.Ask("{\"cmd\":\"replay\",\"epoch\":5,\"from\":2,\"to\":1}"));
        }

        [Fact]
        public void A_reboot_is_answered_first()
        {
            Assert.Equal(CommandsPage.Json("reply-reboot"), _bench.Ask(CommandsPage.Json("command-reboot")));
            long now = _bench.Clock.Milliseconds;
            Assert.Null(_bench.Parts.Restart.Due(now + RebootCommand.DelayMilliseconds - 1));
            Assert.Equal("reboot by command", _bench.Parts.Restart.Due(now + RebootCommand.DelayMilliseconds));
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using System.Text;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Runtime
{
    /// <summary>Where the node's UTC comes from, how far it is trusted, and that nothing waits for it for long.</summary>
    public class TimeKeeperTests
    {
        private const long Built = 1_763_596_800_000; // 2025-11-20
        private const long Noon = 1_778_500_800_000; // 2026-05-11T12:00:00Z
        private const long Hour = 3_600_000;

        private readonly List<string> _events = new List<string>();
        private readonly TestClock _clock = new TestClock { Now = 2_000_000 };
        private readonly ScriptedNetwork _network;
        private readonly NodeHealth _health = new NodeHealth();

        public TimeKeeperTests() => _network = new ScriptedNetwork(_events);

        [Theory]
        [InlineData(0, 0, 0, 0, ClockState.Unset)]
        [InlineData(Built, 0, 0, Built, ClockState.Holdover)]
        [InlineData(Built, Noon, 0, Noon, ClockState.Holdover)]
        [InlineData(Built, Built + 5, Noon, Noon, ClockState.Holdover)]
        [InlineData(Built, Noon, Built + 5, Noon, ClockState.Holdover)]
        [InlineData(1_000_000, 2_000_000, 3_000_000, 0, ClockState.Unset)] // 1970: nobody knew
        public void At_start_the_latest_time_there_is_counts(long built, long written, long held, long utc, ClockState state)
        {
            _network.Held = held;
            Start(built, written);
            Assert.Equal(state, _clock.State);
            Assert.Equal(utc == 0 ? 2000 : utc, _clock.ToUtc(_clock.Milliseconds));
            Assert.Equal(utc, _network.BoardTime);
            Assert.Equal(Clock.UnknownUncertainty, _clock.UncertaintyAt(_clock.Milliseconds));
        }

        [Fact]
        public void A_time_that_is_named_later_counts_only_forward_and_only_until_UTC_is_known()
        {
            TimeKeeper time = Start(Built);
            time.Hold(Noon, Clock.UnknownUncertainty);
            Assert.Equal(Noon, _network.BoardTime);
            time.Hold(Built, Clock.UnknownUncertainty);
            Assert.Equal(Noon, Utc());
            _network.Utc = Noon + 5;
            Assert.True(time.HasTime(_clock.Milliseconds));
            time.Hold(Noon + Hour, Clock.UnknownUncertainty);
            Assert.Equal(Noon + 5, Utc());
            Assert.Equal(Noon, _network.BoardTime);
        }

        [Fact]
        public void A_time_server_makes_it_synced_and_says_how_well()
        {
            TimeKeeper time = Start(Built);
            _network.Utc = Noon;
            Assert.True(time.WantsTime);
            Assert.True(time.HasTime(_clock.Milliseconds));
            Assert.Equal(ClockState.Synced, _clock.State);
            Assert.Equal(Noon, Utc());
            Assert.Equal(TimeKeeper.ServerUncertainty, time.Uncertainty);
            Assert.False(time.WantsTime);
        }

        [Fact]
        public void A_blocked_one_delays_three_seconds_and_is_asked_again_every_minute()
        {
            TimeKeeper time = Start(Built);
            Assert.False(time.HasTime(2000));
            Assert.False(time.HasTime(4999));
            Assert.True(time.HasTime(5000));
            Assert.Equal(ClockState.Holdover, _clock.State);
            for (int second = 5; second <= 182; second++)
            {
                time.Step(second * 1000L);
            }

            Assert.Equal(4, _events.Count(told => told == "time 10.0.0.1"));
            time.Joined();
            Assert.False(time.HasTime(200_000));
            Assert.Equal(5, _events.Count(told => told == "time 10.0.0.1"));
        }

        [Fact]
        public void A_server_that_fell_silent_lets_the_uncertainty_grow_and_the_node_ask_the_edge()
        {
            TimeKeeper time = Start(Built);
            _network.Utc = Noon;
            time.HasTime(_clock.Milliseconds);
            for (int minute = 1; minute <= 120; minute++)
            {
                Pass(60_000);
                _network.Utc += 60_000; // the board's clock goes on, by the same crystal
                time.Step(_clock.Milliseconds);
                Assert.Equal(minute > 60, time.WantsTime);
            }

            Assert.Equal(TimeKeeper.ServerUncertainty + (2 * Hour * Clock.DriftPpm / 1_000_000), time.Uncertainty);
            _network.Utc += 40; // a server answered again: the board's clock moved
            Pass(60_000);
            _network.Utc += 60_000;
            time.Step(_clock.Milliseconds);
            Assert.False(time.WantsTime);
            Assert.Equal(TimeKeeper.ServerUncertainty, time.Uncertainty);
            Assert.Equal(_network.Utc, Utc());
            Assert.Equal(0, _health.ClockSteps);
        }

        [Theory]
        [InlineData(0, 10, 10)]
        [InlineData(1, 10, 11)]
        [InlineData(800, 10, 410)]
        [InlineData(10_000, 0, 5_000)]
        public void The_edges_answer_is_put_in_the_middle_of_its_way(long trip, long uncertainty, long off)
        {
            TimeKeeper time = Start(Built);
            Assert.Null(time.Offer(Noon, _clock.Milliseconds - trip, uncertainty, _clock.Milliseconds));
            Assert.Equal(Noon + (trip / 2), Utc());
            Assert.Equal(off, time.Uncertainty);
            Assert.Equal(ClockState.Synced, _clock.State);
            Assert.Equal(Noon + (trip / 2), _network.BoardTime);
            Assert.False(time.WantsTime);
        }

        [Theory]
        [InlineData(Noon, 10_001, "the answer took 10001 ms: no more than 10000 are taken")]
        [InlineData(Noon, -1, "this answers no question of this start")]
        [InlineData(1_000_000_000_000, 10, "\"ts\" is no time of these days")]
        [InlineData(9_000_000_000_000, 10, "\"ts\" is no time of these days")]
        public void An_answer_that_cannot_be_one_is_refused(long utc, long trip, string why)
        {
            Pass(20_000);
            TimeKeeper time = Start(Built);
            Assert.Equal(why, time.Offer(utc, _clock.Milliseconds - trip, 10, _clock.Milliseconds));
            Assert.Equal(ClockState.Holdover, _clock.State);
            Assert.Equal(Built, Utc());
        }

        [Fact]
        public void A_time_server_wins_over_the_edge_unless_the_edge_knows_better()
        {
            TimeKeeper time = Start(Built);
            Assert.Null(time.Offer(Noon, _clock.Milliseconds - 400, 20, _clock.Milliseconds)); // within 220 ms
            _network.Utc = Noon + 300;
            time.HasTime(_clock.Milliseconds);
            Assert.Equal(Noon + 300, Utc());
            Assert.StartsWith("the node's clock is as good: off by at most 100 ms", time.Offer(Noon, _clock.Milliseconds - 400, 20, _clock.Milliseconds));
            Assert.Null(time.Offer(Noon + 250, _clock.Milliseconds - 20, 5, _clock.Milliseconds)); // within 15 ms
            Assert.Equal(Noon + 260, Utc());
            _network.Utc += 100;
            Pass(60_000);
            _network.Utc += 60_000;
            time.Joined();
            Assert.True(time.HasTime(_clock.Milliseconds));
            Assert.Equal(Noon + 260 + 60_000, Utc()); // 18 ms are better than the server's 100
        }

        [Fact]
        public void A_step_beyond_what_both_promised_is_counted_and_one_within_is_not()
        {
            TimeKeeper time = Start(Built);
            _network.Utc = Noon;
            time.HasTime(_clock.Milliseconds); // from holdover: nobody had promised anything
            Assert.Equal(0, _health.ClockSteps);
            long utc = Utc();
            _network.Utc = utc + 150; // 280 and 100
            NextAnswer(time);
            Assert.Equal(0, _health.ClockSteps);
            _network.Utc -= 5000;
            NextAnswer(time);
            Assert.Equal(1, _health.ClockSteps);
            _network.Utc += 5000;
            NextAnswer(time);
            Assert.Equal(2, _health.ClockSteps);
        }

        [Fact]
        public void Sequence_and_stamps_are_not_the_clocks()
        {
            TimeKeeper time = Start(Built);
            _network.Utc = Noon;
            time.HasTime(_clock.Milliseconds);
            long stamped = _clock.ToUtc(1500);
            _network.Utc = Noon - Hour;
            NextAnswer(time);
            Assert.Equal(Noon - 500, stamped);
            Assert.True(_clock.ToUtc(1500) < _clock.ToUtc(_clock.Milliseconds)); // order is that of the time since start
        }

        private TimeKeeper Start(long built, long written = 0)
        {
            Settings settings = Settings.Parse(Encoding.ASCII.GetBytes(
                "id=88.118.12345/NODE-0001\nwifi_ssid=hall\nbroker_host=edge\nntp_server=10.0.0.1\ntime=" + written));
            Assert.Null(settings.Error);
            return new TimeKeeper(new NodeParts { Clock = _clock, Network = _network, BuildUtc = built }, settings, _health);
        }

        private void NextAnswer(TimeKeeper time)
        {
            Pass(Hour);
            _network.Utc += Hour;
            time.Step(_clock.Milliseconds);
        }

        private void Pass(long milliseconds) => _clock.Now += milliseconds * 1000;

        private long Utc() => _clock.ToUtc(_clock.Milliseconds);
    }
}

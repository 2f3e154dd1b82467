using System;
using System.Text;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Firmware
{
    /// <summary>Wi-Fi and the time from the network.</summary>
    public class WifiNetworkTests
    {
        private static readonly Settings Hall = Settings.Parse(
            Encoding.ASCII.GetBytes("id=88.118.12345/NODE-0001\nbroker_host=edge\nwifi_ssid=Hall 3\nwifi_password=hunter2\n"));

        private const long Noon = 1_778_500_800_000; // 2026-05-11T12:00:00Z

        private readonly FakeBoard _board = new FakeBoard { Up = false };
        private readonly WifiNetwork _network;

        public WifiNetworkTests()
        {
            PcBoard.Enter(_board);
            _network = new WifiNetwork(new DeviceClock());
        }

        [Fact]
        public void A_join_brings_the_network_up()
        {
            Assert.False(_network.IsUp);
            Assert.Null(_network.Join(Hall));
            Assert.True(_network.IsUp);
        }

        [Fact]
        public void A_refused_join_names_the_network_and_never_the_password()
        {
            _board.OnJoin = () => false;
            string error = _network.Join(Hall);
            Assert.StartsWith("Wi-Fi Hall 3: ", error);
            Assert.DoesNotContain("hunter2", error);
            Assert.False(_network.IsUp);
        }

        [Fact]
        public void A_radio_that_throws_is_told_and_tried_again()
        {
            _board.OnJoin = () => throw new InvalidOperationException("radio busy");
            Assert.Equal("Wi-Fi Hall 3: radio busy", _network.Join(Hall));
            _board.OnJoin = null;
            Assert.Null(_network.Join(Hall));
            Assert.True(_network.IsUp);
        }

        [Fact]
        public void The_time_is_unknown_until_a_server_has_answered()
        {
            _network.Join(Hall);
            _network.StartTime("10.0.0.1");
            Assert.Equal(0, _network.CheckTime());
            _board.NetworkTime = new DateTime(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc);
            _network.StartTime("10.0.0.1");
            Assert.Equal(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero).ToUnixTimeMilliseconds(), _network.CheckTime());
        }

        [Fact]
        public void A_time_server_that_cannot_even_be_asked_is_a_blocked_one()
        {
            _network.Join(Hall);
            _board.TimeThrows = true;
            _network.StartTime("10.0.0.1");
            Assert.Equal(0, _network.CheckTime());
            _board.TimeThrows = false;
            _board.NetworkTime = new DateTime(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc);
            _network.StartTime("10.0.0.1");
            Assert.NotEqual(0, _network.CheckTime());
        }

        [Fact]
        public void A_board_that_lost_its_power_holds_no_time()
        {
            Assert.Equal(0, _network.HeldTime());
            Assert.Equal(DateTime.UnixEpoch, _board.UtcNow);
        }

        [Fact]
        public void A_join_left_is_down_and_joined_anew()
        {
            int joins = 0;
            _board.OnJoin = () => ++joins > 0;
            _network.Join(Hall);
            _network.Leave();
            Assert.False(_network.IsUp);
            Assert.Null(_network.Join(Hall));
            Assert.True(_network.IsUp);
            Assert.Equal(2, joins);
        }

        [Fact]
        public void Time_that_survived_a_restart_is_held_and_goes_on_but_is_no_servers_answer()
        {
            WifiNetwork network = Restarted();
            Assert.InRange(network.HeldTime(), Noon, Noon + 1);
            network.Join(Hall);
            network.StartTime("10.0.0.1");
            Assert.Equal(0, network.CheckTime());
            long joined = network.HeldTime() - Noon;
            Assert.InRange(joined, 0, 5_000);
            Pass(3_600_000);
            Assert.InRange(network.HeldTime(), Noon + joined + 3_600_000, Noon + joined + 3_600_001);
            Assert.Equal(0, network.CheckTime());
        }

        [Theory]
        [InlineData(0)]
        [InlineData(1)]
        [InlineData(-15)]
        [InlineData(-60)] // the time held was ahead
        [InlineData(-86400)]
        [InlineData(86400)]
        public void The_first_answer_after_a_restart_is_taken_wherever_it_is(int secondsFromHeld)
        {
            WifiNetwork network = Restarted();
            network.Join(Hall);
            _board.NetworkTime = _board.UtcNow.AddSeconds(30 + secondsFromHeld);
            network.StartTime("10.0.0.1");
            Assert.InRange(network.CheckTime(), Noon + (secondsFromHeld * 1000L) - 1, Noon + (secondsFromHeld * 1000L) + 1);
        }

        [Fact]
        public void A_time_once_told_stays_told()
        {
            WifiNetwork network = Restarted();
            network.Join(Hall);
            _board.NetworkTime = _board.UtcNow.AddSeconds(30);
            network.StartTime("10.0.0.1");
            Assert.NotEqual(0, network.CheckTime());
            _board.NetworkTime = _board.NetworkTime.Value.AddSeconds(-30); // where the mark was
            network.StartTime("10.0.0.1");
            Assert.NotEqual(0, network.CheckTime());
        }

        [Fact]
        public void Restarts_without_a_time_server_do_not_add_up()
        {
            WifiNetwork network = Restarted();
            for (int i = 0; i < 10; i++)
            {
                network.Unmark();
                network = new WifiNetwork(new DeviceClock());
            }

            Assert.InRange(network.HeldTime(), Noon, Noon + 1);
        }

        [Fact]
        public void What_a_server_told_is_not_put_back_before_a_restart()
        {
            WifiNetwork network = Restarted();
            network.Join(Hall);
            _board.NetworkTime = _board.UtcNow.AddSeconds(20);
            network.StartTime("10.0.0.1");
            network.Unmark();
            Assert.Equal(_board.NetworkTime, _board.UtcNow);
        }

        [Fact]
        public void A_time_that_is_set_is_the_boards_own_but_no_servers_answer()
        {
            _network.SetTime(Noon);
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Noon - 30_000).UtcDateTime, _board.UtcNow);
            _network.Join(Hall);
            _network.StartTime("10.0.0.1");
            Assert.Equal(0, _network.CheckTime());
            Pass(60_000);
            Assert.Equal(0, _network.CheckTime());
            _network.SetTime(Noon + 3_600_000); // something later was found
            Assert.Equal(0, _network.CheckTime());
            _network.Unmark();
            Assert.InRange(new DateTimeOffset(_board.UtcNow).ToUnixTimeMilliseconds(), Noon + 3_600_000, Noon + 3_600_001);
        }

        [Theory]
        [InlineData(0)]
        [InlineData(-30)]
        [InlineData(-60)]
        [InlineData(-25)]
        [InlineData(5000)]
        public void A_servers_answer_shows_after_a_time_was_set_wherever_it_is(int secondsFromSet)
        {
            _network.SetTime(Noon);
            _network.Join(Hall);
            _board.NetworkTime = DateTimeOffset.FromUnixTimeMilliseconds(Noon).UtcDateTime.AddSeconds(secondsFromSet);
            _network.StartTime("10.0.0.1");
            if (_network.CheckTime() == 0)
            {
                _network.StartTime("10.0.0.1"); // a minute later: the mark is another one
            }

            Assert.Equal(Noon + (secondsFromSet * 1000L), _network.CheckTime());
        }

        [Fact]
        public void A_clock_that_a_server_keeps_is_left_to_it()
        {
            _network.Join(Hall);
            _board.NetworkTime = DateTimeOffset.FromUnixTimeMilliseconds(Noon).UtcDateTime;
            _network.StartTime("10.0.0.1");
            _network.SetTime(Noon + 500);
            Assert.Equal(_board.NetworkTime, _board.UtcNow);
            Assert.Equal(Noon, _network.CheckTime());
        }

        private WifiNetwork Restarted()
        {
            _board.UtcNow = DateTimeOffset.FromUnixTimeMilliseconds(Noon).UtcDateTime;
            var network = new WifiNetwork(new DeviceClock());
            Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Noon - 30_000).UtcDateTime, _board.UtcNow);
            return network;
        }

        private void Pass(int milliseconds)
        {
            _board.Now += milliseconds * 1000L;
            _board.UtcNow = _board.UtcNow.AddMilliseconds(milliseconds);
        }
    }
}

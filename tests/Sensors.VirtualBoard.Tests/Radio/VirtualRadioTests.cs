using System;
using System.Collections.Generic;
using System.Device.Wifi;
using System.Linq;
using System.Threading;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualRadioTests : IDisposable
    {
        private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { StartUtc = new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc) });
        private readonly AccessPoint _plant = new("plant", "secret42") { JoinMilliseconds = 1200 };

        public VirtualRadioTests() => _board.Radio.Add(_plant);

        public void Dispose() => _board.Dispose();

        [Fact]
        public void Joining_takes_the_access_point_s_time()
        {
            Assert.False(_board.NetworkUp);
            Assert.True(_board.NetworkLost.IsCancellationRequested);
            Assert.True(Join("plant", "secret42"));
            Assert.Equal(1.2, _board.Time.Seconds, 0.001);
            Assert.True(_board.NetworkUp);
            Assert.False(_board.NetworkLost.IsCancellationRequested);
        }

        [Fact]
        public void A_wrong_password_or_an_unknown_network_is_refused()
        {
            Assert.False(Join("plant", "wrong"));
            Assert.False(Join("office", "secret42"));
            Assert.False(_board.NetworkUp);
        }

        [Fact]
        public void Losing_the_access_point_ends_the_association()
        {
            Join("plant", "secret42");
            CancellationToken lost = _board.NetworkLost;
            _plant.InRange = false;
            Assert.True(lost.IsCancellationRequested);
            Assert.False(_board.NetworkUp);
            Assert.False(Join("plant", "secret42"));
            _plant.InRange = true;
            Assert.True(Join("plant", "secret42"));
        }

        [Fact]
        public void A_planned_outage_begins_and_ends_at_its_times()
        {
            _board.Run(FaultPlan.Parse("wifi@10s+5s"));
            Join("plant", "secret42");
            _board.Sleep(8_700);
            Assert.True(_board.NetworkUp);
            CancellationToken lost = _board.NetworkLost;
            _board.Sleep(200);
            Assert.True(lost.IsCancellationRequested);
            Assert.Empty(_board.ScanWifi());
            _board.Sleep(5_000);
            Assert.Equal(["plant"], _board.ScanWifi());
            Assert.True(Join("plant", "secret42"));
        }

        [Fact]
        public void Leaving_or_losing_power_ends_the_association()
        {
            Join("plant", "secret42");
            CancellationToken lost = _board.NetworkLost;
            _board.LeaveWifi();
            Assert.True(lost.IsCancellationRequested);
            Join("plant", "secret42");
            lost = _board.NetworkLost;
            _board.CutPower();
            Assert.True(lost.IsCancellationRequested);
            Assert.False(_board.NetworkUp);
        }

        [Fact]
        public void An_automatic_association_comes_back_after_an_outage()
        {
            var told = new List<(BoardEventKind Kind, double Seconds)>();
            _board.Happened += happened => told.Add((happened.Kind, _board.Time.Seconds));
            _board.Run(FaultPlan.Parse("wifi@10s+5s"));
            Assert.True(JoinAutomatically());
            CancellationToken first = _board.NetworkLost;
            _board.Sleep(14_000); // 15.2 s: the access point is back, the association is not
            Assert.True(first.IsCancellationRequested);
            Assert.False(_board.NetworkUp);
            _board.Sleep(990);
            Assert.False(_board.NetworkUp);
            _board.Sleep(20);
            Assert.True(_board.NetworkUp);
            Assert.False(_board.NetworkLost.IsCancellationRequested);
            Assert.True(first.IsCancellationRequested); // the old one's sockets stay broken
            (BoardEventKind Kind, double Seconds)[] radio =
                [.. told.Where(e => e.Kind is BoardEventKind.WifiUp or BoardEventKind.WifiLost)];
            Assert.Equal([BoardEventKind.WifiUp, BoardEventKind.WifiLost, BoardEventKind.WifiUp], radio.Select(e => e.Kind));
            Assert.Equal(16.2, radio[2].Seconds, 0.001);
        }

        [Fact]
        public void An_automatic_association_comes_back_every_time_the_access_point_is_in_range_again()
        {
            JoinAutomatically();
            for (int i = 0; i < 3; i++)
            {
                _plant.InRange = false;
                _board.Sleep(5_000);
                Assert.False(_board.NetworkUp);
                _plant.InRange = true;
                _board.Sleep(1_199);
                Assert.False(_board.NetworkUp);
                _board.Sleep(1);
                Assert.True(_board.NetworkUp);
            }
        }

        [Fact]
        public void An_access_point_lost_while_the_association_comes_back_begins_anew()
        {
            JoinAutomatically();
            _plant.InRange = false;
            _plant.InRange = true;
            _board.Sleep(1_000);
            _plant.InRange = false;
            _board.Sleep(100);
            _plant.InRange = true;
            _board.Sleep(1_100); // the first attempt's time is long over
            Assert.False(_board.NetworkUp);
            _board.Sleep(100);
            Assert.True(_board.NetworkUp);
        }

        [Fact]
        public void Overlapping_outages_are_over_with_the_last()
        {
            JoinAutomatically();
            _board.Radio.BeginOutage();
            _board.Radio.BeginOutage();
            _board.Radio.EndOutage();
            _board.Sleep(5_000);
            Assert.False(_board.NetworkUp);
            _board.Radio.EndOutage();
            _board.Sleep(1_200);
            Assert.True(_board.NetworkUp);
        }

        [Fact]
        public void Another_access_point_of_the_same_network_takes_over()
        {
            JoinAutomatically();
            _board.Radio.Add(new AccessPoint("plant", "secret42") { JoinMilliseconds = 700 });
            Assert.Same(_plant, _board.Radio.Joined);
            _plant.InRange = false;
            Assert.False(_board.NetworkUp);
            _board.Sleep(600);
            _plant.InRange = true; // does not disturb what is under way
            _board.Sleep(100);
            Assert.True(_board.NetworkUp);
            Assert.NotSame(_plant, _board.Radio.Joined);
        }

        [Theory]
        [InlineData("manual")]
        [InlineData("left while joined")]
        [InlineData("left while lost")]
        [InlineData("left while coming back")]
        [InlineData("power cut")]
        [InlineData("joined another, in vain")]
        public void What_was_not_asked_for_does_not_come_back(string why)
        {
            Assert.True(why == "manual" ? Join("plant", "secret42") : JoinAutomatically());
            if (why == "left while joined")
            {
                _board.LeaveWifi();
            }

            _plant.InRange = false;
            switch (why)
            {
                case "left while lost":
                    _board.LeaveWifi();
                    break;
                case "power cut":
                    _board.CutPower();
                    break;
                case "joined another, in vain":
                    Join("office", "");
                    break;
            }

            _plant.InRange = true;
            if (why == "left while coming back")
            {
                _board.Sleep(1_000);
                _board.LeaveWifi();
            }

            _board.Time.Sleep(10_000_000_000);
            Assert.Null(_board.Radio.Joined);
        }

        [Fact]
        public void Joining_by_hand_while_the_association_comes_back_makes_one_association()
        {
            int ups = 0;
            _board.Happened += happened => ups += happened.Kind == BoardEventKind.WifiUp ? 1 : 0;
            JoinAutomatically();
            _plant.InRange = false;
            _plant.InRange = true;
            _board.Sleep(600);
            Assert.True(JoinAutomatically());
            CancellationToken lost = _board.NetworkLost;
            _board.Sleep(5_000);
            Assert.False(lost.IsCancellationRequested);
            Assert.Equal(2, ups);
        }

        [Fact]
        public void A_cancelled_join_gives_up()
        {
            using var cancel = new CancellationTokenSource();
            cancel.Cancel();
            Assert.False(_board.JoinWifi("plant", "secret42", cancel.Token));
        }

        [Fact]
        public void The_time_server_tells_true_time_unless_blocked()
        {
            Assert.False(_board.AskTime("pool", out _));
            Join("plant", "secret42");
            Assert.True(_board.AskTime("pool", out DateTime utc));
            Assert.Equal(_board.WorldUtc, utc);
            Assert.Equal(1970, _board.UtcNow.Year);
            _board.Run(FaultPlan.Parse("time@0s+100s"));
            Assert.True(_board.NetworkUp);
            _board.Sleep(1);
            Assert.False(_board.AskTime("pool", out _));
            _board.Sleep(100_000);
            Assert.True(_board.AskTime("pool", out _));
        }

        private bool JoinAutomatically() =>
            _board.JoinWifi("plant", "secret42", WifiReconnectionKind.Automatic, CancellationToken.None);

        private bool Join(string ssid, string password) => _board.JoinWifi(ssid, password, CancellationToken.None);
    }
}

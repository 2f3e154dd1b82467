using System;
using System.Collections.Generic;
using System.Device.Wifi;
using System.Net;
using System.Threading;
using nanoFramework.Networking;
using Sensors.Platform.Tests.Scripted;

namespace Sensors.Platform.Tests.Board
{
    public class NetworkTests
    {
        private static readonly DateTime Noon = new(2026, 7, 31, 12, 0, 0, DateTimeKind.Utc);

        [Fact]
        public void Connecting_joins_and_sets_the_event()
        {
            TestBoard board = TestBoard.Start();
            board.OnJoin = (ssid, password) => ssid == "plant" && password == "secret";
            Assert.True(WifiNetworkHelper.ConnectDhcp("plant", "secret"));
            Assert.Equal(NetworkHelperStatus.NetworkIsReady, WifiNetworkHelper.Status);
            Assert.True(WifiNetworkHelper.NetworkReady.WaitOne(0));
        }

        [Fact]
        public void A_failed_join_is_false_and_a_status()
        {
            TestBoard.Start().OnJoin = (_, _) => false;
            Assert.False(WifiNetworkHelper.ConnectDhcp("plant", "wrong"));
            Assert.Equal(NetworkHelperStatus.ErrorConnetingToWiFiWhileScanning, WifiNetworkHelper.Status);
            Assert.False(WifiNetworkHelper.NetworkReady.WaitOne(0));
        }

        [Fact]
        public void A_time_out_is_told_by_the_status()
        {
            TestBoard.Start().OnJoin = (_, _) => false;
            using var source = new CancellationTokenSource();
            source.Cancel();
            Assert.False(WifiNetworkHelper.ConnectDhcp("plant", "secret", token: source.Token));
            Assert.Equal(NetworkHelperStatus.TokenExpiredWaitingIPAddress, WifiNetworkHelper.Status);
        }

        [Fact]
        public void An_exception_is_kept_not_thrown()
        {
            TestBoard.Start().OnJoin = (_, _) => throw new InvalidOperationException("radio");
            Assert.False(WifiNetworkHelper.ConnectDhcp("plant", "secret"));
            Assert.Equal(NetworkHelperStatus.ExceptionOccurred, WifiNetworkHelper.Status);
            Assert.Equal("radio", WifiNetworkHelper.HelperException!.Message);
        }

        [Fact]
        public void Who_needs_the_date_waits_until_a_server_answers()
        {
            TestBoard board = TestBoard.Start();
            board.OnAskTime = _ => board.Asked.Count > 4 ? Noon : null;
            Assert.True(WifiNetworkHelper.ConnectDhcp("plant", "secret", requiresDateTime: true));
            Assert.Equal(Noon, board.UtcNow);
            Assert.NotEmpty(board.Sleeps);
        }

        [Fact]
        public void Waiting_for_the_date_ends_with_the_token()
        {
            TestBoard board = TestBoard.Start();
            using var source = new CancellationTokenSource();
            board.OnAskTime = _ =>
            {
                source.Cancel();
                return null;
            };
            Assert.False(WifiNetworkHelper.ConnectDhcp("plant", "secret", requiresDateTime: true, token: source.Token));
            Assert.Equal(NetworkHelperStatus.TokenExpiredWaitingDateTime, WifiNetworkHelper.Status);
        }

        [Fact]
        public void Reconnect_uses_what_was_stored()
        {
            TestBoard board = TestBoard.Start();
            Assert.False(WifiNetworkHelper.Reconnect());
            var joined = new List<string>();
            board.OnJoin = (ssid, _) =>
            {
                joined.Add(ssid);
                return true;
            };
            WifiNetworkHelper.ConnectDhcp("plant", "secret");
            Assert.True(WifiNetworkHelper.Reconnect());
            Assert.Equal(new[] { "plant", "plant" }, joined);
        }

        [Fact]
        public void The_board_is_told_whether_a_lost_network_is_to_come_back()
        {
            TestBoard board = TestBoard.Start();
            const WifiReconnectionKind Automatic = WifiReconnectionKind.Automatic;
            const WifiReconnectionKind Manual = WifiReconnectionKind.Manual;
            WifiNetworkHelper.ConnectDhcp("plant", "secret");
            WifiNetworkHelper.ConnectDhcp("plant", "secret", Manual);
            WifiNetworkHelper.Reconnect();
            WifiNetworkHelper.WifiAdapter.Connect("plant", Automatic, "secret");
            WifiNetworkHelper.Reconnect();
            WifiNetworkHelper.ScanAndConnectDhcp("plant", "secret", Manual);
            Assert.Equal([Automatic, Manual, Manual, Automatic, Automatic, Manual], board.ReconnectionKinds);
        }

        [Fact]
        public void A_lost_network_leaves_the_helper_s_status_as_it_is()
        {
            TestBoard board = TestBoard.Start();
            WifiNetworkHelper.ConnectDhcp("plant", "secret");
            board.LoseNetwork();
            Assert.Equal(NetworkHelperStatus.NetworkIsReady, WifiNetworkHelper.Status);
            Assert.True(WifiNetworkHelper.NetworkReady.WaitOne(0));
        }

        [Fact]
        public void An_adapter_tells_whether_it_joined()
        {
            TestBoard board = TestBoard.Start();
            board.OnJoin = (ssid, _) => ssid == "plant";
            WifiAdapter adapter = Assert.Single(WifiAdapter.FindAllAdapters());
            Assert.Equal(WifiConnectionStatus.Success, adapter.Connect("plant", WifiReconnectionKind.Manual, "secret").ConnectionStatus);
            Assert.Equal(
                WifiConnectionStatus.NetworkNotAvailable,
                adapter.Connect("other", WifiReconnectionKind.Manual, "secret").ConnectionStatus);
        }

        [Fact]
        public void The_time_client_asks_the_second_server_when_the_first_is_silent()
        {
            TestBoard board = TestBoard.Start();
            Sntp.Server1 = "ntp1.plant";
            Sntp.Server2 = "ntp2.plant";
            board.OnAskTime = server => server == "ntp2.plant" ? Noon : null;
            Sntp.UpdateNow();
            Assert.Equal(new[] { "ntp1.plant", "ntp2.plant" }, board.Asked);
            Assert.Equal(Noon, board.UtcNow);
        }

        [Fact]
        public void The_time_client_starts_with_the_network_and_can_be_stopped()
        {
            TestBoard board = TestBoard.Start();
            board.OnAskTime = _ => Noon;
            Assert.True(Sntp.IsStarted);
            Sntp.Stop();
            Sntp.UpdateNow();
            Assert.Empty(board.Asked);
            Sntp.Start();
            Assert.Equal(Noon, board.UtcNow);
        }

        [Fact]
        public void Nobody_answering_throws_nothing_and_leaves_the_clock()
        {
            TestBoard board = TestBoard.Start();
            Sntp.UpdateNow();
            board.Up = false;
            Sntp.UpdateNow();
            Assert.Equal(DateTime.UnixEpoch, board.UtcNow);
        }

        [Fact]
        public void A_name_is_an_IPv4_address_or_an_error()
        {
            TestBoard board = TestBoard.Start();
            Assert.Equal(IPAddress.Loopback, board.Resolve("127.0.0.1"));
            Assert.Equal(IPAddress.Loopback, board.Resolve("localhost"));
            Assert.ThrowsAny<Exception>(() => board.Resolve("::1"));
        }
    }
}

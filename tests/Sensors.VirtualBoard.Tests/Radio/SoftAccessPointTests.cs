using System;
using System.Device.Wifi;
using System.IO;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using NanoFramework.Pc;
using DeviceDns = NanoFramework.Pc.Device.Dns;
using DeviceInterface = NanoFramework.Pc.Device.NetworkInterface;
using DeviceSocket = NanoFramework.Pc.Device.Socket;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>The board's own access point and ports, and what a network can do to a board.</summary>
    public sealed class SoftAccessPointTests : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly VirtualEsp32 _board = new();
        private readonly AccessPoint _plant = new("plant", "secret42") { Channel = 11, Subnet = "10.2.3" };

        public SoftAccessPointTests()
        {
            _board.Radio.Add(_plant);
            PcBoard.Enter(_board);
        }

        public void Dispose() => _board.Dispose();

        [Fact]
        public void It_opens_at_the_start_after_it_was_configured_and_ends_with_the_power()
        {
            using var started = new SemaphoreSlim(0);
            Configure("node", "password");
            Assert.Null(_board.Radio.SoftAccessPoint.Ssid);
            _board.PowerOn(() =>
            {
                started.Release();
                Thread.Sleep(Timeout.Infinite);
            });
            Assert.True(started.Wait(Patience, TestContext.Current.CancellationToken));
            Assert.Equal(("node", "password", 6, true), Now());
            _board.CutPower();
            Assert.False(_board.Radio.SoftAccessPoint.IsUp);
            Assert.Null(_board.Radio.SoftAccessPoint.Ssid);
        }

        [Fact]
        public void A_configuration_that_cannot_be_is_refused_as_the_package_does()
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Configure("node", "short"));
            Assert.Throws<ArgumentOutOfRangeException>(() => Configure(new string('x', 32), "password"));
            Wireless80211Configuration station = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
            station.Ssid = null;
            Assert.Throws<ArgumentNullException>(station.SaveConfiguration);
        }

        [Fact]
        public void A_port_is_reached_over_the_loopback_until_the_radio_goes_to_another_channel()
        {
            _board.Radio.Open("node", "password", 6);
            using var listener = new DeviceSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Any, 80));
            listener.Listen(4);
            IPEndPoint endPoint = _board.PortEndpoint(80)!;
            Assert.True(IPAddress.IsLoopback(endPoint.Address));
            Assert.False(listener.Poll(0, SelectMode.SelectRead));
            using var client = new TcpClient();
            client.Connect(endPoint);
            using DeviceSocket served = listener.Accept();
            client.GetStream().Write("hello"u8);
            byte[] buffer = new byte[16];
            Assert.True(served.Poll(60_000_000, SelectMode.SelectRead));
            Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, served.Receive(buffer)));
            Assert.Equal(2, served.Send("hi"u8.ToArray()));
            Assert.Equal(2, client.GetStream().Read(buffer));

            Assert.Equal(WifiConnectionStatus.Success, _board.ConnectWifi("plant", "secret42", WifiReconnectionKind.Manual));
            Assert.Equal(("node", "password", 11, false), Now());
            Assert.Null(_board.PortEndpoint(80));
            Assert.ThrowsAny<IOException>(() => client.GetStream().ReadExactly(buffer)); // reset, or ended: it is over
            Assert.ThrowsAny<SocketException>(() => new TcpClient().Connect(endPoint));
            Assert.Throws<SocketException>(() => served.Receive(buffer));
            _board.Sleep(_board.Radio.ChannelChangeMilliseconds);
            Assert.Equal(("node", "password", 11, true), Now());
            Assert.Equal(endPoint, _board.PortEndpoint(80));

            // On one channel from now on: it stays.
            _board.LeaveWifi();
            Assert.Equal(WifiConnectionStatus.Success, _board.ConnectWifi("plant", "secret42", WifiReconnectionKind.Manual));
            Assert.Equal(endPoint, _board.PortEndpoint(80));
        }

        [Fact]
        public void A_connect_says_what_the_driver_would()
        {
            _board.Radio.Add(new AccessPoint("new", "secret42") { HasUnknownEncryption = true });
            Assert.Equal(WifiConnectionStatus.NetworkNotAvailable, Connect("office", "x"));
            Assert.Equal(WifiConnectionStatus.InvalidCredential, Connect("plant", "wrong"));
            Assert.Equal(WifiConnectionStatus.UnspecifiedFailure, Connect("new", "secret42"));
            Assert.Equal(WifiConnectionStatus.Success, Connect("plant", "secret42"));
            Assert.StartsWith("10.2.3.", _board.StationAddress, StringComparison.Ordinal);
        }

        [Fact]
        public void Without_anybody_who_gives_addresses_only_an_own_one_leads_anywhere()
        {
            _plant.HasDhcp = false;
            Connect("plant", "secret42");
            DeviceInterface station = DeviceInterface.GetAllNetworkInterfaces()[0];
            Assert.Equal("0.0.0.0", station.IPv4Address);
            Assert.False(_board.NetworkUp);
            Assert.True(station.IsDhcpEnabled);
            station.EnableStaticIPv4("10.9.9.9", "255.255.255.0", "10.9.9.1");
            Assert.True(_board.NetworkUp);
            Assert.Equal(SocketError.TimedOut, Assert.Throws<SocketException>(() => _board.Route(new IPEndPoint(IPAddress.Loopback, 1883))).SocketErrorCode);
            station.EnableStaticIPv4("10.2.3.9", "255.255.255.0", "10.2.3.1");
            Assert.Equal(1883, _board.Route(new IPEndPoint(IPAddress.Loopback, 1883)).Port);
            station.EnableDhcp();
            Assert.False(_board.NetworkUp);
        }

        [Fact]
        public void Names_fail_where_the_network_does_not_know_them_and_all_are_the_portal_s_where_it_is_captive()
        {
            _plant.FailingNames.Add("localhost");
            Assert.Throws<SocketException>(() => DeviceDns.GetHostEntry("localhost")); // no network yet
            Connect("plant", "secret42");
            Assert.Throws<SocketException>(() => DeviceDns.GetHostEntry("LOCALHOST"));
            Assert.Equal("10.7.7.7", DeviceDns.GetHostEntry("10.7.7.7").AddressList[0].ToString());
            _plant.FailingNames.Clear();
            Assert.True(IPAddress.IsLoopback(DeviceDns.GetHostEntry("localhost").AddressList[0]));

            _plant.IsCaptive = true;
            Assert.True(IPAddress.IsLoopback(DeviceDns.GetHostEntry("no.such.name").AddressList[0]));
            Assert.False(_board.AskTime("pool.ntp.org", out _));
            using var socket = new DeviceSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(new IPEndPoint(IPAddress.Parse("10.7.7.7"), 1883));
            socket.Send(new byte[] { 0x10, 0x00 });
            byte[] buffer = new byte[8];
            int got = socket.Receive(buffer);
            Assert.Equal("HTTP", Encoding.ASCII.GetString(buffer, 0, Math.Min(4, got)));
        }

        [Fact]
        public void Nobody_s_ports_are_taken_twice_and_a_restart_frees_them()
        {
            using var started = new SemaphoreSlim(0);
            bool refused = false;
            _board.PowerOn(() =>
            {
                using var first = new DeviceSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                first.Bind(new IPEndPoint(IPAddress.Any, 80));
                first.Listen(1);
                using var second = new DeviceSocket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                second.Bind(new IPEndPoint(IPAddress.Any, 80));
                try
                {
                    second.Listen(1);
                }
                catch (SocketException)
                {
                    refused = true;
                }

                started.Release();
                if (_board.Starts < 2)
                {
                    _board.Reboot();
                }
            });
            Assert.True(started.Wait(Patience, TestContext.Current.CancellationToken) && started.Wait(Patience, TestContext.Current.CancellationToken));
            Assert.True(refused);
        }

        private WifiConnectionStatus Connect(string ssid, string password) =>
            WifiAdapter.FindAllAdapters()[0].Connect(ssid, WifiReconnectionKind.Manual, password).ConnectionStatus;

        private (string? Ssid, string? Password, int Channel, bool IsUp) Now()
        {
            VirtualSoftAccessPoint now = _board.Radio.SoftAccessPoint;
            return (now.Ssid, now.Password, now.Channel, now.IsUp);
        }

        private static void Configure(string ssid, string password)
        {
            WirelessAPConfiguration configuration = WirelessAPConfiguration.GetAllWirelessAPConfigurations()[0];
            configuration.Ssid = ssid;
            configuration.Password = password;
            configuration.Authentication = AuthenticationType.WPA2;
            configuration.Channel = 6;
            configuration.MaxConnections = 4;
            configuration.Options = WirelessAPConfiguration.ConfigurationOptions.AutoStart;
            configuration.SaveConfiguration();
        }
    }
}

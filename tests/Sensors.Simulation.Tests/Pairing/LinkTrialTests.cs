using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoFramework.Pc;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests.Pairing;

/// <summary>The stages of a link that is only tried end in time, in the board's time.</summary>
public sealed class LinkTrialTests : IDisposable
{
    private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { Pace = 12 });
    private readonly AccessPoint _hall = new("Hall 3", string.Empty);
    private readonly M2MqttLink _link;

    public LinkTrialTests()
    {
        PcBoard.Enter(_board);
        _board.Radio.Add(_hall);
        Assert.True(_board.JoinWifi("Hall 3", string.Empty, CancellationToken.None));
        _link = new M2MqttLink(new DeviceClock()) { Listener = new Deaf() };
    }

    public void Dispose() => _board.Dispose();

    [Fact]
    public void An_address_that_leads_nowhere_is_given_up_after_five_seconds()
    {
        NanoFramework.Pc.Device.NetworkInterface.GetAllNetworkInterfaces()[0].EnableStaticIPv4("10.9.9.9", "255.255.255.0", "10.9.9.1");
        Assert.Equal("broker 10.1.1.1:1883: no answer within 5 s", Try("10.1.1.1", 1883, out double seconds));
        Assert.Equal("broker-unreachable", _link.Cause);
        Assert.InRange(seconds, 4.9, 30);
    }

    [Fact]
    public void Who_takes_the_connection_and_never_answers_is_no_broker()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        Assert.EndsWith(": no answer within 10 s", Try("127.0.0.1", ((IPEndPoint)silent.LocalEndpoint).Port, out double seconds), StringComparison.Ordinal);
        Assert.Equal("not-mqtt", _link.Cause);
        Assert.InRange(seconds, 9.9, 60);
    }

    [Fact]
    public void A_name_that_nobody_knows_is_told_as_such()
    {
        _hall.FailingNames.Add("*");
        Assert.Equal("broker edge.local:1883: nobody knows this name", Try("edge.local", 1883, out _));
        Assert.Equal("name-not-found", _link.Cause);
    }

    [Fact]
    public void A_captive_portal_is_no_broker()
    {
        _hall.IsCaptive = true;
        Assert.NotNull(Try("edge.local", 1883, out _));
        Assert.Equal("not-mqtt", _link.Cause);
    }

    private string? Try(string host, int port, out double seconds)
    {
        double begun = _board.Time.Seconds;
        var settings = new LinkSettings { ClientId = "sensors-3F2A1C", IsTrial = true };
        settings.AddBroker(host, port);
        string? error = _link.Connect(settings, "s/birth", "{}");
        seconds = _board.Time.Seconds - begun;
        return error;
    }

    private sealed class Deaf : MqttLinkListener
    {
        public override void Acknowledged(int number, bool delivered)
        {
        }

        public override void Closed()
        {
        }

        public override void Received(string topic, byte[] payload)
        {
        }
    }
}

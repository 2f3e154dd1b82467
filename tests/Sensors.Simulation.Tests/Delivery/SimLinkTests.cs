using System;
using System.Collections.Generic;
using System.Text;
using Sensors.Node;
using Sensors.Simulation;

namespace Sensors.Simulation.Tests.Delivery;

/// <summary>The link behaves as the M2Mqtt package does, on the real broker's logic.</summary>
public class SimLinkTests
{
    private readonly EventQueue _queue = new();
    private readonly List<string> _errors = [];
    private readonly SimBroker _broker;
    private readonly SimSite _site;
    private readonly SimClock _clock;
    private readonly SimLink _link;
    private readonly Heard _heard = new();

    public SimLinkTests()
    {
        var random = new SimRandom(3);
        _broker = new SimBroker(_queue, _errors.Add);
        _site = new SimSite(_queue, _broker, random.Fork());
        _clock = new SimClock(_queue, 0, 0);
        var network = new SimNetwork(_clock, random.Fork(), _site, 0);
        _link = new SimLink(_queue, _clock, network, random.Fork(), _site, () => { }) { Listener = _heard };
        Assert.Null(network.Join((Settings)null!));
        _clock.Release();
    }

    [Fact]
    public void A_message_is_acknowledged_and_comes_to_who_asked_for_it()
    {
        Connect();
        _link.Subscribe("a/+");
        Assert.Equal(2, _link.Publish("a/b", Encoding.ASCII.GetBytes("hello, and more"), 5, false));
        _queue.RunUntil(_queue.Now + EventQueue.Second);
        Assert.Equal(["2 True", "a/b hello"], _heard.All);
        Assert.Empty(_errors);
    }

    [Fact]
    public void What_is_not_acknowledged_is_repeated_and_given_up_after_three_tries()
    {
        Connect();
        _site.Wire!.Lose();
        int number = _link.Publish("a/b", [1], 1, false);
        long begin = _queue.Now;
        while (_heard.All.Count == 0)
        {
            _queue.RunUntil(_queue.Now + EventQueue.Millisecond);
        }

        Assert.Equal($"{number} False", _heard.All[0]);
        Assert.Equal(3000, (_queue.Now - begin) / EventQueue.Millisecond);
    }

    [Fact]
    public void A_half_open_connection_is_noticed_within_two_keep_alives()
    {
        Connect();
        _queue.RunUntil(_queue.Now + EventQueue.Minute); // pings keep it
        Assert.True(_link.IsConnected);
        _site.Wire!.Lose();
        _queue.RunUntil(_queue.Now + (24 * EventQueue.Second));
        Assert.False(_link.IsConnected);
        Assert.Equal(["closed"], _heard.All);
    }

    [Fact]
    public void The_queue_has_an_end_and_closing_forgets_it()
    {
        Connect();
        _site.Wire!.Lose();
        for (int i = 0; i < 32; i++)
        {
            Assert.NotEqual(0, _link.Publish("a", [1], 1, false));
        }

        Assert.Equal(0, _link.Publish("a", [1], 1, false));
        _link.Close();
        _queue.RunUntil(_queue.Now + EventQueue.Minute);
        Assert.Empty(_heard.All);
        Assert.Equal(0, _link.Publish("a", [1], 1, false));
    }

    [Fact]
    public void An_outage_of_the_broker_closes_or_is_silent_and_takes_time()
    {
        Connect();
        _broker.IsUp = false;
        _broker.DropAll(silently: false);
        _queue.RunUntil(_queue.Now + EventQueue.Second);
        Assert.Equal(["closed"], _heard.All);
        Assert.NotNull(_link.Connect(Settings(), "w", "off"));
        Assert.InRange(_clock.Blocked, 10 * EventQueue.Millisecond, 30 * EventQueue.Second);
    }

    [Fact]
    public void Bytes_that_wait_come_when_the_network_is_back()
    {
        Connect();
        _site.Wire!.StalledUntil = _queue.Now + (2 * EventQueue.Second);
        _link.Publish("a", [1], 1, false);
        _queue.RunUntil(_queue.Now + (1900 * EventQueue.Millisecond));
        Assert.Empty(_heard.All);
        _queue.RunUntil(_queue.Now + EventQueue.Second);
        Assert.Equal(["1 True"], _heard.All); // the repetition's acknowledgement is nobody's any more
    }

    [Fact]
    public void A_certificate_is_not_accepted_by_a_clock_that_stands_at_1970()
    {
        LinkSettings settings = Settings();
        settings.Secure = true;
        Assert.Contains("certificate", _link.Connect(settings, "w", "off"), StringComparison.Ordinal);
        _clock.Release();
        _site.IsTimeBlocked = false;
    }

    private static LinkSettings Settings() => new() { Host = "edge", ClientId = "node", KeepAliveSeconds = 12 };

    private void Connect()
    {
        Assert.Null(_link.Connect(Settings(), "w", "off"));
        _queue.RunUntil(_queue.Now + _clock.Blocked);
        _clock.Release();
        Assert.True(_link.IsConnected);
    }

    private sealed class Heard : MqttLinkListener
    {
        public List<string> All { get; } = [];

        public override void Acknowledged(int number, bool delivered) => All.Add($"{number} {delivered}");

        public override void Closed() => All.Add("closed");

        public override void Received(string topic, byte[] payload) => All.Add($"{topic} {Encoding.UTF8.GetString(payload)}");
    }
}

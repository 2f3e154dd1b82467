using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Edge;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>A node on the virtual board whose link takes its time: what was measured can be compared with what arrives, and when.</summary>
internal sealed class CaptureBench : IDisposable
{
    public const string Id = "88.118.12345/NODE-0001";
    private const string Topic = "sensors/v1/" + Id;

    private readonly VirtualEsp32 _board = new(new VirtualEsp32Options { Name = Id, Seed = 1 });
    private readonly DeviceClock _clock = new();
    private long _linkDue;

    public CaptureBench(int blocks, string settings, IVibrationSource vibration, int bitsPerSecond = 1_000_000)
    {
        PcBoard.Enter(_board);
        Esp32DevKitC pins = new();
        Accelerometer = new VirtualAdxl345(_board.Time, vibration, 1, "vib1", new Adxl345Options { NoiseFactor = 0 });
        _board.WireSpi(pins.SpiBusOf(0), pins.ChipSelectOf(0), Accelerometer);
        ConstantSource still = new();
        _board.WireI2c(1, 0x48, new VirtualTmp117(_board.Time, still, 2));
        Link = new WireLink(() => _clock.Milliseconds) { BitsPerSecond = bitsPerSecond };
        Settings parsed = Settings.Parse(Encoding.UTF8.GetBytes($"id={Id}\nwifi_ssid=hall\nbroker_host=edge\npoints=vib1,temp1\n{settings}"));
        Assert.Null(parsed.Error);
        parsed.Link.Acknowledgement = AckMode.Broker;
        Node = new SensorNode(
            new NodeParts
            {
                Board = pins.Name,
                Target = pins.FirmwareTarget,
                Version = NodeFirmware.Version,
                Ports = pins,
                Clock = _clock,
                Volume = new FlashVolume(@"I:\"),
                Network = new WorldTime(_board),
                Link = Link,
                Random = new FixedRandom(),
                CaptureBlocks = blocks,
            },
            parsed,
            Faults);
    }

    public VirtualAdxl345 Accelerometer { get; }

    public FaultLog Faults { get; } = new();

    public SensorNode Node { get; }

    public WireLink Link { get; }

    public double Seconds => _board.Time.Seconds;

    /// <summary>Gets the chunks that arrived, and when, in seconds.</summary>
    public IEnumerable<(double Seconds, CaptureMessage Chunk)> Chunks =>
        Link.Arrived.Where(message => message.Topic == Topic + "/capture").Select(message => (message.Milliseconds / 1000.0, CaptureMessage.Parse(message.Payload)));

    /// <summary>Gets how long each reading was on its way, in milliseconds: from its last sample to the broker.</summary>
    public IEnumerable<long> Delays => Link.Arrived.Where(message => message.Topic.Contains("/reading/", StringComparison.Ordinal))
        .Select(message => _clock.ToUtc(message.Milliseconds) - ReadingMessage.Parse(message.Payload).UtcMilliseconds);

    public IEnumerable<ReplyMessage> Replies => Link.Arrived.Where(message => message.Topic == Topic + "/reply").Select(message => ReplyMessage.Parse(message.Payload));

    public IEnumerable<string> Topics => Link.Arrived.Select(message => message.Topic[(Topic.Length + 1)..]);

    public void Command(string json)
    {
        Link.Listener.Received(Topic + "/cmd", Encoding.ASCII.GetBytes(json));
        _linkDue = 0; // which wakes the link
    }

    public void Run(double seconds, Func<bool>? until = null)
    {
        double end = Seconds + seconds;
        while (Seconds < end && until?.Invoke() != true)
        {
            int before = Node.Outbox.Count;
            int wait = Node.RunOnce();
            bool woken = Node.Outbox.Count > before;
            long now = _clock.Milliseconds;
            if (Link.Deliver() || woken || now >= _linkDue)
            {
                _linkDue = now + Node.Link.Step();
            }

            if (wait > 0)
            {
                long next = Math.Min(_linkDue, Link.NextArrival) - now;
                _clock.Sleep((int)Math.Clamp(next, 1, wait));
            }
        }
    }

    public void Dispose() => _board.Dispose();

    private sealed class WorldTime(VirtualEsp32 board) : Network
    {
        public override bool IsUp => true;

        public override string? Join(Settings settings) => null;

        public override void Leave()
        {
        }

        public override long HeldTime() => 0;

        public override void StartTime(string server)
        {
        }

        public override long CheckTime() => (board.WorldUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
    }

    private sealed class FixedRandom : RandomSource
    {
        private readonly Random _random = new(3);

        public override int Next(int limit) => _random.Next(limit);

        public override void Fill(byte[] buffer) => _random.NextBytes(buffer);
    }
}

/// <summary>A wire that carries one message after the other, so many bits a second, and acknowledges each a while after it arrived.</summary>
internal sealed class WireLink(Func<long> now) : MqttLink
{
    private const int Overhead = 60; // bytes of topic, MQTT and TCP
    private readonly List<(long Milliseconds, int Number, string Topic, byte[] Payload)> _underWay = [];
    private readonly List<(long Milliseconds, int Number)> _acknowledgements = [];
    private bool _connected;
    private int _number;
    private long _free;

    public List<(long Milliseconds, string Topic, byte[] Payload)> Arrived { get; } = [];

    public List<string> Subscribed { get; } = [];

    public int BitsPerSecond { get; init; } = 1_000_000;

    public int AcknowledgeMilliseconds { get; init; } = 20;

    /// <summary>Gets or sets whether the broker is gone.</summary>
    public bool Outage { get; set; }

    /// <summary>Gets the most chunks that were on the wire before a reading.</summary>
    public int MostChunksAhead { get; private set; }

    /// <summary>Gets how many readings found a chunk on the wire.</summary>
    public int ReadingsBehindChunks { get; private set; }

    public long NextArrival
    {
        get
        {
            long next = long.MaxValue;
            _underWay.ForEach(message => next = Math.Min(next, message.Milliseconds));
            _acknowledgements.ForEach(message => next = Math.Min(next, message.Milliseconds));
            return next;
        }
    }

    public override bool IsConnected => _connected;

    public override string? Connect(LinkSettings settings, string willTopic, string will)
    {
        _connected = !Outage;
        _number = 0;
        return Outage ? "broker edge: gone" : null;
    }

    public override int Publish(string topic, byte[] payload, int count, bool retain)
    {
        if (!_connected || Outage)
        {
            return 0;
        }

        if (topic.Contains("/reading/", StringComparison.Ordinal))
        {
            int ahead = _underWay.Count(message => message.Topic.EndsWith("/capture", StringComparison.Ordinal));
            MostChunksAhead = Math.Max(MostChunksAhead, ahead);
            ReadingsBehindChunks += ahead > 0 ? 1 : 0;
        }

        _free = Math.Max(now(), _free) + Time(count);
        _underWay.Add((_free, ++_number, topic, payload[..count]));
        return _number;
    }

    public long Time(int count) => (count + Overhead) * 8000L / BitsPerSecond;

    public override void Subscribe(string topicFilter) => Subscribed.Add(topicFilter);

    public override void Close()
    {
        _connected = false;
        _underWay.Clear();
        _acknowledgements.Clear();
        _free = 0;
    }

    /// <summary>Lets what is due arrive and be acknowledged.</summary>
    /// <returns>True when the node was told something.</returns>
    public bool Deliver()
    {
        if (Outage && _connected)
        {
            _connected = false; // what is under way is lost, and what arrived stays unacknowledged
            Listener.Closed();
            return true;
        }

        foreach (var message in _underWay.Where(message => message.Milliseconds <= now()).ToList())
        {
            _underWay.Remove(message);
            Arrived.Add((message.Milliseconds, message.Topic, message.Payload));
            _acknowledgements.Add((message.Milliseconds + AcknowledgeMilliseconds, message.Number));
        }

        bool told = false;
        foreach (var message in _acknowledgements.Where(message => message.Milliseconds <= now()).ToList())
        {
            _acknowledgements.Remove(message);
            Listener.Acknowledged(message.Number, true);
            told = true;
        }

        return told;
    }
}

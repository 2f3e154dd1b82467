using System;
using System.Collections.Generic;
using System.Text;
using NanoFramework.Pc;
using Sensors.Boards;
using Sensors.Firmware;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation.Tests;

/// <summary>
/// The whole node on one thread in fast-forward: real board file, drivers, clock and volume on virtual wiring; the network
/// and the link are in memory and acknowledge at once. Time passes only by what the node does.
/// </summary>
internal sealed class SimulatedNode : IDisposable
{
    public const string Id = "88.118.12345/NODE-0001";

    private readonly VirtualEsp32 _board;
    private readonly DeviceClock _clock = new();
    private long _linkDue;

    public SimulatedNode(
        IVibrationSource vibration,
        ITemperatureSource temperature,
        ICurrentSource current,
        string settings = "",
        ulong seed = 1,
        Func<VirtualTime, ISpiChip>? accelerometer = null,
        bool externalMemory = false)
    {
        _board = new VirtualEsp32(new VirtualEsp32Options { Name = Id, Seed = seed });
        PcBoard.Enter(_board);
        Accelerometer = new VirtualAdxl345(_board.Time, vibration, seed);
        Esp32DevKitC pins = new();
        _board.WireSpi(pins.SpiBusOf(0), pins.ChipSelectOf(0), accelerometer is null ? Accelerometer : accelerometer(_board.Time));
        _board.WireI2c(1, 0x48, new VirtualTmp117(_board.Time, temperature, seed + 1));
        _board.WireI2c(1, 0x40, new VirtualIna226(_board.Time, current, seed + 2));

        Settings parsed = Settings.Parse(Encoding.UTF8.GetBytes($"id={Id}\nwifi_ssid=hall\nbroker_host=edge\npoints=vib1,temp1,cur1\n{settings}"));
        Assert.Null(parsed.Error);
        parsed.Link.Acknowledgement = AckMode.Broker;
        Node = new SensorNode(
            new NodeParts
            {
                Board = pins.Name,
                Target = pins.FirmwareTarget,
                Version = NodeFirmware.Version,
                Ports = pins,
                HasExternalMemory = externalMemory,
                Clock = _clock,
                Volume = new FlashVolume(@"I:\"),
                Network = new InstantNetwork(_board),
                Link = Link,
                Random = new SeededRandom((int)seed),
            },
            parsed,
            Faults);
    }

    public VirtualAdxl345 Accelerometer { get; }

    public SensorNode Node { get; }

    public FaultLog Faults { get; } = new();

    public MemoryLink Link { get; } = new();

    public VirtualEsp32 Board => _board;

    public double Seconds => _board.Time.Seconds;

    /// <summary>Runs until so much of the board's time has passed.</summary>
    public void Run(double seconds)
    {
        double end = Seconds + seconds;
        while (Seconds < end)
        {
            Step();
        }
    }

    /// <summary>One turn of the loop, the link's included.</summary>
    public void Step()
    {
        int wait = Node.RunOnce();
        long now = _clock.Milliseconds;
        bool woken = Link.Woken(Node); // acknowledges in every turn, due or not
        if (woken || now >= _linkDue)
        {
            _linkDue = now + Node.Link.Step();
        }

        if (wait > 0)
        {
            _clock.Sleep(Math.Min(wait, (int)Math.Max(1, _linkDue - now)));
        }
    }

    public void Dispose() => _board.Dispose();

    /// <summary>A network that is always there and knows the world's time.</summary>
    private sealed class InstantNetwork(VirtualEsp32 board) : Network
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

    private sealed class SeededRandom(int seed) : RandomSource
    {
        private readonly Random _random = new(seed);

        public override int Next(int limit) => _random.Next(limit);

        public override void Fill(byte[] buffer) => _random.NextBytes(buffer);
    }
}

/// <summary>A broker in memory: takes everything, acknowledges at once, keeps it where a test asks for it.</summary>
internal sealed class MemoryLink : MqttLink
{
    private bool _connected;
    private int _number;
    private long _seen;

    public List<(string Topic, string Payload)> Messages { get; } = [];

    public bool Keep { get; set; } = true;

    public long Published { get; private set; }

    public override bool IsConnected => _connected;

    public override string? Connect(LinkSettings settings, string willTopic, string will)
    {
        _connected = true;
        return null;
    }

    public override int Publish(string topic, byte[] payload, int count, bool retain)
    {
        Published++;
        if (Keep)
        {
            Messages.Add((topic, Encoding.UTF8.GetString(payload, 0, count)));
        }

        _number = _number % 65535 + 1;
        return _number;
    }

    public override void Subscribe(string topicFilter)
    {
    }

    public override void Close() => _connected = false;

    /// <summary>Acknowledges what was published, and tells whether the node has something to send.</summary>
    public bool Woken(SensorNode node)
    {
        while (_seen < Published)
        {
            Listener.Acknowledged((int)(_seen++ % 65535) + 1, true);
        }

        return node.Outbox.Count > 0;
    }
}

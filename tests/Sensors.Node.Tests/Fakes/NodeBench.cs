using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>A whole node on fakes, its two threads played in turn in the time of a <see cref="TestClock"/>.</summary>
    internal sealed class NodeBench
    {
        private long _loopAt;
        private long _linkAt;
        private SensorNode? _node;

        public NodeBench()
        {
            Network = new ScriptedNetwork(Events) { Utc = 1_763_600_000_000 };
            Link = new ScriptedLink(Events);
        }

        public string Id { get; set; } = "88.118.12345/NODE-0001";

        public List<string> Events { get; } = new List<string>();

        public TestClock Clock { get; } = new TestClock { Now = 1_000_000 };

        public FakePorts Ports { get; } = new FakePorts();

        public MemoryVolume Volume { get; } = new MemoryVolume();

        public ScriptedNetwork Network { get; }

        public ScriptedLink Link { get; }

        public FaultLog Faults { get; } = new FaultLog();

        public string Settings { get; set; } = "interval_ms=1000\n";

        public int Seed { get; set; } = 1;

        /// <summary>Gets or sets what makes the sources of chips without a driver.</summary>
        public SourceFactory? Bindings { get; set; }

        /// <summary>Gets or sets whether the link's thread runs.</summary>
        public bool LinkRuns { get; set; } = true;

        /// <summary>Gets or sets whether the broker acknowledges.</summary>
        public bool Acknowledges { get; set; } = true;

        /// <summary>Gets or sets whether the edge hears and answers.</summary>
        public bool EdgeAnswers { get; set; } = true;

        /// <summary>Gets or sets who says that a reading has arrived.</summary>
        public AckMode Acknowledgement { get; set; }

        /// <summary>Gets or sets whether the first start finds a volume that knows nothing; otherwise one on which a start ended in order.</summary>
        public bool FreshVolume { get; set; }

        /// <summary>Gets the node, made at the first use.</summary>
        public SensorNode Node => _node ??= Make();

        private SensorNode Make()
        {
            if (!FreshVolume && Volume.Files.Count == 0)
            {
                var before = new Incarnation(Volume, new SeededRandom(Seed));
                before.Begin(Id, Clock);
                before.Stated();
                before.End();
                Volume.Written.Clear();
            }

            Settings settings = Sensors.Node.Settings.Parse(Encoding.UTF8.GetBytes($"id={Id}\nwifi_ssid=hall\nbroker_host=edge\n" + Settings));
            settings.Link.Acknowledgement = Acknowledgement;
            return Make(settings);
        }

        /// <summary>Gets the parts of the node.</summary>
        public NodeParts Parts { get; private set; } = new NodeParts();

        private SensorNode Make(Settings settings) => new SensorNode(
            Parts = new NodeParts
            {
                Board = "Bench",
                Target = "ESP32_REV3",
                Version = "0.1.0",
                Ports = Ports,
                Bindings = Bindings,
                Clock = Clock,
                Volume = Volume,
                Network = Network,
                Link = Link,
                Random = new SeededRandom(Seed),
            },
            settings,
            Faults);

        public FakeAdxl345 AddVibration(int slot = 0)
        {
            var chip = new FakeAdxl345(Clock, slot);
            Ports.Spi[slot] = chip;
            return chip;
        }

        public FakeTmp117 AddTemperature()
        {
            var chip = new FakeTmp117(Clock);
            Ports.I2c[0x48] = chip;
            return chip;
        }

        public FakeIna226 AddCurrent()
        {
            var chip = new FakeIna226(Clock);
            Ports.I2c[0x40] = chip;
            return chip;
        }

        /// <summary>Starts the node anew on the same volume, chips and network; what it told before is forgotten.</summary>
        public void Restart()
        {
            _node = null;
            _loopAt = 0;
            _linkAt = 0;
            Network.Up = false;
            Link.Close();
            Link.Clear();
            Events.Clear();
            Clock.SetUtc(0, ClockState.Unset);
        }

        /// <summary>Lets the node run.</summary>
        /// <param name="milliseconds">For how long.</param>
        public void Run(long milliseconds)
        {
            SensorNode node = Node;
            long end = Clock.Milliseconds + milliseconds;
            while (Clock.Milliseconds < end)
            {
                bool worked = false;
                if (Clock.Milliseconds >= _loopAt)
                {
                    _loopAt = Clock.Milliseconds + node.RunOnce();
                    _linkAt = Clock.Milliseconds; // a reading wakes the link
                    worked = true;
                }

                if (LinkRuns && Clock.Milliseconds >= _linkAt)
                {
                    StepLink();
                    worked = true;
                }

                if (!worked)
                {
                    long next = LinkRuns && _linkAt < _loopAt ? _linkAt : _loopAt;
                    Clock.Now = (next < end ? next : end) * 1000;
                }
            }
        }

        /// <summary>Lets the link do the next thing.</summary>
        /// <returns>What it wants to wait.</returns>
        public int StepLink()
        {
            int wait = Node.Link.Step();
            if (Acknowledges && (Link.AcknowledgeAll() | (EdgeAnswers && Link.Echo())))
            {
                wait = 0; // an acknowledgement wakes the link
            }

            _linkAt = Clock.Milliseconds + wait;
            return wait;
        }

        /// <summary>Lets the link work, without the loop, until it has nothing to do at present.</summary>
        public void SettleLink()
        {
            while (StepLink() == 0)
            {
            }
        }

        /// <summary>Puts a reading in line as a sensor would.</summary>
        public Reading Put()
        {
            Reading reading = Node.Delivery.Outlet.Begin(Node.Points[0]);
            Node.Delivery.Outlet.Complete(reading, Clock.Milliseconds);
            return reading;
        }

        /// <summary>Gets the readings sent of a point, or of all.</summary>
        public List<JsonElement> Readings(string? point = null) => Link.Messages
            .Where(message => message.Topic.Contains("/reading/", StringComparison.Ordinal)
                && (point == null || message.Topic.EndsWith("/" + point, StringComparison.Ordinal)))
            .Select(message => JsonDocument.Parse(message.Text).RootElement)
            .ToList();

        public List<long> Sequences() => Readings().Select(reading => reading.GetProperty("seq").GetInt64()).ToList();

        public static string? Fault(JsonElement reading) =>
            reading.GetProperty("quality").TryGetProperty("fault", out JsonElement fault) ? fault.GetString() : null;

        public static int Quality(JsonElement reading, string name) =>
            reading.GetProperty("quality").TryGetProperty(name, out JsonElement value) ? value.GetInt32() : 0;

        public static bool HasValues(JsonElement reading) =>
            reading.TryGetProperty("values", out JsonElement values)
            && values.EnumerateObject().Any(value => value.Value.ValueKind == JsonValueKind.Number);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Sensors.Node.Tests.Fakes;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Delivery alone: a source of readings, the real journal over a volume in memory, a scripted link, an edge that stores. One thread, virtual time.</summary>
    internal sealed class DeliveryBench
    {
        private long _taskAt;
        private long _linkAt;
        private long _readingAt;
        private long _lived;
        private NodeDelivery? _node;

        public DeliveryBench()
        {
            Network = new ScriptedNetwork(Events) { World = () => Utc };
            Link = new ScriptedLink(Events);
        }

        public List<string> Events { get; } = [];

        /// <summary>Gets the world's time, which goes on while the power is away.</summary>
        public long Utc => Begin + _lived + Clock.Milliseconds;

        public const long Begin = 1_763_600_000_000;

        public TestClock Clock { get; private set; } = new TestClock { Now = 1_000_000 };

        public MemoryVolume Volume { get; } = new MemoryVolume();

        public ScriptedNetwork Network { get; }

        public ScriptedLink Link { get; }

        public EdgeEcho Edge => Link.Edge;

        public Point[] Points { get; set; } = [PointKinds.Make("temp1", PointKinds.Temperature)];

        public string Settings { get; set; } = string.Empty;

        public string Id { get; set; } = "88.118.12345/NODE-0001";

        public int Seed { get; set; } = 1;

        public bool BrokerAnswers { get; set; } = true;

        public bool EdgeAnswers { get; set; } = true;

        /// <summary>Gets or sets whether the edge hears; what it does not hear is lost.</summary>
        public bool EdgeHears { get; set; } = true;

        /// <summary>Gets or sets the milliseconds from one reading to the next; 0 for none.</summary>
        public int Interval { get; set; } = 1000;

        /// <summary>Gets every number that was given out, with its epoch.</summary>
        public List<(long Epoch, long Sequence)> Made { get; } = [];

        public NodeDelivery Node => _node ??= Start();

        private NodeDelivery Start()
        {
            Settings settings = Sensors.Node.Settings.Parse(Encoding.UTF8.GetBytes($"id={Id}\nwifi_ssid=hall\nbroker_host=edge\n{Settings}"));
            Assert.Null(settings.Error);
            var parts = new NodeParts
            {
                Board = "Bench",
                Target = "ESP32_REV3",
                Version = "0.1.0",
                Clock = Clock,
                Volume = Volume,
                Network = Network,
                Link = Link,
                Random = new SeededRandom(Seed++),
            };
            var node = new NodeDelivery(parts, settings, Points, new FaultLog(), new NodeHealth(), new Quiet(), new Supervisor());
            return node;
        }

        /// <summary>The power goes and comes back: memory is gone, time begins at 0.</summary>
        public void CutPower()
        {
            Link.Close();
            Network.Up = false;
            _lived += Clock.Milliseconds;
            Clock = new TestClock { Now = 1_000_000 };
            _taskAt = _linkAt = _readingAt = 0;
            _node = null;
            _ = Node;
        }

        public long Put()
        {
            Reading reading = Node.Outlet.Begin(Points[Made.Count % Points.Length]);
            reading.Values[0] = Made.Count;
            Node.Outlet.Complete(reading, Clock.Milliseconds);
            Made.Add((reading.Epoch, reading.Sequence));
            _linkAt = 0;
            return reading.Sequence;
        }

        public void Alarm()
        {
            var change = new AlarmEvent { Channel = new WatchedChannel("mean"), Level = AlarmLevel.Danger, Value = 1, Limit = 2, Cause = AlarmCause.Limit };
            Node.Outlet.Alarm(Points[0], change, Clock.Milliseconds);
            Made.Add((Node.Incarnation.Epoch, Node.Incarnation.Sequence));
            _linkAt = 0;
        }

        public void Run(long milliseconds)
        {
            _ = Node;
            long end = Clock.Milliseconds + milliseconds;
            while (Clock.Milliseconds < end)
            {
                long now = Clock.Milliseconds;
                if (Interval > 0 && now >= _readingAt)
                {
                    Put();
                    _readingAt = now + Interval;
                }

                if (now >= _taskAt)
                {
                    _taskAt = now + Node.Task.Step(now);
                }

                if (now >= _linkAt)
                {
                    _linkAt = now + StepLink();
                }

                long next = Math.Min(end, Math.Min(_taskAt, Math.Max(_linkAt, now)));
                next = Interval > 0 ? Math.Min(next, _readingAt) : next;
                Clock.Now = Math.Max(next, now + (_linkAt <= now ? 0 : 1)) * 1000;
            }
        }

        private int StepLink()
        {
            int wait = Node.Link.Step();
            bool told = BrokerAnswers && Link.AcknowledgeAll();
            if (EdgeHears && BrokerAnswers)
            {
                told |= Link.Echo(EdgeAnswers);
            }
            else
            {
                Link.Skip();
            }

            return told ? 0 : wait;
        }

        /// <summary>Gets the numbers that neither came nor are in a gap.</summary>
        public IEnumerable<(long Epoch, long Sequence)> Missing() => Made.Where(made => !Edge.Stored.ContainsKey(made) && !InGap(made));

        public bool InGap((long Epoch, long Sequence) number) => Edge.Gaps.Any(gap => gap.GetProperty("epoch").GetInt64() == number.Epoch
            && gap.GetProperty("ranges").EnumerateArray().Any(range => range[0].GetInt64() <= number.Sequence && number.Sequence <= range[1].GetInt64()));

        public IEnumerable<string> Reasons() => Edge.Gaps.Select(gap => gap.GetProperty("reason").GetString()!);

        public List<JsonElement> Told(string level) => Link.Messages.Where(message => message.Topic.Split('/')[4] == level)
            .Select(message => JsonDocument.Parse(message.Text).RootElement).ToList();
    }
}

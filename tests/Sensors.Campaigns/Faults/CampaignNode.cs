using System;
using System.Text;
using Sensors.Firmware;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>The firmware's node on a campaign's board, on one thread: its network is in memory and answers at once, and so is its broker unless another is given.</summary>
    internal sealed class CampaignNode
    {
        private const string Id = "88.118.12345/CAMPAIGN";

        private readonly DeviceClock _clock = new();
        private readonly CampaignLink _link;
        private long _linkDue;

        /// <summary>Puts the node together; it looks for its sensors.</summary>
        /// <param name="board">The board, wired.</param>
        /// <param name="settings">Lines of its settings.</param>
        /// <param name="published">Takes each message: topic and payload.</param>
        public CampaignNode(CampaignBoard board, string settings, Action<string, ReadOnlyMemory<byte>> published)
            : this(board, $"id={Id}\nwifi_ssid=hall\nbroker_host=edge\n{settings}", new MemoryLink(published), _ => new InstantNetwork(board))
        {
        }

        /// <summary>Puts the node together; it looks for its sensors.</summary>
        /// <param name="board">The board, wired.</param>
        /// <param name="settings">Lines of its settings, all of them.</param>
        /// <param name="link">Its way to the broker.</param>
        /// <param name="network">Makes its network, given its clock.</param>
        /// <param name="external">Whether the board has PSRAM.</param>
        public CampaignNode(CampaignBoard board, string settings, CampaignLink link, Func<Clock, Network> network, bool external = false)
        {
            _link = link;
            Settings parsed = Settings.Parse(Encoding.UTF8.GetBytes(settings));
            if (parsed.Error != null)
            {
                throw new ArgumentException(parsed.Error, nameof(settings));
            }

            parsed.Link.Acknowledgement = AckMode.Broker; // the campaigns' brokers have no edge behind them
            Node = new SensorNode(
                new NodeParts
                {
                    Board = board.Ports.Name,
                    Target = board.Ports.FirmwareTarget,
                    Version = NodeFirmware.Version,
                    Ports = board.Ports,
                    HasExternalMemory = external,
                    Clock = _clock,
                    Volume = new FlashVolume(@"I:\"),
                    Network = network(_clock),
                    Link = _link,
                    Random = new Dice((int)board.Wires.Seed),
                },
                parsed,
                Faults);
        }

        public SensorNode Node { get; }

        public FaultLog Faults { get; } = new();

        /// <summary>One turn of the loop, the link's included.</summary>
        public void Step()
        {
            int wait = Node.RunOnce();
            long now = _clock.Milliseconds;
            bool woken = _link.Settle(Node);
            if (woken || now >= _linkDue)
            {
                _linkDue = now + Node.Link.Step();
            }

            if (wait > 0)
            {
                _clock.Sleep(Math.Min(wait, (int)Math.Max(1, _linkDue - now)));
            }
        }

        private sealed class InstantNetwork(CampaignBoard board) : Network
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

            public override long CheckTime() => (board.Wires.WorldUtc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
        }

        private sealed class Dice(int seed) : RandomSource
        {
            private readonly Random _random = new(seed);

            public override int Next(int limit) => _random.Next(limit);

            public override void Fill(byte[] buffer) => _random.NextBytes(buffer);
        }

        private sealed class MemoryLink(Action<string, ReadOnlyMemory<byte>> published) : CampaignLink
        {
            private const int MessageNumbers = 65535;

            private bool _connected;
            private long _published;
            private long _acknowledged;

            public override bool IsConnected => _connected;

            public override string? Connect(LinkSettings settings, string willTopic, string will)
            {
                _connected = true;
                return null;
            }

            public override int Publish(string topic, byte[] payload, int count, bool retain)
            {
                published(topic, payload.AsMemory(0, count));
                return (int)(_published++ % MessageNumbers) + 1;
            }

            public override void Subscribe(string topicFilter)
            {
            }

            public override void Close() => _connected = false;

            public override bool Settle(SensorNode node)
            {
                while (_acknowledged < _published)
                {
                    Listener.Acknowledged((int)(_acknowledged++ % MessageNumbers) + 1, true);
                }

                return node.Outbox.Count > 0;
            }
        }
    }

    /// <summary>A way to a broker whose answers are waited for, so that a node's own time stands still meanwhile.</summary>
    internal abstract class CampaignLink : MqttLink
    {
        /// <summary>Lets the node have the acknowledgements of what it published, and tells whether it has more to send.</summary>
        public abstract bool Settle(SensorNode node);
    }
}

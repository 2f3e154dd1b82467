using System;
using System.Collections.Generic;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>What is around a board that pairs: its networks with their passwords, and a broker.</summary>
    internal sealed class PairingSite(SimRandom random, PairingTime time)
    {
        /// <summary>Gets the networks in reach, with their passwords.</summary>
        public Dictionary<string, string> Networks { get; } = [];

        /// <summary>Gets or sets whether the broker answers.</summary>
        public bool HasBroker { get; set; } = true;

        /// <summary>Gets the board's way onto a network.</summary>
        public Network MakeNetwork() => new Radio(this, random, time);

        /// <summary>Gets the board's way to the broker.</summary>
        public MqttLink MakeLink(Network network) => new Link(this, network, random, time);

        private sealed class Radio(PairingSite site, SimRandom random, PairingTime time) : Network
        {
            private string? _joined;
            private string? _cause;

            public override bool IsUp => _joined is not null;

            public override string? Cause => _cause;

            public override string? Address => _joined is null ? null : "192.168.1.77";

            public override string? JoinedSsid => _joined;

            public override string? Join(Settings settings) => Join(settings.Networks[0]);

            public override string? Join(WifiSettings network)
            {
                _joined = null;
                time.Block(random.Between(500, 9000) * EventQueue.Millisecond);
                _cause = !site.Networks.TryGetValue(network.Ssid, out string? password) ? "network-not-found" : password != network.Password ? "wrong-password" : null;
                _joined = _cause is null ? network.Ssid : null;
                return _cause;
            }

            public override void Leave() => _joined = null;

            public override void StartTime(string server)
            {
            }

            public override long CheckTime() => 0;

            public override long HeldTime() => 0;
        }

        // Of what is published only the births come back: nobody else is there.
        private sealed class Link(PairingSite site, Network network, SimRandom random, PairingTime time) : MqttLink
        {
            private readonly HashSet<string> _topics = [];
            private bool _connected;

            public override bool IsConnected => _connected;

            public override string? Cause => _connected ? null : "broker-unreachable";

            public override string? Connect(LinkSettings settings, string willTopic, string will)
            {
                Close();
                time.Block(random.Between(20, 4000) * EventQueue.Millisecond);
                _connected = network.IsUp && site.HasBroker;
                return _connected ? null : "no answer";
            }

            public override int Publish(string topic, byte[] payload, int count, bool retain)
            {
                if (!_connected)
                {
                    return 0;
                }

                time.Block(random.Between(1, 300) * EventQueue.Millisecond);
                if (_topics.Contains(topic))
                {
                    Listener.Received(topic, payload.AsSpan(0, count).ToArray());
                }

                return 1;
            }

            public override void Subscribe(string topicFilter) => _topics.Add(topicFilter);

            public override void Close()
            {
                _connected = false;
                _topics.Clear();
            }
        }
    }
}

using System;
using System.Diagnostics;
using System.Threading;
using Sensors.Firmware;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>The firmware's own link to a real broker on loopback. Only the waiting is added: a node in fast motion would take a slow PC for a dead broker.</summary>
    internal sealed class BrokerLink : CampaignLink
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        private readonly object _gate = new();
        private readonly M2MqttLink _link = new();
        private long _published;
        private long _answered;

        /// <inheritdoc/>
        public override bool IsConnected => _link.IsConnected;

        /// <inheritdoc/>
        public override string? Connect(LinkSettings settings, string willTopic, string will)
        {
            _link.Listener = new Relay(this);
            return _link.Connect(settings, willTopic, will);
        }

        /// <inheritdoc/>
        public override int Publish(string topic, byte[] payload, int count, bool retain)
        {
            int number = _link.Publish(topic, payload, count, retain);
            _published += number != 0 ? 1 : 0;
            return number;
        }

        /// <inheritdoc/>
        public override void Subscribe(string topicFilter) => _link.Subscribe(topicFilter);

        /// <inheritdoc/>
        public override void Close() => _link.Close();

        /// <inheritdoc/>
        public override bool Settle(SensorNode node)
        {
            var watch = Stopwatch.StartNew();
            lock (_gate)
            {
                while (_answered < _published)
                {
                    if (watch.Elapsed > Patience)
                    {
                        throw new TimeoutException("The broker did not answer within " + Patience.TotalSeconds + " s.");
                    }

                    Monitor.Wait(_gate, 100);
                }
            }

            return node.Outbox.Count > 0;
        }

        private void Answer()
        {
            lock (_gate)
            {
                _answered++;
                Monitor.Pulse(_gate);
            }
        }

        private sealed class Relay(BrokerLink owner) : MqttLinkListener
        {
            public override void Acknowledged(int number, bool delivered)
            {
                owner.Listener.Acknowledged(number, delivered);
                owner.Answer();
            }

            public override void Closed() => owner.Listener.Closed();

            public override void Received(string topic, byte[] payload) => owner.Listener.Received(topic, payload);
        }
    }
}

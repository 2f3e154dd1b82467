using System;
using System.Threading;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>The firmware's link, on which the process dies when an acknowledgement has come in, before the node hears of it.</summary>
    internal sealed class DyingLink(MqttLink inner) : MqttLink
    {
        private int _armed;

        public override bool IsConnected => inner.IsConnected;

        /// <summary>Lets the next acknowledgement be the last that comes in. From any thread.</summary>
        public void DieAtAcknowledgement() => Volatile.Write(ref _armed, 1);

        public override string? Connect(LinkSettings settings, string willTopic, string will)
        {
            inner.Listener = new Relay(this);
            return inner.Connect(settings, willTopic, will);
        }

        public override int Publish(string topic, byte[] payload, int count, bool retain) => inner.Publish(topic, payload, count, retain);

        public override void Subscribe(string topicFilter) => inner.Subscribe(topicFilter);

        public override void Close() => inner.Close();

        private sealed class Relay(DyingLink owner) : MqttLinkListener
        {
            public override void Acknowledged(int number, bool delivered) => owner.Listener.Acknowledged(number, delivered);

            public override void Closed() => owner.Listener.Closed();

            public override void Received(string topic, byte[] payload)
            {
                if (topic.EndsWith("/ack", StringComparison.Ordinal) && Interlocked.Exchange(ref owner._armed, 0) != 0)
                {
                    Death.Now("acknowledge");
                }

                owner.Listener.Received(topic, payload);
            }
        }
    }
}

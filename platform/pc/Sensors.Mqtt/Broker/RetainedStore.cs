using System;
using System.Collections.Generic;

namespace Sensors.Mqtt
{
    /// <summary>The last value of topics (MQTT 3.1.1 §3.3.1.3). Guarded by the router's lock.</summary>
    internal sealed class RetainedStore(int maxMessages, long maxBytes)
    {
        private readonly Dictionary<string, PublishPacket> _messages = new(StringComparer.Ordinal);
        private long _bytes;

        public int Count => _messages.Count;

        /// <summary>Keeps, replaces or, without payload, removes ([MQTT-3.3.1-5], [MQTT-3.3.1-10], [MQTT-3.3.1-11]).</summary>
        /// <returns>False when there was no room; then the topic has no last value rather than an outdated one.</returns>
        public bool Set(PublishPacket message)
        {
            if (_messages.Remove(message.Topic, out PublishPacket? old))
            {
                _bytes -= Size(old);
            }

            if (message.Payload.IsEmpty)
            {
                return true;
            }

            long size = Size(message);
            if (_messages.Count >= maxMessages || _bytes + size > maxBytes)
            {
                return false;
            }

            _messages.Add(message.Topic, message);
            _bytes += size;
            return true;
        }

        /// <summary>Delivers what a new subscription takes ([MQTT-3.3.1-6]).</summary>
        public void Deliver(string filter, Subscriber subscriber, MqttQos granted)
        {
            if (filter.AsSpan().IndexOfAny('+', '#') < 0)
            {
                if (_messages.TryGetValue(filter, out PublishPacket? message))
                {
                    subscriber.Deliver(message, granted, retained: true);
                }

                return;
            }

            foreach (PublishPacket message in _messages.Values)
            {
                if (TopicFilter.Matches(filter, message.Topic))
                {
                    subscriber.Deliver(message, granted, retained: true);
                }
            }
        }

        private static long Size(PublishPacket message) => message.Topic.Length + message.Payload.Length;
    }
}

using System;
using System.Collections.Generic;

namespace Sensors.Mqtt
{
    /// <content>Who listens to what.</content>
    internal sealed partial class BrokerRouter
    {
        /// <summary>Says what a client would be granted without changing anything.</summary>
        public byte[] Decide(BrokerPeer from, SubscribePacket packet, Func<string, bool>? isAuthorized)
        {
            var codes = new byte[packet.Subscriptions.Count];
            int room;
            HashSet<string>? added = null;
            lock (_gate)
            {
                room = options.MaxSubscriptions - (from.Session?.Subscriptions.Count ?? 0);
            }

            for (int i = 0; i < codes.Length; i++)
            {
                (string filter, MqttQos qos) = packet.Subscriptions[i];
                bool isNew = !Has(from, filter) && (added ??= new HashSet<string>(StringComparer.Ordinal)).Add(filter);
                bool granted = TopicFilter.CountLevels(filter) <= options.MaxFilterLevels
                    && (!isNew || room > 0)
                    && isAuthorized?.Invoke(filter) is not false;
                room -= granted && isNew ? 1 : 0;
                codes[i] = granted ? (byte)qos : SubAckPacket.Failure;
            }

            return codes;
        }

        /// <summary>SUBSCRIBE: subscribes to what is granted, answers, then sends retained messages.</summary>
        public void Subscribe(BrokerPeer from, SubscribePacket packet, byte[] codes)
        {
            lock (_gate)
            {
                if (from.Session is not { } session)
                {
                    return;
                }

                for (int i = 0; i < codes.Length; i++)
                {
                    if (codes[i] != SubAckPacket.Failure)
                    {
                        string filter = packet.Subscriptions[i].Filter;
                        session.Subscriptions[filter] = (MqttQos)codes[i]; // replaces an identical filter ([MQTT-3.8.4-3])
                        _tree.Set(filter, session, (MqttQos)codes[i]);
                    }
                }

                from.TryPost(new SubAckPacket(packet.PacketId, codes));
                for (int i = 0; i < codes.Length; i++)
                {
                    if (codes[i] != SubAckPacket.Failure)
                    {
                        _retained.Deliver(packet.Subscriptions[i].Filter, session, (MqttQos)codes[i]);
                    }
                }
            }
        }

        /// <summary>UNSUBSCRIBE: answered even when nothing matched ([MQTT-3.10.4-5]).</summary>
        public void Unsubscribe(BrokerPeer from, UnsubscribePacket packet)
        {
            lock (_gate)
            {
                if (from.Session is not { } session)
                {
                    return;
                }

                foreach (string filter in packet.Filters)
                {
                    if (session.Subscriptions.Remove(filter))
                    {
                        _tree.Remove(filter, session);
                    }
                }

                from.TryPost(new UnsubAckPacket(packet.PacketId));
            }
        }

        public void Add(InProcessSubscriber subscriber, MqttQos qos)
        {
            lock (_gate)
            {
                _tree.Set(subscriber.Filter, subscriber, qos);
                _retained.Deliver(subscriber.Filter, subscriber, qos);
            }
        }

        public void Remove(InProcessSubscriber subscriber)
        {
            lock (_gate)
            {
                _tree.Remove(subscriber.Filter, subscriber);
            }
        }

        private bool Has(BrokerPeer from, string filter)
        {
            lock (_gate)
            {
                return from.Session?.Subscriptions.ContainsKey(filter) ?? false;
            }
        }
    }
}

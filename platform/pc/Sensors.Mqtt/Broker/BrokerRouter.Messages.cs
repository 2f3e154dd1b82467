using System.Threading;

namespace Sensors.Mqtt
{
    /// <content>Messages and their acknowledgements.</content>
    internal sealed partial class BrokerRouter
    {
        /// <summary>A message from a client; acknowledged as its QoS asks ([MQTT-3.3.4-1]).</summary>
        public void Publish(BrokerPeer from, PublishPacket message, bool authorized)
        {
            lock (_gate)
            {
                if (from.Session is not { } session)
                {
                    return;
                }

                // Answered first: a client that subscribes to what it publishes gets its answer before its own message. Both are
                // in the broker's hands when the lock is released.
                if (message.Qos != MqttQos.AtMostOnce)
                {
                    from.TryPostAcknowledgement(
                        message.Qos == MqttQos.AtLeastOnce ? MqttPacketType.PubAck : MqttPacketType.PubRec, message.PacketId);
                }

                bool isRepetition = message.Qos == MqttQos.ExactlyOnce && !session.ReceivedExactlyOnce.Add(message.PacketId);
                if (!isRepetition)
                {
                    Interlocked.Increment(ref totals.MessagesIn);
                    if (authorized)
                    {
                        RouteLocked(message);
                    }
                    else
                    {
                        Interlocked.Increment(ref totals.DroppedDenied);
                    }
                }
            }
        }

        /// <summary>A message from this process.</summary>
        public void Publish(PublishPacket message)
        {
            lock (_gate)
            {
                RouteLocked(message);
            }
        }

        /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP from a client.</summary>
        public void Acknowledge(BrokerPeer from, MqttPacket packet)
        {
            lock (_gate)
            {
                if (from.Session is not { } session)
                {
                    return;
                }

                switch (packet)
                {
                    case PubAckPacket p:
                        session.Acknowledge(p.PacketId);
                        break;
                    case PubRecPacket p:
                        session.Receive(p.PacketId);
                        break;
                    case PubCompPacket p:
                        session.Complete(p.PacketId);
                        break;
                    case PubRelPacket p:
                        session.ReceivedExactlyOnce.Remove(p.PacketId);
                        from.TryPostAcknowledgement(MqttPacketType.PubComp, p.PacketId); // also when unknown: it was lost
                        break;
                }
            }
        }

        private void RouteLocked(PublishPacket message)
        {
            if (message.Retain && !_retained.Set(message))
            {
                Interlocked.Increment(ref totals.RetainedRefused);
            }

            _tree.Match(message.Topic, _found);
            foreach (Subscriber subscriber in _found)
            {
                subscriber.Deliver(message, subscriber.MatchedQos, retained: false); // [MQTT-3.3.1-9]
            }

            _found.Clear();
        }
    }
}

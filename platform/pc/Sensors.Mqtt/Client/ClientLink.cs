using System.Collections.Generic;
using System.Threading;

namespace Sensors.Mqtt
{
    /// <summary>One connection of a client: what ends with it.</summary>
    internal sealed class ClientLink(MqttTransport transport, HashSet<ushort> receivedExactlyOnce)
    {
        private readonly Lock _gate = new();
        private readonly Queue<MqttReceivedMessage> _unacknowledged = new();

        public MqttTransport Transport { get; } = transport;

        /// <summary>Gets or sets the reason this side had for closing, if it was this side.</summary>
        public MqttClosed? LocalReason { get; set; }

        /// <summary>Gets or sets when PINGREQ was sent that has not been answered, in ms of the system's tick count; 0 if none.</summary>
        public long PingSentAt { get; set; }

        public long LastSentAt { get; set; }

        /// <summary>Gets or sets when the server was last heard. A client that only sends would not notice a dead peer otherwise.</summary>
        public long LastReceivedAt { get; set; }

        /// <summary>Takes a message in. Returns null for a QoS 2 message that is a repetition.</summary>
        public MqttReceivedMessage? Accept(PublishPacket packet)
        {
            var message = new MqttReceivedMessage(packet, this);
            if (packet.Qos == MqttQos.AtMostOnce)
            {
                return message;
            }

            lock (_gate)
            {
                if (packet.Qos == MqttQos.ExactlyOnce && receivedExactlyOnce.Contains(packet.PacketId))
                {
                    Transport.TryPostAcknowledgement(MqttPacketType.PubRec, packet.PacketId); // §4.3.3: not delivered twice
                    return null;
                }

                _unacknowledged.Enqueue(message);
                return message;
            }
        }

        /// <summary>PUBREL: the identifier may be used again ([MQTT-4.3.3-2]).</summary>
        public void Release(ushort packetId)
        {
            lock (_gate)
            {
                receivedExactlyOnce.Remove(packetId);
                Transport.TryPostAcknowledgement(MqttPacketType.PubComp, packetId);
            }
        }

        public void SendDueAcknowledgements()
        {
            lock (_gate)
            {
                while (_unacknowledged.TryPeek(out MqttReceivedMessage? message) && message.IsAcknowledged)
                {
                    _unacknowledged.Dequeue();
                    if (message.Qos == MqttQos.AtLeastOnce)
                    {
                        Transport.TryPostAcknowledgement(MqttPacketType.PubAck, message.PacketId);
                    }
                    else if (Transport.TryPostAcknowledgement(MqttPacketType.PubRec, message.PacketId))
                    {
                        receivedExactlyOnce.Add(message.PacketId);
                    }
                }
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Threading;

namespace Sensors.Mqtt
{
    /// <summary>A message that has come in.</summary>
    public sealed class MqttReceivedMessage
    {
        private readonly PublishPacket _packet;
        private readonly ClientLink _link;
        private int _acknowledged;

        internal MqttReceivedMessage(PublishPacket packet, ClientLink link)
        {
            _packet = packet;
            _link = link;
        }

        /// <summary>Gets the topic name.</summary>
        public string Topic => _packet.Topic;

        /// <summary>Gets the bytes of the message. They stay valid and unchanged.</summary>
        public ReadOnlyMemory<byte> Payload => _packet.Payload;

        /// <summary>Gets the quality of service it came with.</summary>
        public MqttQos Qos => _packet.Qos;

        /// <summary>Gets a value indicating whether it is a topic's last value, sent because of a new subscription.</summary>
        public bool Retain => _packet.Retain;

        /// <summary>Gets a value indicating whether the server has sent it before. It says nothing about the publisher's own
        /// repetitions.</summary>
        public bool Duplicate => _packet.Duplicate;

        internal ushort PacketId => _packet.PacketId;

        internal bool IsAcknowledged => Volatile.Read(ref _acknowledged) != 0;

        /// <summary>Tells the server that the message is safe. Without effect at QoS 0, the second time, and after the connection
        /// it came over has ended: then the server sends it again.</summary>
        /// <remarks>May be called by any thread and in any order; acknowledgements leave in the order of the messages
        /// ([MQTT-4.6.0-2], [MQTT-4.6.0-3]), so one that is withheld holds back those behind it.</remarks>
        public void Acknowledge()
        {
            if (Mark())
            {
                _link.SendDueAcknowledgements();
            }
        }

        /// <summary>As <see cref="Acknowledge"/>, for messages that became safe together: their acknowledgements leave together.</summary>
        /// <param name="messages">The messages; those of one connection behind each other.</param>
        public static void AcknowledgeAll(IReadOnlyList<MqttReceivedMessage> messages)
        {
            ArgumentNullException.ThrowIfNull(messages);
            ClientLink? link = null;
            for (int i = 0; i < messages.Count; i++)
            {
                if (!messages[i].Mark()) { continue; }
                if (link != messages[i]._link)
                {
                    link?.SendDueAcknowledgements();
                    link = messages[i]._link;
                }
            }

            link?.SendDueAcknowledgements();
        }

        private bool Mark() => Interlocked.Exchange(ref _acknowledged, 1) == 0 && Qos != MqttQos.AtMostOnce;
    }
}

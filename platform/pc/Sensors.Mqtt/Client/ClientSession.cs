using System;
using System.Collections.Generic;

namespace Sensors.Mqtt
{
    /// <summary>The client's half of a session (MQTT 3.1.1 §4.1): messages on their way. Guarded by the client's lock.</summary>
    internal sealed class ClientSession(int maxInflight)
    {
        private readonly List<OutgoingMessage> _inflight = []; // in the order first sent: [MQTT-4.6.0-1]
        private readonly Queue<OutgoingMessage> _waiting = new();
        private ushort _lastId;

        /// <summary>Gets the identifiers of QoS 2 messages received but not released.</summary>
        public HashSet<ushort> ReceivedExactlyOnce { get; private set; } = [];

        /// <summary>Gives an identifier that neither a message nor <paramref name="isTaken"/> uses ([MQTT-2.3.1-2]).</summary>
        public ushort NextId(Func<ushort, bool> isTaken)
        {
            do
            {
                _lastId++;
            }
            while (_lastId == 0 || isTaken(_lastId) || Find(_lastId) is not null);
            return _lastId;
        }

        public void Add(OutgoingMessage message) => _waiting.Enqueue(message);

        /// <summary>Sends as many waiting messages as the window lets through.</summary>
        public void Pump(MqttTransport transport, Func<ushort, bool> isTaken)
        {
            while (_inflight.Count < maxInflight && _waiting.TryDequeue(out OutgoingMessage? message))
            {
                message.Packet = message.Packet with { PacketId = NextId(isTaken) };
                _inflight.Add(message);
                transport.TryPost(message.Packet);
            }
        }

        /// <summary>After a reconnection: everything unfinished again, in its order ([MQTT-4.4.0-1]).</summary>
        /// <param name="transport">The new connection.</param>
        /// <param name="sessionPresent">Whether the server remembers; if not, messages are new to it and go without DUP.</param>
        public void Resend(MqttTransport transport, bool sessionPresent)
        {
            if (!sessionPresent)
            {
                ReceivedExactlyOnce = [];
            }

            foreach (OutgoingMessage message in _inflight)
            {
                if (message.Released)
                {
                    transport.TryPostAcknowledgement(MqttPacketType.PubRel, message.Packet.PacketId);
                }
                else
                {
                    transport.TryPost(message.Packet with { Duplicate = sessionPresent });
                }
            }
        }

        /// <summary>PUBACK or PUBCOMP. Acknowledgements of nothing are ignored, as they may be left over.</summary>
        public OutgoingMessage? Complete(ushort id, MqttQos qos)
        {
            OutgoingMessage? message = Find(id);
            if (message is null || message.Packet.Qos != qos || (qos == MqttQos.ExactlyOnce && !message.Released))
            {
                return null;
            }

            _inflight.Remove(message);
            return message;
        }

        /// <summary>PUBREC: from now on PUBREL is what is repeated ([MQTT-4.3.3-1]).</summary>
        public void Release(ushort id)
        {
            if (Find(id) is { Packet.Qos: MqttQos.ExactlyOnce } message)
            {
                message.Released = true;
            }
        }

        /// <summary>Forgets everything and gives what was unfinished.</summary>
        public List<OutgoingMessage> Clear()
        {
            var unfinished = new List<OutgoingMessage>(_inflight);
            unfinished.AddRange(_waiting);
            _inflight.Clear();
            _waiting.Clear();
            ReceivedExactlyOnce = [];
            return unfinished;
        }

        private OutgoingMessage? Find(ushort id)
        {
            foreach (OutgoingMessage message in _inflight)
            {
                if (message.Packet.PacketId == id)
                {
                    return message;
                }
            }

            return null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Threading;

namespace Sensors.Mqtt
{
    /// <summary>The server's half of a session (MQTT 3.1.1 §3.1.2.4, §4.1). Guarded by the router's lock.</summary>
    internal sealed class BrokerSession(string clientId, bool clean, MqttBrokerOptions options, BrokerTotals totals) : Subscriber
    {
        // In the order first sent, which is the order of repetition ([MQTT-4.6.0-6]); the window keeps it short.
        private readonly List<Outgoing> _inflight = [];
        private readonly Queue<Outgoing> _queue = new();
        private long _queuedBytes;
        private ushort _lastId;

        public string ClientId => clientId;

        public bool IsClean => clean;

        /// <summary>Gets or sets the client's connection, null while it is away.</summary>
        public BrokerPeer? Peer { get; set; }

        public Dictionary<string, MqttQos> Subscriptions { get; } = new(StringComparer.Ordinal);

        /// <summary>Gets the identifiers of QoS 2 messages received and delivered but not released (§4.3.3, method B).</summary>
        public HashSet<ushort> ReceivedExactlyOnce { get; } = [];

        public int QueuedMessages => _queue.Count;

        public override void Deliver(PublishPacket message, MqttQos granted, bool retained)
        {
            MqttQos qos = message.Qos < granted ? message.Qos : granted; // [MQTT-3.8.4-6]
            if (qos == MqttQos.AtMostOnce)
            {
                if (Peer is not null)
                {
                    SendAtMostOnce(Peer, message, retained);
                }

                return; // messages at QoS 0 are not part of the state of a client that is away (§4.1)
            }

            var outgoing = new Outgoing(message, qos, retained);
            if (Peer is not null && _queue.Count == 0 && _inflight.Count < options.MaxInflight)
            {
                Send(Peer, outgoing);
            }
            else if (_queue.Count < options.MaxQueuedMessages && _queuedBytes + outgoing.Size <= options.MaxQueuedBytes)
            {
                _queue.Enqueue(outgoing);
                _queuedBytes += outgoing.Size;
            }
            else
            {
                Interlocked.Increment(ref totals.DroppedQueueFull);
            }
        }

        /// <summary>After a reconnection: what is unacknowledged goes first and again ([MQTT-4.4.0-1]), then what waits.</summary>
        public void Resume()
        {
            BrokerPeer peer = Peer!;
            foreach (Outgoing o in _inflight)
            {
                if (o.State == OutgoingState.Released)
                {
                    peer.TryPostAcknowledgement(MqttPacketType.PubRel, o.PacketId);
                }
                else
                {
                    Interlocked.Increment(ref totals.MessagesOut);
                    peer.TryPostPublish(o.Message, o.Qos, o.Retained, duplicate: true, o.PacketId, int.MaxValue); // [MQTT-3.3.1-1]
                }
            }

            Pump(peer);
        }

        /// <summary>PUBACK.</summary>
        public void Acknowledge(ushort id)
        {
            if (Find(id) is not { } o)
            {
                return; // left over from a session that has ended
            }

            Expect(o, OutgoingState.AwaitsPubAck, MqttPacketType.PubAck);
            Finish(o);
        }

        /// <summary>PUBREC: PUBREL is the answer, the second time too ([MQTT-4.3.3-1]).</summary>
        public void Receive(ushort id)
        {
            if (Find(id) is { } o && o.State != OutgoingState.Released)
            {
                Expect(o, OutgoingState.AwaitsPubRec, MqttPacketType.PubRec);
                o.State = OutgoingState.Released;
            }

            Peer!.TryPostAcknowledgement(MqttPacketType.PubRel, id);
        }

        /// <summary>PUBCOMP.</summary>
        public void Complete(ushort id)
        {
            if (Find(id) is not { } o)
            {
                return;
            }

            Expect(o, OutgoingState.Released, MqttPacketType.PubComp);
            Finish(o);
        }

        private static void Expect(Outgoing o, OutgoingState state, MqttPacketType answer)
        {
            if (o.State != state)
            {
                string statement = o.Qos == MqttQos.AtLeastOnce ? "MQTT-4.3.2-2" : "MQTT-4.3.3-2";
                throw new MqttProtocolException(
                    statement, answer + " answers packet " + o.PacketId + " at " + o.Qos + ", which is due something else.");
            }
        }

        private void Finish(Outgoing o)
        {
            _inflight.Remove(o);
            Pump(Peer!);
        }

        private void Pump(BrokerPeer peer)
        {
            while (_inflight.Count < options.MaxInflight && _queue.TryDequeue(out Outgoing? next))
            {
                _queuedBytes -= next.Size;
                Send(peer, next);
            }
        }

        private void Send(BrokerPeer peer, Outgoing o)
        {
            do
            {
                _lastId++;
            }
            while (_lastId == 0 || Find(_lastId) is not null); // [MQTT-2.3.1-4]
            o.PacketId = _lastId;
            _inflight.Add(o);
            Interlocked.Increment(ref totals.MessagesOut);
            peer.TryPostPublish(o.Message, o.Qos, o.Retained, duplicate: false, o.PacketId, int.MaxValue);
        }

        private void SendAtMostOnce(BrokerPeer peer, PublishPacket message, bool retained)
        {
            // A connection that is closing counts as slow: either way the client does not get it.
            if (peer.TryPostPublish(message, MqttQos.AtMostOnce, retained, false, 0, options.MaxOutgoingBytes))
            {
                Interlocked.Increment(ref totals.MessagesOut);
            }
            else
            {
                Interlocked.Increment(ref totals.DroppedSlow);
            }
        }

        private Outgoing? Find(ushort id)
        {
            foreach (Outgoing o in _inflight)
            {
                if (o.PacketId == id)
                {
                    return o;
                }
            }

            return null;
        }

        private enum OutgoingState
        {
            AwaitsPubAck,
            AwaitsPubRec,
            Released,
        }

        private sealed class Outgoing(PublishPacket message, MqttQos qos, bool retained)
        {
            public PublishPacket Message => message;

            public MqttQos Qos => qos;

            public bool Retained => retained;

            public ushort PacketId { get; set; }

            public OutgoingState State { get; set; } =
                qos == MqttQos.AtLeastOnce ? OutgoingState.AwaitsPubAck : OutgoingState.AwaitsPubRec;

            public long Size => message.Topic.Length + message.Payload.Length;
        }
    }
}

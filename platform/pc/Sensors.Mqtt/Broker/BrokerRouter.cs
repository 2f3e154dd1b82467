using System;
using System.Collections.Generic;
using System.Threading;

namespace Sensors.Mqtt
{
    /// <summary>Sessions, subscriptions and retained messages, under one lock: nothing in it waits for a network.</summary>
    internal sealed partial class BrokerRouter(MqttBrokerOptions options, BrokerTotals totals)
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, BrokerSession> _sessions = new(StringComparer.Ordinal);
        private readonly SubscriptionTree _tree = new();
        private readonly RetainedStore _retained = new(options.MaxRetainedMessages, options.MaxRetainedBytes);
        private readonly List<Subscriber> _found = [];

        /// <summary>Gives a client its session and answers CONNACK, the first packet of all ([MQTT-3.2.0-1]).</summary>
        /// <param name="peer">Who connects.</param>
        /// <param name="packet">Its CONNECT.</param>
        /// <param name="takenWill">The will of the connection this one takes over from, published; null when there is none.</param>
        /// <returns>False when there are too many sessions.</returns>
        public bool Attach(BrokerPeer peer, ConnectPacket packet, out MqttWill? takenWill)
        {
            takenWill = null;
            lock (_gate)
            {
                _sessions.TryGetValue(packet.ClientId, out BrokerSession? session);
                if (session is null && _sessions.Count >= options.MaxSessions)
                {
                    return false;
                }

                if (session?.Peer is { } old)
                {
                    takenWill = old.Will; // [MQTT-3.1.4-2]
                    EndLocked(session, old, MqttDisconnectReason.TakenOver);
                }

                if (session is not null && (packet.CleanSession || session.IsClean))
                {
                    RemoveLocked(session); // [MQTT-3.1.2-6]
                    session = null;
                }

                bool present = session is not null;
                if (session is null)
                {
                    session = new BrokerSession(packet.ClientId, packet.CleanSession, options, totals);
                    _sessions.Add(packet.ClientId, session);
                }

                session.Peer = peer;
                peer.Session = session;
                peer.Will = packet.Will;
                peer.TryPost(new ConnAckPacket(present, ConnectReturnCode.Accepted));
                session.Resume();
                return true;
            }
        }

        /// <summary>Ends what the peer had. The will is delivered before anything the client sends after coming back.</summary>
        /// <returns>The will that was published, or null.</returns>
        public MqttWill? Detach(BrokerPeer peer, MqttDisconnectReason reason)
        {
            lock (_gate)
            {
                if (peer.Session is not { } session)
                {
                    return null; // taken over, and everything done then
                }

                MqttWill? will = reason == MqttDisconnectReason.ClientDisconnected ? null : peer.Will; // [MQTT-3.14.4-3]
                peer.Will = will;
                EndLocked(session, peer, reason);
                if (session.IsClean)
                {
                    RemoveLocked(session);
                }

                return will;
            }
        }

        public BrokerPeer? FindPeer(string clientId)
        {
            lock (_gate)
            {
                return _sessions.TryGetValue(clientId, out BrokerSession? session) ? session.Peer : null;
            }
        }

        public MqttBrokerCounters Count(int connections)
        {
            lock (_gate)
            {
                int connected = 0;
                long queued = 0;
                foreach (BrokerSession session in _sessions.Values)
                {
                    connected += session.Peer is null ? 0 : 1;
                    queued += session.QueuedMessages;
                }

                return new MqttBrokerCounters
                {
                    Connections = connections,
                    ConnectedClients = connected,
                    Sessions = _sessions.Count,
                    RetainedMessages = _retained.Count,
                    QueuedMessages = queued,
                    MessagesIn = Interlocked.Read(ref totals.MessagesIn),
                    MessagesOut = Interlocked.Read(ref totals.MessagesOut),
                    DroppedSlow = Interlocked.Read(ref totals.DroppedSlow),
                    DroppedQueueFull = Interlocked.Read(ref totals.DroppedQueueFull),
                    DroppedDenied = Interlocked.Read(ref totals.DroppedDenied),
                    DroppedInProcess = Interlocked.Read(ref totals.DroppedInProcess),
                    RetainedRefused = Interlocked.Read(ref totals.RetainedRefused),
                    ProtocolErrors = Interlocked.Read(ref totals.ProtocolErrors),
                    Refused = Interlocked.Read(ref totals.Refused),
                };
            }
        }

        private void EndLocked(BrokerSession session, BrokerPeer peer, MqttDisconnectReason reason)
        {
            session.Peer = null;
            peer.Session = null;
            if (peer.Will is { } will)
            {
                peer.Will = null; // [MQTT-3.1.2-10]
                Interlocked.Increment(ref totals.MessagesIn);
                RouteLocked(new PublishPacket(will.Topic, will.Payload, will.Qos, will.Retain)); // [MQTT-3.1.2-8]
            }

            peer.Close(reason);
        }

        private void RemoveLocked(BrokerSession session)
        {
            _sessions.Remove(session.ClientId);
            foreach (string filter in session.Subscriptions.Keys)
            {
                _tree.Remove(filter, session);
            }
        }
    }
}

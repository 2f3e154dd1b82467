using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Sensors.Mqtt
{
    /// <summary>A client as the broker sees it: what its packets mean, whatever carries them.</summary>
    /// <remarks>Packets are handled one at a time and in order. What is sent may come from any client's thread.</remarks>
    internal abstract class BrokerPeer(BrokerRouter router, MqttBrokerOptions options)
    {
        /// <summary>Gets or sets the session this peer speaks for. Guarded by the router's lock.</summary>
        public BrokerSession? Session { get; set; }

        /// <summary>Gets or sets the will that is still due. Guarded by the router's lock.</summary>
        public MqttWill? Will { get; set; }

        /// <summary>Gets the client's name, empty before it was let in.</summary>
        public string ClientId { get; private set; } = string.Empty;

        /// <summary>Gets the broker's limits, permissions and hooks.</summary>
        protected MqttBrokerOptions Options => options;

        /// <summary>Gets the longest silence that is borne, in milliseconds: one and a half times the keep-alive ([MQTT-3.1.2-24]); 0 for any.</summary>
        protected int PatienceMs { get; private set; }

        /// <summary>Ends the connection from this side. The first reason counts. Never blocks: the caller may hold the router's lock.</summary>
        public abstract void Close(MqttDisconnectReason reason);

        /// <summary>Hands a packet over.</summary>
        /// <returns>False when the connection is closed: its end is handled where it is read from.</returns>
        public abstract bool TryPost(MqttPacket packet);

        /// <summary>Hands one of the four-byte acknowledgements over.</summary>
        /// <returns>As <see cref="TryPost"/>.</returns>
        public abstract bool TryPostAcknowledgement(MqttPacketType type, ushort packetId);

        /// <summary>Hands a message over unless more than <paramref name="limit"/> bytes would then be waiting.</summary>
        /// <returns>False also when the connection is closed.</returns>
        public abstract bool TryPostPublish(PublishPacket message, MqttQos qos, bool retain, bool duplicate, ushort packetId, int limit);

        /// <summary>Notes that the client was heard.</summary>
        protected abstract void Touch();

        /// <summary>Takes the first packet (§3.1.4), and answers it unless it is refused.</summary>
        /// <returns>What CONNACK says.</returns>
        /// <exception cref="MqttProtocolException">It is not CONNECT.</exception>
        protected ConnectReturnCode Admit(MqttPacket first, EndPoint? remote, X509Certificate2? certificate)
        {
            if (first is not ConnectPacket packet)
            {
                throw new MqttProtocolException("MQTT-3.1.0-1", "The first packet is " + first.Type + ".");
            }

            if (packet.ProtocolLevel != ConnectPacket.ProtocolLevel311 || packet.ProtocolName != ConnectPacket.ProtocolName311)
            {
                return ConnectReturnCode.UnacceptableProtocolVersion; // [MQTT-3.1.2-2]
            }

            if (packet.ClientId.Length == 0)
            {
                if (!packet.CleanSession)
                {
                    return ConnectReturnCode.IdentifierRejected; // [MQTT-3.1.3-8]
                }

                packet = packet with { ClientId = "auto-" + Guid.NewGuid().ToString("N") }; // [MQTT-3.1.3-6]
            }

            var request = new MqttConnectRequest(packet, remote, certificate);
            ConnectReturnCode code = options.Authenticate?.Invoke(request) ?? ConnectReturnCode.Accepted;
            if (code == ConnectReturnCode.Accepted && packet.Will is { } will && !MayPublish(packet.ClientId, will.Topic))
            {
                code = ConnectReturnCode.NotAuthorized;
            }

            if (code != ConnectReturnCode.Accepted)
            {
                return code;
            }

            ClientId = packet.ClientId;
            PatienceMs = packet.KeepAliveSeconds * 1500;
            Touch();
            options.OnConnect?.Invoke(request);
            if (!router.Attach(this, packet, out MqttWill? taken))
            {
                return ConnectReturnCode.ServerUnavailable;
            }

            if (taken is not null)
            {
                TellWill(taken);
            }

            return ConnectReturnCode.Accepted;
        }

        /// <summary>Does what a packet of an admitted client asks for; DISCONNECT is not among them.</summary>
        /// <exception cref="MqttProtocolException">A client does not send this.</exception>
        protected void Handle(MqttPacket packet)
        {
            switch (packet)
            {
                case PublishPacket publish:
                    options.OnPublish?.Invoke(new MqttPublishEvent(ClientId, publish, IsWill: false));
                    router.Publish(this, publish, MayPublish(ClientId, publish.Topic));
                    break;
                case PubAckPacket or PubRecPacket or PubRelPacket or PubCompPacket:
                    router.Acknowledge(this, packet);
                    break;
                case SubscribePacket subscribe:
                    byte[] codes = router.Decide(
                        this,
                        subscribe,
                        options.AuthorizeSubscribe is { } authorize ? filter => authorize(ClientId, filter) : null);
                    options.OnSubscribe?.Invoke(new MqttSubscribeEvent(ClientId, subscribe, codes));
                    router.Subscribe(this, subscribe, codes);
                    break;
                case UnsubscribePacket unsubscribe:
                    router.Unsubscribe(this, unsubscribe);
                    break;
                case PingReqPacket:
                    TryPost(PingRespPacket.Instance); // [MQTT-3.12.4-1]
                    break;
                case ConnectPacket:
                    throw new MqttProtocolException("MQTT-3.1.0-2", "CONNECT came a second time.");
                default:
                    throw new MqttProtocolException("MQTT-4.8.0-1", packet.Type + " does not come from a client.");
            }
        }

        /// <summary>Ends what the client had, once nothing more is heard of it.</summary>
        protected void Finish(MqttDisconnectReason reason)
        {
            MqttWill? will = router.Detach(this, reason);
            if (ClientId.Length == 0)
            {
                return;
            }

            try
            {
                if (will is not null)
                {
                    TellWill(will);
                }

                options.OnDisconnect?.Invoke(new MqttDisconnectEvent(ClientId, reason));
            }
            catch (Exception)
            {
                // The connection that the callback could end has ended.
            }
        }

        /// <summary>Topics that begin with $ are the server's own: §4.7.2 says to keep clients from exchanging messages there.</summary>
        private bool MayPublish(string clientId, string topic) =>
            topic[0] != '$' && options.AuthorizePublish?.Invoke(clientId, topic) is not false;

        private void TellWill(MqttWill will) => options.OnPublish?.Invoke(
            new MqttPublishEvent(ClientId, new PublishPacket(will.Topic, will.Payload, will.Qos, will.Retain), IsWill: true));
    }
}

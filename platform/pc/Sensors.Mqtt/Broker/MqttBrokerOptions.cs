using System;
using System.Security.Cryptography.X509Certificates;

namespace Sensors.Mqtt
{
    /// <summary>Limits, permissions and hooks of a broker. The defaults suit some hundred nodes.</summary>
    public sealed record MqttBrokerOptions
    {
        /// <summary>Gets the server's certificate with its private key; null listens without TLS.</summary>
        public X509Certificate2? Certificate { get; init; }

        /// <summary>Gets the authority that client certificates must come from; null asks for none. Needs
        /// <see cref="Certificate"/>.</summary>
        public X509Certificate2? ClientCertificateAuthority { get; init; }

        /// <summary>Gets how long a new connection may take until its CONNECT is complete (MQTT 3.1.1 §3.1.4).</summary>
        public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

        /// <summary>Gets the largest packet taken, in bytes, header included; a larger one closes its connection.</summary>
        public int MaxPacketSize { get; init; } = MqttDecoder.DefaultMaxPacketSize;

        /// <summary>Gets how many connections may be open; further ones are closed unheard.</summary>
        public int MaxConnections { get; init; } = 10_000;

        /// <summary>Gets how many sessions are kept, connected or not; further clients are answered 0x03.</summary>
        public int MaxSessions { get; init; } = 10_000;

        /// <summary>Gets how many messages at QoS 1 and 2 may be on their way to one client at once, 1 to 1,000.</summary>
        public int MaxInflight { get; init; } = 20;

        /// <summary>Gets how many messages at QoS 1 and 2 wait for one session beyond those; then the newest is dropped, so that
        /// what is delivered has no hole before its end.</summary>
        public int MaxQueuedMessages { get; init; } = 10_000;

        /// <summary>Gets how many bytes (topic and payload) of such messages wait for one session.</summary>
        public long MaxQueuedBytes { get; init; } = 16 * 1024 * 1024;

        /// <summary>Gets how many unsent bytes one client may have; while it has, messages at QoS 0 to it are dropped.</summary>
        public int MaxOutgoingBytes { get; init; } = 1024 * 1024;

        /// <summary>Gets how many subscriptions one session may hold; further filters are answered 0x80.</summary>
        public int MaxSubscriptions { get; init; } = 1_000;

        /// <summary>Gets how many levels a topic filter may have; one with more is answered 0x80.</summary>
        public int MaxFilterLevels { get; init; } = 256;

        /// <summary>Gets how many topics keep a retained message; further ones are delivered but not kept.</summary>
        public int MaxRetainedMessages { get; init; } = 10_000;

        /// <summary>Gets how many bytes (topic and payload) of retained messages are kept.</summary>
        public long MaxRetainedBytes { get; init; } = 64 * 1024 * 1024;

        /// <summary>Gets what decides on a client; null lets everybody in. Called before <see cref="OnConnect"/>.</summary>
        public Func<MqttConnectRequest, ConnectReturnCode>? Authenticate { get; init; }

        /// <summary>Gets what decides whether a client (first argument) may publish to a topic; null allows all. A denied message
        /// is acknowledged and dropped ([MQTT-3.3.5-2]); a denied will refuses the connection with 0x05. Topics that begin with
        /// <c>$</c> are denied without asking (§4.7.2); <see cref="MqttBroker.Publish"/> may use them.</summary>
        public Func<string, string, bool>? AuthorizePublish { get; init; }

        /// <summary>Gets what decides whether a client (first argument) may subscribe to a filter; null allows all. A denied filter
        /// is answered 0x80 (§3.9.3).</summary>
        public Func<string, string, bool>? AuthorizeSubscribe { get; init; }

        /// <summary>Gets what is told of every accepted CONNECT, before CONNACK is sent.</summary>
        /// <remarks>The four hooks are called by the connection's own receive loop, so in the order of its packets, and by several
        /// connections at once. They hold up that client only. What a hook throws closes the connection that caused it.</remarks>
        public Action<MqttConnectRequest>? OnConnect { get; init; }

        /// <summary>Gets what is told of every SUBSCRIBE, with the answer about to be sent. See <see cref="OnConnect"/>.</summary>
        public Action<MqttSubscribeEvent>? OnSubscribe { get; init; }

        /// <summary>Gets what is told of every message a client publishes, before it is delivered, and of every will, after it has
        /// been. See <see cref="OnConnect"/>.</summary>
        public Action<MqttPublishEvent>? OnPublish { get; init; }

        /// <summary>Gets what is told of the end of every connection that had been accepted. See <see cref="OnConnect"/>.</summary>
        public Action<MqttDisconnectEvent>? OnDisconnect { get; init; }
    }
}

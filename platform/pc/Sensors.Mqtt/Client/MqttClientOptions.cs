using System;

namespace Sensors.Mqtt
{
    /// <summary>What a client connects to, and as whom.</summary>
    public sealed record MqttClientOptions
    {
        /// <summary>Gets the name or address of the server.</summary>
        public string Host { get; init; } = "localhost";

        /// <summary>Gets the TCP port, 1 to 65535.</summary>
        public int Port { get; init; } = 1883;

        /// <summary>Gets the TLS settings; null connects without.</summary>
        public MqttTlsOptions? Tls { get; init; }

        /// <summary>Gets the client identifier; empty lets the server choose one, and needs <see cref="CleanSession"/>.</summary>
        public string ClientId { get; init; } = string.Empty;

        /// <summary>Gets a value indicating whether server and client forget the session when the connection ends
        /// (MQTT 3.1.1 §3.1.2.4).</summary>
        public bool CleanSession { get; init; } = true;

        /// <summary>Gets the longest silence before the client sends PINGREQ: whole seconds, 0 (never) to 65,535 s.</summary>
        public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

        /// <summary>Gets how long the server may take to answer PINGREQ before the connection counts as lost.</summary>
        public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

        /// <summary>Gets how long connecting may take in all: name, TCP, TLS, CONNACK.</summary>
        public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

        /// <summary>Gets the user name, or null.</summary>
        public string? UserName { get; init; }

        /// <summary>Gets the password, or null; needs a user name.</summary>
        public ReadOnlyMemory<byte>? Password { get; init; }

        /// <summary>Gets the will, or null.</summary>
        public MqttWill? Will { get; init; }

        /// <summary>Gets the largest packet received, in bytes.</summary>
        public int MaxPacketSize { get; init; } = MqttDecoder.DefaultMaxPacketSize;

        /// <summary>Gets how many messages at QoS 1 and 2 may be on their way at once, 1 to 65,535; others wait their turn.</summary>
        public int MaxInflight { get; init; } = 20;

        /// <summary>Gets a value indicating whether the receiver acknowledges each message itself, by
        /// <see cref="MqttReceivedMessage.Acknowledge"/>, for example after it has stored it. Otherwise a message counts as
        /// received when the callback returns.</summary>
        public bool ManualAcknowledge { get; init; }
    }
}

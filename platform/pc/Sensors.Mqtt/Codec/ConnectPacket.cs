using System;

namespace Sensors.Mqtt
{
    /// <summary>CONNECT: client asks for a connection (MQTT 3.1.1 §3.1).</summary>
    public sealed record ConnectPacket : MqttPacket
    {
        /// <summary>The protocol name of MQTT 3.1.1 (§3.1.2.1).</summary>
        public const string ProtocolName311 = "MQTT";

        /// <summary>The protocol level of MQTT 3.1.1 (§3.1.2.2).</summary>
        public const byte ProtocolLevel311 = 4;

        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.Connect;

        /// <summary>Gets the protocol name; <c>MQTT</c>, or <c>MQIsdp</c> from a client that speaks MQTT 3.1.</summary>
        public string ProtocolName { get; init; } = ProtocolName311;

        /// <summary>Gets the protocol level. When it is not 4, nothing else of the packet has been decoded, because another
        /// level may lay it out otherwise; the server answers 0x01 ([MQTT-3.1.2-2]).</summary>
        public byte ProtocolLevel { get; init; } = ProtocolLevel311;

        /// <summary>Gets the client identifier; empty asks the server to make one ([MQTT-3.1.3-6]).</summary>
        public string ClientId { get; init; } = string.Empty;

        /// <summary>Gets a value indicating whether the session begins empty and ends with the connection (§3.1.2.4).</summary>
        public bool CleanSession { get; init; } = true;

        /// <summary>Gets the longest silence of the client, in seconds; 0 turns the check off (§3.1.2.10).</summary>
        public ushort KeepAliveSeconds { get; init; }

        /// <summary>Gets the message the server publishes if the connection ends without DISCONNECT, or null (§3.1.2.5).</summary>
        public MqttWill? Will { get; init; }

        /// <summary>Gets the user name, or null.</summary>
        public string? UserName { get; init; }

        /// <summary>Gets the password, up to 65,535 bytes, or null. Needs a user name ([MQTT-3.1.2-22]).</summary>
        public ReadOnlyMemory<byte>? Password { get; init; }
    }
}

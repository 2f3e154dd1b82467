using System.Collections.Generic;

namespace Sensors.Mqtt
{
    /// <summary>One topic filter with the most a subscriber wants of it (MQTT 3.1.1 §3.8.3).</summary>
    /// <param name="Filter">Topic filter, 1 to 65,535 bytes of UTF-8; see <see cref="TopicFilter"/>.</param>
    /// <param name="Qos">Maximum quality of service.</param>
    public readonly record struct MqttSubscription(string Filter, MqttQos Qos);

    /// <summary>SUBSCRIBE: client asks for topics (MQTT 3.1.1 §3.8).</summary>
    /// <param name="PacketId">1 to 65,535.</param>
    /// <param name="Subscriptions">At least one ([MQTT-3.8.3-3]).</param>
    public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions) : MqttPacket
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.Subscribe;
    }

    /// <summary>SUBACK: server answers SUBSCRIBE (MQTT 3.1.1 §3.9).</summary>
    /// <param name="PacketId">Identifier of the SUBSCRIBE, 1 to 65,535.</param>
    /// <param name="ReturnCodes">One per filter, in their order: granted QoS 0, 1 or 2, or <see cref="Failure"/>.</param>
    public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<byte> ReturnCodes) : MqttPacket
    {
        /// <summary>The return code of a filter the server does not grant (0x80).</summary>
        public const byte Failure = 0x80;

        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.SubAck;
    }

    /// <summary>UNSUBSCRIBE: client drops topics (MQTT 3.1.1 §3.10).</summary>
    /// <param name="PacketId">1 to 65,535.</param>
    /// <param name="Filters">At least one ([MQTT-3.10.3-2]).</param>
    public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters) : MqttPacket
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.Unsubscribe;
    }
}

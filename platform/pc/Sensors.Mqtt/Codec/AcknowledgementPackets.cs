namespace Sensors.Mqtt
{
    /// <summary>An answer that is its packet identifier and nothing else: four bytes.</summary>
    public abstract record AcknowledgementPacket : MqttPacket
    {
        private protected AcknowledgementPacket(ushort packetId)
        {
            PacketId = packetId;
        }

        /// <summary>Gets the identifier of the packet answered, 1 to 65,535.</summary>
        public ushort PacketId { get; init; }
    }

    /// <summary>PUBACK: answer to PUBLISH at QoS 1 (MQTT 3.1.1 §3.4).</summary>
    /// <param name="PacketId">Identifier of the PUBLISH, 1 to 65,535.</param>
    public sealed record PubAckPacket(ushort PacketId) : AcknowledgementPacket(PacketId)
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.PubAck;
    }

    /// <summary>PUBREC: first answer to PUBLISH at QoS 2 (MQTT 3.1.1 §3.5).</summary>
    /// <param name="PacketId">Identifier of the PUBLISH, 1 to 65,535.</param>
    public sealed record PubRecPacket(ushort PacketId) : AcknowledgementPacket(PacketId)
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.PubRec;
    }

    /// <summary>PUBREL: answer to PUBREC (MQTT 3.1.1 §3.6).</summary>
    /// <param name="PacketId">Identifier of the PUBLISH, 1 to 65,535.</param>
    public sealed record PubRelPacket(ushort PacketId) : AcknowledgementPacket(PacketId)
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.PubRel;
    }

    /// <summary>PUBCOMP: answer to PUBREL, ends a QoS 2 exchange (MQTT 3.1.1 §3.7).</summary>
    /// <param name="PacketId">Identifier of the PUBLISH, 1 to 65,535.</param>
    public sealed record PubCompPacket(ushort PacketId) : AcknowledgementPacket(PacketId)
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.PubComp;
    }

    /// <summary>UNSUBACK: answer to UNSUBSCRIBE (MQTT 3.1.1 §3.11).</summary>
    /// <param name="PacketId">Identifier of the UNSUBSCRIBE, 1 to 65,535.</param>
    public sealed record UnsubAckPacket(ushort PacketId) : AcknowledgementPacket(PacketId)
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.UnsubAck;
    }
}

namespace Sensors.Mqtt
{
    /// <summary>PINGREQ (MQTT 3.1.1 §3.12): <c>C0 00</c>.</summary>
    public sealed record PingReqPacket : MqttPacket
    {
        private PingReqPacket()
        {
        }

        /// <summary>Gets the only one there is.</summary>
        public static PingReqPacket Instance { get; } = new();

        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.PingReq;
    }

    /// <summary>PINGRESP (MQTT 3.1.1 §3.13): <c>D0 00</c>.</summary>
    public sealed record PingRespPacket : MqttPacket
    {
        private PingRespPacket()
        {
        }

        /// <summary>Gets the only one there is.</summary>
        public static PingRespPacket Instance { get; } = new();

        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.PingResp;
    }

    /// <summary>DISCONNECT (MQTT 3.1.1 §3.14): <c>E0 00</c>.</summary>
    public sealed record DisconnectPacket : MqttPacket
    {
        private DisconnectPacket()
        {
        }

        /// <summary>Gets the only one there is.</summary>
        public static DisconnectPacket Instance { get; } = new();

        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.Disconnect;
    }
}

namespace Sensors.Mqtt
{
    /// <summary>CONNACK: server answers CONNECT (MQTT 3.1.1 §3.2).</summary>
    /// <param name="SessionPresent">Whether the server has state of this client; false with any refusal ([MQTT-3.2.2-4]).</param>
    /// <param name="ReturnCode">Accepted, or why not.</param>
    public sealed record ConnAckPacket(bool SessionPresent, ConnectReturnCode ReturnCode) : MqttPacket
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.ConnAck;
    }
}

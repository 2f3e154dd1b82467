using System;

namespace Sensors.Mqtt
{
    /// <summary>PUBLISH: a message (MQTT 3.1.1 §3.3).</summary>
    /// <param name="Topic">Topic name, 1 to 65,535 bytes of UTF-8, no wildcards.</param>
    /// <param name="Payload">Any bytes, also none. A decoded packet owns its bytes: nobody changes them later.</param>
    /// <param name="Qos">Quality of service.</param>
    /// <param name="Retain">To a server: keep this as the topic's last value. To a client: this is such a value (§3.3.1.3).</param>
    /// <param name="Duplicate">May have been sent before; false at QoS 0 ([MQTT-3.3.1-2]).</param>
    /// <param name="PacketId">1 to 65,535 at QoS 1 and 2; 0 at QoS 0, where none is sent ([MQTT-2.3.1-5]).</param>
    public sealed record PublishPacket(
        string Topic,
        ReadOnlyMemory<byte> Payload,
        MqttQos Qos = MqttQos.AtMostOnce,
        bool Retain = false,
        bool Duplicate = false,
        ushort PacketId = 0) : MqttPacket
    {
        /// <inheritdoc/>
        public override MqttPacketType Type => MqttPacketType.Publish;
    }
}

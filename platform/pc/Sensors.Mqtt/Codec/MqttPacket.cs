namespace Sensors.Mqtt
{
    /// <summary>A control packet (MQTT 3.1.1 §2). Immutable; the sealed types below it are the fourteen kinds.</summary>
    public abstract record MqttPacket
    {
        private protected MqttPacket()
        {
        }

        /// <summary>Gets the kind of packet.</summary>
        public abstract MqttPacketType Type { get; }
    }
}

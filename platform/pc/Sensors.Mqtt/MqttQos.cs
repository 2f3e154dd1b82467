namespace Sensors.Mqtt
{
    /// <summary>Quality of service (MQTT 3.1.1 §4.3). Values are those on the wire.</summary>
    public enum MqttQos : byte
    {
        /// <summary>At most once: no acknowledgement.</summary>
        AtMostOnce = 0,

        /// <summary>At least once: PUBACK.</summary>
        AtLeastOnce = 1,

        /// <summary>Exactly once: PUBREC, PUBREL, PUBCOMP.</summary>
        ExactlyOnce = 2,
    }
}

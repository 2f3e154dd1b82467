namespace Sensors.Mqtt
{
    /// <summary>Which packets a decoder takes (MQTT 3.1.1 §2.2.1, Table 2.1, "direction of flow").</summary>
    public enum MqttDirection
    {
        /// <summary>All of them.</summary>
        Any,

        /// <summary>What a client sends; strings with control characters or non-characters are refused as well, which §1.5.3
        /// leaves to the receiver.</summary>
        ToServer,

        /// <summary>What a server sends.</summary>
        ToClient,
    }
}

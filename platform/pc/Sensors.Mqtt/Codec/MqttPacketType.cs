namespace Sensors.Mqtt
{
    /// <summary>Control packet type (MQTT 3.1.1 §2.2.1, Table 2.1): the upper four bits of the first byte.</summary>
    public enum MqttPacketType : byte
    {
        /// <summary>Client asks to connect.</summary>
        Connect = 1,

        /// <summary>Server answers CONNECT.</summary>
        ConnAck = 2,

        /// <summary>A message, either way.</summary>
        Publish = 3,

        /// <summary>Answer to PUBLISH at QoS 1.</summary>
        PubAck = 4,

        /// <summary>First answer to PUBLISH at QoS 2.</summary>
        PubRec = 5,

        /// <summary>Answer to PUBREC.</summary>
        PubRel = 6,

        /// <summary>Answer to PUBREL; ends a QoS 2 exchange.</summary>
        PubComp = 7,

        /// <summary>Client asks for topics.</summary>
        Subscribe = 8,

        /// <summary>Server answers SUBSCRIBE.</summary>
        SubAck = 9,

        /// <summary>Client drops topics.</summary>
        Unsubscribe = 10,

        /// <summary>Server answers UNSUBSCRIBE.</summary>
        UnsubAck = 11,

        /// <summary>Client shows that it is alive.</summary>
        PingReq = 12,

        /// <summary>Server answers PINGREQ.</summary>
        PingResp = 13,

        /// <summary>Client takes leave.</summary>
        Disconnect = 14,
    }
}

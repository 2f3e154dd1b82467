using System;

namespace Sensors.Mqtt
{
    /// <summary>The message a server publishes for a client that vanished (MQTT 3.1.1 §3.1.2.5).</summary>
    /// <param name="Topic">Topic name, 1 to 65,535 bytes of UTF-8, no wildcards.</param>
    /// <param name="Payload">Any bytes, 0 to 65,535; not necessarily text.</param>
    /// <param name="Qos">Quality of service of the publication.</param>
    /// <param name="Retain">Whether the server keeps it for later subscribers.</param>
    public sealed record MqttWill(string Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos = MqttQos.AtMostOnce, bool Retain = false);
}

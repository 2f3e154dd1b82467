using System;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;

namespace nanoFramework.M2Mqtt
{
    /// <summary>Where a message stands between being queued and being done.</summary>
    internal enum InflightState
    {
        /// <summary>To be sent, for the first time or again.</summary>
        Queued,

        /// <summary>Sent; PUBACK, SUBACK or UNSUBACK is awaited.</summary>
        WaitForAck,

        /// <summary>Sent at QoS 2; PUBREC is awaited.</summary>
        WaitForPubrec,

        /// <summary>PUBREL is to be sent again.</summary>
        SendPubrel,

        /// <summary>PUBREL was sent; PUBCOMP is awaited.</summary>
        WaitForPubcomp,

        /// <summary>Received at QoS 2 and PUBREC sent; PUBREL is awaited.</summary>
        WaitForPubrel,
    }

    /// <summary>A message on its way, and how often it was tried.</summary>
    internal sealed class InflightMessage
    {
        public InflightMessage(ushort id, MqttPacket packet, MqttQoSLevel qos, bool valid = true)
        {
            Valid = valid;
            Id = id;
            Packet = packet;
            Qos = qos;
        }

        public ushort Id { get; }

        public MqttPacket Packet { get; }

        public MqttQoSLevel Qos { get; }

        /// <summary>Gets whether a packet can be made of it; that shows when it is sent, not before.</summary>
        public bool Valid { get; }

        public InflightState State { get; set; }

        /// <summary>Gets or sets how often it was sent.</summary>
        public int Attempt { get; set; }

        /// <summary>Gets or sets when it was last sent, in milliseconds.</summary>
        public long Timestamp { get; set; }

        /// <summary>Gets or sets what holds fast motion until the answer is told; null for nothing.</summary>
        public IDisposable? Errand { get; set; }

        public bool IsPublish => Packet is PublishPacket && State != InflightState.WaitForPubrel;

        public bool Waits => State is InflightState.WaitForAck or InflightState.WaitForPubrec or InflightState.WaitForPubcomp;
    }
}

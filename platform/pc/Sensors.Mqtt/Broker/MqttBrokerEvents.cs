using System.Collections.Generic;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Sensors.Mqtt
{
    /// <summary>A client that wants to connect.</summary>
    /// <param name="Packet">Its CONNECT; an empty client identifier has been replaced by the one the broker made.</param>
    /// <param name="RemoteEndPoint">Where it comes from.</param>
    /// <param name="ClientCertificate">The certificate it has proven to own, or null.</param>
    public sealed record MqttConnectRequest(ConnectPacket Packet, EndPoint? RemoteEndPoint, X509Certificate2? ClientCertificate);

    /// <summary>A client that subscribes.</summary>
    /// <param name="ClientId">Its identifier.</param>
    /// <param name="Packet">Its SUBSCRIBE.</param>
    /// <param name="ReturnCodes">The answer, one code per filter: granted QoS or <see cref="SubAckPacket.Failure"/>.</param>
    public sealed record MqttSubscribeEvent(string ClientId, SubscribePacket Packet, IReadOnlyList<byte> ReturnCodes);

    /// <summary>A message from a client.</summary>
    /// <param name="ClientId">The client's identifier.</param>
    /// <param name="Packet">The message. A will has no packet identifier, whatever its QoS.</param>
    /// <param name="IsWill">Whether it is the will of a client that vanished.</param>
    public sealed record MqttPublishEvent(string ClientId, PublishPacket Packet, bool IsWill);

    /// <summary>The end of a connection.</summary>
    /// <param name="ClientId">The client's identifier.</param>
    /// <param name="Reason">Why it ended.</param>
    public sealed record MqttDisconnectEvent(string ClientId, MqttDisconnectReason Reason);

    /// <summary>Why a broker's connection to a client ended.</summary>
    public enum MqttDisconnectReason
    {
        /// <summary>The client sent DISCONNECT: the only end without a will.</summary>
        ClientDisconnected,

        /// <summary>The network connection closed or failed.</summary>
        ConnectionLost,

        /// <summary>Nothing was heard for one and a half times the keep-alive ([MQTT-3.1.2-24]).</summary>
        KeepAliveExpired,

        /// <summary>The client broke MQTT 3.1.1.</summary>
        ProtocolError,

        /// <summary>Another connection came with the same client identifier ([MQTT-3.1.4-2]).</summary>
        TakenOver,

        /// <summary>The broker dropped it: <see cref="MqttBroker.Drop"/>, <see cref="MqttBroker.SuspendAsync"/> or
        /// <see cref="MqttBroker.StopAsync"/>.</summary>
        Dropped,

        /// <summary>A callback of <see cref="MqttBrokerOptions"/> threw.</summary>
        CallbackFailed,
    }
}

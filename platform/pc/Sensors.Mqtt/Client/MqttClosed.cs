using System;

namespace Sensors.Mqtt
{
    /// <summary>Why a client's connection ended.</summary>
    public enum MqttCloseReason
    {
        /// <summary><see cref="MqttClient.DisconnectAsync"/> or disposal.</summary>
        LocalDisconnect,

        /// <summary>The server closed the connection.</summary>
        RemoteClosed,

        /// <summary>The network failed.</summary>
        NetworkError,

        /// <summary>No PINGRESP in time.</summary>
        PingTimeout,

        /// <summary>The server broke MQTT 3.1.1.</summary>
        ProtocolError,

        /// <summary>The message callback threw; the message counts as not received.</summary>
        CallbackFailed,
    }

    /// <summary>The end of a connection.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Error">The exception behind it, or null.</param>
    public sealed record MqttClosed(MqttCloseReason Reason, Exception? Error);
}

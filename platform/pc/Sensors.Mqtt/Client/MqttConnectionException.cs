using System;

namespace Sensors.Mqtt
{
    /// <summary>There is no connection: it was refused, never came about, or was lost before an answer came.</summary>
    public sealed class MqttConnectionException : Exception
    {
        /// <summary>Makes the exception.</summary>
        /// <param name="message">What happened.</param>
        /// <param name="inner">Its cause, or null.</param>
        /// <param name="returnCode">The server's refusal, or null when it gave none.</param>
        public MqttConnectionException(string message, Exception? inner = null, ConnectReturnCode? returnCode = null)
            : base(message, inner)
        {
            ReturnCode = returnCode;
        }

        /// <summary>Gets the server's refusal, or null when it gave none.</summary>
        public ConnectReturnCode? ReturnCode { get; }
    }
}

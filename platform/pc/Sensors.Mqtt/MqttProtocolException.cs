using System;

namespace Sensors.Mqtt
{
    /// <summary>The peer broke MQTT 3.1.1. The only right answer is to close the connection ([MQTT-4.8.0-1]).</summary>
    public sealed class MqttProtocolException : Exception
    {
        /// <summary>Makes the exception; the message begins with the statement in square brackets.</summary>
        /// <param name="statement">Normative statement, for example <c>MQTT-2.2.2-2</c>; where the specification numbers
        /// none, the section, for example <c>MQTT-2.2.3</c>.</param>
        /// <param name="message">What was found.</param>
        public MqttProtocolException(string statement, string message)
            : base("[" + statement + "] " + message)
        {
            Statement = statement;
        }

        /// <summary>Gets the normative statement that was broken, for example <c>MQTT-2.2.2-2</c>.</summary>
        public string Statement { get; }
    }
}

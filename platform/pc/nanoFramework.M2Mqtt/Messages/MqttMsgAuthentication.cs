using System;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgAuthentication : MqttMsgBase
    {
        private const string OnlyVersion5 = "AUTH exists in MQTT 5 only, which is not available on a PC.";

        public MqttMsgAuthentication()
        {
            Type = MqttMessageType.Authentication;
        }

        public string? AuthenticationMethod { get; set; }

        public byte[]? AuthenticationData { get; set; }

        public string? Reason { get; set; }

        public MqttReasonCode ReasonCode { get; set; }

        public static MqttMsgAuthentication Parse(
            byte fixedHeaderFirstByte,
            MqttProtocolVersion protocolVersion,
            IMqttNetworkChannel channel) => throw new NotSupportedException(OnlyVersion5);

        public override byte[] GetBytes(MqttProtocolVersion protocolVersion) => throw new NotSupportedException(OnlyVersion5);
    }
}

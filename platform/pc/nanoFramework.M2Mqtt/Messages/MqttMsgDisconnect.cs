using nanoFramework.M2Mqtt.Exceptions;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgDisconnect : MqttMsgBase
    {
        private const byte FirstByte = 0xE0;

        public MqttMsgDisconnect()
        {
            Type = MqttMessageType.Disconnect;
        }

        public uint SessionExpiryInterval { get; set; }

        public string? Reason { get; set; }

        public string? ServerReference { get; set; }

        public MqttReasonCode ResonCode { get; set; }

        public static MqttMsgDisconnect Parse(byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel)
        {
            ThrowIfVersion5(protocolVersion);
            if (protocolVersion == MqttProtocolVersion.Version_3_1_1 && fixedHeaderFirstByte != FirstByte)
            {
                throw new MqttClientException(MqttClientErrorCode.InvalidFlagBits);
            }

            DecodeVariableByte(channel);
            return new MqttMsgDisconnect();
        }

        public override byte[] GetBytes(MqttProtocolVersion protocolVersion)
        {
            ThrowIfVersion5(protocolVersion);
            return new byte[] { FirstByte, 0 };
        }

        public override string ToString() => "DISCONNECT";
    }
}

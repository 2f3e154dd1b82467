using nanoFramework.M2Mqtt.Exceptions;

namespace nanoFramework.M2Mqtt.Messages
{
    public class MqttMsgConnack : MqttMsgBase
    {
        private const byte FirstByte = 0x20;

        public MqttMsgConnack()
        {
            Type = MqttMessageType.ConnectAck;
        }

        public bool SessionPresent { get; set; }

        public MqttReasonCode ReturnCode { get; set; }

        public uint SessionExpiryInterval { get; set; }

        public ushort ReceiveMaximum { get; set; }

        public bool MaximumQoS { get; set; }

        public bool RetainAvailable { get; set; }

        public string? AssignedClientIdentifier { get; set; }

        public ushort TopicAliasMaximum { get; set; }

        public string? Reason { get; set; }

        public bool WildcardSubscriptionAvailable { get; set; }

        public bool SubscriptionIdentifiersAvailable { get; set; }

        public bool SharedSubscriptionAvailable { get; set; }

        public ushort ServerKeepAlive { get; set; }

        public string? ResponseInformation { get; set; }

        public string? ServerReference { get; set; }

        public string? AuthenticationMethod { get; set; }

        public byte[]? AuthenticationData { get; set; }

        public static MqttMsgConnack Parse(byte fixedHeaderFirstByte, MqttProtocolVersion protocolVersion, IMqttNetworkChannel channel)
        {
            ThrowIfVersion5(protocolVersion);
            if (protocolVersion == MqttProtocolVersion.Version_3_1_1 && fixedHeaderFirstByte != FirstByte)
            {
                throw new MqttClientException(MqttClientErrorCode.InvalidFlagBits);
            }

            byte[] body = new byte[DecodeVariableByte(channel)];
            channel.Receive(body);
            return new MqttMsgConnack { SessionPresent = (body[0] & 1) != 0, ReturnCode = (MqttReasonCode)body[1] };
        }

        public override byte[] GetBytes(MqttProtocolVersion protocolVersion)
        {
            ThrowIfVersion5(protocolVersion);
            return new byte[] { FirstByte, 2, SessionPresent ? (byte)1 : (byte)0, (byte)ReturnCode };
        }

        public override string ToString() => "CONNACK(returnCode:" + (int)ReturnCode + ")";
    }
}

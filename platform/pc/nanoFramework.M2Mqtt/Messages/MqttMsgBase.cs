using System.Collections;
using nanoFramework.M2Mqtt.Exceptions;

namespace nanoFramework.M2Mqtt.Messages
{
    public abstract class MqttMsgBase
    {
        public MqttMessageType Type { get; set; }

        public bool DupFlag { get; set; }

        public MqttQoSLevel QosLevel { get; set; }

        public bool Retain { get; set; }

        public ushort MessageId { get; set; }

        public ArrayList UserProperties { get; } = new();

        public uint MaximumPacketSize { get; set; }

        public abstract byte[] GetBytes(MqttProtocolVersion protocolVersion);

        protected static int DecodeVariableByte(IMqttNetworkChannel channel)
        {
            byte[] digit = new byte[1];
            int value = 0;
            for (int shift = 0; shift < 28; shift += 7)
            {
                channel.Receive(digit);
                value |= (digit[0] & 0x7F) << shift;
                if (digit[0] < 0x80)
                {
                    return value;
                }
            }

            throw new MqttClientException(MqttClientErrorCode.InvalidFlagBits);
        }

        protected int EncodeVariableByte(int remainingLength, byte[] buffer, int index)
        {
            do
            {
                int digit = remainingLength & 0x7F;
                remainingLength >>= 7;
                buffer[index++] = (byte)(remainingLength > 0 ? digit | 0x80 : digit);
            }
            while (remainingLength > 0);
            return index;
        }

        /// <summary>Refuses a version of the protocol that is not spoken here.</summary>
        /// <param name="version">The version asked for.</param>
        internal static void ThrowIfVersion5(MqttProtocolVersion version)
        {
            if (version == MqttProtocolVersion.Version_5)
            {
                throw new System.NotSupportedException("MQTT 5 is not available on a PC, only 3.1.1 and 3.1.");
            }
        }
    }
}

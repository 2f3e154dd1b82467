using System;

namespace Sensors.Mqtt
{
    /// <summary>The first two to five bytes of a packet (MQTT 3.1.1 §2.2), checked as soon as they are there.</summary>
    internal readonly record struct FixedHeader(MqttPacketType Type, byte Flags, int HeaderLength, int RemainingLength)
    {
        private const int MaxLengthBytes = 4;
        private const byte PublishDuplicate = 0x08;
        private const byte PublishQosMask = 0x06;

        public int PacketLength => HeaderLength + RemainingLength;

        /// <summary>Reads the header if all of it has arrived. Refuses before the rest of the packet has.</summary>
        public static bool TryRead(ReadOnlySpan<byte> bytes, MqttDirection direction, out FixedHeader header)
        {
            header = default;
            if (bytes.IsEmpty)
            {
                return false;
            }

            var type = (MqttPacketType)(bytes[0] >> 4);
            byte flags = (byte)(bytes[0] & 0x0F);
            CheckType(type, direction);
            CheckFlags(type, flags);

            int length = 0;
            for (int i = 1; i <= MaxLengthBytes; i++)
            {
                if (i >= bytes.Length)
                {
                    return false;
                }

                // §2.2.3: seven bits a byte, lowest first. A longer form than needed is not refused: 3.1.1 does not forbid it.
                length |= (bytes[i] & 0x7F) << (7 * (i - 1));
                if ((bytes[i] & 0x80) == 0)
                {
                    header = new FixedHeader(type, flags, i + 1, length);
                    header.CheckLength();
                    return true;
                }
            }

            throw new MqttProtocolException("MQTT-2.2.3", "Remaining length takes more than four bytes.");
        }

        private static void CheckType(MqttPacketType type, MqttDirection direction)
        {
            bool toServer;
            bool toClient;
            switch (type)
            {
                case MqttPacketType.Publish or MqttPacketType.PubAck or MqttPacketType.PubRec
                    or MqttPacketType.PubRel or MqttPacketType.PubComp:
                    toServer = toClient = true;
                    break;
                case MqttPacketType.Connect or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe
                    or MqttPacketType.PingReq or MqttPacketType.Disconnect:
                    toServer = true;
                    toClient = false;
                    break;
                case MqttPacketType.ConnAck or MqttPacketType.SubAck or MqttPacketType.UnsubAck or MqttPacketType.PingResp:
                    toServer = false;
                    toClient = true;
                    break;
                default:
                    throw new MqttProtocolException("MQTT-2.2.1", "Packet type " + (int)type + " is reserved.");
            }

            if ((direction == MqttDirection.ToServer && !toServer) || (direction == MqttDirection.ToClient && !toClient))
            {
                throw new MqttProtocolException("MQTT-4.8.0-1", type + " does not flow in this direction.");
            }
        }

        private static void CheckFlags(MqttPacketType type, byte flags)
        {
            if (type == MqttPacketType.Publish)
            {
                if ((flags & PublishQosMask) == PublishQosMask)
                {
                    throw new MqttProtocolException("MQTT-3.3.1-4", "PUBLISH has both QoS bits set.");
                }

                if ((flags & PublishQosMask) == 0 && (flags & PublishDuplicate) != 0)
                {
                    throw new MqttProtocolException("MQTT-3.3.1-2", "PUBLISH at QoS 0 has DUP set.");
                }

                return;
            }

            (byte expected, string statement) = type switch
            {
                MqttPacketType.PubRel => ((byte)2, "MQTT-3.6.1-1"),
                MqttPacketType.Subscribe => ((byte)2, "MQTT-3.8.1-1"),
                MqttPacketType.Unsubscribe => ((byte)2, "MQTT-3.10.1-1"),
                MqttPacketType.Disconnect => ((byte)0, "MQTT-3.14.1-1"),
                _ => ((byte)0, "MQTT-2.2.2-2"),
            };
            if (flags != expected)
            {
                throw new MqttProtocolException(statement, type + " has flags " + flags + ", expected " + expected + ".");
            }
        }

        private void CheckLength()
        {
            int expected = Type switch
            {
                MqttPacketType.ConnAck or MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubRel
                    or MqttPacketType.PubComp or MqttPacketType.UnsubAck => 2,
                MqttPacketType.PingReq or MqttPacketType.PingResp or MqttPacketType.Disconnect => 0,
                _ => RemainingLength,
            };
            if (RemainingLength != expected)
            {
                throw new MqttProtocolException(
                    "MQTT-4.8.0-1", Type + " has remaining length " + RemainingLength + ", expected " + expected + ".");
            }
        }
    }
}

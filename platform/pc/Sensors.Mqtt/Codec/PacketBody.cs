using System;
using System.Collections.Generic;

namespace Sensors.Mqtt
{
    /// <summary>Turns the bytes after the fixed header into a packet, holding them to every MUST of MQTT 3.1.1 §3.</summary>
    internal static class PacketBody
    {
        public static MqttPacket Decode(in FixedHeader header, ReadOnlySpan<byte> body, bool refuseControls)
        {
            var reader = new PacketReader(body, refuseControls);
            MqttPacket packet = header.Type switch
            {
                MqttPacketType.Connect => Connect(ref reader),
                MqttPacketType.ConnAck => ConnAck(ref reader),
                MqttPacketType.Publish => Publish(header.Flags, ref reader),
                MqttPacketType.PubAck => new PubAckPacket(reader.PacketId()),
                MqttPacketType.PubRec => new PubRecPacket(reader.PacketId()),
                MqttPacketType.PubRel => new PubRelPacket(reader.PacketId()),
                MqttPacketType.PubComp => new PubCompPacket(reader.PacketId()),
                MqttPacketType.Subscribe => Subscribe(ref reader),
                MqttPacketType.SubAck => SubAck(ref reader),
                MqttPacketType.Unsubscribe => Unsubscribe(ref reader),
                MqttPacketType.UnsubAck => new UnsubAckPacket(reader.PacketId()),
                MqttPacketType.PingReq => PingReqPacket.Instance,
                MqttPacketType.PingResp => PingRespPacket.Instance,
                _ => DisconnectPacket.Instance,
            };
            reader.ExpectEnd();
            return packet;
        }

        private static ConnectPacket Connect(ref PacketReader reader)
        {
            string name = reader.String();
            byte level = reader.Byte();
            if (name is not (ConnectPacket.ProtocolName311 or "MQIsdp"))
            {
                throw new MqttProtocolException("MQTT-3.1.2-1", "Protocol name is not MQTT.");
            }

            if (name != ConnectPacket.ProtocolName311 || level != ConnectPacket.ProtocolLevel311)
            {
                reader.Rest(); // laid out by rules of another level
                return new ConnectPacket { ProtocolName = name, ProtocolLevel = level };
            }

            byte flags = reader.Byte();
            CheckConnectFlags(flags);
            ushort keepAlive = reader.UInt16();
            string clientId = reader.String();
            MqttWill? will = null;
            if ((flags & ConnectFlags.Will) != 0)
            {
                string topic = TopicName(ref reader);
                byte[] payload = reader.Binary().ToArray();
                will = new MqttWill(
                    topic, payload, (MqttQos)((flags & ConnectFlags.WillQosMask) >> 3), (flags & ConnectFlags.WillRetain) != 0);
            }

            string? user = (flags & ConnectFlags.UserName) != 0 ? reader.String() : null;
            ReadOnlyMemory<byte>? password = null;
            if ((flags & ConnectFlags.Password) != 0)
            {
                password = reader.Binary().ToArray();
            }

            return new ConnectPacket
            {
                ClientId = clientId,
                CleanSession = (flags & ConnectFlags.CleanSession) != 0,
                KeepAliveSeconds = keepAlive,
                Will = will,
                UserName = user,
                Password = password,
            };
        }

        private static void CheckConnectFlags(byte flags)
        {
            if ((flags & ConnectFlags.Reserved) != 0)
            {
                throw new MqttProtocolException("MQTT-3.1.2-3", "CONNECT has the reserved flag set.");
            }

            if ((flags & ConnectFlags.Will) == 0)
            {
                if ((flags & ConnectFlags.WillQosMask) != 0)
                {
                    throw new MqttProtocolException("MQTT-3.1.2-13", "CONNECT has a will QoS but no will.");
                }

                if ((flags & ConnectFlags.WillRetain) != 0)
                {
                    throw new MqttProtocolException("MQTT-3.1.2-15", "CONNECT has will retain but no will.");
                }
            }
            else if ((flags & ConnectFlags.WillQosMask) == ConnectFlags.WillQosMask)
            {
                throw new MqttProtocolException("MQTT-3.1.2-14", "CONNECT has will QoS 3.");
            }

            if ((flags & ConnectFlags.UserName) == 0 && (flags & ConnectFlags.Password) != 0)
            {
                throw new MqttProtocolException("MQTT-3.1.2-22", "CONNECT has a password but no user name.");
            }
        }

        private static ConnAckPacket ConnAck(ref PacketReader reader)
        {
            byte flags = reader.Byte();
            byte code = reader.Byte();
            if (flags > 1)
            {
                throw new MqttProtocolException("MQTT-2.2.2-1", "CONNACK has reserved acknowledge flags set.");
            }

            if (code > (byte)ConnectReturnCode.NotAuthorized)
            {
                throw new MqttProtocolException("MQTT-3.2.2", "CONNACK return code " + code + " is reserved.");
            }

            return code == 0 || flags == 0
                ? new ConnAckPacket(flags == 1, (ConnectReturnCode)code)
                : throw new MqttProtocolException("MQTT-3.2.2-4", "CONNACK refuses and says session present.");
        }

        private static PublishPacket Publish(byte flags, ref PacketReader reader)
        {
            var qos = (MqttQos)((flags >> 1) & 3);
            string topic = TopicName(ref reader);
            ushort id = qos == MqttQos.AtMostOnce ? (ushort)0 : reader.PacketId();
            ReadOnlySpan<byte> payload = reader.Rest();
            return new PublishPacket(
                topic, payload.IsEmpty ? Array.Empty<byte>() : payload.ToArray(), qos, (flags & 1) != 0, (flags & 8) != 0, id);
        }

        private static SubscribePacket Subscribe(ref PacketReader reader)
        {
            ushort id = reader.PacketId();
            var subscriptions = new List<MqttSubscription>(1);
            while (!reader.IsAtEnd)
            {
                string filter = Filter(ref reader);
                byte qos = reader.Byte();
                if (qos > (byte)MqttQos.ExactlyOnce)
                {
                    throw new MqttProtocolException("MQTT-3.8.3-4", "SUBSCRIBE asks for QoS byte " + qos + ".");
                }

                subscriptions.Add(new MqttSubscription(filter, (MqttQos)qos));
            }

            return subscriptions.Count > 0
                ? new SubscribePacket(id, subscriptions)
                : throw new MqttProtocolException("MQTT-3.8.3-3", "SUBSCRIBE has no topic filter.");
        }

        private static SubAckPacket SubAck(ref PacketReader reader)
        {
            ushort id = reader.PacketId();
            byte[] codes = reader.Rest().ToArray();
            foreach (byte code in codes)
            {
                if (code is > (byte)MqttQos.ExactlyOnce and not SubAckPacket.Failure)
                {
                    throw new MqttProtocolException("MQTT-3.9.3-2", "SUBACK has return code " + code + ".");
                }
            }

            return codes.Length > 0
                ? new SubAckPacket(id, codes)
                : throw new MqttProtocolException("MQTT-3.8.4-5", "SUBACK has no return code.");
        }

        private static UnsubscribePacket Unsubscribe(ref PacketReader reader)
        {
            ushort id = reader.PacketId();
            var filters = new List<string>(1);
            while (!reader.IsAtEnd)
            {
                filters.Add(Filter(ref reader));
            }

            return filters.Count > 0
                ? new UnsubscribePacket(id, filters)
                : throw new MqttProtocolException("MQTT-3.10.3-2", "UNSUBSCRIBE has no topic filter.");
        }

        private static string TopicName(ref PacketReader reader)
        {
            string topic = reader.String();
            if (topic.Length == 0)
            {
                throw new MqttProtocolException("MQTT-4.7.3-1", "A topic name is empty.");
            }

            return topic.AsSpan().IndexOfAny('+', '#') < 0
                ? topic
                : throw new MqttProtocolException("MQTT-3.3.2-2", "A topic name contains a wildcard.");
        }

        private static string Filter(ref PacketReader reader)
        {
            string filter = reader.String();
            if (filter.Length == 0)
            {
                throw new MqttProtocolException("MQTT-4.7.3-1", "A topic filter is empty.");
            }

            return TopicFilter.WildcardsAreInPlace(filter)
                ? filter
                : throw new MqttProtocolException(
                    filter.Contains('#') ? "MQTT-4.7.1-2" : "MQTT-4.7.1-3", "A topic filter has a wildcard out of place.");
        }
    }
}

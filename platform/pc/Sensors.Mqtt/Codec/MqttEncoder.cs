using System;
using System.Buffers;
using System.Buffers.Binary;

namespace Sensors.Mqtt
{
    /// <summary>Writes packets as MQTT 3.1.1 lays them out.</summary>
    public static class MqttEncoder
    {
        private const int MaxRemainingLength = 268_435_455; // §2.2.3, Table 2.4

        /// <summary>Appends a packet to <paramref name="output"/>.</summary>
        /// <exception cref="ArgumentException">A string or binary field is over 65,535 bytes or has no UTF-8 form, a packet
        /// identifier that must not be 0 is, a list that must not be empty is, or the packet is over 256 MiB.</exception>
        public static void Write(IBufferWriter<byte> output, MqttPacket packet)
        {
            ArgumentNullException.ThrowIfNull(output);
            ArgumentNullException.ThrowIfNull(packet);
            switch (packet)
            {
                case PublishPacket p:
                    WritePublish(output, p.Topic, p.Payload.Span, p.Qos, p.Retain, p.Duplicate, p.PacketId);
                    break;
                case AcknowledgementPacket p:
                    WriteAcknowledgement(output, p.Type, p.PacketId);
                    break;
                case ConnectPacket p:
                    WriteConnect(output, p);
                    break;
                case ConnAckPacket p:
                    output.Write<byte>([0x20, 2, p.SessionPresent ? (byte)1 : (byte)0, (byte)p.ReturnCode]);
                    break;
                case SubscribePacket p:
                    WriteSubscribe(output, p);
                    break;
                case SubAckPacket p:
                    WriteSubAck(output, p);
                    break;
                case UnsubscribePacket p:
                    WriteUnsubscribe(output, p);
                    break;
                default:
                    output.Write<byte>([(byte)((int)packet.Type << 4), 0]);
                    break;
            }
        }

        /// <summary>Gives the bytes of a packet.</summary>
        /// <exception cref="ArgumentException">As in <see cref="Write"/>.</exception>
        public static byte[] ToArray(MqttPacket packet)
        {
            var output = new ArrayBufferWriter<byte>(64);
            Write(output, packet);
            return output.WrittenSpan.ToArray();
        }

        /// <summary>Appends a PUBLISH without a packet object; the broker sends one message to many.</summary>
        internal static void WritePublish(
            IBufferWriter<byte> output, string topic, ReadOnlySpan<byte> payload, MqttQos qos, bool retain, bool duplicate, ushort packetId)
        {
            int topicLength = StringLength(topic);
            if ((qos == MqttQos.AtMostOnce) != (packetId == 0))
            {
                throw new ArgumentException("PUBLISH has a packet identifier at QoS 1 and 2, and only there.", nameof(packetId));
            }

            long remaining = 2L + topicLength + (packetId == 0 ? 0 : 2) + payload.Length;
            byte first = (byte)(0x30 | (duplicate ? 8 : 0) | ((int)qos << 1) | (retain ? 1 : 0));
            Span<byte> body = Begin(output, first, remaining, out int total);
            body = PutString(body, topic, topicLength);
            if (packetId != 0)
            {
                body = PutUInt16(body, packetId);
            }

            payload.CopyTo(body);
            output.Advance(total);
        }

        /// <summary>Appends one of the four-byte acknowledgements.</summary>
        internal static void WriteAcknowledgement(IBufferWriter<byte> output, MqttPacketType type, ushort packetId)
        {
            int flags = type == MqttPacketType.PubRel ? 2 : 0; // [MQTT-3.6.1-1]
            Span<byte> bytes = output.GetSpan(4);
            bytes[0] = (byte)(((int)type << 4) | flags);
            bytes[1] = 2;
            BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], NotZero(packetId));
            output.Advance(4);
        }

        private static void WriteConnect(IBufferWriter<byte> output, ConnectPacket p)
        {
            if (p.Password is not null && p.UserName is null)
            {
                throw new ArgumentException("A password needs a user name ([MQTT-3.1.2-22]).", nameof(p));
            }

            byte flags = p.CleanSession ? ConnectFlags.CleanSession : (byte)0;
            int name = StringLength(p.ProtocolName);
            int client = StringLength(p.ClientId);
            long remaining = 2L + name + 1 + 1 + 2 + 2 + client;
            int willTopic = 0;
            int user = 0;
            if (p.Will is { } will)
            {
                flags |= (byte)(ConnectFlags.Will | ((int)will.Qos << 3) | (will.Retain ? ConnectFlags.WillRetain : 0));
                willTopic = StringLength(will.Topic);
                remaining += 4L + willTopic + BinaryLength(will.Payload);
            }

            if (p.UserName is not null)
            {
                flags |= ConnectFlags.UserName;
                user = StringLength(p.UserName);
                remaining += 2L + user;
            }

            if (p.Password is { } password)
            {
                flags |= ConnectFlags.Password;
                remaining += 2L + BinaryLength(password);
            }

            Span<byte> body = Begin(output, 0x10, remaining, out int total);
            body = PutString(body, p.ProtocolName, name);
            body[0] = p.ProtocolLevel;
            body[1] = flags;
            body = PutUInt16(body[2..], p.KeepAliveSeconds);
            body = PutString(body, p.ClientId, client); // the order of these is [MQTT-3.1.3-1]
            if (p.Will is not null)
            {
                body = PutString(body, p.Will.Topic, willTopic);
                body = PutBinary(body, p.Will.Payload.Span);
            }

            if (p.UserName is not null)
            {
                body = PutString(body, p.UserName, user);
            }

            if (p.Password is not null)
            {
                PutBinary(body, p.Password.Value.Span);
            }

            output.Advance(total);
        }

        private static void WriteSubscribe(IBufferWriter<byte> output, SubscribePacket p)
        {
            NotEmpty(p.Subscriptions.Count);
            long remaining = 2;
            foreach (MqttSubscription s in p.Subscriptions)
            {
                remaining += 3L + StringLength(s.Filter);
            }

            Span<byte> body = Begin(output, 0x82, remaining, out int total);
            body = PutUInt16(body, NotZero(p.PacketId));
            foreach (MqttSubscription s in p.Subscriptions)
            {
                body = PutString(body, s.Filter, StringLength(s.Filter));
                body[0] = (byte)s.Qos;
                body = body[1..];
            }

            output.Advance(total);
        }

        private static void WriteSubAck(IBufferWriter<byte> output, SubAckPacket p)
        {
            NotEmpty(p.ReturnCodes.Count);
            Span<byte> body = Begin(output, 0x90, 2L + p.ReturnCodes.Count, out int total);
            body = PutUInt16(body, NotZero(p.PacketId));
            for (int i = 0; i < p.ReturnCodes.Count; i++)
            {
                body[i] = p.ReturnCodes[i];
            }

            output.Advance(total);
        }

        private static void WriteUnsubscribe(IBufferWriter<byte> output, UnsubscribePacket p)
        {
            NotEmpty(p.Filters.Count);
            long remaining = 2;
            foreach (string filter in p.Filters)
            {
                remaining += 2L + StringLength(filter);
            }

            Span<byte> body = Begin(output, 0xA2, remaining, out int total);
            body = PutUInt16(body, NotZero(p.PacketId));
            foreach (string filter in p.Filters)
            {
                body = PutString(body, filter, StringLength(filter));
            }

            output.Advance(total);
        }

        /// <summary>Writes the fixed header and gives the room for the rest; the caller advances by <paramref name="total"/>.</summary>
        private static Span<byte> Begin(IBufferWriter<byte> output, byte first, long remaining, out int total)
        {
            if (remaining > MaxRemainingLength)
            {
                throw new ArgumentException("A packet of " + remaining + " bytes cannot be expressed.", nameof(remaining));
            }

            Span<byte> span = output.GetSpan(5 + (int)remaining);
            span[0] = first;
            int header = 1;
            int left = (int)remaining;
            do
            {
                span[header++] = (byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
                left >>= 7;
            }
            while (left > 0);

            total = header + (int)remaining;
            return span[header..total];
        }

        private static Span<byte> PutString(Span<byte> to, string text, int length)
        {
            to = PutUInt16(to, (ushort)length);
            MqttText.Utf8.GetBytes(text, to);
            return to[length..];
        }

        private static Span<byte> PutBinary(Span<byte> to, ReadOnlySpan<byte> bytes)
        {
            to = PutUInt16(to, (ushort)bytes.Length);
            bytes.CopyTo(to);
            return to[bytes.Length..];
        }

        private static Span<byte> PutUInt16(Span<byte> to, ushort value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to, value);
            return to[2..];
        }

        private static int StringLength(string text)
        {
            int length = MqttText.Utf8.GetByteCount(text);
            return length <= ushort.MaxValue
                ? length
                : throw new ArgumentException("A string is over 65,535 bytes of UTF-8.", nameof(text));
        }

        private static int BinaryLength(ReadOnlyMemory<byte> bytes) =>
            bytes.Length <= ushort.MaxValue
                ? bytes.Length
                : throw new ArgumentException("A binary field is over 65,535 bytes.", nameof(bytes));

        private static ushort NotZero(ushort id) =>
            id != 0 ? id : throw new ArgumentException("A packet identifier must not be 0 ([MQTT-2.3.1-1]).", nameof(id));

        private static void NotEmpty(int count)
        {
            if (count == 0)
            {
                throw new ArgumentException("A list of topic filters must not be empty.", nameof(count));
            }
        }
    }
}

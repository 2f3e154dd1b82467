using System;
using System.Collections.Generic;
using System.Text;

namespace Sensors.Mqtt.Tests.Codec
{
    /// <summary>Every packet pinned both ways, by hand from the tables of MQTT 3.1.1 §3.</summary>
    public class PacketBytesTests
    {
        public static IEnumerable<TheoryDataRow<string, string, Func<MqttPacket>>> Packets()
        {
            // §3.1.2.11: the variable header of Figure 3.6, with a payload: flags CE, keep-alive 10.
            yield return Row(
                "CONNECT example of 3.1.2.11",
                "10 21 0004 4D515454 04 CE 000A 0001 63 0004 77696C6C 0003 00FF80 0001 75 0004 00010203",
                () => new ConnectPacket
                {
                    ClientId = "c",
                    KeepAliveSeconds = 10,
                    Will = new MqttWill("will", new byte[] { 0x00, 0xFF, 0x80 }, MqttQos.AtLeastOnce),
                    UserName = "u",
                    Password = new byte[] { 0, 1, 2, 3 },
                });
            yield return Row("CONNECT least", "10 0C 0004 4D515454 04 02 0000 0000", () => new ConnectPacket());
            yield return Row("CONNECT will QoS 2 retained, session kept", "10 16 0004 4D515454 04 34 FFFF 0004 6E6F6465 0002 772F 0000",
                () => new ConnectPacket
                {
                    ClientId = "node",
                    CleanSession = false,
                    KeepAliveSeconds = 65535,
                    Will = new MqttWill("w/", ReadOnlyMemory<byte>.Empty, MqttQos.ExactlyOnce, Retain: true),
                });
            yield return Row("CONNECT user without password", "10 0F 0004 4D515454 04 82 003C 0001 70 0000",
                () => new ConnectPacket { ClientId = "p", KeepAliveSeconds = 60, UserName = string.Empty });
            yield return Row("CONNACK accepted", "20 02 00 00", () => new ConnAckPacket(false, ConnectReturnCode.Accepted));
            yield return Row("CONNACK session present", "20 02 01 00", () => new ConnAckPacket(true, ConnectReturnCode.Accepted));
            yield return Row("CONNACK level", "20 02 00 01", () => new ConnAckPacket(false, ConnectReturnCode.UnacceptableProtocolVersion));
            yield return Row("CONNACK identifier", "20 02 00 02", () => new ConnAckPacket(false, ConnectReturnCode.IdentifierRejected));
            yield return Row("CONNACK unavailable", "20 02 00 03", () => new ConnAckPacket(false, ConnectReturnCode.ServerUnavailable));
            yield return Row("CONNACK password", "20 02 00 04", () => new ConnAckPacket(false, ConnectReturnCode.BadUserNameOrPassword));
            yield return Row("CONNACK not authorised", "20 02 00 05", () => new ConnAckPacket(false, ConnectReturnCode.NotAuthorized));

            // §3.3.2.3 (Table 3.10, Figure 3.11): topic a/b, packet identifier 10.
            yield return Row("PUBLISH example of 3.3.2.3", "32 07 0003 612F62 000A", () => Publish("a/b", "", MqttQos.AtLeastOnce, id: 10));
            yield return Row("PUBLISH QoS 0", "30 07 0003 612F62 6869", () => Publish("a/b", "hi"));
            yield return Row("PUBLISH QoS 0 retained, no payload", "31 05 0003 612F62", () => Publish("a/b", "", retain: true));
            yield return Row("PUBLISH QoS 1 repeated, retained", "3B 09 0003 612F62 FFFF 6869",
                () => Publish("a/b", "hi", MqttQos.AtLeastOnce, true, true, 65535));
            yield return Row("PUBLISH QoS 2", "34 09 0003 612F62 0001 6869", () => Publish("a/b", "hi", MqttQos.ExactlyOnce, id: 1));
            yield return Row("PUBLISH with U+2A6D4 (1.5.3.1)", "30 07 0005 41 F0AA9B94", () => Publish("A\U0002A6D4", ""));
            yield return Row("PUBLISH with U+FEFF kept [MQTT-1.5.3-3]", "30 05 0003 EFBBBF", () => Publish("\uFEFF", ""));
            yield return Row("PUBACK", "40 02 1234", () => new PubAckPacket(0x1234));
            yield return Row("PUBREC", "50 02 1234", () => new PubRecPacket(0x1234));
            yield return Row("PUBREL", "62 02 1234", () => new PubRelPacket(0x1234));
            yield return Row("PUBCOMP", "70 02 1234", () => new PubCompPacket(0x1234));

            // §3.8.3.1 (Table 3.5): a/b at QoS 1 and c/d at QoS 2; §3.9.3 (Table 3.6); §3.10.3 (Table 3.7).
            yield return Row("SUBSCRIBE example of 3.8.3", "82 0E 000A 0003 612F62 01 0003 632F64 02",
                () => new SubscribePacket(10, [new("a/b", MqttQos.AtLeastOnce), new("c/d", MqttQos.ExactlyOnce)]));
            yield return Row("SUBACK example of 3.9.3", "90 05 000A 00 02 80", () => new SubAckPacket(10, new byte[] { 0, 2, 0x80 }));
            yield return Row("UNSUBSCRIBE example of 3.10.3", "A2 0C 000A 0003 612F62 0003 632F64",
                () => new UnsubscribePacket(10, ["a/b", "c/d"]));
            yield return Row("UNSUBACK", "B0 02 000A", () => new UnsubAckPacket(10));
            yield return Row("PINGREQ", "C0 00", () => PingReqPacket.Instance);
            yield return Row("PINGRESP", "D0 00", () => PingRespPacket.Instance);
            yield return Row("DISCONNECT", "E0 00", () => DisconnectPacket.Instance);
        }

        [Theory]
        [MemberData(nameof(Packets))]
        public void Encodes(string name, string hex, Func<MqttPacket> packet) =>
            Assert.Equal(hex.Replace(" ", ""), Convert.ToHexString(MqttEncoder.ToArray(packet())) + name[..0]);

        [Theory]
        [MemberData(nameof(Packets))]
        public void Decodes(string name, string hex, Func<MqttPacket> packet)
        {
            MqttPacket decoded = MqttDecoder.Decode(Hex.Bytes(hex));
            Assert.Equal(Describe(packet()), Describe(decoded) + name[..0]);
        }

        /// <summary>§2.2.3, Table 2.4: the ends of each size of the remaining length.</summary>
        [Theory]
        [InlineData(0 + 3, "30 03")]
        [InlineData(127, "30 7F")]
        [InlineData(128, "30 80 01")]
        [InlineData(321, "30 C1 02")] // the worked example of the section
        [InlineData(16_383, "30 FF 7F")]
        [InlineData(16_384, "30 80 80 01")]
        [InlineData(2_097_151, "30 FF FF 7F")]
        [InlineData(2_097_152, "30 80 80 80 01")]
        public void Remaining_length(int remaining, string header)
        {
            byte[] bytes = MqttEncoder.ToArray(new PublishPacket("a", new byte[remaining - 3]));
            byte[] expected = Hex.Bytes(header);
            Assert.Equal(expected.Length + remaining, bytes.Length);
            Assert.Equal(expected, bytes[..expected.Length]);
            var back = (PublishPacket)MqttDecoder.Decode(bytes);
            Assert.Equal(remaining - 3, back.Payload.Length);
        }

        [Fact]
        public void A_remaining_length_longer_than_needed_is_taken_as_3_1_1_does_not_forbid_it() =>
            Assert.IsType<PingReqPacket>(MqttDecoder.Decode(Hex.Bytes("C0 80 80 80 00")));

        [Theory]
        [InlineData("MQTT", 5)] // MQTT 5
        [InlineData("MQIsdp", 3)] // MQTT 3.1
        [InlineData("MQTT", 0x84)] // a bridge
        public void CONNECT_of_another_level_is_decoded_up_to_the_level(string name, byte level)
        {
            byte[] bytes = Hex.Bytes($"10 {7 + name.Length:X2} {Hex.Text(name)} {level:X2} FF FF FF FF");
            var connect = (ConnectPacket)MqttDecoder.Decode(bytes);
            Assert.Equal((name, level), (connect.ProtocolName, connect.ProtocolLevel));
        }

        [Fact]
        public void The_encoder_refuses_what_cannot_be_expressed()
        {
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(new PubAckPacket(0)));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(Publish("a", "", MqttQos.AtLeastOnce)));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(Publish("a", "", id: 1)));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(Publish(new string('a', 65536), "")));
            Assert.ThrowsAny<ArgumentException>(() => MqttEncoder.ToArray(Publish("\uD800", "")));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(new SubscribePacket(1, [])));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(new UnsubscribePacket(1, [])));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(new ConnectPacket { Password = new byte[1] }));
            Assert.Throws<ArgumentException>(() => MqttEncoder.ToArray(new ConnectPacket { Will = new MqttWill("a", new byte[65536]) }));
        }

        private static TheoryDataRow<string, string, Func<MqttPacket>> Row(string name, string hex, Func<MqttPacket> packet) =>
            new(name, hex, packet) { TestDisplayName = name };

        private static PublishPacket Publish(
            string topic, string text, MqttQos qos = MqttQos.AtMostOnce, bool retain = false, bool dup = false, ushort id = 0) =>
            new(topic, Encoding.UTF8.GetBytes(text), qos, retain, dup, id);

        /// <summary>All fields as text: lists and bytes by content.</summary>
        private static string Describe(MqttPacket packet) => packet switch
        {
            ConnectPacket p => p with { Will = null, Password = null } + " password " + Describe(p.Password)
                + " will " + p.Will?.Topic + Describe(p.Will?.Payload) + p.Will?.Qos + p.Will?.Retain,
            PublishPacket p => p with { Payload = default } + Describe(p.Payload),
            SubscribePacket p => p.PacketId + string.Join(',', p.Subscriptions),
            SubAckPacket p => p.PacketId + string.Join(',', p.ReturnCodes),
            UnsubscribePacket p => p.PacketId + string.Join(',', p.Filters),
            _ => packet.ToString(),
        };

        private static string Describe(ReadOnlyMemory<byte>? bytes) =>
            bytes is null ? "none" : "[" + Convert.ToHexString(bytes.Value.Span) + "]";
    }
}

using System;

namespace Sensors.Mqtt.Tests.Codec
{
    /// <summary>What MQTT 3.1.1 forbids, each with the statement that forbids it.</summary>
    public class MalformedPacketTests
    {
        [Theory]

        // Fixed header (§2.2)
        [InlineData("00 00", "MQTT-2.2.1")]
        [InlineData("F0 00", "MQTT-2.2.1")]
        [InlineData("11 0C 0004 4D515454 04 02 0000 0000", "MQTT-2.2.2-2")]
        [InlineData("21 02 0000", "MQTT-2.2.2-2")]
        [InlineData("41 02 0001", "MQTT-2.2.2-2")]
        [InlineData("52 02 0001", "MQTT-2.2.2-2")]
        [InlineData("60 02 0001", "MQTT-3.6.1-1")]
        [InlineData("63 02 0001", "MQTT-3.6.1-1")]
        [InlineData("72 02 0001", "MQTT-2.2.2-2")]
        [InlineData("80 06 0001 0001 61 00", "MQTT-3.8.1-1")]
        [InlineData("91 03 0001 00", "MQTT-2.2.2-2")]
        [InlineData("A0 05 0001 0001 61", "MQTT-3.10.1-1")]
        [InlineData("B8 02 0001", "MQTT-2.2.2-2")]
        [InlineData("C1 00", "MQTT-2.2.2-2")]
        [InlineData("D8 00", "MQTT-2.2.2-2")]
        [InlineData("E1 00", "MQTT-3.14.1-1")]
        [InlineData("30 FF FF FF FF 7F", "MQTT-2.2.3")]
        [InlineData("30 80 80 80 80", "MQTT-2.2.3")]

        // Lengths that cannot be
        [InlineData("20 03 000000", "MQTT-4.8.0-1")]
        [InlineData("40 01 00", "MQTT-4.8.0-1")]
        [InlineData("40 03 000100", "MQTT-4.8.0-1")]
        [InlineData("C0 01 00", "MQTT-4.8.0-1")]
        [InlineData("E0 01 00", "MQTT-4.8.0-1")]

        // Packet identifiers (§2.3.1)
        [InlineData("32 05 0001 61 0000", "MQTT-2.3.1-1")]
        [InlineData("34 05 0001 61 0000", "MQTT-2.3.1-1")]
        [InlineData("40 02 0000", "MQTT-2.3.1-1")]
        [InlineData("82 06 0000 0001 61 00", "MQTT-2.3.1-1")]
        [InlineData("A2 05 0000 0001 61", "MQTT-2.3.1-1")]

        // CONNECT (§3.1)
        [InlineData("10 0C 0004 4D515455 04 02 0000 0000", "MQTT-3.1.2-1")]
        [InlineData("10 0C 0004 6D717474 04 02 0000 0000", "MQTT-3.1.2-1")]
        [InlineData("10 0C 0004 4D515454 04 03 0000 0000", "MQTT-3.1.2-3")]
        [InlineData("10 0C 0004 4D515454 04 0A 0000 0000", "MQTT-3.1.2-13")]
        [InlineData("10 0C 0004 4D515454 04 22 0000 0000", "MQTT-3.1.2-15")]
        [InlineData("10 12 0004 4D515454 04 1E 0000 0000 0001 77 0001 78", "MQTT-3.1.2-14")]
        [InlineData("10 0E 0004 4D515454 04 42 0000 0000 0000", "MQTT-3.1.2-22")]
        [InlineData("10 0A 0004 4D515454 04 02 0000", "MQTT-4.8.0-1")] // [MQTT-3.1.3-3]
        [InlineData("10 0C 0004 4D515454 04 06 0000 0000", "MQTT-4.8.0-1")] // [MQTT-3.1.2-9]
        [InlineData("10 0F 0004 4D515454 04 06 0000 0000 0001 77", "MQTT-4.8.0-1")] // [MQTT-3.1.2-9]
        [InlineData("10 0C 0004 4D515454 04 82 0000 0000", "MQTT-4.8.0-1")] // [MQTT-3.1.2-19]
        [InlineData("10 0E 0004 4D515454 04 C2 0000 0000 0000", "MQTT-4.8.0-1")] // [MQTT-3.1.2-21]
        [InlineData("10 0E 0004 4D515454 04 02 0000 0000 0000", "MQTT-4.8.0-1")] // [MQTT-3.1.2-18]
        [InlineData("10 11 0004 4D515454 04 06 0000 0000 0001 2B 0000", "MQTT-3.3.2-2")]
        [InlineData("10 10 0004 4D515454 04 06 0000 0000 0000 0000", "MQTT-4.7.3-1")]

        // CONNACK (§3.2)
        [InlineData("20 02 02 00", "MQTT-2.2.2-1")]
        [InlineData("20 02 00 06", "MQTT-3.2.2")]
        [InlineData("20 02 01 05", "MQTT-3.2.2-4")]

        // PUBLISH (§3.3)
        [InlineData("36 05 0001 61 0001", "MQTT-3.3.1-4")]
        [InlineData("38 03 0001 61", "MQTT-3.3.1-2")]
        [InlineData("30 02 0000", "MQTT-4.7.3-1")]
        [InlineData("30 03 0001 2B", "MQTT-3.3.2-2")]
        [InlineData("30 05 0003 612F23", "MQTT-3.3.2-2")]
        [InlineData("30 01 00", "MQTT-4.8.0-1")]
        [InlineData("30 03 0002 61", "MQTT-4.8.0-1")]
        [InlineData("32 04 0001 61 00", "MQTT-4.8.0-1")]

        // Strings (§1.5.3)
        [InlineData("30 05 0003 610062", "MQTT-1.5.3-2")]
        [InlineData("30 05 0003 EDA080", "MQTT-1.5.3-1")] // U+D800
        [InlineData("30 04 0002 C080", "MQTT-1.5.3-1")] // overlong U+0000
        [InlineData("30 06 0004 F4908080", "MQTT-1.5.3-1")] // beyond U+10FFFF
        [InlineData("30 03 0001 80", "MQTT-1.5.3-1")]

        // SUBSCRIBE, SUBACK, UNSUBSCRIBE (§3.8 to §3.10)
        [InlineData("82 02 0001", "MQTT-3.8.3-3")]
        [InlineData("82 05 0001 0000 00", "MQTT-4.7.3-1")]
        [InlineData("82 06 0001 0001 61 03", "MQTT-3.8.3-4")]
        [InlineData("82 06 0001 0001 61 04", "MQTT-3.8.3-4")]
        [InlineData("82 06 0001 0001 61 80", "MQTT-3.8.3-4")]
        [InlineData("82 05 0001 0001 61", "MQTT-4.8.0-1")]
        [InlineData("82 07 0001 0002 6123 00", "MQTT-4.7.1-2")]
        [InlineData("82 08 0001 0003 232F61 00", "MQTT-4.7.1-2")]
        [InlineData("82 07 0001 0002 612B 00", "MQTT-4.7.1-3")]
        [InlineData("90 03 0001 03", "MQTT-3.9.3-2")]
        [InlineData("90 02 0001", "MQTT-3.8.4-5")]
        [InlineData("A2 02 0001", "MQTT-3.10.3-2")]
        [InlineData("A2 04 0001 0000", "MQTT-4.7.3-1")]
        public void Is_refused(string hex, string statement)
        {
            var decoder = new MqttDecoder();
            byte[] bytes = Hex.Bytes(hex);
            bytes.CopyTo(decoder.GetMemory());
            decoder.Advance(bytes.Length);
            var refused = Assert.Throws<MqttProtocolException>(() => decoder.TryRead(out _));
            Assert.Equal(statement, refused.Statement);
            Assert.StartsWith("[" + statement + "] ", refused.Message);
            Assert.Same(refused, Assert.Throws<MqttProtocolException>(() => decoder.TryRead(out _)));
        }

        /// <summary>§2.2.1, Table 2.1: direction of flow.</summary>
        [Theory]
        [InlineData("20 02 0000", MqttDirection.ToServer)]
        [InlineData("90 03 0001 00", MqttDirection.ToServer)]
        [InlineData("B0 02 0001", MqttDirection.ToServer)]
        [InlineData("D0 00", MqttDirection.ToServer)]
        [InlineData("10 0C 0004 4D515454 04 02 0000 0000", MqttDirection.ToClient)]
        [InlineData("82 06 0001 0001 61 00", MqttDirection.ToClient)]
        [InlineData("A2 05 0001 0001 61", MqttDirection.ToClient)]
        [InlineData("C0 00", MqttDirection.ToClient)]
        [InlineData("E0 00", MqttDirection.ToClient)]
        public void A_packet_of_the_other_direction_is_refused(string hex, MqttDirection direction)
        {
            MqttDecoder.Decode(Hex.Bytes(hex));
            Assert.Throws<MqttProtocolException>(() => MqttDecoder.Decode(Hex.Bytes(hex), direction));
        }

        /// <summary>§1.5.3: a receiver MAY close; the broker does, the client does not.</summary>
        [Theory]
        [InlineData("30 03 0001 01")]
        [InlineData("30 03 0001 1F")]
        [InlineData("30 03 0001 7F")]
        [InlineData("30 04 0002 C29F")]
        [InlineData("30 05 0003 EFBFBF")] // U+FFFF
        [InlineData("30 05 0003 EFB790")] // U+FDD0
        [InlineData("30 06 0004 F09FBFBE")] // U+1FFFE
        public void Control_characters_are_refused_by_a_server_only(string hex)
        {
            Assert.Throws<MqttProtocolException>(() => MqttDecoder.Decode(Hex.Bytes(hex), MqttDirection.ToServer));
            MqttDecoder.Decode(Hex.Bytes(hex), MqttDirection.ToClient);
        }
    }
}

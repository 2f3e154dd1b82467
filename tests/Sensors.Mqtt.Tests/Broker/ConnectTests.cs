using System;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.1: CONNECT comes first and once; levels, identifiers, credentials.</summary>
    public class ConnectTests
    {
        [Theory] // [MQTT-3.1.0-1]
        [InlineData("30 03 0001 61")]
        [InlineData("82 06 0001 0001 61 00")]
        [InlineData("C0 00")]
        [InlineData("E0 00")]
        [InlineData("F0 00")]
        public async Task The_first_packet_must_be_CONNECT(string hex)
        {
            await using var broker = new TestBroker();
            using var client = new RawClient(broker.Port);
            client.Send(hex);
            client.ExpectClosed();
        }

        [Fact] // [MQTT-3.1.0-2]
        public async Task A_second_CONNECT_closes()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send(RawClient.ConnectBytes("raw"));
            client.ExpectClosed();
        }

        [Theory] // [MQTT-3.1.2-2]
        [InlineData("10 0D 0004 4D515454 03 02 000A 0001 70")]
        [InlineData("10 0E 0004 4D515454 05 02 000A 00 0001 70")]
        [InlineData("10 0F 0006 4D5149736470 03 02 000A 0001 70")]
        public async Task Another_level_is_answered_0x01_and_closed(string hex)
        {
            await using var broker = new TestBroker();
            using var client = new RawClient(broker.Port);
            client.Send(hex);
            client.Expect("20 02 00 01");
            client.ExpectClosed();
        }

        [Theory] // [MQTT-3.1.4-1]: closed without CONNACK
        [InlineData("10 0D 0004 4D515455 04 02 000A 0001 70")] // [MQTT-3.1.2-1]
        [InlineData("10 0D 0004 4D515454 04 03 000A 0001 70")] // [MQTT-3.1.2-3]
        [InlineData("10 0D 0004 4D515454 04 42 000A 0001 70")] // [MQTT-3.1.2-22]
        [InlineData("10 0D 0004 4D515454 04 1A 000A 0001 70")] // [MQTT-3.1.2-13]
        [InlineData("10 0E 0004 4D515454 04 02 000A 0002 7000")] // [MQTT-1.5.3-2]
        public async Task A_malformed_CONNECT_is_closed_without_answer(string hex)
        {
            await using var broker = new TestBroker();
            using var client = new RawClient(broker.Port);
            client.Send(hex);
            client.ExpectClosed();
            await TestBroker.Until(() => broker.Broker.Counters.ProtocolErrors == 1);
        }

        [Fact] // [MQTT-3.1.3-6]
        public async Task An_empty_identifier_with_clean_session_gets_one_of_its_own()
        {
            await using var broker = new TestBroker();
            using RawClient first = broker.Connect(string.Empty);
            using RawClient second = broker.Connect(string.Empty);
            first.ExpectNothing();
            second.ExpectNothing();
        }

        [Fact] // [MQTT-3.1.3-8], [MQTT-3.2.2-4], [MQTT-3.2.2-5]
        public async Task An_empty_identifier_without_clean_session_is_answered_0x02_and_closed()
        {
            await using var broker = new TestBroker();
            using var client = new RawClient(broker.Port);
            client.Send(RawClient.ConnectBytes(string.Empty, clean: false));
            client.Expect("20 02 00 02");
            client.ExpectClosed();
        }

        [Fact] // [MQTT-3.1.4-5]
        public async Task Nothing_sent_after_a_refused_CONNECT_is_processed()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { Authenticate = _ => ConnectReturnCode.NotAuthorized });
            bool published = false;
            using IDisposable all = broker.Broker.Subscribe("#", _ => published = true);
            using var client = new RawClient(broker.Port);
            client.Send([.. RawClient.ConnectBytes("raw"), .. Hex.Bytes("30 03 0001 61")]);
            client.Expect("20 02 00 05");
            client.ExpectClosed();
            Assert.False(published);
            Assert.Equal(1, broker.Broker.Counters.Refused);
        }

        [Fact] // §3.1.3.4, §3.1.3.5, §3.2.2.3
        public async Task User_name_and_password_are_asked_of_the_callback()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions
            {
                Authenticate = r => r.Packet is { UserName: "u", Password: { } p } && p.Span.SequenceEqual(new byte[] { 0, 0xFF })
                    ? ConnectReturnCode.Accepted
                    : ConnectReturnCode.BadUserNameOrPassword,
            });
            using var good = new RawClient(broker.Port);
            good.Send("10 14 0004 4D515454 04 C2 000A 0001 70 0001 75 0002 00FF");
            good.Expect("20 02 00 00");
            using var bad = new RawClient(broker.Port);
            bad.Send("10 14 0004 4D515454 04 C2 000A 0001 71 0001 75 0002 00FE");
            bad.Expect("20 02 00 04");
            bad.ExpectClosed();
        }

        [Fact] // §3.1.4: a server should close a connection that sends no CONNECT
        public async Task Silence_instead_of_CONNECT_closes()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
            using var client = new RawClient(broker.Port);
            client.Send("10 0D 0004 4D");
            client.ExpectClosed();
        }

        [Fact] // [MQTT-4.8.0-1]: closed, not reset, so that what was answered before arrives
        public async Task A_protocol_error_closes_after_what_was_due()
        {
            await using var broker = new TestBroker();
            for (int i = 0; i < 50; i++)
            {
                using RawClient client = broker.Connect("c" + i);
                client.Send("82 06 0001 0001 61 00  F0 00");
                client.Expect("90 03 0001 00");
                client.ExpectEnd();
            }
        }

        [Fact] // §3.1.4: clients need not wait for CONNACK
        public async Task Packets_in_the_same_segment_as_CONNECT_are_processed()
        {
            await using var broker = new TestBroker();
            using var client = new RawClient(broker.Port);
            client.Send([.. RawClient.ConnectBytes("raw"), .. Hex.Bytes("82 06 0001 0001 61 00 30 04 0001 61 62 C0 00")]);
            client.Expect("20 02 00 00  90 03 0001 00  30 04 0001 61 62  D0 00");
        }
    }
}

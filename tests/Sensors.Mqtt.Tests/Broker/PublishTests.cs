using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.3 and §4.3: PUBLISH at every QoS, both ways.</summary>
    public class PublishTests
    {
        [Fact] // [MQTT-3.3.4-1], [MQTT-4.3.1-1] to [MQTT-4.3.3-2]
        public async Task Is_answered_by_its_QoS()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("30 04 0001 61 31");
            client.ExpectNothing();
            client.Send("32 06 0001 61 1234 31");
            client.Expect("40 02 1234");
            client.Send("34 06 0001 61 1234 31");
            client.Expect("50 02 1234");
            client.Send("3C 06 0001 61 1234 31"); // repeated
            client.Expect("50 02 1234");
            client.Send("62 02 1234");
            client.Expect("70 02 1234");
            client.Send("62 02 1234"); // repeated: the PUBCOMP was lost
            client.Expect("70 02 1234");
        }

        [Theory] // [MQTT-3.8.4-6]: the lower of the two
        [InlineData(0, 0, "30 04 0001 61 31")]
        [InlineData(0, 1, "30 04 0001 61 31")]
        [InlineData(0, 2, "30 04 0001 61 31")]
        [InlineData(1, 0, "30 04 0001 61 31")]
        [InlineData(1, 1, "32 06 0001 61 0001 31")]
        [InlineData(1, 2, "32 06 0001 61 0001 31")]
        [InlineData(2, 0, "30 04 0001 61 31")]
        [InlineData(2, 1, "32 06 0001 61 0001 31")]
        [InlineData(2, 2, "34 06 0001 61 0001 31")]
        public async Task Is_delivered_at_the_lower_QoS(int published, int subscribed, string expected)
        {
            await using var broker = new TestBroker();
            using RawClient subscriber = broker.Connect("subscriber");
            subscriber.Send($"82 06 0001 0001 61 0{subscribed}");
            subscriber.Expect($"90 03 0001 0{subscribed}");
            using RawClient publisher = broker.Connect("publisher");
            publisher.Send(published == 0 ? "30 04 0001 61 31" : $"3{2 * published:X} 06 0001 61 4321 31");
            subscriber.Expect(expected);
        }

        [Fact] // [MQTT-3.3.1-3]: DUP of the publisher is not passed on
        public async Task DUP_is_not_passed_on()
        {
            await using var broker = new TestBroker();
            using RawClient subscriber = broker.Connect("subscriber");
            subscriber.Send("82 06 0001 0001 61 01");
            subscriber.Expect("90 03 0001 01");
            using RawClient publisher = broker.Connect("publisher");
            publisher.Send("3A 06 0001 61 4321 31");
            subscriber.Expect("32 06 0001 61 0001 31");
        }

        [Theory] // §4.3, Figures 4.2 and 4.3: answers out of turn
        [InlineData(1, "50 02 0001")]
        [InlineData(1, "70 02 0001")]
        [InlineData(2, "40 02 0001")]
        [InlineData(2, "70 02 0001")]
        [InlineData(2, "50 02 0001 40 02 0001")]
        public async Task An_answer_that_is_not_due_closes(int qos, string answer)
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send($"82 06 0001 0001 61 0{qos}");
            client.Expect($"90 03 0001 0{qos}");
            broker.Broker.Publish("a", new byte[] { 0x31 }, (MqttQos)qos);
            client.Expect($"3{2 * qos} 06 0001 61 0001 31");
            client.Send(answer);
            if (answer.Length > 10)
            {
                await TestBroker.Until(() => broker.Broker.Counters.ProtocolErrors == 1);
                return; // PUBREL may or may not have left before the end
            }

            client.ExpectClosed();
        }

        [Fact]
        public async Task Answers_to_nothing_are_left_over_and_do_no_harm()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("40 02 0005 70 02 0005");
            client.ExpectNothing();
            client.Send("50 02 0005");
            client.Expect("62 02 0005");
            client.Send("62 02 0005");
            client.Expect("70 02 0005");
        }

        [Fact] // §4.8.0: malformed PUBLISH, one of each
        public async Task A_malformed_PUBLISH_closes()
        {
            await using var broker = new TestBroker();
            foreach (string hex in new[] { "36 05 0001 61 0001", "38 03 0001 61", "30 03 0001 23", "30 02 0000", "32 05 0001 61 0000" })
            {
                using RawClient client = broker.Connect();
                client.Send(hex);
                client.ExpectClosed();
            }
        }

        [Fact] // [MQTT-4.6.0-5], [MQTT-4.6.0-6]
        public async Task Messages_of_one_publisher_keep_their_order()
        {
            await using var broker = new TestBroker();
            using RawClient subscriber = broker.Connect("subscriber");
            subscriber.Send("82 06 0001 0001 61 01");
            subscriber.Expect("90 03 0001 01");
            using RawClient publisher = broker.Connect("publisher");
            for (int i = 1; i <= 200; i++)
            {
                publisher.Send($"32 07 0001 61 {i:X4} {i:X4}");
            }

            for (int i = 1; i <= 200; i++)
            {
                subscriber.Expect($"32 07 0001 61 {i:X4} {i:X4}"); // a window of 20, acknowledged one by one
                subscriber.Send($"40 02 {i:X4}");
            }
        }

        [Fact]
        public async Task The_answer_comes_before_a_client_s_own_message()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 06 0001 0001 61 02  34 06 0001 61 1234 31");
            client.Expect("90 03 0001 02  50 02 1234  34 06 0001 61 0001 31");
        }

        [Fact] // §4.7.2: topics that begin with $ are not for messages between clients
        public async Task Dollar_topics_belong_to_the_server()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 08 0001 0003 242F23 00  32 08 0003 242F61 0002 31");
            client.Expect("90 03 0001 00  40 02 0002");
            client.ExpectNothing();
            broker.Broker.Publish("$/a", new byte[] { 0x32 });
            client.Expect("30 06 0003 242F61 32");
        }

        [Fact] // [MQTT-3.3.5-2]
        public async Task A_message_that_is_not_authorised_is_acknowledged_and_dropped()
        {
            await using var broker = new TestBroker(
                new MqttBrokerOptions { AuthorizePublish = (id, topic) => id == "raw" && topic == "a" });
            using RawClient client = broker.Connect();
            client.Send("82 06 0001 0001 23 00");
            client.Expect("90 03 0001 00");
            client.Send("32 06 0001 62 0001 31  34 06 0001 62 0002 31  30 04 0001 61 31");
            client.Expect("40 02 0001  50 02 0002  30 04 0001 61 31");
            Assert.Equal(2, broker.Broker.Counters.DroppedDenied);
        }
    }
}

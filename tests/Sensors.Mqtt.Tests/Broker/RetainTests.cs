using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.3.1.3: retained messages.</summary>
    public class RetainTests
    {
        [Fact] // [MQTT-3.3.1-5], [MQTT-3.3.1-6], [MQTT-3.3.1-8], [MQTT-3.3.1-9]
        public async Task Retain_is_set_for_a_new_subscription_only()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 06 0001 0001 61 00");
            client.Expect("90 03 0001 00");
            client.Send("31 04 0001 61 31");
            client.Expect("30 04 0001 61 31");
            client.Send("82 06 0002 0001 61 00");
            client.Expect("90 03 0002 00  31 04 0001 61 31"); // [MQTT-3.8.4-3]: sent again
        }

        [Fact] // [MQTT-3.3.1-7]
        public async Task The_last_one_counts()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("31 04 0001 61 31  33 06 0001 61 0001 32  30 04 0001 61 33"); // the last is not retained [MQTT-3.3.1-12]
            client.Expect("40 02 0001");
            client.Send("82 06 0001 0001 61 02");
            client.Expect("90 03 0001 02  33 06 0001 61 0001 32");
        }

        [Fact] // [MQTT-3.3.1-10], [MQTT-3.3.1-11]
        public async Task No_payload_removes_it_and_is_still_delivered()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("31 04 0001 61 31  82 06 0001 0001 61 00");
            client.Expect("90 03 0001 00  31 04 0001 61 31");
            client.Send("31 03 0001 61");
            client.Expect("30 03 0001 61");
            client.Send("82 06 0002 0001 61 00");
            client.Expect("90 03 0002 00");
            client.ExpectNothing();
            Assert.Equal(0, broker.Broker.Counters.RetainedMessages);
        }

        [Fact]
        public async Task Every_topic_that_matches_is_sent()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("31 06 0003 612F31 31  31 06 0003 612F32 32  31 06 0003 622F31 33");
            broker.Broker.Publish("$/1", new byte[] { 0x34 }, retain: true);
            client.ExpectNothing();
            client.Send("82 08 0001 0003 612F2B 00");
            client.Expect("90 03 0001 00  31 06 0003 612F31 31  31 06 0003 612F32 32");
            client.Send("82 06 0002 0001 23 00"); // not $/1: [MQTT-4.7.2-1]
            client.Expect("90 03 0002 00  31 06 0003 612F31 31  31 06 0003 612F32 32  31 06 0003 622F31 33");
            client.ExpectNothing();
        }

        [Fact]
        public async Task The_store_is_limited_and_never_serves_an_outdated_value()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxRetainedMessages = 2, MaxRetainedBytes = 10 });
            broker.Broker.Publish("a", new byte[1], retain: true);
            broker.Broker.Publish("b", new byte[1], retain: true);
            broker.Broker.Publish("c", new byte[1], retain: true);
            Assert.Equal((2, 1L), (broker.Broker.Counters.RetainedMessages, broker.Broker.Counters.RetainedRefused));
            broker.Broker.Publish("a", new byte[9], retain: true);
            Assert.Equal((1, 2L), (broker.Broker.Counters.RetainedMessages, broker.Broker.Counters.RetainedRefused));
        }
    }
}

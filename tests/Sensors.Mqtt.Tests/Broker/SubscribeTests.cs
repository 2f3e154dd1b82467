using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.8 to §3.11 and §4.7: SUBSCRIBE, UNSUBSCRIBE and what filters take.</summary>
    public class SubscribeTests
    {
        [Fact] // [MQTT-3.8.4-1], [MQTT-3.8.4-2], [MQTT-3.8.4-4], [MQTT-3.8.4-5], [MQTT-3.9.3-1]
        public async Task Many_filters_are_answered_one_by_one_in_order()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { AuthorizeSubscribe = (_, filter) => filter != "no" });
            using RawClient client = broker.Connect();
            client.Send("82 13 BEEF 0001 61 02 0002 6E6F 01 0001 62 00 0001 63 01");
            client.Expect("90 06 BEEF 02 80 00 01"); // 0x80: not granted
            broker.Broker.Publish("no", default);
            broker.Broker.Publish("b", default);
            client.Expect("30 03 0001 62");
        }

        [Fact] // [MQTT-3.3.5-1]
        public async Task Overlapping_filters_deliver_once_with_the_highest_QoS()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 12 0001 0003 612F23 02 0003 612F2B 01 0001 23 00");
            client.Expect("90 05 0001 02 01 00");
            broker.Broker.Publish("a/b", default, MqttQos.ExactlyOnce);
            client.Expect("34 07 0003 612F62 0001");
            client.ExpectNothing();
        }

        [Fact] // [MQTT-3.8.4-3]
        public async Task An_identical_filter_replaces_the_former()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 06 0001 0001 61 02  82 06 0002 0001 61 00");
            client.Expect("90 03 0001 02  90 03 0002 00");
            broker.Broker.Publish("a", default, MqttQos.ExactlyOnce);
            client.Expect("30 03 0001 61");
            client.ExpectNothing();
        }

        [Theory] // §4.7.1, [MQTT-4.7.2-1]
        [InlineData("#", "a/b", true)]
        [InlineData("a/#", "a", true)]
        [InlineData("+/b", "a/b", true)]
        [InlineData("+", "a/b", false)]
        [InlineData("/+", "/a", true)]
        [InlineData("#", "$SYS/a", false)]
        [InlineData("+/a", "$SYS/a", false)]
        [InlineData("$SYS/#", "$SYS/a", true)]
        [InlineData("A", "a", false)]
        public async Task Filters_take_what_they_should(string filter, string topic, bool delivered)
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send($"82 {5 + filter.Length:X2} 0001 {Hex.Text(filter)} 00");
            client.Expect("90 03 0001 00");
            broker.Broker.Publish(topic, default);
            if (delivered)
            {
                client.Expect($"30 {2 + topic.Length:X2} {Hex.Text(topic)}");
            }

            client.ExpectNothing();
        }

        [Fact] // [MQTT-3.10.4-1], [MQTT-3.10.4-2], [MQTT-3.10.4-4] to [MQTT-3.10.4-6]
        public async Task UNSUBSCRIBE_removes_exactly_the_filters_named()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 0E 0001 0001 61 00 0001 62 00 0001 2B 00");
            client.Expect("90 05 0001 00 00 00");
            client.Send("A2 0B 0002 0001 2B 0001 61 0001 7A"); // z was never subscribed to
            client.Expect("B0 02 0002");
            broker.Broker.Publish("a", default);
            broker.Broker.Publish("b", default);
            client.Expect("30 03 0001 62");
            client.ExpectNothing();
        }

        [Fact] // [MQTT-3.10.4-3]: what was begun is finished
        public async Task UNSUBSCRIBE_leaves_messages_on_their_way_alone()
        {
            await using var broker = new TestBroker();
            using RawClient client = broker.Connect();
            client.Send("82 06 0001 0001 61 02");
            client.Expect("90 03 0001 02");
            broker.Broker.Publish("a", default, MqttQos.ExactlyOnce);
            client.Expect("34 05 0001 61 0001");
            client.Send("A2 05 0002 0001 61");
            client.Expect("B0 02 0002");
            client.Send("50 02 0001");
            client.Expect("62 02 0001");
            client.Send("70 02 0001");
            client.ExpectNothing();
        }

        [Fact]
        public async Task Subscriptions_are_limited_in_number_and_depth()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxSubscriptions = 2, MaxFilterLevels = 3 });
            using RawClient client = broker.Connect();
            client.Send("82 1C 0001 0007 612F612F612F61 00 0005 612F612F61 00 0001 62 00 0001 63 00");
            client.Expect("90 06 0001 80 00 00 80");
            client.Send("82 06 0002 0001 62 01"); // a replacement needs no room
            client.Expect("90 03 0002 01");
        }
    }
}

using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.1.2.4, §4.1, §4.4: what a session keeps, and what is sent again.</summary>
    public class SessionStateTests
    {
        [Fact] // [MQTT-3.2.2-1], [MQTT-3.2.2-2], [MQTT-3.2.2-3]
        public async Task Session_present_tells_the_truth()
        {
            await using var broker = new TestBroker();
            broker.Connect("s", clean: false, present: false).Disconnect();
            broker.Connect("s", clean: false, present: true).Disconnect();
            broker.Connect("s", clean: true, present: false).Disconnect(); // [MQTT-3.1.2-6] discards it
            broker.Connect("s", clean: false, present: false).Disconnect();
        }

        [Fact] // [MQTT-3.1.2-4], [MQTT-3.1.2-5]
        public async Task Subscriptions_and_messages_of_QoS_1_and_2_outlast_the_connection()
        {
            await using var broker = new TestBroker();
            RawClient first = broker.Connect("s", clean: false);
            first.Send("82 06 0001 0001 61 02");
            first.Expect("90 03 0001 02");
            first.Disconnect();
            await TestBroker.Until(() => broker.Broker.Counters.ConnectedClients == 0);
            broker.Broker.Publish("a", new byte[] { 0x30 });
            broker.Broker.Publish("a", new byte[] { 0x31 }, MqttQos.AtLeastOnce);
            broker.Broker.Publish("a", new byte[] { 0x32 }, MqttQos.ExactlyOnce);
            Assert.Equal(2, broker.Broker.Counters.QueuedMessages);
            using RawClient second = broker.Connect("s", clean: false, present: true);
            second.Expect("32 06 0001 61 0001 31  34 06 0001 61 0002 32");
            second.Send("40 02 0001  50 02 0002");
            second.Expect("62 02 0002");
            second.Send("70 02 0002");
            second.ExpectNothing();
            Assert.Equal(0, broker.Broker.Counters.QueuedMessages);
        }

        [Fact] // [MQTT-4.4.0-1], [MQTT-3.3.1-1]
        public async Task Unacknowledged_messages_come_again_with_DUP_and_the_same_identifier()
        {
            await using var broker = new TestBroker();
            RawClient first = broker.Connect("s", clean: false);
            first.Send("82 06 0001 0001 61 02");
            first.Expect("90 03 0001 02");
            broker.Broker.Publish("a", new byte[] { 0x31 }, MqttQos.AtLeastOnce);
            broker.Broker.Publish("a", new byte[] { 0x32 }, MqttQos.ExactlyOnce);
            broker.Broker.Publish("a", new byte[] { 0x33 }, MqttQos.ExactlyOnce);
            first.Expect("32 06 0001 61 0001 31  34 06 0001 61 0002 32  34 06 0001 61 0003 33");
            first.Send("50 02 0003");
            first.Expect("62 02 0003");
            first.Dispose();
            using RawClient second = broker.Connect("s", clean: false, present: true);
            second.Expect("3A 06 0001 61 0001 31  3C 06 0001 61 0002 32  62 02 0003");
            second.Send("40 02 0001  50 02 0002  70 02 0003");
            second.Expect("62 02 0002");
            second.Send("70 02 0002");
            second.ExpectNothing();
            second.Dispose();
            using RawClient third = broker.Connect("s", clean: false, present: true);
            third.ExpectNothing();
        }

        [Fact] // §4.3.3, [MQTT-4.3.3-2]
        public async Task A_QoS_2_message_repeated_over_a_new_connection_is_not_delivered_twice()
        {
            await using var broker = new TestBroker();
            int seen = 0;
            using var watcher = broker.Broker.Subscribe("a", _ => seen++);
            RawClient first = broker.Connect("s", clean: false);
            first.Send("34 06 0001 61 0007 31");
            first.Expect("50 02 0007");
            first.Dispose();
            using RawClient second = broker.Connect("s", clean: false, present: true);
            second.Send("3C 06 0001 61 0007 31");
            second.Expect("50 02 0007");
            second.Send("62 02 0007");
            second.Expect("70 02 0007");
            second.Send("34 06 0001 61 0007 32"); // released: a new message
            second.Expect("50 02 0007");
            await TestBroker.Until(() => seen == 2);
            second.ExpectNothing();
            Assert.Equal(2, seen);
        }

        [Fact] // [MQTT-3.1.2-7]: retained messages are not part of the session
        public async Task Retained_messages_outlast_the_session_that_sent_them()
        {
            await using var broker = new TestBroker();
            RawClient first = broker.Connect("s");
            first.Send("31 04 0001 61 31");
            first.Disconnect();
            using RawClient second = broker.Connect("t");
            second.Send("82 06 0001 0001 61 00");
            second.Expect("90 03 0001 00  31 04 0001 61 31");
        }
    }
}

using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>MQTT 3.1.1 §3.1.2.5 to §3.1.2.7: the will.</summary>
    public class WillTests
    {
        private const string WillOfC = "10 15 0004 4D515454 04 {0} 003C 0001 63 0001 77 0003 00FF80"; // binary payload

        [Theory] // [MQTT-3.1.2-8]
        [InlineData("06", "30 06 0001 77 00FF80")]
        [InlineData("0E", "32 08 0001 77 0001 00FF80")]
        [InlineData("16", "34 08 0001 77 0001 00FF80")]
        public async Task A_connection_that_breaks_publishes_it(string flags, string expected)
        {
            await using var broker = new TestBroker();
            using RawClient watcher = Watch(broker);
            RawClient client = ConnectWithWill(broker, flags);
            client.Dispose();
            watcher.Expect(expected);
        }

        [Fact] // [MQTT-3.1.2-8]: "server closes because of a protocol error"
        public async Task A_protocol_error_publishes_it()
        {
            await using var broker = new TestBroker();
            using RawClient watcher = Watch(broker);
            using RawClient client = ConnectWithWill(broker, "06");
            client.Send("F0 00");
            client.ExpectClosed();
            watcher.Expect("30 06 0001 77 00FF80");
        }

        [Fact] // [MQTT-3.1.2-10], [MQTT-3.14.4-3]
        public async Task DISCONNECT_drops_it()
        {
            await using var broker = new TestBroker();
            using RawClient watcher = Watch(broker);
            RawClient client = ConnectWithWill(broker, "06");
            client.Disconnect();
            await TestBroker.Until(() => broker.Broker.Counters.Connections == 1);
            watcher.ExpectNothing();
        }

        [Fact] // [MQTT-3.1.2-16], [MQTT-3.1.2-17]
        public async Task It_is_retained_when_it_says_so()
        {
            await using var broker = new TestBroker();
            RawClient client = ConnectWithWill(broker, "26");
            client.Dispose();
            await TestBroker.Until(() => broker.Broker.Counters.RetainedMessages == 1);
            using RawClient late = broker.Connect("late");
            late.Send("82 06 0001 0001 77 02");
            late.Expect("90 03 0001 02  31 06 0001 77 00FF80");
            ConnectWithWill(broker, "06").Dispose();
            late.Expect("30 06 0001 77 00FF80"); // not retained: the last value stays
            Assert.Equal(1, broker.Broker.Counters.RetainedMessages);
        }

        [Fact]
        public async Task A_birth_after_reconnection_is_never_overtaken_by_the_will()
        {
            await using var broker = new TestBroker();
            for (int i = 0; i < 30; i++)
            {
                RawClient client = ConnectWithWill(broker, "26");
                client.Dispose();
                using RawClient again = ConnectWithWill(broker, "26");
                again.Send("33 07 0001 77 0001 6F6E");
                again.Expect("40 02 0001");
                using RawClient late = broker.Connect("late");
                late.Send("82 06 0001 0001 77 00");
                late.Expect("90 03 0001 00  31 05 0001 77 6F6E");
                again.Disconnect();
            }
        }

        [Fact] // §3.1.4: authorisation checks
        public async Task A_will_that_may_not_be_published_refuses_the_connection()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { AuthorizePublish = (_, topic) => topic != "w" });
            using var client = new RawClient(broker.Port);
            client.Send(string.Format(WillOfC, "06"));
            client.Expect("20 02 00 05");
            client.ExpectClosed();
        }

        private static RawClient ConnectWithWill(TestBroker broker, string flags)
        {
            var client = new RawClient(broker.Port);
            client.Send(string.Format(WillOfC, flags));
            client.Expect("20 02 00 00");
            return client;
        }

        private static RawClient Watch(TestBroker broker)
        {
            RawClient watcher = broker.Connect("watcher");
            watcher.Send("82 06 0001 0001 77 02");
            watcher.Expect("90 03 0001 02");
            return watcher;
        }
    }
}

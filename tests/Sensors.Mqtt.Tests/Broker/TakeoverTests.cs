using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>[MQTT-3.1.4-2]: a second connection with the same client identifier ends the first.</summary>
    public class TakeoverTests
    {
        [Fact]
        public async Task The_old_connection_is_closed_and_the_new_one_works()
        {
            await using var broker = new TestBroker();
            using RawClient old = broker.Connect("same");
            using RawClient taker = broker.Connect("same");
            old.ExpectClosed();
            taker.ExpectNothing();
            Assert.Equal(1, broker.Broker.Counters.ConnectedClients);
        }

        [Fact] // also [MQTT-3.1.2-8]: the old one did not send DISCONNECT
        public async Task The_will_of_the_old_connection_is_published()
        {
            await using var broker = new TestBroker();
            using RawClient watcher = broker.Connect("watcher");
            watcher.Send("82 06 0001 0001 77 00");
            watcher.Expect("90 03 0001 00");
            using var old = new RawClient(broker.Port);
            old.Send("10 13 0004 4D515454 04 06 003C 0001 63 0001 77 0001 21");
            old.Expect("20 02 00 00");
            using RawClient taker = broker.Connect("c");
            watcher.Expect("30 04 0001 77 21");
        }

        [Fact] // [MQTT-3.2.2-2]
        public async Task A_kept_session_passes_to_the_new_connection()
        {
            await using var broker = new TestBroker();
            using RawClient old = broker.Connect("same", clean: false);
            old.Send("82 06 0001 0001 61 01");
            old.Expect("90 03 0001 01");
            using RawClient taker = broker.Connect("same", clean: false, present: true);
            broker.Broker.Publish("a", new byte[] { 0x31 }, MqttQos.AtLeastOnce);
            taker.Expect("32 06 0001 61 0001 31");
        }
    }
}

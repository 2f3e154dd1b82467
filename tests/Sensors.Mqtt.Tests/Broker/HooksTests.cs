using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>The four interception points, and what happens when one throws.</summary>
    public class HooksTests
    {
        [Fact]
        public async Task See_every_step_of_a_client_in_order()
        {
            var log = new ConcurrentQueue<string>();
            await using var broker = new TestBroker(new MqttBrokerOptions
            {
                OnConnect = r => log.Enqueue("connect " + r.Packet.ClientId + " will " + r.Packet.Will?.Topic),
                OnSubscribe = e => log.Enqueue($"subscribe {e.ClientId} {e.Packet.Subscriptions[0].Filter} {e.ReturnCodes[0]}"),
                OnPublish = e => log.Enqueue($"publish {e.ClientId} {e.Packet.Topic} {e.Packet.Payload.Length} {e.IsWill}"),
                OnDisconnect = e => log.Enqueue($"disconnect {e.ClientId} {e.Reason}"),
            });
            using var client = new RawClient(broker.Port);
            client.Send("10 13 0004 4D515454 04 06 003C 0001 63 0001 77 0001 21");
            client.Expect("20 02 00 00");
            client.Send("82 06 0001 0001 61 01  32 06 0001 61 0001 31");
            client.Expect("90 03 0001 01");
            client.Dispose();
            await TestBroker.Until(() => log.Count == 5);
            Assert.Equal(
                "connect c will w|subscribe c a 1|publish c a 1 False|publish c w 1 True|disconnect c ConnectionLost",
                string.Join('|', log));
        }

        [Fact]
        public async Task One_that_throws_closes_its_connection_only()
        {
            MqttDisconnectReason? reason = null;
            await using var broker = new TestBroker(new MqttBrokerOptions
            {
                OnPublish = e => throw new InvalidOperationException("hook of the test"),
                OnDisconnect = e => reason = e.Reason,
            });
            using RawClient other = broker.Connect("other");
            using RawClient client = broker.Connect("c");
            client.Send("30 03 0001 61");
            client.ExpectClosed();
            await TestBroker.Until(() => reason == MqttDisconnectReason.CallbackFailed);
            other.ExpectNothing();
        }

        [Theory]
        [InlineData("E0 00", MqttDisconnectReason.ClientDisconnected)]
        [InlineData("F0 00", MqttDisconnectReason.ProtocolError)]
        [InlineData("", MqttDisconnectReason.Dropped)]
        public async Task Tell_why_a_connection_ended(string hex, MqttDisconnectReason expected)
        {
            MqttDisconnectReason? reason = null;
            await using var broker = new TestBroker(new MqttBrokerOptions { OnDisconnect = e => reason = e.Reason });
            using RawClient client = broker.Connect("c");
            client.Send(hex);
            if (hex.Length == 0)
            {
                Assert.True(broker.Broker.Drop("c"));
                Assert.False(broker.Broker.Drop("nobody"));
            }

            client.ExpectClosed();
            await TestBroker.Until(() => reason == expected);
        }
    }
}

using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>What a client can make the broker hold is limited, and what one client does not read costs the others nothing.</summary>
    [Collection("Alone")] // two of them look at the memory of the process
    public class LimitsTests
    {
        [Fact]
        public async Task A_packet_over_the_limit_closes_by_its_header_alone()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxPacketSize = 1000 });
            using RawClient client = broker.Connect();
            client.Send("30 E6 07"); // 998 + 3 = 1001 bytes announced
            client.ExpectClosed();
        }

        [Fact]
        public async Task Connections_over_the_limit_are_closed()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxConnections = 1 });
            using RawClient first = broker.Connect("a");
            using var second = new RawClient(broker.Port);
            second.ExpectClosed();
            Assert.Equal(1, broker.Broker.Counters.Refused);
        }

        [Fact]
        public async Task Sessions_over_the_limit_are_answered_0x03()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxSessions = 1 });
            broker.Connect("a", clean: false).Disconnect();
            using var other = new RawClient(broker.Port);
            other.Send(RawClient.ConnectBytes("b"));
            other.Expect("20 02 00 03");
            other.ExpectClosed();
            using RawClient known = broker.Connect("a", clean: false, present: true);
            known.ExpectNothing();
        }

        [Fact]
        public async Task The_window_lets_no_more_than_its_size_through()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxInflight = 2 });
            using RawClient client = broker.Connect();
            client.Send("82 06 0001 0001 61 01");
            client.Expect("90 03 0001 01");
            for (byte i = 1; i <= 3; i++)
            {
                broker.Broker.Publish("a", new[] { i }, MqttQos.AtLeastOnce);
            }

            client.Expect("32 06 0001 61 0001 01  32 06 0001 61 0002 02");
            client.ExpectNothing();
            client.Send("40 02 0002"); // any one makes room
            client.Expect("32 06 0001 61 0003 03");
        }

        [Fact]
        public async Task A_full_queue_drops_the_newest_and_counts()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxQueuedMessages = 3, MaxQueuedBytes = 8 });
            RawClient client = broker.Connect("s", clean: false);
            client.Send("82 06 0001 0001 61 01");
            client.Expect("90 03 0001 01");
            client.Disconnect();
            await TestBroker.Until(() => broker.Broker.Counters.ConnectedClients == 0);
            for (byte i = 1; i <= 5; i++)
            {
                broker.Broker.Publish("a", new[] { i }, MqttQos.AtLeastOnce);
            }

            Assert.Equal((3L, 2L), (broker.Broker.Counters.QueuedMessages, broker.Broker.Counters.DroppedQueueFull));
            client = broker.Connect("s", clean: false, present: true);
            client.Expect("32 06 0001 61 0001 01  32 06 0001 61 0002 02  32 06 0001 61 0003 03");
            client.Send("40 02 0001 40 02 0002 40 02 0003");
            client.Disconnect();
            await TestBroker.Until(() => broker.Broker.Counters.ConnectedClients == 0);
            broker.Broker.Publish("a", new byte[7], MqttQos.AtLeastOnce); // 8 bytes with the topic
            broker.Broker.Publish("a", new byte[0], MqttQos.AtLeastOnce); // a ninth
            Assert.Equal((1L, 3L), (broker.Broker.Counters.QueuedMessages, broker.Broker.Counters.DroppedQueueFull));
        }

        [Fact]
        public async Task A_subscriber_that_does_not_read_costs_a_bounded_amount_and_holds_up_nobody()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxOutgoingBytes = 100_000 });
            using RawClient sleeper = broker.Connect("sleeper");
            sleeper.Send("82 06 0001 0001 61 00");
            sleeper.Expect("90 03 0001 00");
            int seen = 0;
            await using MqttClient reader = await broker.ConnectClientAsync(new MqttClientOptions { ClientId = "reader" });
            reader.MessageReceived = _ => seen++;
            await reader.SubscribeAsync("b", MqttQos.AtLeastOnce, TestContext.Current.CancellationToken);

            byte[] payload = new byte[10_000];
            long before = GC.GetTotalMemory(forceFullCollection: true);
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < 3000; i++)
            {
                broker.Broker.Publish("a", payload);
            }

            broker.Broker.Publish("b", payload, MqttQos.AtLeastOnce);
            await TestBroker.Until(() => seen == 1);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), "The others waited " + clock.Elapsed);
            Assert.InRange(broker.Broker.Counters.DroppedSlow, 1, 3000);
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 5_000_000);
        }

        [Fact]
        public async Task A_client_that_asks_but_does_not_read_the_answers_is_not_read_from_any_more()
        {
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxOutgoingBytes = 10_000 });
            using RawClient client = broker.Connect();
            byte[] pings = Enumerable.Repeat(Hex.Bytes("C0 00"), 50_000).SelectMany(b => b).ToArray();
            long before = GC.GetTotalMemory(forceFullCollection: true);
            Assert.Throws<SocketException>(() =>
            {
                for (int i = 0; i < 400; i++)
                {
                    client.SendWithin(pings, milliseconds: 200); // 40 MB in all, if they were all taken
                }
            });
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 5_000_000);
            using RawClient other = broker.Connect("other");
            other.ExpectNothing();
        }
    }
}

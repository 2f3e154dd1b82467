using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Broker
{
    /// <summary>Hundreds of clients in one process are cheap: no thread of their own, and nothing is lost.</summary>
    [Collection("Alone")] // counts the threads of the process
    public class ManyClientsTests
    {
        private const int Clients = 200;
        private const int MessagesEach = 20;

        [Fact]
        public async Task Two_hundred_clients_share_a_few_threads()
        {
            CancellationToken cancel = TestContext.Current.CancellationToken;
            await using var broker = new TestBroker();
            int seen = 0;
            await using MqttClient edge = await broker.ConnectClientAsync(new MqttClientOptions { ClientId = "edge" });
            edge.MessageReceived = _ => seen++;
            await edge.SubscribeAsync("nodes/+", MqttQos.AtLeastOnce, cancel);
            int threadsBefore = Process.GetCurrentProcess().Threads.Count;

            MqttClient[] nodes = await Task.WhenAll(Enumerable.Range(0, Clients)
                .Select(i => broker.ConnectClientAsync(new MqttClientOptions { ClientId = "node" + i })));
            await Task.WhenAll(nodes.SelectMany((node, i) => Enumerable.Range(0, MessagesEach)
                .Select(_ => node.PublishAsync("nodes/" + i, new byte[100], MqttQos.AtLeastOnce, cancellation: cancel))));
            await TestBroker.Until(() => seen == Clients * MessagesEach);
            Assert.InRange(Process.GetCurrentProcess().Threads.Count - threadsBefore, -100, 40); // the pool's own growth

            await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
            await TestBroker.Until(() => broker.Broker.Counters is { Connections: 1, Sessions: 1 });
        }

        [Fact]
        public async Task Fifty_thousand_messages_a_second_are_nothing()
        {
            const int Count = 50_000;
            await using var broker = new TestBroker(new MqttBrokerOptions { MaxOutgoingBytes = 100_000_000 });
            int seen = 0;
            await using MqttClient reader = await broker.ConnectClientAsync(new MqttClientOptions { ClientId = "reader" });
            reader.MessageReceived = _ => seen++;
            await reader.SubscribeAsync("a/#", cancellation: TestContext.Current.CancellationToken);
            await using MqttClient writer = await broker.ConnectClientAsync(new MqttClientOptions { ClientId = "writer" });
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < Count; i++)
            {
                await writer.PublishAsync("a/b", new byte[64], cancellation: TestContext.Current.CancellationToken);
            }

            await TestBroker.Until(() => seen == Count); // within 5 s, so that a busy machine does not fail this
            TestContext.Current.TestOutputHelper?.WriteLine(Count / clock.Elapsed.TotalSeconds + " messages/s");
            Assert.Equal(0, broker.Broker.Counters.DroppedSlow);
        }
    }
}

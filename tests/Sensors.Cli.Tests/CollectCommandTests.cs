using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Tests.Support;
using Sensors.Edge;
using Sensors.Mqtt;

namespace Sensors.Cli.Tests
{
    /// <summary><c>collect</c> against a node that the test plays.</summary>
    public sealed class CollectCommandTests : IDisposable
    {
        private const string Node = "sensors/v1/" + StoreFile.Id;
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
        private readonly StoreFile _store = new();

        public void Dispose() => _store.Dispose();

        [Fact]
        public async Task WhatIsStoredIsAcknowledgedAndStaysAfterCtrlC()
        {
            using var stop = new CancellationTokenSource();
            var host = new TestHost();
            Task<int> collecting = host.RunAsync(stop.Token, "collect", "--embedded", "--port", "0", "--store", _store.Path, "--json");
            await TestHost.UntilAsync(() => host.Out, "\"connected\"");
            int port = JsonDocument.Parse(host.OutLines.First()).RootElement.GetProperty("port").GetInt32();

            await using MqttClient node = await NodeAsync(port, out Task<AckMessage> all, upTo: 4);
            await PublishAsync(node, StoreFile.Gap("new-volume", 1, 1, 0), StoreFile.Reading(2), StoreFile.Reading(4), StoreFile.Alarm(3), StoreFile.Reading(2));
            AckMessage acknowledgement = await all.WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.Equal((StoreFile.Epoch, 4L), (acknowledgement.Epoch, acknowledgement.UpTo));

            await stop.CancelAsync();
            Assert.Equal(130, await collecting);
            Assert.Empty(host.Error);
            JsonElement summary = JsonDocument.Parse(host.OutLines.Last()).RootElement;
            Assert.Equal("summary", summary.GetProperty("event").GetString());
            Assert.Equal((2, 1, 1, 1), (Int(summary, "readings"), Int(summary, "alarms"), Int(summary, "gaps"), Int(summary, "duplicates")));
            Assert.All(host.OutLines, line => Assert.Equal(1, JsonDocument.Parse(line).RootElement.GetProperty("version").GetInt32()));

            var ledger = new TestHost();
            Assert.Equal(0, await ledger.RunAsync("ledger", "--store", _store.Path));
            Assert.Contains("2 readings, 1 alarm, 1 came again, 1 late, 0 thinned, 0 lost otherwise, 0 missing", ledger.Out);
        }

        [Fact]
        public async Task AFileHasOneCollector()
        {
            using var stop = new CancellationTokenSource();
            var first = new TestHost();
            Task<int> collecting = first.RunAsync(stop.Token, "collect", "--embedded", "--port", "0", "--store", _store.Path);
            await TestHost.UntilAsync(() => first.Out, "collecting ");
            var second = new TestHost();
            Assert.Equal(3, await second.RunAsync("collect", "--embedded", "--port", "0", "--store", _store.Path));
            Assert.Contains("error S243: ", second.Error);
            await stop.CancelAsync();
            Assert.Equal(130, await collecting);
        }

        /// <summary>The broker is not there yet, comes, goes and comes back: the collector waits for it, and says so.</summary>
        [Fact]
        public async Task ABrokerThatIsAwayIsWaitedFor()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            int port = broker.BoundPort;
            await broker.SuspendAsync();
            using var stop = new CancellationTokenSource();
            var host = new TestHost();
            Task<int> collecting = host.RunAsync(stop.Token, "collect", "--broker", $"127.0.0.1:{port}", "--store", _store.Path, "--json");
            await TestHost.UntilAsync(() => host.Out, "\"unreachable\"");
            broker.Resume();
            await TestHost.UntilAsync(() => host.Out, "\"connected\"");
            await using MqttClient node = await NodeAsync(port, out Task<AckMessage> acknowledged, upTo: 1);
            await PublishAsync(node, StoreFile.Reading(1));
            await acknowledged.WaitAsync(Patience, TestContext.Current.CancellationToken);
            await stop.CancelAsync();
            Assert.Equal(130, await collecting);
            Assert.Contains("\"readings\":1", host.OutLines.Last());
        }

        [Fact]
        public async Task TheTimeIsUpIsAGoodEnd()
        {
            var host = new TestHost();
            Assert.Equal(0, await host.RunAsync("collect", "--embedded", "--port", "0", "--store", _store.Path, "--seconds", "0.3"));
            Assert.Contains($"into {_store.Path}\n", host.Out);
            Assert.EndsWith($"{_store.Path}: 0 readings, 0 alarms and 0 gap records stored; 0 came again, 0 came late, 0 refused\n", host.Out);
        }

        private static Task<MqttClient> NodeAsync(int port, out Task<AckMessage> acknowledged, long upTo)
        {
            var heard = new TaskCompletionSource<AckMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
            acknowledged = heard.Task;
            return ConnectAsync(port, heard, upTo);
        }

        private static async Task<MqttClient> ConnectAsync(int port, TaskCompletionSource<AckMessage> heard, long upTo)
        {
            var node = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = port, ClientId = "node" })
            {
                MessageReceived = message =>
                {
                    AckMessage acknowledgement = AckMessage.Parse(message.Payload);
                    if (acknowledgement.UpTo >= upTo)
                    {
                        heard.TrySetResult(acknowledgement);
                    }
                },
            };
            await node.ConnectAsync(TestContext.Current.CancellationToken);
            await node.SubscribeAsync([new MqttSubscription(Node + "/ack", MqttQos.AtLeastOnce)], TestContext.Current.CancellationToken);
            return node;
        }

        private static async Task PublishAsync(MqttClient node, params (string Leaf, string Message)[] messages)
        {
            foreach ((string leaf, string message) in messages)
            {
                await node.PublishAsync($"{Node}/{leaf}", Encoding.UTF8.GetBytes(message), MqttQos.AtLeastOnce);
            }
        }

        private static int Int(JsonElement element, string name) => element.GetProperty(name).GetInt32();
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Edge.Tests.Support;
using Sensors.Mqtt;
using Sensors.Tests.Shared;

namespace Sensors.Edge.Tests.Collecting
{
    /// <summary>The collector at brokers, ours and mosquitto: first on the disk, then told.</summary>
    public class CollectorServiceTests
    {
        private const string Ack = "sensors/v1/" + Say.Id + "/ack";
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

        [Fact]
        public async Task NobodyIsToldBeforeItIsOnTheDisk()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using var file = new StoreFile();
            using SqliteReadingStore inner = file.Open();
            var store = new WitnessStore(inner);
            int early = 0;
            using IDisposable listening = broker.Subscribe(Ack, packet =>
            {
                // Whoever hears an acknowledgement finds what it tells in a commit that has returned.
                if (AckMessage.Parse(packet.Payload).UpTo > store.Committed) { Interlocked.Increment(ref early); }
            });
            await using var running = new Running(store, broker.BoundPort);
            await running.Until(CollectorEventKind.Connected);
            for (int i = 1; i <= 500; i++) { broker.Publish(Say.ReadingTopic(), Say.Reading(i), MqttQos.AtLeastOnce); }
            await Until(() => running.Service.Counts.Readings == 500);
            Assert.Equal(0, early);
            Assert.True(store.Batches < 500, "Each message was written to the disk by itself.");

            // PUBACK, too: what a commit holds back stays unacknowledged at the broker.
            store.Hold = new ManualResetEventSlim(false);
            broker.Publish(Say.ReadingTopic(), Say.Reading(501), MqttQos.AtLeastOnce);
            await Until(() => store.Waiting);
            broker.Drop(Running.ClientId); // the connection ends without PUBACK
            store.Hold.Set();
            await Until(() => running.Service.Counts.Duplicates == 1); // so the broker sent it again
            Assert.Equal(501, running.Service.Counts.Readings);
            Assert.Contains(running.Told, told => told.Kind == CollectorEventKind.Lost);
        }

        [Fact]
        public async Task WhatCameWhileItWasAwayWaitsAtTheBroker()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using var file = new StoreFile();
            long before;
            using (SqliteReadingStore store = file.Open())
            {
                await using var running = new Running(store, broker.BoundPort);
                await running.Until(CollectorEventKind.Connected);
                for (int i = 1; i <= 100; i++) { broker.Publish(Say.ReadingTopic(), Say.Reading(i), MqttQos.AtLeastOnce); }
                await Until(() => running.Service.Counts.Readings > 0);
                await running.StopAsync(); // Ctrl-C in the middle
                before = running.Service.Counts.Readings;
            }

            for (int i = 101; i <= 120; i++) { broker.Publish(Say.ReadingTopic(), Say.Reading(i), MqttQos.AtLeastOnce); }
            using SqliteReadingStore again = file.Open();
            Assert.Equal(before, again.Settled(Say.Id, Say.Epoch).Sum(range => range.Count));
            await using var back = new Running(again, broker.BoundPort);
            await Until(() => back.Service.Counts.Readings == 120 - before);
            Assert.Equal("1-120", Say.Text(again.Settled(Say.Id, Say.Epoch)));
            Assert.Equal(0, back.Service.Counts.Duplicates); // what was acknowledged at the leave did not come again
        }

        [Fact]
        public async Task TheNextBrokerWhenOneIsAwayAndBackToOneThatReturns()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            int port = broker.BoundPort;
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            await using var running = new Running(store, 1, port); // nobody listens at port 1
            await running.Until(CollectorEventKind.Connected);
            Assert.Equal([CollectorEventKind.Unreachable, CollectorEventKind.Connected], running.Told.Select(told => told.Kind));
            Assert.Equal([1, port], running.Told.Select(told => told.Broker!.Value.Port));
            await broker.SuspendAsync();
            await running.Until(CollectorEventKind.Lost);
            broker.Resume();
            await Until(() => running.Told.Count(told => told.Kind == CollectorEventKind.Connected) == 2);
            broker.Publish(Say.ReadingTopic(), Say.Reading(1), MqttQos.AtLeastOnce);
            await Until(() => running.Service.Counts.Readings == 1);
        }

        [Fact]
        public async Task AStoreThatRefusesHoldsBackAndLosesNothing()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            var acknowledged = new ConcurrentQueue<AckMessage>();
            using IDisposable listening = broker.Subscribe(Ack, packet => acknowledged.Enqueue(AckMessage.Parse(packet.Payload)));
            using SqliteReadingStore inner = SqliteReadingStore.InMemory();
            var store = new WitnessStore(inner) { Refuses = true };
            await using var running = new Running(store, broker.BoundPort);
            await running.Until(CollectorEventKind.Connected);
            broker.Publish(Say.ReadingTopic(), Say.Reading(1), MqttQos.AtLeastOnce);
            await running.Until(CollectorEventKind.StoreRefused);
            broker.Publish(Say.ReadingTopic(), Say.Reading(2), MqttQos.AtLeastOnce);
            Assert.Empty(acknowledged);
            store.Refuses = false;
            await running.Until(CollectorEventKind.StoreBack);
            await Until(() => acknowledged.LastOrDefault()?.UpTo == 2);
        }

        [Fact]
        public async Task APoisonedMessageIsToldAndPassed()
        {
            await using var broker = new MqttBroker(new MqttBrokerOptions { MaxPacketSize = 1024 * 1024 });
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            await using var running = new Running(store, broker.BoundPort);
            await running.Until(CollectorEventKind.Connected);
            broker.Publish(Say.ReadingTopic(), new byte[600_000], MqttQos.AtLeastOnce); // more than a client takes that is not told otherwise
            broker.Publish(Say.ReadingTopic(), Say.Reading(1), MqttQos.AtLeastOnce);
            await Until(() => running.Service.Counts is { Readings: 1, Refused: 1 });
            Assert.Equal(
                $"the message at {Say.ReadingTopic()} is refused: The message has 600000 bytes, more than 65536.",
                Assert.Single(running.Told, told => told.Kind == CollectorEventKind.MessageRefused).Text);
            Assert.DoesNotContain(running.Told, told => told.Kind == CollectorEventKind.Lost);
        }

        [Fact]
        public async Task ANodeThatAsksForTheTimeIsTold()
        {
            await using var broker = new MqttBroker();
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            var commands = new ConcurrentQueue<string>();
            using IDisposable listening = broker.Subscribe(Say.Topic("cmd"), packet => commands.Enqueue(Encoding.UTF8.GetString(packet.Payload.Span)));
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            broker.Publish(Say.Topic("status"), Say.Status(asks: 1), MqttQos.AtLeastOnce, retain: true); // before anybody collected
            await using var running = new Running(store, broker.BoundPort);
            await Until(() => running.Service.Counts.Messages == 1);
            broker.Publish(Say.Topic("status"), Say.Status(asks: 4711), MqttQos.AtLeastOnce, retain: true);
            await Until(() => !commands.IsEmpty);
            Assert.Contains("\"for\":4711,\"uncertainty\":50}", Assert.Single(commands), StringComparison.Ordinal);
        }

        [Fact]
        public async Task AWrongPasswordIsTold()
        {
            await using var broker = new MqttBroker(new MqttBrokerOptions
            {
                Authenticate = request => Encoding.UTF8.GetString((request.Packet.Password ?? default).Span) == "secret" ? ConnectReturnCode.Accepted : ConnectReturnCode.BadUserNameOrPassword,
            });
            broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            using SqliteReadingStore store = SqliteReadingStore.InMemory();
            await using (var wrong = new Running(store, broker.BoundPort))
            {
                await wrong.Until(CollectorEventKind.Unreachable);
                Assert.Contains("BadUserNameOrPassword", wrong.Told.First().Text, StringComparison.Ordinal);
            }

            await using var right = new Running(store, options => options with { UserName = "collector", Password = Say.Bytes("secret") }, broker.BoundPort);
            await right.Until(CollectorEventKind.Connected);
            Assert.Single(right.Told);
        }

        [Fact]
        public async Task AtMosquittoNothingIsLostByCtrlC()
        {
            await using Mosquitto mosquitto = await Mosquitto.StartAsync();
            using var file = new StoreFile();
            await using MqttClient node = await NodeAsync(mosquitto.Port);
            int sent = 0;
            for (int round = 0; round < 4; round++)
            {
                using SqliteReadingStore store = file.Open();
                await using var running = new Running(store, mosquitto.Port);
                await running.Until(CollectorEventKind.Connected);
                for (int i = 0; i < 150; i++) { _ = node.PublishAsync(Say.ReadingTopic(), Say.Reading(++sent), MqttQos.AtLeastOnce, cancellation: TestContext.Current.CancellationToken); }
                await Until(() => running.Service.Counts.Messages > 10); // and in the middle of the rest it is told to stop
            }

            await EverythingIsThere(file, mosquitto.Port, Running.ClientId, sent);
        }

        [Fact]
        public async Task AtMosquittoNothingIsLostByKill()
        {
            await using Mosquitto mosquitto = await Mosquitto.StartAsync();
            using var file = new StoreFile();
            await using MqttClient node = await NodeAsync(mosquitto.Port);
            int acknowledged = 0;
            int sent = 0;
            node.MessageReceived = message => acknowledged = Math.Max(acknowledged, (int)AckMessage.Parse(message.Payload).UpTo);
            await node.SubscribeAsync(Ack, MqttQos.AtLeastOnce, TestContext.Current.CancellationToken);
            for (int round = 0; round < 3; round++)
            {
                await using var victim = new VictimProcess(VictimProcess.Service, file.Path, mosquitto.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Assert.Equal("Connected", await victim.ReadAsync());
                int before = acknowledged;
                for (int i = 0; i < 300; i++) { _ = node.PublishAsync(Say.ReadingTopic(), Say.Reading(++sent), MqttQos.AtLeastOnce, cancellation: TestContext.Current.CancellationToken); }
                await Until(() => acknowledged > before);
                victim.Kill();
            }

            using (ReadingArchive archive = ReadingArchive.Open(file.Path))
            {
                Assert.True(LedgerReport.Of(archive).Nodes[0].Received >= acknowledged, "What was acknowledged is not all there.");
            }

            await EverythingIsThere(file, mosquitto.Port, Victim.ClientId, sent);
        }

        private static async Task<MqttClient> NodeAsync(int port)
        {
            var node = new MqttClient(new MqttClientOptions { Host = "127.0.0.1", Port = port, ClientId = "node" });
            await node.ConnectAsync(TestContext.Current.CancellationToken);
            return node;
        }

        // A last collector takes what the broker still has.
        private static async Task EverythingIsThere(StoreFile file, int port, string session, int sent)
        {
            using SqliteReadingStore store = file.Open();
            await using var running = new Running(store, options => options with { ClientId = session }, port);
            await running.Until(CollectorEventKind.Connected);
            await Until(() => LedgerOf(file) is { Missing: 0, Received: var received } && received == sent);

            static NodeAccount LedgerOf(StoreFile file)
            {
                using ReadingArchive archive = ReadingArchive.Open(file.Path);
                return Assert.Single(LedgerReport.Of(archive).Nodes);
            }
        }

        private static async Task Until(Func<bool> condition)
        {
            var clock = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.True(clock.Elapsed < Patience, $"Did not come about within {Patience.TotalSeconds} s.");
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }
        }

        /// <summary>A service that runs until the end of the test.</summary>
        private sealed class Running : IAsyncDisposable
        {
            public const string ClientId = "collector";

            private readonly CancellationTokenSource _stop = new();
            private readonly Task _running;

            public Running(IReadingStore store, params int[] ports)
                : this(store, options => options, ports)
            {
            }

            public Running(IReadingStore store, Func<CollectorServiceOptions, CollectorServiceOptions> change, params int[] ports)
            {
                Service = new CollectorService(store, change(new CollectorServiceOptions { Brokers = [.. ports.Select(port => new BrokerEnd("127.0.0.1", port))], ClientId = ClientId }))
                {
                    Told = Told.Enqueue,
                };
                _running = Service.RunAsync(_stop.Token);
            }

            public CollectorService Service { get; }

            public ConcurrentQueue<CollectorEvent> Told { get; } = [];

            public Task Until(CollectorEventKind kind) => CollectorServiceTests.Until(() => Told.Any(told => told.Kind == kind));

            public async Task StopAsync()
            {
                await _stop.CancelAsync();
                await _running.WaitAsync(Patience);
            }

            public async ValueTask DisposeAsync()
            {
                await StopAsync();
                _stop.Dispose();
            }
        }

        /// <summary>A store that can be held up or refuse, and knows what it has committed.</summary>
        private sealed class WitnessStore(IReadingStore store) : IReadingStore
        {
            private long _committed;

            public long Committed => Interlocked.Read(ref _committed);

            public int Batches { get; private set; }

            public volatile bool Refuses;

            public volatile bool Waiting;

            public ManualResetEventSlim? Hold { get; set; }

            public StoreOutcome[] Commit(IReadOnlyList<StoreEntry> batch)
            {
                if (Refuses) { throw new StoreException("Not now."); }
                Waiting = Hold is not null;
                Hold?.Wait(Patience);
                StoreOutcome[] outcomes = store.Commit(batch);
                Batches++;
                Interlocked.Exchange(ref _committed, Math.Max(_committed, batch.Max(entry => entry.Sequence)));
                return outcomes;
            }

            public IReadOnlyList<SequenceRange> Covered(string id, long epoch) => store.Covered(id, epoch);

            public IReadOnlyList<SequenceRange> Settled(string id, long epoch) => store.Settled(id, epoch);

            public void Dispose() => store.Dispose();
        }
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Tests.Shared;

namespace Sensors.Mqtt.Tests.Interop
{
    /// <summary>Our client with a mosquitto broker.</summary>
    public class MosquittoBrokerTests
    {
        private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

        [Fact]
        public async Task Every_QoS_both_ways_in_order()
        {
            await using Mosquitto broker = await Mosquitto.StartAsync();
            var seen = new ConcurrentQueue<MqttReceivedMessage>();
            await using MqttClient client = await ConnectAsync(broker);
            client.MessageReceived = seen.Enqueue;
            Assert.Equal(MqttQos.ExactlyOnce, await client.SubscribeAsync("a/+/c", MqttQos.ExactlyOnce, Cancel));
            var sent = new List<Task>();
            for (int i = 0; i < 300; i++)
            {
                byte[] payload = Encoding.ASCII.GetBytes(i.ToString());
                sent.Add(client.PublishAsync("a/" + (i % 3) + "/c", payload, (MqttQos)(i % 3), cancellation: Cancel));
            }

            await Task.WhenAll(sent);
            await TestBroker.Until(() => seen.Count == 300);
            for (int qos = 0; qos < 3; qos++)
            {
                Assert.Equal(
                    Enumerable.Range(0, 100).Select(i => ((3 * i) + qos).ToString()),
                    seen.Where(m => m.Qos == (MqttQos)qos).Select(m => Encoding.ASCII.GetString(m.Payload.Span)));
            }
        }

        [Fact]
        public async Task Retained_messages_and_a_big_payload()
        {
            await using Mosquitto broker = await Mosquitto.StartAsync();
            var seen = new ConcurrentQueue<MqttReceivedMessage>();
            await using MqttClient client = await ConnectAsync(broker);
            client.MessageReceived = seen.Enqueue;
            byte[] big = new byte[250_000];
            new Random(5).NextBytes(big);
            await client.PublishAsync("big", big, MqttQos.AtLeastOnce, retain: true, Cancel);
            await client.SubscribeAsync("#", MqttQos.AtLeastOnce, Cancel);
            await TestBroker.Until(() => seen.Count == 1);
            Assert.True(seen.TryDequeue(out MqttReceivedMessage? message) && message.Retain);
            Assert.Equal(big, message.Payload.ToArray());
            await client.PublishAsync("big", default, MqttQos.AtLeastOnce, retain: true, Cancel);
            await client.UnsubscribeAsync(["#"], Cancel);
            await client.PublishAsync("big", new byte[1], MqttQos.AtLeastOnce, cancellation: Cancel);
            Assert.Single(seen); // the removal, delivered before UNSUBACK
        }

        [Fact]
        public async Task A_binary_will_is_published_after_a_crash_and_not_after_DISCONNECT()
        {
            await using Mosquitto broker = await Mosquitto.StartAsync();
            var seen = new ConcurrentQueue<MqttReceivedMessage>();
            await using MqttClient watcher = await ConnectAsync(broker, new MqttClientOptions { ClientId = "watcher" });
            watcher.MessageReceived = seen.Enqueue;
            await watcher.SubscribeAsync("will", MqttQos.ExactlyOnce, Cancel);
            var will = new MqttWill("will", new byte[] { 0, 0xFF, 0x80 }, MqttQos.AtLeastOnce);
            var options = new MqttClientOptions { ClientId = "c", Will = will };
            await using MqttClient orderly = await ConnectAsync(broker, options);
            await orderly.DisconnectAsync();
            await using MqttClient crashing = await ConnectAsync(broker, options);
            crashing.Abort();
            await TestBroker.Until(() => !seen.IsEmpty);
            Assert.Equal(new byte[] { 0, 0xFF, 0x80 }, Assert.Single(seen).Payload.ToArray());
        }

        [Fact]
        public async Task What_was_not_acknowledged_comes_again()
        {
            await using Mosquitto broker = await Mosquitto.StartAsync();
            var held = new ConcurrentQueue<MqttReceivedMessage>();
            var options = new MqttClientOptions { ClientId = "edge", CleanSession = false, ManualAcknowledge = true };
            await using MqttClient edge = await ConnectAsync(broker, options);
            edge.MessageReceived = held.Enqueue;
            await edge.SubscribeAsync("a", MqttQos.AtLeastOnce, Cancel);
            await using MqttClient node = await ConnectAsync(broker, new MqttClientOptions { ClientId = "node" });
            await node.PublishAsync("a", new byte[] { 1 }, MqttQos.AtLeastOnce, cancellation: Cancel);
            await node.PublishAsync("a", new byte[] { 2 }, MqttQos.AtLeastOnce, cancellation: Cancel);
            await TestBroker.Until(() => held.Count == 2);
            Assert.True(held.TryDequeue(out MqttReceivedMessage? first));
            first.Acknowledge();
            await edge.PublishAsync("x", default, MqttQos.AtLeastOnce, cancellation: Cancel); // answered, so that was read as well
            edge.Abort();
            await TestBroker.Until(() => !edge.IsConnected);
            held.Clear();
            await node.PublishAsync("a", new byte[] { 3 }, MqttQos.AtLeastOnce, cancellation: Cancel);
            Assert.True(await edge.ConnectAsync(Cancel));
            await TestBroker.Until(() => held.Count == 2);
            Assert.Equal([2, 3], held.Select(m => (int)m.Payload.Span[0]));
            Assert.True(held.First().Duplicate); // 3 too, where the broker had not noticed the end and sent it to the old session
        }

        [Fact]
        public async Task Refusal_and_takeover()
        {
            await using Mosquitto broker = await Mosquitto.StartAsync();
            MqttClosed? closed = null;
            await using MqttClient first = await ConnectAsync(broker, new MqttClientOptions { ClientId = "same" });
            first.Closed = c => closed = c;
            await using MqttClient second = await ConnectAsync(broker, new MqttClientOptions { ClientId = "same" });
            await TestBroker.Until(() => closed is not null);
            await using var nameless = new MqttClient(
                new MqttClientOptions { Host = "127.0.0.1", Port = broker.Port, CleanSession = false });
            var refused = await Assert.ThrowsAsync<MqttConnectionException>(() => nameless.ConnectAsync(Cancel));
            Assert.Equal(ConnectReturnCode.IdentifierRejected, refused.ReturnCode);
        }

        private static async Task<MqttClient> ConnectAsync(Mosquitto broker, MqttClientOptions? options = null)
        {
            var client = new MqttClient((options ?? new MqttClientOptions()) with { Host = "127.0.0.1", Port = broker.Port });
            await client.ConnectAsync(Cancel);
            return client;
        }
    }
}

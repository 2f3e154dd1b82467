using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Client
{
    /// <summary>The client against a server made of bytes: QoS 1 and 2 both ways, windows, sessions, requests.</summary>
    public class ClientDeliveryTests
    {
        private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

        [Fact] // [MQTT-4.3.2-1], [MQTT-4.3.3-1]
        public async Task A_publication_completes_with_its_acknowledgement()
        {
            using var server = new RawServer();
            await using MqttClient client = await ConnectAsync(server);
            Task one = client.PublishAsync("a", new byte[] { 1 }, MqttQos.AtLeastOnce, cancellation: Cancel);
            Task two = client.PublishAsync("a", new byte[] { 2 }, MqttQos.ExactlyOnce, retain: true, Cancel);
            await server.ExpectAsync("32 06 0001 61 0001 01  35 06 0001 61 0002 02");
            Assert.False(one.IsCompleted);
            await server.SendAsync("40 02 0001");
            await one.WaitAsync(Cancel);
            await server.SendAsync("50 02 0002");
            await server.ExpectAsync("62 02 0002");
            Assert.False(two.IsCompleted);
            await server.SendAsync("70 02 0002");
            await two.WaitAsync(Cancel);
        }

        [Fact]
        public async Task The_window_holds_back_what_is_too_much()
        {
            using var server = new RawServer();
            await using MqttClient client = await ConnectAsync(server, new MqttClientOptions { MaxInflight = 2 });
            var sent = new List<Task>();
            for (byte i = 1; i <= 3; i++)
            {
                sent.Add(client.PublishAsync("a", new[] { i }, MqttQos.AtLeastOnce, cancellation: Cancel));
            }

            Task ping = client.PublishAsync("p", default, cancellation: Cancel); // QoS 0 is not held back
            await server.ExpectAsync("32 06 0001 61 0001 01  32 06 0001 61 0002 02  30 03 0001 70");
            await server.SendAsync("40 02 0002");
            await server.ExpectAsync("32 06 0001 61 0003 03");
            await server.SendAsync("40 02 0001  40 02 0003");
            await Task.WhenAll(sent).WaitAsync(Cancel);
            await ping;
        }

        [Fact] // [MQTT-4.4.0-1], [MQTT-3.3.1-1]
        public async Task A_resumed_session_sends_again_with_DUP()
        {
            using var server = new RawServer();
            await using MqttClient client = await ConnectAsync(server, new MqttClientOptions { CleanSession = false });
            Task one = client.PublishAsync("a", new byte[] { 1 }, MqttQos.AtLeastOnce, cancellation: Cancel);
            Task two = client.PublishAsync("a", new byte[] { 2 }, MqttQos.ExactlyOnce, cancellation: Cancel);
            Task three = client.PublishAsync("a", new byte[] { 3 }, MqttQos.ExactlyOnce, cancellation: Cancel);
            await server.ExpectAsync("32 06 0001 61 0001 01  34 06 0001 61 0002 02  34 06 0001 61 0003 03");
            await server.SendAsync("50 02 0003");
            await server.ExpectAsync("62 02 0003");
            server.Close();
            await TestBroker.Until(() => !client.IsConnected);
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync("20 02 01 00");
            await connecting;
            await server.ExpectAsync("3A 06 0001 61 0001 01  3C 06 0001 61 0002 02  62 02 0003");
            await server.SendAsync("40 02 0001  50 02 0002  70 02 0003");
            await server.ExpectAsync("62 02 0002");
            await server.SendAsync("70 02 0002");
            await Task.WhenAll(one, two, three).WaitAsync(Cancel);
        }

        [Fact]
        public async Task Without_a_session_at_the_server_messages_go_as_new_ones()
        {
            using var server = new RawServer();
            await using MqttClient client = await ConnectAsync(server, new MqttClientOptions { CleanSession = false });
            Task one = client.PublishAsync("a", new byte[] { 1 }, MqttQos.AtLeastOnce, cancellation: Cancel);
            await server.ExpectAsync("32 06 0001 61 0001 01");
            server.Close();
            await TestBroker.Until(() => !client.IsConnected);
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync("20 02 00 00");
            await connecting;
            await server.ExpectAsync("32 06 0001 61 0001 01");
            await server.SendAsync("40 02 0001");
            await one.WaitAsync(Cancel);
        }

        [Fact]
        public async Task With_a_clean_session_unacknowledged_messages_fail_when_the_connection_is_lost()
        {
            using var server = new RawServer();
            await using MqttClient client = await ConnectAsync(server);
            Task one = client.PublishAsync("a", default, MqttQos.AtLeastOnce, cancellation: Cancel);
            Task<MqttQos> subscribing = client.SubscribeAsync("a", cancellation: Cancel);
            server.Close();
            await Assert.ThrowsAsync<MqttConnectionException>(() => one);
            await Assert.ThrowsAsync<MqttConnectionException>(() => subscribing);
        }

        [Fact] // §3.8 to §3.11
        public async Task Subscriptions_are_asked_for_and_answered()
        {
            using var server = new RawServer();
            await using MqttClient client = await ConnectAsync(server);
            Task<IReadOnlyList<byte>> subscribing = client.SubscribeAsync(
                [new("a", MqttQos.AtLeastOnce), new("b", MqttQos.ExactlyOnce)], Cancel);
            await server.ExpectAsync("82 0A 0001 0001 61 01 0001 62 02");
            await server.SendAsync("90 04 0001 00 80");
            Assert.Equal(new byte[] { 0, 0x80 }, await subscribing);
            Task unsubscribing = client.UnsubscribeAsync(["a", "b"], Cancel);
            await server.ExpectAsync("A2 08 0002 0001 61 0001 62");
            await server.SendAsync("B0 02 0002");
            await unsubscribing.WaitAsync(Cancel);
            Task<MqttQos> refused = client.SubscribeAsync("c", cancellation: Cancel);
            await server.SendAsync("90 03 0003 80");
            await Assert.ThrowsAsync<MqttConnectionException>(() => refused);
            await Assert.ThrowsAsync<ArgumentException>(() => client.SubscribeAsync("a#", cancellation: Cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => client.PublishAsync("#", default, cancellation: Cancel));
        }

        [Fact] // [MQTT-4.3.2-2], [MQTT-4.3.3-2]
        public async Task Received_messages_are_acknowledged_after_the_callback_and_QoS_2_comes_once()
        {
            using var server = new RawServer();
            var seen = new List<string>();
            await using MqttClient client = await ConnectAsync(server);
            client.MessageReceived = m => seen.Add($"{m.Topic}{m.Payload.Span[0]} {m.Qos} {m.Retain} {m.Duplicate}");
            await server.SendAsync("31 04 0001 61 01  3A 06 0001 61 0007 02  34 06 0001 61 0008 03  3C 06 0001 61 0008 03");
            await server.ExpectAsync("40 02 0007  50 02 0008  50 02 0008");
            await server.SendAsync("62 02 0008");
            await server.ExpectAsync("70 02 0008");
            Assert.Equal(["a1 AtMostOnce True False", "a2 AtLeastOnce False True", "a3 ExactlyOnce False False"], seen);
        }

        [Fact] // [MQTT-4.6.0-2], [MQTT-4.6.0-3]
        public async Task Manual_acknowledgements_leave_in_the_order_of_the_messages()
        {
            using var server = new RawServer();
            var held = new List<MqttReceivedMessage>();
            await using MqttClient client = await ConnectAsync(server, new MqttClientOptions { ManualAcknowledge = true });
            client.MessageReceived = held.Add;
            await server.SendAsync("32 06 0001 61 0001 01  34 06 0001 61 0002 02  32 06 0001 61 0003 03");
            await TestBroker.Until(() => held.Count == 3);
            held[2].Acknowledge();
            held[1].Acknowledge();
            held[1].Acknowledge(); // the second time is nothing
            await client.PublishAsync("x", default, cancellation: Cancel);
            await server.ExpectAsync("30 03 0001 78"); // nothing was acknowledged before it
            held[0].Acknowledge();
            await server.ExpectAsync("40 02 0001  50 02 0002  40 02 0003");
        }

        [Fact]
        public async Task Many_are_acknowledged_together_and_in_their_order()
        {
            using var server = new RawServer();
            var held = new List<MqttReceivedMessage>();
            await using MqttClient client = await ConnectAsync(server, new MqttClientOptions { ManualAcknowledge = true });
            client.MessageReceived = held.Add;
            await server.SendAsync("32 06 0001 61 0001 01  30 04 0001 61 02  34 06 0001 61 0002 03  32 06 0001 61 0003 04  32 06 0001 61 0004 05");
            await TestBroker.Until(() => held.Count == 5);
            MqttReceivedMessage.AcknowledgeAll([held[3], held[1], held[2]]);
            await client.PublishAsync("x", default, cancellation: Cancel);
            await server.ExpectAsync("30 03 0001 78"); // the first one holds them back
            MqttReceivedMessage.AcknowledgeAll([held[0], held[0], held[3]]);
            await server.ExpectAsync("40 02 0001  50 02 0002  40 02 0003");
            MqttReceivedMessage.AcknowledgeAll([]);
            MqttReceivedMessage.AcknowledgeAll(held);
            await server.ExpectAsync("40 02 0004");
        }

        [Fact]
        public async Task An_acknowledgement_after_the_connection_has_ended_is_nothing()
        {
            using var server = new RawServer();
            var held = new List<MqttReceivedMessage>();
            var options = new MqttClientOptions { ManualAcknowledge = true, CleanSession = false };
            await using MqttClient client = await ConnectAsync(server, options);
            client.MessageReceived = held.Add;
            await server.SendAsync("32 06 0001 61 0001 01");
            await TestBroker.Until(() => held.Count == 1);
            server.Close();
            await TestBroker.Until(() => !client.IsConnected);
            held[0].Acknowledge();
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync("20 02 01 00");
            await connecting;
            held[0].Acknowledge();
            await server.SendAsync("3A 06 0001 61 0001 01");
            await TestBroker.Until(() => held.Count == 2);
            held[1].Acknowledge();
            await server.ExpectAsync("40 02 0001");
        }

        internal static async Task<MqttClient> ConnectAsync(RawServer server, MqttClientOptions? options = null)
        {
            options ??= new MqttClientOptions();
            var client = new MqttClient(options with { Host = "127.0.0.1", Port = server.Port, ClientId = "c" });
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync();
            await connecting;
            return client;
        }
    }
}

using System;
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Client
{
    /// <summary>Keep-alive, and the reason a connection ended.</summary>
    public class ClientCloseTests
    {
        [Fact] // [MQTT-3.1.2-23], [MQTT-3.12.4-1]
        public async Task PINGREQ_is_sent_in_time_and_its_answer_awaited()
        {
            using var server = new RawServer();
            var closed = new ConcurrentQueue<MqttClosed>();
            await using MqttClient client = await ClientDeliveryTests.ConnectAsync(server, new MqttClientOptions
            {
                KeepAlive = TimeSpan.FromSeconds(1),
                PingTimeout = TimeSpan.FromMilliseconds(500),
            });
            client.Closed = closed.Enqueue;
            long start = Environment.TickCount64;
            for (int i = 0; i < 3; i++)
            {
                await server.ExpectAsync("C0 00");
                Assert.InRange(Environment.TickCount64 - start, 0, 1499); // 1.5 times the keep-alive is what a server allows
                await server.SendAsync("D0 00");
                start = Environment.TickCount64;
            }

            await server.ExpectAsync("C0 00"); // not answered
            await TestBroker.Until(() => closed.Count == 1);
            Assert.Equal(MqttCloseReason.PingTimeout, Assert.Single(closed).Reason);
        }

        [Fact]
        public async Task A_client_that_only_sends_notices_a_dead_server_too()
        {
            using var server = new RawServer();
            MqttClosed? closed = null;
            await using MqttClient client = await ClientDeliveryTests.ConnectAsync(server, new MqttClientOptions
            {
                KeepAlive = TimeSpan.FromSeconds(1),
                PingTimeout = TimeSpan.FromMilliseconds(300),
            });
            client.Closed = c => closed = c;
            await TestBroker.Until(() =>
            {
                _ = client.PublishAsync("a", default, cancellation: TestContext.Current.CancellationToken).ContinueWith(t => t.Exception);
                return closed is not null;
            });
            Assert.Equal(MqttCloseReason.PingTimeout, closed!.Reason);
        }

        [Theory]
        [InlineData("", MqttCloseReason.RemoteClosed)]
        [InlineData("F0 00", MqttCloseReason.ProtocolError)]
        [InlineData("20 02 00 00", MqttCloseReason.ProtocolError)]
        [InlineData("36 05 0001 61 0001", MqttCloseReason.ProtocolError)]
        [InlineData("32 05 0001 61 0001", MqttCloseReason.CallbackFailed)]
        public async Task The_reason_is_told_once(string hex, MqttCloseReason expected)
        {
            using var server = new RawServer();
            var closed = new ConcurrentQueue<MqttClosed>();
            await using MqttClient client = await ClientDeliveryTests.ConnectAsync(server);
            client.Closed = closed.Enqueue;
            client.MessageReceived = _ => throw new InvalidOperationException("callback of the test");
            await server.SendAsync(hex);
            if (hex.Length == 0)
            {
                server.Close();
            }
            else
            {
                await server.ExpectClosedAsync(); // and a message whose callback failed is not acknowledged
            }

            await TestBroker.Until(() => !closed.IsEmpty);
            Assert.Equal(expected, Assert.Single(closed).Reason);
            Assert.False(client.IsConnected);
        }

        [Fact]
        public async Task Abort_leaves_as_a_crash_would()
        {
            MqttDisconnectReason? reason = null;
            await using var broker = new TestBroker(new MqttBrokerOptions { OnDisconnect = e => reason = e.Reason });
            await using MqttClient client = await broker.ConnectClientAsync(new MqttClientOptions { ClientId = "c" });
            client.Abort();
            await TestBroker.Until(() => reason == MqttDisconnectReason.ConnectionLost);
            Assert.False(client.IsConnected);
        }
    }
}

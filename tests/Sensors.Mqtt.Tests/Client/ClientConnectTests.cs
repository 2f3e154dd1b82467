using System;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests.Client
{
    /// <summary>The client against a server made of bytes: connecting and taking leave.</summary>
    public class ClientConnectTests
    {
        private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

        [Fact] // §3.1
        public async Task Everything_it_is_told_is_in_its_CONNECT()
        {
            using var server = new RawServer();
            await using var client = new MqttClient(new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = server.Port,
                ClientId = "c",
                CleanSession = false,
                KeepAlive = TimeSpan.FromSeconds(600),
                UserName = "u",
                Password = new byte[] { 0, 255 },
                Will = new MqttWill("w", new byte[] { 0x80 }, MqttQos.AtLeastOnce, Retain: true),
            });
            Task<bool> connecting = client.ConnectAsync(Cancel);
            await server.AcceptAsync();
            await server.ExpectAsync("10 1A 0004 4D515454 04 EC 0258 0001 63 0001 77 0001 80 0001 75 0002 00FF");
            await server.SendAsync("20 02 01 00");
            Assert.True(await connecting);
            Assert.True(client.IsConnected);
        }

        [Theory] // §3.2.2.3
        [InlineData("20 02 00 01", ConnectReturnCode.UnacceptableProtocolVersion)]
        [InlineData("20 02 00 05", ConnectReturnCode.NotAuthorized)]
        public async Task A_refusal_is_told(string answer, ConnectReturnCode code)
        {
            using var server = new RawServer();
            await using MqttClient client = Make(server);
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync(answer);
            Assert.Equal(code, (await Assert.ThrowsAsync<MqttConnectionException>(() => connecting)).ReturnCode);
            Assert.False(client.IsConnected);
            await server.ExpectClosedAsync();
        }

        [Theory]
        [InlineData("D0 00")] // [MQTT-3.2.0-1]
        [InlineData("20 02 01 05")] // [MQTT-3.2.2-4]
        [InlineData("FF")]
        [InlineData("")]
        public async Task An_answer_that_is_none_fails(string answer)
        {
            using var server = new RawServer();
            await using MqttClient client = Make(server);
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync(answer);
            server.Close();
            await Assert.ThrowsAsync<MqttConnectionException>(() => connecting);
        }

        [Fact]
        public async Task Silence_and_absence_fail_in_time()
        {
            using var server = new RawServer();
            await using var client = new MqttClient(new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = server.Port,
                ConnectTimeout = TimeSpan.FromMilliseconds(200),
            });
            await Assert.ThrowsAsync<MqttConnectionException>(() => client.ConnectAsync(Cancel));
            server.Dispose();
            await Assert.ThrowsAsync<MqttConnectionException>(() => client.ConnectAsync(Cancel));
            using var cancelled = new CancellationTokenSource(0);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ConnectAsync(cancelled.Token));
        }

        [Fact] // [MQTT-3.14.4-1], [MQTT-3.14.4-2]
        public async Task DISCONNECT_is_the_last_thing_sent()
        {
            using var server = new RawServer();
            await using MqttClient client = Make(server);
            MqttClosed? closed = null;
            client.Closed = c => closed = c;
            Task connecting = client.ConnectAsync(Cancel);
            await server.AcceptConnectAsync();
            await connecting;
            Task published = client.PublishAsync("a", new byte[] { 1 }, cancellation: Cancel);
            Task disconnecting = client.DisconnectAsync();
            await server.ExpectAsync("30 04 0001 61 01  E0 00");
            await server.ExpectClosedAsync();
            server.Close();
            await published;
            await disconnecting;
            Assert.Equal(MqttCloseReason.LocalDisconnect, closed?.Reason);
            await Assert.ThrowsAsync<MqttConnectionException>(() => client.PublishAsync("a", default, cancellation: Cancel));
        }

        [Fact]
        public async Task It_can_connect_again_and_not_twice_at_once()
        {
            using var server = new RawServer();
            await using MqttClient client = Make(server);
            for (int i = 0; i < 3; i++)
            {
                Task connecting = client.ConnectAsync(Cancel);
                await Assert.ThrowsAsync<InvalidOperationException>(() => client.ConnectAsync(Cancel));
                await server.AcceptConnectAsync();
                await connecting;
                server.Close();
                await TestBroker.Until(() => !client.IsConnected);
            }
        }

        private static MqttClient Make(RawServer server) =>
            new(new MqttClientOptions { Host = "127.0.0.1", Port = server.Port, ClientId = "c" });
    }
}

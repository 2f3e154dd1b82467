using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using NanoFramework.Pc;
using Sensors.Mqtt;
using Sensors.Platform.Tests.Scripted;
using MqttClient = nanoFramework.M2Mqtt.MqttClient;
using MqttConnectionException = nanoFramework.M2Mqtt.Exceptions.MqttConnectionException;

namespace Sensors.Platform.Tests.Mqtt
{
    public class ConnectTests
    {
        [Fact]
        public async Task The_name_is_resolved_in_the_constructor_and_only_there()
        {
            using var broker = new ScriptedBroker();
            TestBoard board = TestBoard.Start();
            int asked = 0;
            board.OnResolve = host =>
            {
                asked++;
                return host == "broker.plant" ? IPAddress.Loopback : throw new SocketException((int)SocketError.HostNotFound);
            };
            var client = new MqttClient("broker.plant", broker.Port, false, null, null, MqttSslProtocols.None);
            Task<ConnectPacket> welcome = broker.WelcomeAsync();
            client.Connect("node");
            client.Close();
            await welcome;
            Assert.Equal(1, asked);
        }

        [Fact]
        public void A_name_nobody_knows_throws_from_the_constructor()
        {
            TestBoard.Start().OnResolve = _ => throw new SocketException((int)SocketError.HostNotFound);
            Assert.Throws<SocketException>(() => new MqttClient("broker.plant"));
        }

        [Fact]
        public async Task A_plain_connect_asks_for_a_clean_session_and_60_seconds()
        {
            using var bench = new MqttBench();
            Task<ConnectPacket> welcome = bench.Broker.WelcomeAsync();
            Assert.Equal(MqttReasonCode.Success, bench.Client.Connect("node"));
            ConnectPacket connect = await welcome;
            Assert.True(connect.CleanSession);
            Assert.Equal(60, connect.KeepAliveSeconds);
            Assert.Equal("node", connect.ClientId);
            Assert.Null(connect.UserName);
            Assert.Null(connect.Will);
            Assert.True(bench.Client.IsConnected);
            Assert.Equal("node", bench.Client.ClientId);
        }

        [Fact]
        public async Task A_will_is_a_string()
        {
            using var bench = new MqttBench();
            Task<ConnectPacket> welcome = bench.Broker.WelcomeAsync();
            bench.Client.Connect("node", "user", "secret", true, MqttQoSLevel.AtLeastOnce, true, "n/status", "grüß", false, 15);
            ConnectPacket connect = await welcome;
            Assert.Equal("n/status", connect.Will!.Topic);
            Assert.Equal(Encoding.UTF8.GetBytes("grüß"), connect.Will.Payload.ToArray());
            Assert.Equal(MqttQos.AtLeastOnce, connect.Will.Qos);
            Assert.True(connect.Will.Retain);
            Assert.Equal("user", connect.UserName);
            Assert.Equal("secret", Encoding.UTF8.GetString(connect.Password!.Value.Span));
            Assert.False(connect.CleanSession);
            Assert.Equal("grüß", bench.Client.WillMessage);
        }

        [Fact]
        public async Task A_string_ends_at_its_first_NUL()
        {
            using var bench = new MqttBench();
            Task<ConnectPacket> welcome = bench.Broker.WelcomeAsync();
            bench.Client.Connect("node", null, null, false, MqttQoSLevel.AtMostOnce, true, "s\0x", "off\0line", true, 0);
            ConnectPacket connect = await welcome;
            Assert.Equal("s", connect.Will!.Topic);
            Assert.Equal("off"u8.ToArray(), connect.Will.Payload.ToArray());
            bench.Publish(MqttQoSLevel.AtMostOnce, new byte[] { 0, 1 }, "a\0b");
            PublishPacket publish = await bench.Broker.ExpectAsync<PublishPacket>();
            Assert.Equal("a", publish.Topic);
            Assert.Equal(new byte[] { 0, 1 }, publish.Payload.ToArray());
        }

        [Theory]
        [InlineData(true, "t", "")]
        [InlineData(true, "", "m")]
        [InlineData(true, "t", null)]
        [InlineData(true, "t", "\0")]
        [InlineData(false, null, null)]
        public async Task A_will_that_is_empty_or_not_asked_for_is_wrong_once_the_socket_is_open(bool flag, string? topic, string? message)
        {
            using var bench = new MqttBench();
            Task accept = bench.Broker.AcceptAsync();
            MqttClientException error = Assert.Throws<MqttClientException>(
                () => bench.Client.Connect("node", null, null, true, MqttQoSLevel.AtMostOnce, flag, topic, message, true, 0));
            Assert.Equal(MqttClientErrorCode.WillWrong, error.ErrorCode);
            await accept;
        }

        [Fact]
        public void Nobody_listening_is_a_connection_exception()
        {
            using var bench = new MqttBench();
            bench.Broker.Dispose();
            MqttConnectionException error = Assert.Throws<MqttConnectionException>(() => bench.Client.Connect("node"));
            Assert.IsType<SocketException>(error.InnerException);
            Assert.False(bench.Client.IsConnected);
        }

        [Fact]
        public void Without_a_network_connecting_fails()
        {
            using var bench = new MqttBench();
            bench.Board.Up = false;
            Assert.Throws<MqttConnectionException>(() => bench.Client.Connect("node"));
        }

        [Fact]
        public async Task A_refusal_is_a_reason_and_the_socket_stays_until_close()
        {
            using var bench = new MqttBench();
            Task<ConnectPacket> welcome = bench.Broker.WelcomeAsync(ConnectReturnCode.NotAuthorized);
            Assert.Equal(MqttReasonCode.ConnectionRefusedNotAuthorized, bench.Client.Connect("node"));
            await welcome;
            Assert.False(bench.Client.IsConnected);
            await bench.Broker.ExpectSilenceAsync();
            bench.Client.Close();
            await bench.Broker.ExpectEndAsync();
            Assert.Equal("opened 5", bench.Next());
            bench.NothingTold();
        }

        [Fact]
        public async Task A_broker_that_hangs_up_instead_of_answering_is_a_communication_exception()
        {
            using var bench = new MqttBench();
            Task server = Task.Run(async () =>
            {
                await bench.Broker.AcceptAsync();
                await bench.Broker.ExpectAsync<ConnectPacket>();
                bench.Broker.Drop();
            });
            Assert.Throws<MqttCommunicationException>(() => bench.Client.Connect("node"));
            await server;
            bench.NothingTold();
        }

        [Fact]
        public async Task An_answer_is_awaited_for_30_seconds_and_the_socket_stays()
        {
            using var bench = new MqttBench();
            Task accept = bench.Broker.AcceptAsync();
            Task<Exception?> connecting = Task.Run(() => Record.Exception(() => bench.Client.Connect("node")));
            await accept;
            await bench.Broker.ExpectAsync<ConnectPacket>();
            await Task.Delay(50);
            bench.Time.Advance(29_999);
            Assert.False(connecting.IsCompleted);
            bench.Time.Advance(1);
            Assert.IsType<MqttCommunicationException>(await connecting);
            await bench.Broker.ExpectSilenceAsync();
            bench.Client.Close();
            await bench.Broker.ExpectEndAsync();
        }

        [Fact]
        public void Version_5_is_refused_in_plain_words()
        {
            using var bench = new MqttBench();
            bench.Client.ProtocolVersion = MqttProtocolVersion.Version_5;
            Assert.Contains("MQTT 5", Assert.Throws<NotSupportedException>(() => bench.Client.Connect("node")).Message, StringComparison.Ordinal);
        }

        [Fact]
        public void The_version_starts_at_3_1_1()
        {
            using var bench = new MqttBench();
            Assert.Equal(MqttProtocolVersion.Version_3_1_1, bench.Client.ProtocolVersion);
        }

        [Fact]
        public void Settings_are_one_for_all_clients_of_a_program()
        {
            using var bench = new MqttBench();
            MqttClient other = bench.MakeClient();
            Assert.Same(bench.Client.Settings, other.Settings);
            Assert.Equal(bench.Broker.Port, MqttSettings.Instance.Port);
            Assert.Equal(int.MaxValue, bench.Client.Settings.InflightQueueSize);
            Assert.Equal(3, MqttSettings.Instance.AttemptsOnRetry);
            Assert.Equal(1000, MqttSettings.Instance.DelayOnRetry);
            TestBoard.Start();
            Assert.NotSame(bench.Client.Settings, MqttSettings.Instance);
        }

        [Fact]
        public async Task The_power_going_while_it_waits_ends_the_caller()
        {
            using var bench = new MqttBench();
            Task accept = bench.Broker.AcceptAsync();
            Task<Exception?> connecting = Task.Run(() => Record.Exception(() => bench.Client.Connect("node")));
            await accept;
            await bench.Broker.ExpectAsync<ConnectPacket>();
            bench.Board.PowerOff();
            Assert.IsType<BoardOffException>(await connecting.WaitAsync(TimeSpan.FromSeconds(5)));
        }
    }
}

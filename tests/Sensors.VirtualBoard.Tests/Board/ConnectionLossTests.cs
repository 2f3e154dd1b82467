using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using NanoFramework.Pc;
using Sensors.Mqtt;
using MqttClient = nanoFramework.M2Mqtt.MqttClient;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>What becomes of a board's MQTT connection when the board goes down under it.</summary>
    public sealed class ConnectionLossTests : IAsyncDisposable
    {
        private readonly VirtualEsp32 _board = new();
        private readonly ManualResetEventSlim _joined = new();
        private readonly ManualResetEventSlim _restart = new();
        private readonly TaskCompletionSource<MqttDisconnectReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly MqttBroker _broker;
        private int _told;

        public ConnectionLossTests()
        {
            _broker = new MqttBroker(new MqttBrokerOptions { OnDisconnect = end => _ended.TrySetResult(end.Reason) });
            _broker.Start(new IPEndPoint(IPAddress.Loopback, 0));
            _board.Radio.Add(new AccessPoint("hall 3", ""));
        }

        public async ValueTask DisposeAsync()
        {
            _board.Dispose();
            _restart.Set();
            await _broker.DisposeAsync();
        }

        /// <remarks>The client belongs to no thread of the firmware: it must know by itself that the board it ran on is gone.</remarks>
        [Theory]
        [InlineData("restart")]
        [InlineData("power cut")]
        [InlineData("power cut and back")]
        public async Task A_board_that_goes_down_closes_its_sockets_and_tells_its_old_firmware_nothing(string how)
        {
            _board.PowerOn(Main);
            Assert.True(_joined.Wait(5000, TestContext.Current.CancellationToken));
            PcBoard.Enter(_board);
            MqttClient client = Connect();
            _restart.Set();
            switch (how)
            {
                case "power cut":
                    _board.CutPower();
                    break;
                case "power cut and back":
                    _board.CyclePower(TimeSpan.Zero);
                    break;
            }

            Assert.Equal(MqttDisconnectReason.ConnectionLost, await _ended.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
            await Task.Delay(100, TestContext.Current.CancellationToken);
            Assert.Equal(0, _told);
            Assert.False(client.IsConnected);
            Assert.Throws<BoardOffException>(() => client.Publish("t", [1]));

            void Main()
            {
                Assert.True(_board.JoinWifi("hall 3", "", CancellationToken.None));
                _joined.Set();
                _restart.Wait();
                if (how == "restart" && _board.Starts == 1)
                {
                    _board.Reboot();
                }
            }
        }

        [Fact]
        public async Task A_lost_access_point_is_told()
        {
            _board.PowerOn(() =>
            {
                _board.JoinWifi("hall 3", "", CancellationToken.None);
                _joined.Set();
            });
            Assert.True(_joined.Wait(5000, TestContext.Current.CancellationToken));
            PcBoard.Enter(_board);
            Connect();
            _board.Radio.BeginOutage();
            Assert.Equal(MqttDisconnectReason.ConnectionLost, await _ended.Task.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref _told) == 1, 5000));
        }

        private MqttClient Connect()
        {
            var client = new MqttClient("127.0.0.1", _broker.BoundPort, false, null, null, MqttSslProtocols.None);
            client.ConnectionClosed += (_, _) => Interlocked.Increment(ref _told);
            Assert.Equal(MqttReasonCode.Success, client.Connect("node"));
            return client;
        }
    }
}

using System;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Sensors.Mqtt;

namespace Sensors.Platform.Tests.Mqtt
{
    /// <summary>A server that says only what the test makes it say.</summary>
    internal sealed class ScriptedBroker : IDisposable
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private MqttTransport? _peer;

        public ScriptedBroker()
        {
            _listener.Start();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        private MqttTransport Peer => _peer ?? throw new InvalidOperationException("Nobody has connected.");

        /// <summary>Takes the next connection.</summary>
        public async Task AcceptAsync()
        {
            Socket socket = await _listener.AcceptSocketAsync().WaitAsync(Patience).ConfigureAwait(false);
            _peer?.Dispose();
            _peer = new MqttTransport(new NetworkStream(socket, ownsSocket: true), direction: MqttDirection.ToServer);
        }

        /// <summary>Takes the next connection and answers its CONNECT.</summary>
        public async Task<ConnectPacket> WelcomeAsync(ConnectReturnCode code = ConnectReturnCode.Accepted)
        {
            await AcceptAsync().ConfigureAwait(false);
            ConnectPacket connect = await ExpectAsync<ConnectPacket>().ConfigureAwait(false);
            await SendAsync(new ConnAckPacket(false, code)).ConfigureAwait(false);
            return connect;
        }

        public async Task<T> ExpectAsync<T>()
            where T : MqttPacket
        {
            MqttPacket? packet = await Peer.ReceiveAsync().AsTask().WaitAsync(Patience).ConfigureAwait(false);
            return Assert.IsType<T>(packet);
        }

        /// <summary>Expects that nothing arrives for a little while.</summary>
        public async Task ExpectSilenceAsync()
        {
            using var source = new System.Threading.CancellationTokenSource(100);
            try
            {
                MqttPacket? packet = await Peer.ReceiveAsync(source.Token).ConfigureAwait(false);
                Assert.Fail("Got " + (packet?.ToString() ?? "the end"));
            }
            catch (OperationCanceledException)
            {
                // nothing came
            }
        }

        /// <summary>Expects that the client closes.</summary>
        public async Task ExpectEndAsync()
        {
            try
            {
                Assert.Null(await Peer.ReceiveAsync().AsTask().WaitAsync(Patience).ConfigureAwait(false));
            }
            catch (System.IO.IOException)
            {
                // a reset is an end, too
            }
        }

        public Task SendAsync(MqttPacket packet) => Peer.SendAsync(packet);

        public void Drop() => Peer.Dispose();

        public void Dispose()
        {
            _peer?.Dispose();
            _listener.Dispose();
        }
    }
}

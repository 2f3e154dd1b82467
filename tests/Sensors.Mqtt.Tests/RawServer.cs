using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace Sensors.Mqtt.Tests
{
    /// <summary>A server made of bytes, for one connection after the other.</summary>
    internal sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private Socket? _socket;

        public RawServer() => _listener.Start();

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public async Task AcceptAsync()
        {
            _socket?.Dispose();
            _socket = await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
            _socket.NoDelay = true;
        }

        /// <summary>Accepts, reads a CONNECT of any content, answers it.</summary>
        public async Task AcceptConnectAsync(string answer = "20 02 00 00")
        {
            await AcceptAsync();
            byte[] header = await ReadAsync(2);
            await ReadAsync(header[1]);
            await SendAsync(answer);
        }

        public async Task SendAsync(string hex) => await _socket!.SendAsync(Hex.Bytes(hex), TestContext.Current.CancellationToken);

        public async Task ExpectAsync(string hex)
        {
            byte[] expected = Hex.Bytes(hex);
            Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(await ReadAsync(expected.Length)));
        }

        public async Task ExpectClosedAsync()
        {
            byte[] one = new byte[1];
            Task<int> receiving = _socket!.ReceiveAsync(one, TestContext.Current.CancellationToken).AsTask();
            try
            {
                Assert.Equal(0, await receiving.WaitAsync(TimeSpan.FromSeconds(5)));
            }
            catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
            {
                // Closed with something unread on the client's side: the same to who looks at the wire.
            }
        }

        public void Close() => _socket!.Dispose();

        public void Dispose()
        {
            _socket?.Dispose();
            _listener.Dispose();
        }

        private async Task<byte[]> ReadAsync(int count)
        {
            var bytes = new byte[count];
            for (int read = 0; read < count;)
            {
                int got = await _socket!.ReceiveAsync(bytes.AsMemory(read), TestContext.Current.CancellationToken)
                    .AsTask().WaitAsync(TimeSpan.FromSeconds(5));
                read += got > 0 ? got : throw new EndOfStreamException("Closed after " + Convert.ToHexString(bytes, 0, read));
            }

            return bytes;
        }
    }
}

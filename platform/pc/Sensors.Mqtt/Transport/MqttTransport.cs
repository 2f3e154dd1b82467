using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <summary>Packets over a byte stream, without session, keep-alive or retry: the floor both client and broker stand on, and
    /// what a client with rules of its own can use directly.</summary>
    /// <remarks>
    /// Any thread may send; one at a time may receive. Sending never blocks: bytes are collected and written by the shared
    /// thread pool, several packets at a time when they come fast. There is no thread per connection, and an idle one holds
    /// one small receive buffer.
    /// </remarks>
    public sealed partial class MqttTransport : IDisposable
    {
        private readonly Stream _stream;
        private readonly Socket? _socket;
        private readonly MqttDecoder _decoder;
        private readonly Lock _gate = new();
        private bool _closed;
        private Exception? _failure;

        /// <summary>Makes a transport over a connected stream, which it then owns.</summary>
        /// <param name="stream">For example a <see cref="NetworkStream"/> or <see cref="SslStream"/>.</param>
        /// <param name="maxPacketSize">Largest packet received, in bytes, header included.</param>
        /// <param name="direction">Which packets are taken from the peer.</param>
        public MqttTransport(
            Stream stream, int maxPacketSize = MqttDecoder.DefaultMaxPacketSize, MqttDirection direction = MqttDirection.ToClient)
            : this(stream, null, maxPacketSize, direction)
        {
        }

        internal MqttTransport(Stream stream, Socket? socket, int maxPacketSize, MqttDirection direction)
        {
            ArgumentNullException.ThrowIfNull(stream);
            _stream = stream;
            _socket = socket;
            _decoder = new MqttDecoder(maxPacketSize, direction);
        }

        /// <summary>Gets a value indicating whether the transport has been closed or has failed to send.</summary>
        public bool IsClosed => Volatile.Read(ref _closed);

        /// <summary>Opens a TCP connection, with TLS if asked for.</summary>
        /// <param name="host">Name or address of the server.</param>
        /// <param name="port">TCP port, 1 to 65535; customary are 1883, and 8883 with TLS.</param>
        /// <param name="tls">Null for a plain connection.</param>
        /// <param name="maxPacketSize">Largest packet received, in bytes, header included.</param>
        /// <param name="cancellation">Gives up. Combine with a time-out: the operating system's own is minutes.</param>
        /// <exception cref="SocketException">The server cannot be reached.</exception>
        /// <exception cref="System.Security.Authentication.AuthenticationException">TLS failed.</exception>
        /// <exception cref="IOException">The connection broke during the handshake.</exception>
        public static async Task<MqttTransport> ConnectAsync(
            string host,
            int port,
            MqttTlsOptions? tls = null,
            int maxPacketSize = MqttDecoder.DefaultMaxPacketSize,
            CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(host);
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            Stream? stream = null;
            try
            {
                EndPoint end = IPAddress.TryParse(host, out IPAddress? address)
                    ? new IPEndPoint(address, port)
                    : new DnsEndPoint(host, port);
                await socket.ConnectAsync(end, cancellation).ConfigureAwait(false);
                stream = new NetworkStream(socket, ownsSocket: true);
                if (tls is not null)
                {
                    var secured = new SslStream(stream);
                    stream = secured;
                    await secured.AuthenticateAsClientAsync(tls.ToSslOptions(host), cancellation).ConfigureAwait(false);
                }

                return new MqttTransport(stream, socket, maxPacketSize, MqttDirection.ToClient);
            }
            catch
            {
                stream?.Dispose();
                socket.Dispose();
                throw;
            }
        }

        /// <summary>Receives the next packet.</summary>
        /// <returns>Null when the peer has closed the connection.</returns>
        /// <exception cref="MqttProtocolException">The peer broke the protocol; close the connection.</exception>
        /// <exception cref="IOException">The connection broke, or was closed here.</exception>
        public ValueTask<MqttPacket?> ReceiveAsync(CancellationToken cancellation = default) =>
            _decoder.TryRead(out MqttPacket? packet) ? new ValueTask<MqttPacket?>(packet) : ReceiveSlowAsync(cancellation);

        /// <summary>Gives every packet to <paramref name="onPacket"/>, in order, until the peer closes the connection.</summary>
        /// <param name="onPacket">Called on the thread pool, one call at a time; must not block. What it throws ends the loop.</param>
        /// <param name="cancellation">Ends the loop.</param>
        /// <exception cref="MqttProtocolException">The peer broke the protocol; close the connection.</exception>
        /// <exception cref="IOException">The connection broke, or was closed here.</exception>
        public async Task ReceiveLoopAsync(Action<MqttPacket> onPacket, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(onPacket);
            while (await ReceiveAsync(cancellation).ConfigureAwait(false) is { } packet)
            {
                onPacket(packet);
            }
        }

        /// <summary>Says that nothing more will be sent, so that the peer reads what was sent and then the end.</summary>
        public async Task ShutdownAsync()
        {
            try
            {
                await FlushAsync().ConfigureAwait(false);
                if (_stream is SslStream secured)
                {
                    await secured.ShutdownAsync().ConfigureAwait(false);
                }

                _socket?.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The peer was faster; there is nobody left to tell.
            }
        }

        /// <summary>Closes the connection at once. What has not been sent is lost; a pending receive fails.</summary>
        public void Dispose() => Close(null);

        private async ValueTask<MqttPacket?> ReceiveSlowAsync(CancellationToken cancellation)
        {
            while (true)
            {
                int count;
                try
                {
                    count = await _stream.ReadAsync(_decoder.GetMemory(), cancellation).ConfigureAwait(false);
                }
                catch (Exception e) when (e is ObjectDisposedException or SocketException)
                {
                    throw new IOException("The connection is closed.", _failure ?? e);
                }

                if (count == 0)
                {
                    return null;
                }

                _decoder.Advance(count);
                if (_decoder.TryRead(out MqttPacket? packet))
                {
                    return packet;
                }
            }
        }

        private void Close(Exception? failure)
        {
            TaskCompletionSource? first;
            TaskCompletionSource? second;
            lock (_gate)
            {
                if (_closed)
                {
                    return;
                }

                _closed = true;
                _failure = failure;
                _filling.Clear(); // the other buffer may be in use by a write and is cleared when that has ended
                first = _fillingSent;
                second = _sendingSent;
            }

            // Disposing the socket rather than the stream: a TLS stream may want to write from under a pending write.
            _socket?.Dispose();
            _stream.Dispose();
            var error = new IOException("The connection is closed.", failure);
            first?.TrySetException(error);
            second?.TrySetException(error);
        }
    }
}

using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <summary>One network connection of the broker: reads packets in order and hands them to the router.</summary>
    internal sealed class BrokerConnection(
        Socket socket, BrokerRouter router, MqttBrokerOptions options, SslServerAuthenticationOptions? tls, BrokerTotals totals)
        : BrokerPeer(router, options)
    {
        // A client that sends but does not read what it is answered is not read from either, from here on.
        private const int MaxUnreadAnswers = 256 * 1024;
        private const int LingerMs = 200;

        // Closing is asking the receive loop to end: to take the socket away from under a read or write would reset the
        // connection, and the client might lose what it has been sent. Never disposed: it has no timer, and Close may come late.
        private readonly CancellationTokenSource _closing = new();

        private readonly EndPoint? _remote = socket.RemoteEndPoint;
        private MqttTransport? _transport;
        private X509Certificate2? _certificate;
        private long _deadline = Environment.TickCount64 + (long)options.ConnectTimeout.TotalMilliseconds;
        private int _reason = -1;

        private MqttTransport Transport => _transport!; // there is one before there is a session

        public override void Close(MqttDisconnectReason reason)
        {
            if (Interlocked.CompareExchange(ref _reason, (int)reason, -1) < 0)
            {
                _ = _closing.CancelAsync(); // not here: the caller may hold the router's lock
            }
        }

        public override bool TryPost(MqttPacket packet) => Transport.TryPost(packet);

        public override bool TryPostAcknowledgement(MqttPacketType type, ushort packetId) => Transport.TryPostAcknowledgement(type, packetId);

        public override bool TryPostPublish(PublishPacket message, MqttQos qos, bool retain, bool duplicate, ushort packetId, int limit) =>
            Transport.TryPostPublish(message, qos, retain, duplicate, packetId, limit);

        /// <summary>Closes a connection that has been silent for too long, or has not sent CONNECT in time.</summary>
        public void CheckDeadline(long now)
        {
            long deadline = Interlocked.Read(ref _deadline);
            if (deadline != 0 && now > deadline)
            {
                Close(MqttDisconnectReason.KeepAliveExpired);
            }
        }

        /// <summary>Runs until the connection has ended; never throws.</summary>
        public async Task RunAsync()
        {
            var reason = MqttDisconnectReason.ConnectionLost;
            bool accepted = false;
            try
            {
                await OpenAsync().ConfigureAwait(false);
                accepted = await AcceptAsync().ConfigureAwait(false);
                if (accepted)
                {
                    reason = await ServeAsync().ConfigureAwait(false);
                }
            }
            catch (MqttProtocolException)
            {
                reason = MqttDisconnectReason.ProtocolError;
                Interlocked.Increment(ref totals.ProtocolErrors);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or AuthenticationException
                or OperationCanceledException)
            {
                // The peer or Close ended it.
            }
            catch (Exception)
            {
                reason = MqttDisconnectReason.CallbackFailed;
            }

            int chosen = Volatile.Read(ref _reason);
            Finish(chosen >= 0 ? (MqttDisconnectReason)chosen : reason);
            await CloseSocketAsync().ConfigureAwait(false);
        }

        protected override void Touch() => Interlocked.Exchange(ref _deadline, PatienceMs == 0 ? 0 : Environment.TickCount64 + PatienceMs);

        private async Task OpenAsync()
        {
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (tls is not null)
            {
                var secured = new SslStream(stream);
                stream = secured;
                await secured.AuthenticateAsServerAsync(tls, _closing.Token).ConfigureAwait(false);
                _certificate = secured.RemoteCertificate as X509Certificate2;
            }

            _transport = new MqttTransport(stream, socket, Options.MaxPacketSize, MqttDirection.ToServer);
        }

        /// <summary>Takes CONNECT (§3.1.4).</summary>
        private async Task<bool> AcceptAsync()
        {
            MqttPacket? first = await Transport.ReceiveAsync(_closing.Token).ConfigureAwait(false);
            if (first is null)
            {
                return false;
            }

            ConnectReturnCode code = Admit(first, _remote, _certificate);
            return code == ConnectReturnCode.Accepted || await RefuseAsync(code).ConfigureAwait(false);
        }

        /// <summary>Answers CONNACK with a refusal, then closes ([MQTT-3.2.2-5]).</summary>
        private async Task<bool> RefuseAsync(ConnectReturnCode code)
        {
            Interlocked.Increment(ref totals.Refused);
            Transport.TryPost(new ConnAckPacket(false, code));
            await Transport.ShutdownAsync().ConfigureAwait(false);

            // Closing while the client's next packets are unread would reset the connection, and some systems then throw away
            // the CONNACK that has arrived. Whatever it sends is not processed ([MQTT-3.1.4-5]).
            Interlocked.Exchange(ref _deadline, Environment.TickCount64 + LingerMs);
            try
            {
                while (await Transport.ReceiveAsync(_closing.Token).ConfigureAwait(false) is not null)
                {
                }
            }
            catch (Exception e) when (e is IOException or MqttProtocolException or OperationCanceledException)
            {
                // Nothing that follows a refusal matters.
            }

            return false;
        }

        private async Task<MqttDisconnectReason> ServeAsync()
        {
            while (await Transport.ReceiveAsync(_closing.Token).ConfigureAwait(false) is { } packet)
            {
                Touch();
                if (packet is DisconnectPacket)
                {
                    return MqttDisconnectReason.ClientDisconnected;
                }

                Handle(packet);
                if (Transport.PendingBytes > Options.MaxOutgoingBytes + MaxUnreadAnswers)
                {
                    await Transport.FlushAsync().WaitAsync(_closing.Token).ConfigureAwait(false);
                }
            }

            return MqttDisconnectReason.ConnectionLost;
        }

        /// <summary>Sends what is left, says the end, closes; a client that does not read is not waited for.</summary>
        private async Task CloseSocketAsync()
        {
            if (_transport is not null)
            {
                await Task.WhenAny(_transport.ShutdownAsync(), Task.Delay(LingerMs)).ConfigureAwait(false);
                _transport.Dispose();
            }

            socket.Dispose();
        }
    }
}

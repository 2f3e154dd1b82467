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
    {
        // A client that sends but does not read what it is answered is not read from either, from here on.
        private const int MaxUnreadAnswers = 256 * 1024;
        private const int LingerMs = 200;

        // Closing is asking the receive loop to end: to take the socket away from under a read or write would reset the
        // connection, and the client might lose what it has been sent. Never disposed: it has no timer, and Close may come late.
        private readonly CancellationTokenSource _closing = new();

        private readonly EndPoint? _remote = socket.RemoteEndPoint;
        private MqttTransport? _transport;
        private string _clientId = string.Empty;
        private X509Certificate2? _certificate;
        private int _keepAliveMs; // 0: no check; already times one and a half
        private long _deadline = Environment.TickCount64 + (long)options.ConnectTimeout.TotalMilliseconds;
        private int _reason = -1;

        /// <summary>Gets the transport; there is one before there is a session.</summary>
        public MqttTransport Transport => _transport!;

        /// <summary>Gets or sets the session this connection speaks for. Guarded by the router's lock.</summary>
        public BrokerSession? Session { get; set; }

        /// <summary>Gets or sets the will that is still due. Guarded by the router's lock.</summary>
        public MqttWill? Will { get; set; }

        /// <summary>Closes the connection from this side. The first reason counts.</summary>
        public void Close(MqttDisconnectReason reason)
        {
            if (Interlocked.CompareExchange(ref _reason, (int)reason, -1) < 0)
            {
                _ = _closing.CancelAsync(); // not here: the caller may hold the router's lock
            }
        }

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

            _transport = new MqttTransport(stream, socket, options.MaxPacketSize, MqttDirection.ToServer);
        }

        /// <summary>Takes CONNECT (§3.1.4).</summary>
        private async Task<bool> AcceptAsync()
        {
            MqttPacket? first = await Transport.ReceiveAsync(_closing.Token).ConfigureAwait(false);
            if (first is null)
            {
                return false;
            }

            if (first is not ConnectPacket packet)
            {
                throw new MqttProtocolException("MQTT-3.1.0-1", "The first packet is " + first.Type + ".");
            }

            if (packet.ProtocolLevel != ConnectPacket.ProtocolLevel311 || packet.ProtocolName != ConnectPacket.ProtocolName311)
            {
                return await RefuseAsync(ConnectReturnCode.UnacceptableProtocolVersion).ConfigureAwait(false); // [MQTT-3.1.2-2]
            }

            if (packet.ClientId.Length == 0)
            {
                if (!packet.CleanSession)
                {
                    return await RefuseAsync(ConnectReturnCode.IdentifierRejected).ConfigureAwait(false); // [MQTT-3.1.3-8]
                }

                packet = packet with { ClientId = "auto-" + Guid.NewGuid().ToString("N") }; // [MQTT-3.1.3-6]
            }

            var request = new MqttConnectRequest(packet, _remote, _certificate);
            ConnectReturnCode code = options.Authenticate?.Invoke(request) ?? ConnectReturnCode.Accepted;
            if (code == ConnectReturnCode.Accepted && packet.Will is { } will
                && !MayPublish(packet.ClientId, will.Topic))
            {
                code = ConnectReturnCode.NotAuthorized;
            }

            if (code != ConnectReturnCode.Accepted)
            {
                return await RefuseAsync(code).ConfigureAwait(false);
            }

            _clientId = packet.ClientId;
            _keepAliveMs = packet.KeepAliveSeconds * 1500; // [MQTT-3.1.2-24]
            Touch();
            options.OnConnect?.Invoke(request);
            if (!router.Attach(this, packet, out (BrokerConnection Connection, MqttWill? Will) takenOver))
            {
                return await RefuseAsync(ConnectReturnCode.ServerUnavailable).ConfigureAwait(false);
            }

            if (takenOver.Will is { } published)
            {
                TellWill(published);
            }

            return true;
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
                if (Transport.PendingBytes > options.MaxOutgoingBytes + MaxUnreadAnswers)
                {
                    await Transport.FlushAsync().WaitAsync(_closing.Token).ConfigureAwait(false);
                }
            }

            return MqttDisconnectReason.ConnectionLost;
        }

        private void Handle(MqttPacket packet)
        {
            switch (packet)
            {
                case PublishPacket publish:
                    options.OnPublish?.Invoke(new MqttPublishEvent(_clientId, publish, IsWill: false));
                    router.Publish(this, publish, MayPublish(_clientId, publish.Topic));
                    break;
                case PubAckPacket or PubRecPacket or PubRelPacket or PubCompPacket:
                    router.Acknowledge(this, packet);
                    break;
                case SubscribePacket subscribe:
                    byte[] codes = router.Decide(
                        this,
                        subscribe,
                        options.AuthorizeSubscribe is { } authorize ? filter => authorize(_clientId, filter) : null);
                    options.OnSubscribe?.Invoke(new MqttSubscribeEvent(_clientId, subscribe, codes));
                    router.Subscribe(this, subscribe, codes);
                    break;
                case UnsubscribePacket unsubscribe:
                    router.Unsubscribe(this, unsubscribe);
                    break;
                case PingReqPacket:
                    Transport.TryPost(PingRespPacket.Instance); // [MQTT-3.12.4-1]
                    break;
                case ConnectPacket:
                    throw new MqttProtocolException("MQTT-3.1.0-2", "CONNECT came a second time.");
                default:
                    throw new MqttProtocolException("MQTT-4.8.0-1", packet.Type + " does not come from a client.");
            }
        }

        /// <summary>Topics that begin with $ are the server's own: §4.7.2 says to keep clients from exchanging messages there.</summary>
        private bool MayPublish(string clientId, string topic) =>
            topic[0] != '$' && options.AuthorizePublish?.Invoke(clientId, topic) is not false;

        private void Touch() => Interlocked.Exchange(ref _deadline, _keepAliveMs == 0 ? 0 : Environment.TickCount64 + _keepAliveMs);

        private void TellWill(MqttWill will) => options.OnPublish?.Invoke(
            new MqttPublishEvent(_clientId, new PublishPacket(will.Topic, will.Payload, will.Qos, will.Retain), IsWill: true));

        private void Finish(MqttDisconnectReason reason)
        {
            MqttWill? will = router.Detach(this, reason);
            if (_clientId.Length == 0)
            {
                return;
            }

            try
            {
                if (will is not null)
                {
                    TellWill(will);
                }

                options.OnDisconnect?.Invoke(new MqttDisconnectEvent(_clientId, reason));
            }
            catch (Exception)
            {
                // The connection that the callback could end has ended.
            }
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

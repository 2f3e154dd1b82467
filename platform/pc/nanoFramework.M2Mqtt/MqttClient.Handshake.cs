using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Mqtt;
using MqttConnectionException = nanoFramework.M2Mqtt.Exceptions.MqttConnectionException;

namespace nanoFramework.M2Mqtt
{
    /// <content>The way to a connection: socket, CONNECT, and the wait for its answer.</content>
    public partial class MqttClient
    {
        // What the board's TLS library gives up with; the package hands its number on as a socket's error.
        private const int CertificateRefused = -0x2700; // mbedTLS: X509_CERT_VERIFY_FAILED
        private const int AlertReceived = -0x7780; // mbedTLS: SSL_FATAL_ALERT_MESSAGE
        private const int ConnectionEnded = -0x7280; // mbedTLS: SSL_CONN_EOF
        private const int NotTls = -0x7200; // mbedTLS: SSL_INVALID_RECORD

        private MqttTransport OpenTransport()
        {
            MqttTransport transport;
            CancellationToken lost = _board.NetworkLost;
            try
            {
                if (!_board.NetworkUp)
                {
                    throw new SocketException((int)SocketError.NetworkUnreachable);
                }

                IPEndPoint route = _board.Route(new IPEndPoint(_address, _port));
                using IDisposable? errand = _board.BeginErrand(); // how long the PC takes is no time of the board's
                Task<MqttTransport> connecting = MqttTransport.ConnectAsync(route.Address.ToString(), route.Port, MakeTls(), cancellation: lost);
                transport = connecting.GetAwaiter().GetResult();
            }
            catch (Exception ex) when (ex is SocketException or AuthenticationException or IOException)
            {
                ThrowIfDead();
                SocketException error = ToSocketException(ex);
                throw new MqttConnectionException("Socket exception connecting to the broker: " + error.ErrorCode, error);
            }
            catch (Exception ex)
            {
                ThrowIfDead();
                throw new MqttConnectionException("Exception connecting to the broker", ex);
            }

            MqttTransport? old;
            lock (_gate)
            {
                old = _transport;
                _networkLost.Unregister();
                _transport = transport;
                _working = false;
                _closing = false;
                _answer = new TaskCompletionSource<ConnAckPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            old?.Dispose();
            _networkLost = lost.Register(transport.Dispose); // the sockets of a lost association break
            _ = ReceiveAsync(transport);
            return transport;
        }

        private static SocketException ToSocketException(Exception exception) => exception switch
        {
            SocketException known => known,
            IOException => new SocketException(ConnectionEnded),
            _ when exception.InnerException is null && !exception.Message.Contains("ertificate", StringComparison.Ordinal) => new SocketException(NotTls),

            // The PC's library names a cause only where the peer sent an alert; what this side refuses it says in words.
            _ => new SocketException(exception.InnerException is null ? CertificateRefused : AlertReceived),
        };

        private MqttTlsOptions? MakeTls()
        {
            if (!_secure)
            {
                return null;
            }

            if (_sslProtocol is MqttSslProtocols.SSLv3 or MqttSslProtocols.TLSv1_0 or MqttSslProtocols.TLSv1_1)
            {
                throw new ArgumentException("SSL/TLS protocol version not supported");
            }

            return new MqttTlsOptions
            {
                CaCertificate = ToCertificate2(_caCert),
                ClientCertificate = ToCertificate2(_clientCert),
                ServerName = _host,
                ValidateServer = Settings.ValidateServerCertificate,
                Protocols = _sslProtocol == MqttSslProtocols.TLSv1_2 ? SslProtocols.Tls12 : SslProtocols.Tls13, // none asks for the newest
                Now = _board.UtcNow,
            };
        }

        private static X509Certificate2? ToCertificate2(X509Certificate? certificate) => certificate switch
        {
            null => null,
            X509Certificate2 complete => complete,
            _ => new X509Certificate2(certificate),
        };

        /// <summary>Sends CONNECT and waits for the answer. What is wrong with the packet shows only now, with the socket open.</summary>
        private ConnAckPacket Ask(MqttTransport transport, Func<ConnectPacket> compose)
        {
            ConnectPacket connect = compose();
            Task<ConnAckPacket> answer;
            lock (_gate)
            {
                answer = _answer?.Task ?? throw new MqttCommunicationException();
                try
                {
                    transport.Post(connect);
                }
                catch (Exception ex)
                {
                    throw new MqttCommunicationException(ex);
                }

                _lastSent = Now;
            }

            using IDisposable? errand = _board.BeginErrand();
            try
            {
                return answer.WaitAsync(TimeSpan.FromMilliseconds(MqttSettings.DefaultTimeout), _time).GetAwaiter().GetResult();
            }
            catch (TimeoutException)
            {
                throw new MqttCommunicationException();
            }
        }

        private static MqttWill? ComposeWill(bool retain, MqttQoSLevel qos, bool flag, string? willTopic, string? willMessage)
        {
            if (flag)
            {
                string topic = NativeText.Cut(willTopic ?? "");
                byte[] message = MqttUtf8.GetBytes(NativeText.Cut(willMessage ?? ""));
                if (topic.Length == 0 || message.Length == 0 || qos > MqttQoSLevel.ExactlyOnce)
                {
                    throw new MqttClientException(MqttClientErrorCode.WillWrong);
                }

                return new MqttWill(topic, message, (MqttQos)qos, retain);
            }

            return retain ? throw new MqttClientException(MqttClientErrorCode.WillWrong) : null;
        }

        private ConnectPacket Compose(string clientId, string? username, string? password, bool cleanSession, ushort keepAlivePeriod)
        {
            ArgumentNullException.ThrowIfNull(clientId);
            bool version31 = ProtocolVersion == MqttProtocolVersion.Version_3_1;
            return new ConnectPacket
            {
                ProtocolName = version31 ? "MQIsdp" : ConnectPacket.ProtocolName311,
                ProtocolLevel = version31 ? (byte)3 : ConnectPacket.ProtocolLevel311,
                ClientId = NativeText.Cut(clientId),
                CleanSession = cleanSession,
                KeepAliveSeconds = keepAlivePeriod,
                UserName = string.IsNullOrEmpty(username) ? null : NativeText.Cut(username),
                Password = string.IsNullOrEmpty(password) ? null : (ReadOnlyMemory<byte>?)MqttUtf8.GetBytes(NativeText.Cut(password)),
            };
        }

        private void OnConnack(MqttTransport transport, ConnAckPacket connack)
        {
            var message = new MqttMsgConnack { SessionPresent = connack.SessionPresent, ReturnCode = (MqttReasonCode)connack.ReturnCode };
            try
            {
                // Raised where it was received, before Connect returns; the others go through the queue.
                _events.RunHere(() => ConnectionOpened?.Invoke(this, new ConnectionOpenedEventArgs(message)));
            }
            catch (Exception)
            {
                return; // the answer is lost with it: Connect will time out
            }

            lock (_gate)
            {
                if (transport == _transport)
                {
                    _answer?.TrySetResult(connack);
                    _answer = null;
                }
            }
        }
    }
}

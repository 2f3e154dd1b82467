using System;
using System.Collections;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using NanoFramework.Pc;
using Sensors.Mqtt;

namespace nanoFramework.M2Mqtt
{
    /// <summary>The package's client, with its manners: what it promises, what it drops and what it never tells.</summary>
    /// <remarks>
    /// On a board it has four threads; here all clients share the thread pool and the board's timers. Source of the
    /// behaviour: nanoFramework.m2mqtt 5.1.220.
    /// </remarks>
    public partial class MqttClient : IMqttClient, IDisposable
    {
        private const ushort DefaultKeepAliveSeconds = 60;

        private readonly PcBoard _board = PcBoard.Current;
        private string _host = "";
        private IPAddress _address = IPAddress.None;
        private int _port;
        private bool _secure;
        private X509Certificate? _caCert;
        private X509Certificate? _clientCert;
        private MqttSslProtocols _sslProtocol;
        private ushort _lastMessageId;

        public MqttClient(string brokerHostName)
            : this(brokerHostName, MqttSettings.BrokerDefaultPort, false, null, null, MqttSslProtocols.None)
        {
        }

        public MqttClient(
            string brokerHostName,
            int brokerPort,
            bool secure,
            X509Certificate? caCert,
            X509Certificate? clientCert,
            MqttSslProtocols sslProtocol)
        {
            _packages = _board.Packages;
            _time = _board.TimeProvider;
            Settings = MqttSettings.Instance;
            _events = new EventQueue(_board, CloseSoon, EndConnection);
            Init(brokerHostName, brokerPort, secure, caCert, clientCert, sslProtocol);
        }

        public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

        public delegate void ConnectionClosedRequestEventHandler(object sender, ConnectionClosedRequestEventArgs e);

        public delegate void ConnectionOpenedEventHandler(object sender, ConnectionOpenedEventArgs e);

        public delegate void MqttMsgAuthenticationEventHandler(object sender, MqttMsgAuthenticationEventArgs e);

        public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

        public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

        public delegate void MqttMsgSubscribedEventHandler(object sender, MqttMsgSubscribedEventArgs e);

        public delegate void MqttMsgUnsubscribedEventHandler(object sender, MqttMsgUnsubscribedEventArgs e);

        public event IMqttClient.MqttMsgPublishEventHandler? MqttMsgPublishReceived;

        public event IMqttClient.MqttMsgPublishedEventHandler? MqttMsgPublished;

        public event IMqttClient.MqttMsgSubscribedEventHandler? MqttMsgSubscribed;

        public event IMqttClient.MqttMsgUnsubscribedEventHandler? MqttMsgUnsubscribed;

        public event ConnectionOpenedEventHandler? ConnectionOpened;

        public event IMqttClient.ConnectionClosedEventHandler? ConnectionClosed;

        // A server sends DISCONNECT and AUTH in MQTT 5 only: these two are never raised here.
        public event ConnectionClosedRequestEventHandler? ConnectionClosedRequest
        {
            add { }
            remove { }
        }

        public event MqttMsgAuthenticationEventHandler? Authentication
        {
            add { }
            remove { }
        }

        public bool IsConnected { get; private set; }

        public string? ClientId { get; private set; }

        public bool CleanSession { get; private set; }

        public bool WillFlag { get; private set; }

        public MqttQoSLevel WillQosLevel { get; private set; }

        public string? WillTopic { get; private set; }

        public string? WillMessage { get; private set; }

        public MqttProtocolVersion ProtocolVersion { get; set; }

        public string? AuthenticationMethod { get; set; }

        public byte[]? AuthenticationData { get; set; }

        public uint SessionExpiryInterval { get; set; }

        public bool RequestProblemInformation { get; set; }

        public bool RequestResponseInformation { get; set; }

        public ushort ReceiveMaximum { get; set; } = ushort.MaxValue;

        public ushort TopicAliasMaximum { get; set; }

        public uint WillDelayInterval { get; set; }

        public ArrayList UserProperties { get; } = new();

        public uint MaximumPacketSize { get; set; }

        public bool IsAuthenticationFlow { get; set; }

        public MqttSettings Settings { get; }

        public void Init(
            string brokerHostName,
            int brokerPort,
            bool secure,
            byte[]? caCert,
            byte[]? clientCert,
            MqttSslProtocols sslProtocol) => Init(
                brokerHostName,
                brokerPort,
                secure,
                caCert == null ? null : X509CertificateLoader.LoadCertificate(caCert),
                clientCert == null ? null : X509CertificateLoader.LoadCertificate(clientCert),
                sslProtocol);

        public MqttReasonCode Connect(string clientId) => Connect(clientId, true);

        public MqttReasonCode Connect(string clientId, bool cleanSession) =>
            Connect(clientId, null, null, cleanSession, DefaultKeepAliveSeconds);

        public MqttReasonCode Connect(string clientId, string? username, string? password) =>
            Connect(clientId, username, password, true, DefaultKeepAliveSeconds);

        public MqttReasonCode Connect(string clientId, string? username, string? password, bool cleanSession, ushort keepAlivePeriod) =>
            Connect(clientId, username, password, false, MqttQoSLevel.AtMostOnce, false, null, null, cleanSession, keepAlivePeriod);

        public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
        {
            ThrowIfDead();
            ushort id = NextMessageId();
            var subscriptions = new MqttSubscription[Math.Min(topics.Length, qosLevels.Length)];
            for (int i = 0; i < subscriptions.Length; i++)
            {
                subscriptions[i] = new MqttSubscription(NativeText.Cut(topics[i]), (MqttQos)qosLevels[i]);
            }

            // A full queue swallows it, and a list that does not fit costs the connection: both without a word to the caller.
            bool valid = topics.Length > 0 && topics.Length == qosLevels.Length;
            Enqueue(new InflightMessage(id, new SubscribePacket(id, subscriptions), MqttQoSLevel.AtLeastOnce, valid));
            return id;
        }

        public ushort Unsubscribe(string[] topics)
        {
            ThrowIfDead();
            ushort id = NextMessageId();
            var packet = new UnsubscribePacket(id, Array.ConvertAll(topics, NativeText.Cut));
            Enqueue(new InflightMessage(id, packet, MqttQoSLevel.AtLeastOnce, topics.Length > 0));
            return id;
        }

        public ushort Publish(string topic, byte[] message) => Publish(topic, message, null);

        public ushort Publish(string topic, byte[] message, string? contentType) => Publish(topic, message, contentType, null);

        public ushort Publish(string topic, byte[] message, string? contentType, ArrayList? userProperties) =>
            Publish(topic, message, contentType, userProperties, MqttQoSLevel.AtMostOnce, false);

        public ushort Publish(
            string topic,
            byte[] message,
            string? contentType,
            ArrayList? userProperties,
            MqttQoSLevel qosLevel,
            bool retain)
        {
            ThrowIfDead();
            ushort id = NextMessageId();
            if (!string.IsNullOrEmpty(contentType) || userProperties?.Count > 0)
            {
                throw new NotSupportedException("Content type and user properties need MQTT 5.");
            }

            ArgumentNullException.ThrowIfNull(topic);
            bool valid = topic.Length is > 0 and <= ushort.MaxValue && topic.IndexOfAny(Wildcards) < 0 && qosLevel <= MqttQoSLevel.ExactlyOnce;
            var packet = new PublishPacket(
                NativeText.Cut(topic),
                message, // not a copy: a caller that changes it changes what is still to be sent
                valid ? (MqttQos)qosLevel : MqttQos.AtMostOnce,
                retain,
                PacketId: valid && qosLevel != MqttQoSLevel.AtMostOnce ? id : (ushort)0);
            if (!Enqueue(new InflightMessage(id, packet, qosLevel, valid)))
            {
                throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
            }

            return id;
        }

        public void Dispose()
        {
            CloseSoon();
            Close();
            GC.SuppressFinalize(this);
        }

        private void Init(
            string brokerHostName,
            int brokerPort,
            bool secure,
            X509Certificate? caCert,
            X509Certificate? clientCert,
            MqttSslProtocols sslProtocol)
        {
            ThrowIfDead();
            ProtocolVersion = MqttProtocolVersion.Version_3_1_1;
            _host = brokerHostName;
            _port = brokerPort;
            _secure = secure;
            _caCert = caCert;
            _clientCert = clientCert;
            _sslProtocol = sslProtocol;
            if (secure)
            {
                Settings.SslPort = brokerPort;
            }
            else
            {
                Settings.Port = brokerPort;
            }

            _address = _board.Resolve(brokerHostName); // here and never again
        }

        // Not synchronised on a board: publish from one thread.
        private ushort NextMessageId()
        {
            _lastMessageId = _lastMessageId % ushort.MaxValue != 0 ? (ushort)(_lastMessageId + 1) : (ushort)1;
            return _lastMessageId;
        }
    }
}

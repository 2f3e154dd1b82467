using System;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Node;
#if NETNANO1_0
using Dns = System.Net.Dns;
#else
using Dns = NanoFramework.Pc.Device.Dns; // what the virtual board's network knows
#endif

namespace Sensors.Firmware
{
    /// <summary>The way to the broker over the M2Mqtt package, with its hazards handled.</summary>
    /// <remarks>
    /// Each attempt makes a client of its own: the package resolves the broker's name only in the constructor, and a failed
    /// or ended session leaves its threads and socket behind until <see cref="MqttClient.Close"/>. The package's queue is
    /// bounded; what it drops on closing is still in the node's outbox. Handlers never throw: that would end the session.
    /// </remarks>
    public sealed class M2MqttLink : MqttLink
    {
        private const int ReachMilliseconds = 5000;  // of a trial: until TCP is up
        private const int AnswerMilliseconds = 10000; // of a trial: TLS and login
        private const int BadUser = 4; // MQTT 3.1.1, table 3.1
        private const int NotAuthorized = 5;
        private const int QueueLimit = 32; // more than the outbox ever has in flight, with status and meta

        private readonly Clock _clock;
        private MqttClient _client;
        private string _cause;

        /// <summary>Makes a link that is down.</summary>
        /// <param name="clock">The node's time, told where a certificate's dates are in question; may be null for a link without TLS.</param>
        public M2MqttLink(Clock clock = null)
        {
            _clock = clock ?? new DeviceClock();
        }

        /// <inheritdoc/>
        public override bool IsConnected
        {
            get { return _client != null && _client.IsConnected; }
        }

        /// <inheritdoc/>
        public override string Cause
        {
            get { return _cause; }
        }

        /// <inheritdoc/>
        /// <remarks>
        /// The package connects without a time-out and waits 30 s for the broker's answer. For a trial the way is tried first by a socket that is closed when it
        /// takes too long, which ends the wait, and so is the client; a TLS handshake alone cannot be ended, it stops every managed thread.
        /// </remarks>
        public override string Connect(LinkSettings settings, string willTopic, string will)
        {
            Close();
            _cause = null;
            string error = Find(settings, out IPAddress address) ?? (settings.IsTrial ? Reach(address, settings.Port) : null);
            if (error == null)
            {
                error = Log(settings, willTopic, will);
            }

            if (error == null)
            {
                return null;
            }

            Close();
            return "broker " + settings.Host + ":" + settings.Port.ToString() + error;
        }

        private string Find(LinkSettings settings, out IPAddress address)
        {
            address = null;
            try
            {
                IPAddress[] found = Dns.GetHostEntry(settings.Host).AddressList;
                address = found.Length == 0 ? null : found[0];
            }
            catch (Exception)
            {
                // As good as no answer: which of its reasons it was, the library does not tell.
            }

            return address == null ? Failed("name-not-found", ": nobody knows this name") : null;
        }

        private string Reach(IPAddress address, int port)
        {
            SocketAttempt socket = new SocketAttempt(new IPEndPoint(address, port));
            return new Deadline().Run(socket, ReachMilliseconds) && socket.Error == null
                ? null : Failed("broker-unreachable", ": " + (socket.Error ?? "no answer within " + (ReachMilliseconds / 1000).ToString() + " s"));
        }

        private string Log(LinkSettings settings, string willTopic, string will)
        {
            TlsIdentity tls = null;
            try
            {
                tls = settings.Secure ? new TlsIdentity(settings, _clock) : null;
            }
            catch (FormatException exception)
            {
                return Failed("certificate-unreadable", ": " + exception.Message);
            }

            try
            {
                MqttClient client = tls == null
                    ? new MqttClient(settings.Host, settings.Port, false, null, null, MqttSslProtocols.None)
                    : new MqttClient(settings.Host, settings.Port, true, tls.Authority, tls.Own, MqttSslProtocols.TLSv1_2);
                _client = client;
                client.Settings.InflightQueueSize = QueueLimit;
                client.MqttMsgPublished += OnPublished;
                client.MqttMsgPublishReceived += OnReceived;
                client.ConnectionClosed += OnClosed;
                LoginAttempt login = new LoginAttempt(client, settings, willTopic, will);
                if (!settings.IsTrial)
                {
                    login.Do();
                }
                else if (!new Deadline().Run(login, AnswerMilliseconds))
                {
                    return Failed(tls == null ? "not-mqtt" : "tls-failed", ": no answer within " + (AnswerMilliseconds / 1000).ToString() + " s");
                }

                if (login.Failure != null)
                {
                    return Judge(login.Failure, tls);
                }

                int answer = login.Answer;
                return answer == 0 ? null : Failed(
                    answer == BadUser || answer == NotAuthorized ? "login-refused" : "broker-refused", " refused the connection, code " + answer.ToString());
            }
            catch (Exception exception)
            {
                return Judge(exception, tls);
            }
        }

        private string Judge(Exception exception, TlsIdentity tls)
        {
            string why = tls == null ? null : tls.Explain(exception);
            if (why != null)
            {
                return Failed(tls.Cause, ": " + why);
            }

            // The connection was there, but never the answer to a login.
            bool spoke = exception is MqttCommunicationException || exception is MqttClientException;
            return Failed(spoke ? "not-mqtt" : "broker-unreachable", ": " + exception.GetType().Name + " " + exception.Message);
        }

        private string Failed(string cause, string text)
        {
            _cause = cause;
            return text;
        }

        /// <inheritdoc/>
        [SuppressMessage("Sensors", "NANO114", Justification = "The package keeps the array it is given, so each message needs its own.")]
        public override int Publish(string topic, byte[] payload, int count, bool retain)
        {
            // The package keeps the array until the message is acknowledged and sends all of it: it needs its own, of this size.
            byte[] message = new byte[count];
            Array.Copy(payload, 0, message, 0, count);
            try
            {
                return _client.Publish(topic, message, null, null, MqttQoSLevel.AtLeastOnce, retain);
            }
            catch (Exception)
            {
                return 0; // queue full, or the session ended meanwhile: the caller tries again
            }
        }

        /// <inheritdoc/>
        public override void Subscribe(string topicFilter)
        {
            try
            {
                _client.Subscribe(new[] { topicFilter }, new[] { MqttQoSLevel.AtLeastOnce });
            }
            catch (Exception)
            {
                // The session ended meanwhile: the next one asks again.
            }
        }

        /// <inheritdoc/>
        public override void Close()
        {
            MqttClient client = _client;
            _client = null;
            if (client == null)
            {
                return;
            }

            client.MqttMsgPublished -= OnPublished;
            client.MqttMsgPublishReceived -= OnReceived;
            client.ConnectionClosed -= OnClosed;
            try
            {
                client.Close();
            }
            catch (Exception)
            {
                // Nothing is left to do about a session that will not end: it is no longer ours.
            }
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            try
            {
                if (sender == _client) // the next session counts its messages from 1 again
                {
                    Listener.Acknowledged(e.MessageId, e.IsPublished);
                }
            }
            catch (Exception)
            {
                // See the remarks: a handler that throws ends the session.
            }
        }

        private void OnReceived(object sender, MqttMsgPublishEventArgs e)
        {
            try
            {
                Listener.Received(e.Topic, e.Message);
            }
            catch (Exception)
            {
                // See the remarks.
            }
        }

        private void OnClosed(object sender, EventArgs e)
        {
            try
            {
                if (sender == _client) // not the session before, which may end late
                {
                    Listener.Closed();
                }
            }
            catch (Exception)
            {
                // See the remarks.
            }
        }
    }
}

using System;
using System.Diagnostics.CodeAnalysis;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Node;

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
        private const int QueueLimit = 32; // more than the outbox ever has in flight, with status and meta

        private readonly Clock _clock;
        private MqttClient _client;

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
        public override string Connect(LinkSettings settings, string willTopic, string will)
        {
            Close();
            TlsIdentity tls = null;
            try
            {
                tls = settings.Secure ? new TlsIdentity(settings, _clock) : null;
                MqttClient client = tls == null
                    ? new MqttClient(settings.Host, settings.Port, false, null, null, MqttSslProtocols.None)
                    : new MqttClient(settings.Host, settings.Port, true, tls.Authority, tls.Own, MqttSslProtocols.TLSv1_2);
                _client = client;
                client.Settings.InflightQueueSize = QueueLimit;
                client.MqttMsgPublished += OnPublished;
                client.MqttMsgPublishReceived += OnReceived;
                client.ConnectionClosed += OnClosed;
                MqttReasonCode answer = client.Connect(
                    settings.ClientId,
                    settings.User,
                    settings.Password,
                    willRetain: true,
                    willQosLevel: MqttQoSLevel.AtLeastOnce,
                    willFlag: true,
                    willTopic: willTopic,
                    willMessage: will,
                    cleanSession: true,
                    keepAlivePeriod: (ushort)settings.KeepAliveSeconds);
                if (answer == MqttReasonCode.Success)
                {
                    return null;
                }

                Close();
                return "broker " + settings.Host + " refused the connection, code " + ((int)answer).ToString();
            }
            catch (Exception exception)
            {
                Close();
                string why = tls != null ? tls.Explain(exception) : settings.Secure ? exception.Message : null;
                return "broker " + settings.Host + ":" + settings.Port.ToString() + ": " + (why ?? exception.GetType().Name + " " + exception.Message);
            }
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

using System;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;
using Sensors.Node;

namespace Sensors.Firmware
{
    /// <summary>Connects a client and logs in.</summary>
    internal sealed class LoginAttempt : BlockingAttempt
    {
        private readonly MqttClient _client;
        private readonly LinkSettings _settings;
        private readonly string _willTopic;
        private readonly string _will;

        /// <summary>Makes one.</summary>
        /// <param name="client">A client that is not connected.</param>
        /// <param name="settings">Where, and as whom.</param>
        /// <param name="willTopic">Topic of the will.</param>
        /// <param name="will">The will.</param>
        public LoginAttempt(MqttClient client, LinkSettings settings, string willTopic, string will)
        {
            _client = client;
            _settings = settings;
            _willTopic = willTopic;
            _will = will;
        }

        /// <summary>Gets what was thrown; null for nothing.</summary>
        public Exception Failure { get; private set; }

        /// <summary>Gets the broker's answer, 0 for yes.</summary>
        public int Answer { get; private set; } = -1;

        /// <inheritdoc/>
        public override void Do()
        {
            try
            {
                Answer = (int)_client.Connect(
                    _settings.ClientId,
                    _settings.User,
                    _settings.Password,
                    willRetain: !_settings.IsTrial,
                    willQosLevel: MqttQoSLevel.AtLeastOnce,
                    willFlag: true,
                    willTopic: _willTopic,
                    willMessage: _will,
                    cleanSession: true,
                    keepAlivePeriod: (ushort)_settings.KeepAliveSeconds);
            }
            catch (Exception exception)
            {
                Failure = exception;
            }
        }

        /// <inheritdoc/>
        public override void Abandon()
        {
            try
            {
                _client.Close();
            }
            catch (Exception)
            {
                // A client that will not end is no longer anybody's.
            }
        }
    }
}

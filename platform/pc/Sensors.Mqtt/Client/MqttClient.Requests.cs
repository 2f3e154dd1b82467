using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <content>What the client asks of the server: publish, subscribe, unsubscribe.</content>
    public sealed partial class MqttClient
    {
        // A publisher at QoS 0 that does not look is held back by its network from here on.
        private const int ComfortablePendingBytes = 64 * 1024;

        /// <summary>Publishes a message.</summary>
        /// <param name="topic">Topic name, without wildcards.</param>
        /// <param name="payload">Any bytes. At QoS 1 and 2 they must stay unchanged until the task completes.</param>
        /// <param name="qos">Quality of service.</param>
        /// <param name="retain">Whether the server keeps it as the topic's last value; no bytes remove the last value.</param>
        /// <param name="cancellation">Stops waiting; the message may be delivered all the same.</param>
        /// <returns>At QoS 1 and 2 completes with the server's acknowledgement (PUBACK, PUBCOMP). At QoS 0 completes when the
        /// message is on its way, which says nothing about its arrival.</returns>
        /// <exception cref="ArgumentException">The topic is not a valid topic name.</exception>
        /// <exception cref="MqttConnectionException">Not connected, or lost with a clean session before the acknowledgement.</exception>
        public Task PublishAsync(
            string topic,
            ReadOnlyMemory<byte> payload,
            MqttQos qos = MqttQos.AtMostOnce,
            bool retain = false,
            CancellationToken cancellation = default)
        {
            if (!TopicFilter.IsValidName(topic))
            {
                throw new ArgumentException("Not a valid topic name: " + topic, nameof(topic));
            }

            var packet = new PublishPacket(topic, payload, qos, retain);
            lock (_gate)
            {
                if (_link is null)
                {
                    return Task.FromException(NotConnected());
                }

                _link.LastSentAt = Environment.TickCount64;
                if (qos == MqttQos.AtMostOnce)
                {
                    _link.Transport.TryPost(packet);
                    return _link.Transport.PendingBytes < ComfortablePendingBytes
                        ? Task.CompletedTask
                        : FlushedAsync(_link.Transport, cancellation);
                }

                var message = new OutgoingMessage(packet);
                _session.Add(message);
                _session.Pump(_link.Transport, _isRequest);
                return message.Done.Task.WaitAsync(cancellation);
            }
        }

        /// <summary>Asks for the messages of a topic filter.</summary>
        /// <returns>The quality of service granted, which may be less than asked for.</returns>
        /// <exception cref="ArgumentException">The filter is not valid.</exception>
        /// <exception cref="MqttConnectionException">Not connected, connection lost, or refused by the server (0x80).</exception>
        public async Task<MqttQos> SubscribeAsync(
            string filter, MqttQos qos = MqttQos.AtMostOnce, CancellationToken cancellation = default)
        {
            IReadOnlyList<byte> codes = await SubscribeAsync([new MqttSubscription(filter, qos)], cancellation).ConfigureAwait(false);
            return codes[0] != SubAckPacket.Failure
                ? (MqttQos)codes[0]
                : throw new MqttConnectionException("The server refuses the subscription to " + filter + ".");
        }

        /// <summary>Asks for the messages of several topic filters in one packet.</summary>
        /// <returns>One code per filter: granted QoS, or <see cref="SubAckPacket.Failure"/>.</returns>
        /// <exception cref="ArgumentException">A filter is not valid, or there is none.</exception>
        /// <exception cref="MqttConnectionException">Not connected, or connection lost before the answer.</exception>
        public async Task<IReadOnlyList<byte>> SubscribeAsync(
            IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(subscriptions);
            foreach (MqttSubscription subscription in subscriptions)
            {
                CheckFilter(subscription.Filter, nameof(subscriptions));
            }

            MqttPacket packet = await RequestAsync(id => new SubscribePacket(id, subscriptions), cancellation).ConfigureAwait(false);
            return packet is SubAckPacket answer && answer.ReturnCodes.Count == subscriptions.Count
                ? answer.ReturnCodes
                : throw new MqttConnectionException("SUBACK does not answer every filter ([MQTT-3.8.4-5]).");
        }

        /// <summary>Drops topic filters.</summary>
        /// <exception cref="ArgumentException">A filter is not valid, or there is none.</exception>
        /// <exception cref="MqttConnectionException">Not connected, or connection lost before the answer.</exception>
        public Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(filters);
            foreach (string filter in filters)
            {
                CheckFilter(filter, nameof(filters));
            }

            return RequestAsync(id => new UnsubscribePacket(id, filters), cancellation);
        }

        private static MqttConnectionException NotConnected() => new("Not connected.");

        private static void CheckFilter(string filter, string parameter)
        {
            if (!TopicFilter.IsValid(filter))
            {
                throw new ArgumentException("Not a valid topic filter: " + filter, parameter);
            }
        }

        private static async Task FlushedAsync(MqttTransport transport, CancellationToken cancellation)
        {
            try
            {
                await transport.FlushAsync().WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (IOException e)
            {
                throw new MqttConnectionException("The connection was lost.", e);
            }
        }

        private async Task<MqttPacket> RequestAsync(Func<ushort, MqttPacket> make, CancellationToken cancellation)
        {
            var answer = new TaskCompletionSource<MqttPacket>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (_link is null)
                {
                    throw NotConnected();
                }

                ushort id = _session.NextId(_isRequest);
                _link.Transport.TryPost(make(id));
                _link.LastSentAt = Environment.TickCount64;
                _requests.Add(id, answer);
            }

            return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }
}

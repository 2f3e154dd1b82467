using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Mqtt;

namespace Sensors.Cli.Collecting
{
    /// <summary>A connection to a broker that collects messages for one reader.</summary>
    internal sealed class Subscription : IAsyncDisposable
    {
        private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

        private readonly Channel<MqttReceivedMessage> _messages = Channel.CreateUnbounded<MqttReceivedMessage>(new() { SingleReader = true });
        private readonly MqttClient _client;
        private readonly BrokerAddress _broker;

        private Subscription(BrokerAddress broker, string? user, string? password, MqttTlsOptions? tls)
        {
            _broker = broker;
            _client = new MqttClient(new MqttClientOptions
            {
                Host = broker.Host,
                Port = broker.Port,
                Tls = tls,
                UserName = user,
                Password = password is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(password),
                ClientId = "sensorctl-" + Guid.NewGuid().ToString("N")[..12],
                ConnectTimeout = ConnectTimeout,
            })
            {
                MessageReceived = message => _messages.Writer.TryWrite(message),
                Closed = closed => _messages.Writer.TryComplete(closed.Reason == MqttCloseReason.LocalDisconnect ? null : Lost(closed)),
            };
        }

        public ChannelReader<MqttReceivedMessage> Messages => _messages.Reader;

        public static async Task<Subscription> OpenAsync(
            BrokerAddress broker, string? user, string? password, IReadOnlyList<string> filters, CancellationToken stop, MqttTlsOptions? tls = null)
        {
            var subscription = new Subscription(broker, user, password, tls);
            try
            {
                await subscription.ConnectAsync(stop).ConfigureAwait(false);
                IReadOnlyList<byte> codes = await subscription._client
                    .SubscribeAsync([.. filters.Select(filter => new MqttSubscription(filter, MqttQos.AtLeastOnce))], stop).ConfigureAwait(false);
                for (int i = 0; i < codes.Count; i++)
                {
                    if (codes[i] == SubAckPacket.Failure)
                    {
                        throw ErrorTable.BrokerRefused.Because(
                            $"The broker at {broker} refuses the subscription to {filters[i]}.", "ask whoever runs the broker for the right to read that topic.", filters[i]);
                    }
                }

                return subscription;
            }
            catch
            {
                await subscription.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }

        public Task PublishAsync(string topic, byte[] payload) => _client.PublishAsync(topic, payload, MqttQos.AtLeastOnce);

        public ValueTask DisposeAsync() => _client.DisposeAsync();

        private async Task ConnectAsync(CancellationToken stop)
        {
            try
            {
                await _client.ConnectAsync(stop).ConfigureAwait(false);
            }
            catch (MqttConnectionException error) when (error.ReturnCode is { } code)
            {
                throw ErrorTable.BrokerRefused.Because(
                    $"The broker at {_broker} refuses the connection: {Meaning(code)} (code {(int)code}).",
                    "the broker's log tells why it refused; --user and --password name who connects.",
                    code.ToString(),
                    error);
            }
            catch (Exception error) when (error is MqttConnectionException or SocketException or TimeoutException)
            {
                throw ErrorTable.BrokerUnreachable.Because(
                    $"There is no MQTT connection to {_broker}: {Reason(error)}",
                    "sensorctl broker starts one on this PC; --broker says where to connect.",
                    _broker.ToString(),
                    error);
            }
        }

        private CliException Lost(MqttClosed closed) => ErrorTable.BrokerLost.Because(
            $"The connection to the broker at {_broker} ended: {closed.Reason}.",
            "start the command again once the broker runs.",
            closed.Reason.ToString(),
            closed.Error);

        /// <summary>The innermost sentence: what the operating system said.</summary>
        private static string Reason(Exception error)
        {
            Exception at = error;
            while (at.InnerException is not null and not OperationCanceledException)
            {
                at = at.InnerException;
            }

            return at.Message.EndsWith('.') ? at.Message : at.Message + ".";
        }

        private static string Meaning(ConnectReturnCode code) => code switch
        {
            ConnectReturnCode.UnacceptableProtocolVersion => "it does not speak MQTT 3.1.1",
            ConnectReturnCode.IdentifierRejected => "it does not accept the client identifier",
            ConnectReturnCode.ServerUnavailable => "its MQTT service is not available",
            ConnectReturnCode.BadUserNameOrPassword => "user or password is wrong",
            ConnectReturnCode.NotAuthorized => "this user may not connect",
            _ => "it gave no known reason",
        };
    }
}

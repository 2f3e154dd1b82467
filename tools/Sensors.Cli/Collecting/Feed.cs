using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Mqtt;

namespace Sensors.Cli.Collecting
{
    /// <summary>All messages of the nodes, from the embedded broker or from another one, for as long as a command runs.</summary>
    internal sealed class Feed : IAsyncDisposable
    {
        private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

        private readonly Channel<Incoming> _messages = Channel.CreateUnbounded<Incoming>(new() { SingleReader = true });
        private readonly CancellationTokenSource _end = new();
        private IDisposable? _inProcess;
        private Task _pump = Task.CompletedTask;

        private Feed()
        {
        }

        public ChannelReader<Incoming> Messages => _messages.Reader;

        /// <summary>Listens inside the process: no socket, nothing lost while the broker plays an outage.</summary>
        public static Feed From(MqttBroker broker, IEnumerable<string> filters)
        {
            var feed = new Feed();
            var subscriptions = new List<IDisposable>();
            foreach (string filter in filters)
            {
                subscriptions.Add(broker.Subscribe(filter, packet => feed._messages.Writer.TryWrite(new Incoming(packet.Topic, packet.Payload))));
            }

            feed._inProcess = new All(subscriptions);
            return feed;
        }

        /// <summary>Listens at a broker, and comes back when the connection was lost, as the nodes do.</summary>
        /// <exception cref="CliException">The first connection does not come about.</exception>
        public static async Task<Feed> FromAsync(
            BrokerAddress broker,
            string? user,
            string? password,
            IReadOnlyList<string> filters,
            Action<CliEvent> tell,
            CancellationToken stop,
            MqttTlsOptions? tls = null)
        {
            Subscription first = await Subscription.OpenAsync(broker, user, password, filters, stop, tls).ConfigureAwait(false);
            var feed = new Feed();
            feed._pump = feed.PumpAsync(first, () => Subscription.OpenAsync(broker, user, password, filters, feed._end.Token, tls), tell);
            return feed;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync().ConfigureAwait(false);
            _inProcess?.Dispose();
            await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _end.Dispose();
        }

        private async Task PumpAsync(Subscription subscription, Func<Task<Subscription>> again, Action<CliEvent> tell)
        {
            Subscription? present = subscription;
            while (!_end.IsCancellationRequested)
            {
                try
                {
                    present ??= await again().ConfigureAwait(false);
                    await foreach (MqttReceivedMessage message in present.Messages.ReadAllAsync(_end.Token).ConfigureAwait(false))
                    {
                        _messages.Writer.TryWrite(new Incoming(message.Topic, message.Payload));
                    }
                }
                catch (CliException lost)
                {
                    if (present is not null)
                    {
                        tell(new CliEvent("broker-lost", lost.Message, new JsonObject { ["code"] = lost.Entry.Code }));
                    }

                    await Task.Delay(RetryPause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                catch (OperationCanceledException)
                {
                    // The end: the loop's condition says so.
                }

                if (present is not null)
                {
                    await present.DisposeAsync().ConfigureAwait(false);
                    present = null;
                }
            }
        }

        private sealed class All(List<IDisposable> parts) : IDisposable
        {
            public void Dispose() => parts.ForEach(part => part.Dispose());
        }
    }
}

using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;
using Sensors.Mqtt;

namespace Sensors.Cli.Collecting
{
    /// <summary>Talks with one node through a broker: sends commands, hears what comes. A lost connection is made anew.</summary>
    internal sealed class NodeTalk : IAsyncDisposable
    {
        private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

        private readonly Func<CancellationToken, Task<Subscription>> _open;
        private readonly string _node;
        private readonly Report _report;
        private Subscription _subscription;

        private NodeTalk(string node, Func<CancellationToken, Task<Subscription>> open, Subscription first, Report report)
        {
            _node = node;
            _open = open;
            _subscription = first;
            _report = report;
        }

        /// <summary>Begins.</summary>
        /// <param name="node">What the node's topics begin with.</param>
        /// <param name="leaves">The last levels of the topics to hear.</param>
        /// <param name="open">Connects and subscribes to topic filters.</param>
        /// <param name="report">Is told of lost connections.</param>
        /// <param name="stop">Ends the attempt.</param>
        /// <exception cref="CliException">There is no connection.</exception>
        public static async Task<NodeTalk> BeginAsync(
            string node, string[] leaves, Func<IReadOnlyList<string>, CancellationToken, Task<Subscription>> open, Report report, CancellationToken stop)
        {
            string[] filters = Array.ConvertAll(leaves, leaf => $"{node}/{leaf}");
            Func<CancellationToken, Task<Subscription>> again = token => open(filters, token);
            return new NodeTalk(node, again, await again(stop).ConfigureAwait(false), report);
        }

        /// <summary>Gives the next message.</summary>
        /// <param name="patience">How long to wait for it.</param>
        /// <param name="until">Ends the wait with an exception.</param>
        /// <returns>The last level of its topic and the message; null when none came in time, or the connection had to be made anew.</returns>
        public async Task<(string Leaf, ReadOnlyMemory<byte> Payload)?> NextAsync(TimeSpan patience, CancellationToken until)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(until);
            limit.CancelAfter(patience);
            try
            {
                MqttReceivedMessage message = await _subscription.Messages.ReadAsync(limit.Token).ConfigureAwait(false);
                return (message.Topic[(message.Topic.LastIndexOf('/') + 1)..], message.Payload);
            }
            catch (OperationCanceledException) when (!until.IsCancellationRequested)
            {
                return null;
            }
            catch (ChannelClosedException lost)
            {
                Tell(lost.InnerException as CliException);
                await ReopenAsync(until).ConfigureAwait(false);
                return null;
            }
        }

        /// <summary>Sends a command. One that is lost with the connection stays unanswered: the caller asks again.</summary>
        /// <param name="command">The command.</param>
        public async Task SendAsync(JsonObject command)
        {
            try
            {
                await _subscription.PublishAsync($"{_node}/cmd", Encoding.ASCII.GetBytes(JsonLine.Of(command))).ConfigureAwait(false);
            }
            catch (MqttConnectionException)
            {
                // The next message that is waited for makes the connection anew.
            }
        }

        public ValueTask DisposeAsync() => _subscription.DisposeAsync();

        private async Task ReopenAsync(CancellationToken until)
        {
            await _subscription.DisposeAsync().ConfigureAwait(false);
            while (true)
            {
                await Task.Delay(RetryPause, until).ConfigureAwait(false);
                try
                {
                    _subscription = await _open(until).ConfigureAwait(false);
                    return;
                }
                catch (CliException)
                {
                    // Told already that it is lost.
                }
            }
        }

        private void Tell(CliException? lost)
        {
            if (lost is not null)
            {
                _report.Tell(new CliEvent("broker-lost", lost.Message, new JsonObject { ["code"] = lost.Entry.Code }));
            }
        }
    }
}

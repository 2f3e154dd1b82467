using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Sensors.Mqtt;

namespace Sensors.Edge
{
    /// <summary>Listens at a broker, stores what comes, and only then tells broker and nodes that it has arrived.</summary>
    /// <remarks>
    /// The broker keeps a session for the collector and gets its PUBACK after the commit, so that a message is in one of two places at any time:
    /// at the broker, or in the store. Receiving goes on while a batch is written; the next batch is what has come meanwhile, so one write to the
    /// disk serves the more messages the faster they come. How many a broker sends before it waits for a PUBACK is the broker's setting
    /// (mosquitto: <c>max_inflight_messages</c>, 20 unless set).
    /// </remarks>
    public sealed class CollectorService
    {
        private const int AnswersInFlight = 100;
        private const int MostUnprotected = 10000; // messages of QoS 0 that wait: nothing holds their senders back
        private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
        private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);
        private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

        private readonly CollectorServiceOptions _options;
        private readonly Collector _collector;
        private readonly Channel<MqttReceivedMessage> _messages = Channel.CreateUnbounded<MqttReceivedMessage>(new() { SingleReader = true });
        private readonly Lock _telling = new();
        private readonly Lock _counting = new();
        private volatile MqttClient? _client;
        private CollectorCounts _counts;
        private int _started;

        /// <summary>Makes a collector that does not listen yet.</summary>
        /// <param name="store">Keeps what comes; not disposed here.</param>
        /// <param name="options">Where to listen.</param>
        public CollectorService(IReadingStore store, CollectorServiceOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            ArgumentOutOfRangeException.ThrowIfZero(options.Brokers.Count);
            ArgumentOutOfRangeException.ThrowIfLessThan(options.LargestBatch, 1);
            ArgumentException.ThrowIfNullOrEmpty(options.ClientId); // a broker keeps no session for one without a name
            _options = options;
            _collector = new Collector(store, options.Root, options.ClockUncertainty);
        }

        /// <summary>Gets or sets what is told of connections and troubles; called from any thread, one at a time.</summary>
        public Action<CollectorEvent>? Told { get; set; }

        /// <summary>Gets what was stored so far; any thread may ask.</summary>
        public CollectorCounts Counts
        {
            get
            {
                lock (_counting) { return _counts; }
            }
        }

        /// <summary>Collects until it is told to stop; then what has come is stored and acknowledged, and the broker is left.</summary>
        /// <param name="stop">Ends it.</param>
        /// <returns>Completes at the end; troubles with brokers and store are told and tried again.</returns>
        /// <exception cref="InvalidOperationException">It ran before.</exception>
        public async Task RunAsync(CancellationToken stop)
        {
            if (Interlocked.Exchange(ref _started, 1) != 0) { throw new InvalidOperationException("A collector runs once."); }
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task storing = Task.Run(() => StoreAsync(end), CancellationToken.None);
            int failures = 0;
            for (int attempt = 0; !end.IsCancellationRequested;)
            {
                if (await ListenAsync(_options.Brokers[attempt % _options.Brokers.Count], storing, end.Token).ConfigureAwait(false))
                {
                    failures = 0; // and the same broker again: it keeps the session
                }
                else
                {
                    attempt++;
                    failures++;
                }

                await Pause(failures, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await storing.ConfigureAwait(false);
        }

        /// <summary>Connects, and stays until the connection ends.</summary>
        /// <returns>Whether there was a connection.</returns>
        private async Task<bool> ListenAsync(BrokerEnd broker, Task storing, CancellationToken stop)
        {
            var closed = new TaskCompletionSource<MqttClosed>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using MqttClient client = Client(broker, closed);
            try
            {
                await client.ConnectAsync(stop).ConfigureAwait(false);
                _client = client; // messages of the session may come before the subscription is renewed, and want acknowledgements
                await SubscribeAsync(client, stop).ConfigureAwait(false);
                Tell(CollectorEventKind.Connected, $"collecting {_options.Root}/# at {broker}", broker);
                MqttClosed end = await closed.Task.WaitAsync(stop).ConfigureAwait(false);
                Tell(CollectorEventKind.Lost, $"the connection to {broker} ended: {end.Reason}", broker);
                return true;
            }
            catch (MqttConnectionException error)
            {
                Tell(CollectorEventKind.Unreachable, error.Message, broker);
                return false;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // What has come is stored, and its acknowledgements are on their way before the leave.
                await storing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await client.DisconnectAsync().ConfigureAwait(false);
                return true;
            }
            finally
            {
                _client = null;
            }
        }

        private MqttClient Client(BrokerEnd broker, TaskCompletionSource<MqttClosed> closed) => new(new MqttClientOptions
        {
            Host = broker.Host,
            Port = broker.Port,
            ClientId = _options.ClientId,
            CleanSession = false,
            ManualAcknowledge = true,
            UserName = _options.UserName,
            Password = _options.Password,
            Tls = _options.Tls,
            KeepAlive = _options.KeepAlive,
            ConnectTimeout = ConnectTimeout,
            MaxInflight = AnswersInFlight,
            // Whatever a broker takes must be taken here, too: it would send it again and again.
            MaxPacketSize = MqttDecoder.LargestPacketSize,
        })
        {
            MessageReceived = Queue,
            Closed = end => closed.TrySetResult(end),
        };

        private async Task SubscribeAsync(MqttClient client, CancellationToken stop)
        {
            string root = _options.Root;
            string[] filters = [NodeTopic.Readings(root), NodeTopic.Alarms(root), NodeTopic.Gaps(root), NodeTopic.Statuses(root), NodeTopic.Metas(root)];
            IReadOnlyList<byte> codes = await client.SubscribeAsync([.. filters.Select(filter => new MqttSubscription(filter, MqttQos.AtLeastOnce))], stop).ConfigureAwait(false);
            for (int i = 0; i < filters.Length; i++)
            {
                if (codes[i] != (byte)MqttQos.AtLeastOnce) { throw new MqttConnectionException($"The broker does not grant {filters[i]} at QoS 1."); }
            }
        }

        private void Queue(MqttReceivedMessage message)
        {
            if (message.Qos != MqttQos.AtMostOnce || _messages.Reader.Count < MostUnprotected) { _messages.Writer.TryWrite(message); }
        }

        /// <summary>Stores batch after batch until it is told to stop and nothing is left.</summary>
        private async Task StoreAsync(CancellationTokenSource end)
        {
            try
            {
                await StoreAsync(end.Token).ConfigureAwait(false);
            }
            finally
            {
                await end.CancelAsync().ConfigureAwait(false); // nobody collects any more, should this have failed
            }
        }

        private async Task StoreAsync(CancellationToken stop)
        {
            using CancellationTokenRegistration registration = stop.Register(() => _messages.Writer.TryComplete());
            var batch = new List<MqttReceivedMessage>();
            while (await _messages.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (batch.Count < _options.LargestBatch && _messages.Reader.TryRead(out MqttReceivedMessage? message))
                {
                    batch.Add(message);
                    _collector.Take(message.Topic, message.Payload, message.Retain);
                }

                if (await FlushAsync(stop).ConfigureAwait(false) is not { } answers) { return; } // the broker has it all, and sends it again some day
                MqttReceivedMessage.AcknowledgeAll(batch);
                batch.Clear();
                Publish(answers);
            }
        }

        /// <summary>Stores what was taken, however often it must be tried.</summary>
        /// <returns>What to publish; null when it was told to stop while the store refused.</returns>
        private async Task<IReadOnlyList<OutgoingAnswer>?> FlushAsync(CancellationToken stop)
        {
            for (int failures = 0; ; failures++)
            {
                try
                {
                    IReadOnlyList<OutgoingAnswer> answers = _collector.Flush(DateTimeOffset.UtcNow);
                    if (failures > 0) { Tell(CollectorEventKind.StoreBack, "the store takes messages again", null); }
                    Count();
                    return answers;
                }
                catch (StoreException error)
                {
                    if (failures == 0) { Tell(CollectorEventKind.StoreRefused, error.Message, null); }
                    if (stop.IsCancellationRequested) { return null; }
                    await Pause(failures, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }

        private void Publish(IReadOnlyList<OutgoingAnswer> answers)
        {
            if (_client is not { } client) { return; } // nodes send again what they hear nothing of
            foreach (OutgoingAnswer answer in answers)
            {
                Task sent = client.PublishAsync(answer.Topic, answer.Payload, MqttQos.AtLeastOnce);
                _ = sent.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }

        private void Count()
        {
            CollectorCounts now = _collector.Counts;
            long refused;
            lock (_counting)
            {
                refused = now.Refused - _counts.Refused;
                _counts = now;
            }

            if (refused > 0 && _collector.LastRefused is { } last)
            {
                string others = refused == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({refused - 1} more with it)");
                Tell(CollectorEventKind.MessageRefused, $"the message at {last.Topic} is refused{others}: {last.Reason}", null);
            }
        }

        private void Tell(CollectorEventKind kind, string text, BrokerEnd? broker)
        {
            lock (_telling) { Told?.Invoke(new CollectorEvent(kind, text, broker)); }
        }

        // At random, so that collectors and nodes do not all come at once when a broker is back.
        private static Task Pause(int failures, CancellationToken stop)
        {
            double longest = Math.Min(LongestPause.TotalMilliseconds, ShortestPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 10)));
            return Task.Delay(TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2))), stop);
        }
    }
}

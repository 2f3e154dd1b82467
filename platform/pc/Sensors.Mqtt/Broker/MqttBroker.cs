using System;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <summary>An MQTT 3.1.1 broker inside this process. State is in memory and ends with the object.</summary>
    /// <remarks>
    /// All of the specification's server role: QoS 0, 1 and 2 both ways, wills, retained messages, sessions that outlast their
    /// connection. Overlapping subscriptions deliver once with the highest QoS. Other protocol levels (3.1, 5) are answered
    /// 0x01. Everything a client can make it hold is limited by <see cref="MqttBrokerOptions"/>.
    /// </remarks>
    public sealed partial class MqttBroker : IAsyncDisposable
    {
        private const int Backlog = 512;
        private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(100);

        private readonly MqttBrokerOptions _options;
        private readonly BrokerTotals _totals = new();
        private readonly BrokerRouter _router;
        private readonly ConcurrentDictionary<BrokerConnection, Task> _connections = new();
        private readonly SslServerAuthenticationOptions? _tls;
        private readonly SemaphoreSlim _turn = new(1, 1);
        private readonly Timer _watch;
        private Socket? _listener;
        private Task _accepting = Task.CompletedTask;
        private IPEndPoint? _endPoint;
        private volatile bool _open;
        private bool _stopped;

        /// <summary>Makes a broker that does not listen yet; in-process publishing and subscribing work at once.</summary>
        public MqttBroker(MqttBrokerOptions? options = null)
        {
            _options = options ?? new MqttBrokerOptions();
            ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxInflight, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.MaxInflight, 1000);
            _router = new BrokerRouter(_options, _totals);
            _tls = _options.Certificate is null ? null : MakeTls(_options.Certificate, _options.ClientCertificateAuthority);
            _watch = new Timer(static broker => ((MqttBroker)broker!).WatchDeadlines(), this, WatchPeriod, WatchPeriod);
        }

        /// <summary>Gets the TCP port listened on, 0 before <see cref="Start"/>.</summary>
        public int BoundPort => _endPoint?.Port ?? 0;

        /// <summary>Gets the totals and what is held now.</summary>
        public MqttBrokerCounters Counters => _router.Count(_connections.Count);

        /// <summary>Begins to listen.</summary>
        /// <param name="endPoint">Address and port; port 0 takes a free one, see <see cref="BoundPort"/>.</param>
        /// <exception cref="SocketException">The address cannot be listened on.</exception>
        /// <exception cref="InvalidOperationException">Started before.</exception>
        public void Start(IPEndPoint endPoint)
        {
            ArgumentNullException.ThrowIfNull(endPoint);
            _turn.Wait();
            try
            {
                if (_endPoint is not null || _stopped)
                {
                    throw new InvalidOperationException("The broker was started before.");
                }

                _endPoint = Listen(endPoint);
            }
            finally
            {
                _turn.Release();
            }
        }

        /// <summary>Stops for good: closes everything. Wills are not published, as nobody is left to receive them.</summary>
        public async Task StopAsync()
        {
            await _turn.WaitAsync().ConfigureAwait(false);
            try
            {
                if (!_stopped)
                {
                    _stopped = true;
                    await CloseAllAsync().ConfigureAwait(false);
                    await _watch.DisposeAsync().ConfigureAwait(false);
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        /// <summary>Plays an outage: stops listening and cuts every connection. Sessions and retained messages stay; wills are
        /// published, as for any connection that is lost. Without effect when not listening.</summary>
        public async Task SuspendAsync()
        {
            await _turn.WaitAsync().ConfigureAwait(false);
            try
            {
                await CloseAllAsync().ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }

        /// <summary>Ends an outage: listens again on the same port. Without effect when listening.</summary>
        /// <exception cref="SocketException">Somebody else has taken the port.</exception>
        /// <exception cref="InvalidOperationException">Never started, or stopped.</exception>
        public void Resume()
        {
            _turn.Wait();
            try
            {
                if (_endPoint is null || _stopped)
                {
                    throw new InvalidOperationException("The broker is not running.");
                }

                if (!_open)
                {
                    Listen(_endPoint);
                }
            }
            finally
            {
                _turn.Release();
            }
        }

        /// <summary>Cuts the connection of one client, as a network fault would.</summary>
        /// <returns>False when no such client is connected.</returns>
        public bool Drop(string clientId)
        {
            BrokerPeer? peer = _router.FindPeer(clientId);
            peer?.Close(MqttDisconnectReason.Dropped);
            return peer is not null;
        }

        /// <summary>Publishes from inside the process. Never blocks on a client.</summary>
        /// <param name="topic">Topic name, without wildcards.</param>
        /// <param name="payload">Any bytes; they must stay unchanged.</param>
        /// <param name="qos">Quality of service towards subscribers.</param>
        /// <param name="retain">Whether to keep it as the topic's last value; no bytes remove the last value.</param>
        /// <exception cref="ArgumentException">The topic is not a valid topic name.</exception>
        public void Publish(string topic, ReadOnlyMemory<byte> payload, MqttQos qos = MqttQos.AtMostOnce, bool retain = false)
        {
            if (!TopicFilter.IsValidName(topic))
            {
                throw new ArgumentException("Not a valid topic name: " + topic, nameof(topic));
            }

            _router.Publish(new PublishPacket(topic, payload, qos, retain));
        }

        /// <summary>Listens from inside the process, without a socket; retained messages that match come first.</summary>
        /// <param name="filter">Topic filter.</param>
        /// <param name="handler">Called on the thread pool, one message at a time, in the broker's order, with packet identifier 0.
        /// At most 10,000 messages wait for it; further ones are dropped and counted.</param>
        /// <returns>Dispose it to stop listening.</returns>
        /// <exception cref="ArgumentException">The filter is not valid.</exception>
        public IDisposable Subscribe(string filter, Action<PublishPacket> handler)
        {
            ArgumentNullException.ThrowIfNull(handler);
            if (!TopicFilter.IsValid(filter) || TopicFilter.CountLevels(filter) > _options.MaxFilterLevels)
            {
                throw new ArgumentException("Not a valid topic filter: " + filter, nameof(filter));
            }

            var subscriber = new InProcessSubscriber(_router, filter, handler, _totals);
            _router.Add(subscriber, MqttQos.ExactlyOnce);
            return subscriber;
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);
    }
}

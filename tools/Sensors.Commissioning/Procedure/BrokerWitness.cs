using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Edge;
using Sensors.Mqtt;
using Sensors.Node;

namespace Sensors.Commissioning
{
    /// <summary>Listens at the broker, with the node's own account, until what the node is and a first reading of each of its points have come.</summary>
    /// <remarks>
    /// The epoch of the first live reading says which incarnation of the node it is: what the broker kept of an earlier one does not count, nor does another board that
    /// is still online under the identifier, if it was heard before.
    /// </remarks>
    public sealed class BrokerWitness : IAsyncDisposable
    {
        private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
        private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

        private readonly Lock _gate = new();
        private readonly HashSet<long> _earlier = []; // epochs heard before the node went to work
        private readonly Dictionary<long, MetaMessage> _metas = [];
        private readonly Dictionary<(long Epoch, string Point), ReadingMessage> _readings = [];
        private readonly NodeClock _clock;
        private readonly string _node;
        private readonly string _id;
        private readonly MqttClientOptions _options;
        private readonly List<X509Certificate2> _certificates = [];
        private MqttClient? _client;
        private volatile bool _atWork;
        private long? _epoch;
        private TimeSpan? _first;

        /// <summary>Makes a witness that does not listen yet.</summary>
        /// <param name="settings">What the node was told.</param>
        /// <param name="setup">Its certificates.</param>
        /// <param name="broker">The broker the node reached, <c>host:port</c>; null for its first one.</param>
        /// <param name="clock">The node's time.</param>
        /// <exception cref="CryptographicException">A certificate cannot be read.</exception>
        public BrokerWitness(Settings settings, NodeSetup setup, string? broker, NodeClock clock)
        {
            ArgumentNullException.ThrowIfNull(settings);
            ArgumentNullException.ThrowIfNull(setup);
            _clock = clock;
            _id = settings.Id.Text;
            _node = $"{settings.Root}/{_id}";
            (string host, int port) = Split(broker) ?? (settings.Link.Host, settings.Link.Port);
            _options = new MqttClientOptions
            {
                Host = host,
                Port = port,
                Tls = settings.Link.Secure ? Tls(setup.Secure) : null,
                UserName = settings.Link.User,
                Password = settings.Link.User is null || settings.Link.Password is null ? null : (ReadOnlyMemory<byte>?)Encoding.UTF8.GetBytes(settings.Link.Password),
                ClientId = "sensorctl-" + Guid.NewGuid().ToString("N")[..12],
                ConnectTimeout = ConnectLimit,
            };
        }

        /// <summary>Gets why there is no connection; null while there is one.</summary>
        public string? Trouble { get; private set; } = "no connection yet";

        /// <summary>Gets when the first reading came, in the node's time; null before.</summary>
        public TimeSpan? FirstReading
        {
            get
            {
                lock (_gate)
                {
                    return _first;
                }
            }
        }

        /// <summary>Tries once to listen.</summary>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>Whether it listens.</returns>
        public async Task<bool> ConnectAsync(CancellationToken stop)
        {
            if (_client is { IsConnected: true })
            {
                return true;
            }

            await CloseAsync().ConfigureAwait(false);
            var client = new MqttClient(_options) { MessageReceived = Take };
            _client = client;
            try
            {
                await client.ConnectAsync(stop).ConfigureAwait(false);
                IReadOnlyList<byte> codes = await client.SubscribeAsync(
                    [.. new[] { "/meta", "/status", "/reading/+" }.Select(leaf => new MqttSubscription(_node + leaf, MqttQos.AtLeastOnce))], stop).ConfigureAwait(false);
                Trouble = codes.Contains(SubAckPacket.Failure) ? "the broker does not let this account read the node's topics" : null;
                return Trouble is null;
            }
            catch (Exception error) when (error is MqttConnectionException or SocketException or TimeoutException or AuthenticationException)
            {
                Trouble = Innermost(error);
                return false;
            }
        }

        /// <summary>Says that the node goes to work now: what comes from here on may be its own.</summary>
        public void NodeGoesToWork() => _atWork = true;

        /// <summary>Waits for what the node is, and a reading of each of its points.</summary>
        /// <param name="limit">How long, in the node's time.</param>
        /// <param name="came">Told of each point's first reading.</param>
        /// <param name="stop">Ends it with an exception.</param>
        /// <returns>What came, whole or not.</returns>
        public async Task<Testimony> WaitAsync(TimeSpan limit, Action<ReadingMessage> came, CancellationToken stop)
        {
            ArgumentNullException.ThrowIfNull(came);
            var patience = new Patience(_clock, limit);
            var told = new HashSet<string>(StringComparer.Ordinal);
            while (true)
            {
                if (_client is not { IsConnected: true } && !await ConnectAsync(stop).ConfigureAwait(false) && !patience.IsOver)
                {
                    await _clock.DelayAsync(Pause, stop).ConfigureAwait(false);
                }

                Testimony testimony = Now();
                foreach (ReadingMessage reading in testimony.Readings.Where(reading => told.Add(reading.Point)))
                {
                    came(reading);
                }

                if (testimony.IsWhole || patience.IsOver)
                {
                    return testimony;
                }

                await _clock.DelayAsync(Look, stop).ConfigureAwait(false);
            }
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await CloseAsync().ConfigureAwait(false);
            foreach (X509Certificate2 certificate in _certificates)
            {
                certificate.Dispose();
            }
        }

        private Testimony Now()
        {
            lock (_gate)
            {
                return new Testimony(
                    _epoch is { } epoch && _metas.TryGetValue(epoch, out MetaMessage? meta) ? meta : null,
                    [.. _readings.Where(reading => reading.Key.Epoch == _epoch).Select(reading => reading.Value).OrderBy(reading => reading.Sequence)],
                    Trouble);
            }
        }

        private void Take(MqttReceivedMessage message)
        {
            string leaf = message.Topic.StartsWith(_node + "/", StringComparison.Ordinal) ? message.Topic[(_node.Length + 1)..] : string.Empty;
            lock (_gate)
            {
                if (leaf == "meta" && MetaMessage.TryParse(message.Payload, out MetaMessage? meta, out _) && meta.Id == _id)
                {
                    _metas[meta.Epoch] = meta;
                    NoteEarlier(meta.Epoch);
                }
                else if (leaf == "status" && StatusMessage.TryParse(message.Payload, out StatusMessage? status, out _))
                {
                    NoteEarlier(status.Epoch);
                }
                else if (leaf.StartsWith("reading/", StringComparison.Ordinal) && ReadingMessage.TryParse(message.Payload, out ReadingMessage? reading, out _) && reading.Id == _id)
                {
                    Enter(reading);
                }
            }
        }

        /// <summary>Under the lock.</summary>
        private void NoteEarlier(long epoch)
        {
            if (!_atWork)
            {
                _earlier.Add(epoch);
            }
        }

        /// <summary>Under the lock.</summary>
        private void Enter(ReadingMessage reading)
        {
            NoteEarlier(reading.Epoch);
            if (_earlier.Contains(reading.Epoch) || (_epoch is { } known && reading.Epoch < known))
            {
                return; // what the journal still held, or a board that was there before
            }

            _epoch = reading.Epoch;
            _first ??= _clock.Now;
            if (_readings.TryGetValue((reading.Epoch, reading.Point), out ReadingMessage? before) && before.Quality.Fault is null)
            {
                return;
            }

            _readings[(reading.Epoch, reading.Point)] = reading; // one that is good takes the place of a faulty one
        }

        private async Task CloseAsync()
        {
            if (_client is { } client)
            {
                _client = null;
                await client.DisposeAsync().ConfigureAwait(false);
            }
        }

        private MqttTlsOptions Tls(TlsSetup? tls) => new()
        {
            CaCertificate = tls?.Authority is { } authority ? Keep(X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(authority))) : null,
            ClientCertificate = tls is { Certificate: { } certificate, Key: { } key } ? Keep(Complete(certificate, key)) : null,
        };

        private X509Certificate2 Keep(X509Certificate2 certificate)
        {
            _certificates.Add(certificate);
            return certificate;
        }

        private static X509Certificate2 Complete(byte[] certificate, byte[] key)
        {
            using var pair = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(certificate), Encoding.ASCII.GetString(key));
            return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null); // a key that only memory has is not taken everywhere
        }

        private static (string Host, int Port)? Split(string? broker) =>
            broker is not null && broker.LastIndexOf(':') is > 0 and int colon && int.TryParse(broker.AsSpan(colon + 1), out int port) ? (broker[..colon], port) : null;

        private static string Innermost(Exception error)
        {
            Exception at = error;
            while (at.InnerException is not null and not OperationCanceledException)
            {
                at = at.InnerException;
            }

            return at.Message.TrimEnd('.');
        }
    }
}

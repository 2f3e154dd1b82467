using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <summary>An MQTT 3.1.1 client. Any thread may call it; it has no thread of its own and does not reconnect by itself.</summary>
    /// <remarks>
    /// With <see cref="MqttClientOptions.CleanSession"/> false, messages at QoS 1 and 2 that were not acknowledged when the
    /// connection was lost stay with this object, their tasks stay open, and they are sent again after the next
    /// <see cref="ConnectAsync"/>. With it true they fail at once.
    /// </remarks>
    public sealed partial class MqttClient : IAsyncDisposable
    {
        private readonly MqttClientOptions _options;
        private readonly Lock _gate = new();
        private readonly ClientSession _session;
        private readonly Dictionary<ushort, TaskCompletionSource<MqttPacket>> _requests = [];
        private readonly Func<ushort, bool> _isRequest;
        private readonly Timer _keepAliveTimer;
        private ClientLink? _link;
        private Task _receiving = Task.CompletedTask;
        private bool _connecting;

        /// <summary>Makes a client that is not connected.</summary>
        public MqttClient(MqttClientOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInflight, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxInflight, ushort.MaxValue);
            ArgumentOutOfRangeException.ThrowIfNegative(options.KeepAlive.Ticks);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(options.KeepAlive.TotalSeconds, ushort.MaxValue);
            if (options.Will is { } will && !TopicFilter.IsValidName(will.Topic))
            {
                throw new ArgumentException("The will's topic is not a valid topic name.", nameof(options));
            }

            _options = options;
            _session = new ClientSession(options.MaxInflight);
            _isRequest = _requests.ContainsKey;
            _keepAliveTimer = new Timer(static client => ((MqttClient)client!).CheckKeepAlive(), this, Timeout.Infinite, Timeout.Infinite);
        }

        /// <summary>Gets or sets what takes messages: called on the thread pool, one at a time, in order. It must not block, nor
        /// wait for this client: hand the message over and return. What it throws closes the connection.</summary>
        public Action<MqttReceivedMessage>? MessageReceived { get; set; }

        /// <summary>Gets or sets what is told, once per connection, that it has ended; called on the thread pool.</summary>
        public Action<MqttClosed>? Closed { get; set; }

        /// <summary>Gets a value indicating whether the server has accepted this client and the connection stands.</summary>
        public bool IsConnected
        {
            get
            {
                lock (_gate)
                {
                    return _link is not null;
                }
            }
        }

        /// <summary>Takes leave and gives everything back. Unacknowledged messages fail.</summary>
        public async ValueTask DisposeAsync()
        {
            await DisconnectAsync().ConfigureAwait(false);
            await _keepAliveTimer.DisposeAsync().ConfigureAwait(false);
            FailSession();
        }
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;
using NanoFramework.Pc;
using Sensors.Mqtt;

namespace nanoFramework.M2Mqtt
{
    /// <content>A connection from Connect to its end.</content>
    public partial class MqttClient
    {
        private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(1); // for what was handed over before a close

        private readonly PackageState _packages;
        private readonly TimeProvider _time;
        private readonly EventQueue _events;
        private readonly object _gate = new();
        private MqttTransport? _transport;
        private CancellationTokenRegistration _networkLost;
        private TaskCompletionSource<ConnAckPacket>? _answer;
        private bool _closing;

        public MqttReasonCode Connect(
            string clientId,
            string? username,
            string? password,
            bool willRetain,
            MqttQoSLevel willQosLevel,
            bool willFlag,
            string? willTopic,
            string? willMessage,
            bool cleanSession,
            ushort keepAlivePeriod)
        {
            ThrowIfDead();
            MqttMsgBase.ThrowIfVersion5(ProtocolVersion);
            MqttTransport transport = OpenTransport();
            ConnAckPacket answer;
            try
            {
                answer = Ask(
                    transport,
                    () => Compose(clientId, username, password, cleanSession, keepAlivePeriod) with
                    {
                        Will = ComposeWill(willRetain, willQosLevel, willFlag, willTopic, willMessage),
                    });
            }
            finally
            {
                ThrowIfDead(); // the power went meanwhile: nothing else matters
            }

            var reason = (MqttReasonCode)answer.ReturnCode;
            if (reason != MqttReasonCode.Success)
            {
                return reason; // the connection stays as it is until Close
            }

            lock (_gate)
            {
                ClientId = clientId;
                CleanSession = cleanSession;
                WillFlag = willFlag;
                WillTopic = willTopic;
                WillMessage = willMessage;
                WillQosLevel = willQosLevel;
                _keepAlive = keepAlivePeriod * 1000L;
                _pingSent = 0;
                RestoreSession();
                _working = true;
                _timer ??= _time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                IsConnected = !_closing;
                _events.Start();
                if (_closing)
                {
                    _events.End(); // lost between the answer and here
                }

                Pump();
            }

            return reason;
        }

        public void Disconnect()
        {
            ThrowIfDead();
            lock (_gate)
            {
                try
                {
                    (_transport ?? throw new InvalidOperationException("There is no connection.")).Post(DisconnectPacket.Instance);
                }
                catch (Exception ex)
                {
                    throw new MqttCommunicationException(ex);
                }
            }

            CloseSoon();
        }

        public void Close()
        {
            MqttTransport? transport;
            ITimer? timer;
            CancellationTokenRegistration networkLost;
            lock (_gate)
            {
                _working = false;
                _inflight.ForEach(message => message.Errand?.Dispose());
                _inflight.Clear();
                _waiting.Clear();
                _events.Stop();
                transport = _transport;
                _transport = null;
                timer = _timer;
                _timer = null;
                networkLost = _networkLost;
                _networkLost = default;
                _answer?.TrySetException(new MqttCommunicationException());
                _answer = null;
                IsConnected = false;
            }

            timer?.Dispose();
            networkLost.Unregister(); // not Dispose: that waits for a callback that may be waiting for us
            if (transport != null)
            {
                _ = SayGoodbyeAsync(transport);
            }
        }

        private static async Task SayGoodbyeAsync(MqttTransport transport)
        {
            if (!transport.IsClosed)
            {
                await Task.WhenAny(transport.ShutdownAsync(), Task.Delay(GoodbyeTime)).ConfigureAwait(false);
            }

            transport.Dispose();
        }

        private async Task ReceiveAsync(MqttTransport transport)
        {
            Exception? cause = null;
            try
            {
                await transport.ReceiveLoopAsync(packet => OnPacket(transport, packet)).ConfigureAwait(false);
            }
            catch (Exception ex)
            {
                cause = ex;
            }

            lock (_gate)
            {
                if (transport != _transport)
                {
                    return; // closed here, or replaced
                }

                _answer?.TrySetException(cause == null ? new MqttCommunicationException() : new MqttCommunicationException(cause));
            }

            CloseSoon();
        }

        private void OnPacket(MqttTransport transport, MqttPacket packet)
        {
            if (IsDead)
            {
                transport.Dispose();
                return;
            }

            if (packet is ConnAckPacket connack)
            {
                OnConnack(transport, connack);
                return;
            }

            lock (_gate)
            {
                if (transport == _transport)
                {
                    OnMessage(packet);
                }
            }
        }

        /// <summary>Marks the connection as lost; the event queue does the rest, if there is one.</summary>
        private void CloseSoon()
        {
            lock (_gate)
            {
                if (_closing)
                {
                    return;
                }

                _closing = true;
                IsConnected = false;
            }

            if (IsDead)
            {
                Close(); // nobody is left to hear of it
                return;
            }

            _events.End();
        }

        private void EndConnection()
        {
            lock (_gate)
            {
                if (!_closing)
                {
                    return; // connected anew meanwhile: that connection is not ours to close
                }

                Close();
            }

            if (IsDead)
            {
                return;
            }

            try
            {
                ConnectionClosed?.Invoke(this, EventArgs.Empty);
            }
            catch (Exception ex) when (ex is not BoardOffException)
            {
                // On a board this thread ends here anyway.
            }
        }

        private bool IsDead
        {
            get
            {
                try
                {
                    ThrowIfDead();
                    return false;
                }
                catch (BoardOffException)
                {
                    return true;
                }
            }
        }

        private void ThrowIfDead()
        {
            _board.ThrowIfOff();
            if (_board.Packages != _packages)
            {
                throw new BoardOffException(); // the board has restarted; this client belongs to what ran before
            }
        }
    }
}

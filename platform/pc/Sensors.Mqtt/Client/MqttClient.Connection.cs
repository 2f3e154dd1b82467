using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <content>A connection from its handshake to its end.</content>
    public sealed partial class MqttClient
    {
        private static readonly TimeSpan LeavePatience = TimeSpan.FromMilliseconds(300);

        /// <summary>Connects.</summary>
        /// <returns>True when the server still had the session (§3.2.2.2).</returns>
        /// <exception cref="MqttConnectionException">The server cannot be reached, refuses, or does not answer in time.</exception>
        /// <exception cref="InvalidOperationException">Already connected or connecting.</exception>
        public async Task<bool> ConnectAsync(CancellationToken cancellation = default)
        {
            lock (_gate)
            {
                if (_link is not null || _connecting)
                {
                    throw new InvalidOperationException("The client is already connected or connecting.");
                }

                _connecting = true;
            }

            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            timeout.CancelAfter(_options.ConnectTimeout);
            MqttTransport? transport = null;
            try
            {
                await _receiving.ConfigureAwait(false); // the end of the last connection has been told
                transport = await MqttTransport.ConnectAsync(
                    _options.Host, _options.Port, _options.Tls, _options.MaxPacketSize, timeout.Token).ConfigureAwait(false);
                ConnAckPacket answer = await HandshakeAsync(transport, timeout.Token).ConfigureAwait(false);
                Attach(transport, answer.SessionPresent);
                transport = null;
                return answer.SessionPresent;
            }
            catch (Exception e) when (e is SocketException or IOException or AuthenticationException or MqttProtocolException)
            {
                throw new MqttConnectionException("Could not connect to " + _options.Host + ":" + _options.Port + ": " + e.Message, e);
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw new MqttConnectionException(
                    "No answer from " + _options.Host + ":" + _options.Port + " within " + _options.ConnectTimeout.TotalSeconds + " s.", e);
            }
            finally
            {
                transport?.Dispose();
                lock (_gate)
                {
                    _connecting = false;
                }
            }
        }

        /// <summary>Takes leave: the server drops the will. Completes when the connection has ended and <see cref="Closed"/> has
        /// been told. Without effect when not connected.</summary>
        public async Task DisconnectAsync()
        {
            ClientLink? link;
            lock (_gate)
            {
                link = _link;
                if (link is not null)
                {
                    link.LocalReason ??= new MqttClosed(MqttCloseReason.LocalDisconnect, null);
                    link.Transport.TryPost(DisconnectPacket.Instance);
                    Detach(link); // nothing may follow DISCONNECT ([MQTT-3.14.4-2])
                }
            }

            if (link is not null)
            {
                // The server closes when it has read DISCONNECT; to close first could make it lose that. One that has stopped
                // reading must not keep us: the connection is going anyway.
                Task ended = Task.WhenAll(link.Transport.ShutdownAsync(), _receiving);
                await Task.WhenAny(ended, Task.Delay(LeavePatience)).ConfigureAwait(false);
                link.Transport.Dispose();
            }

            await _receiving.ConfigureAwait(false);
        }

        /// <summary>Closes the connection without taking leave, as a crash would: the server publishes the will.</summary>
        public void Abort()
        {
            ClientLink? link;
            lock (_gate)
            {
                link = _link;
            }

            if (link is not null)
            {
                Fail(link, MqttCloseReason.LocalDisconnect, null);
            }
        }

        private async Task<ConnAckPacket> HandshakeAsync(MqttTransport transport, CancellationToken cancellation)
        {
            transport.Post(new ConnectPacket
            {
                ClientId = _options.ClientId,
                CleanSession = _options.CleanSession,
                KeepAliveSeconds = (ushort)_options.KeepAlive.TotalSeconds,
                Will = _options.Will,
                UserName = _options.UserName,
                Password = _options.Password,
            });
            MqttPacket? packet = await transport.ReceiveAsync(cancellation).ConfigureAwait(false);
            if (packet is not ConnAckPacket answer)
            {
                throw packet is null
                    ? new MqttConnectionException("The server closed the connection instead of answering CONNECT.")
                    : new MqttProtocolException("MQTT-3.2.0-1", "The server's first packet is " + packet.Type + ".");
            }

            return answer.ReturnCode == ConnectReturnCode.Accepted
                ? answer
                : throw new MqttConnectionException("The server refuses: " + answer.ReturnCode + ".", null, answer.ReturnCode);
        }

        private void Attach(MqttTransport transport, bool sessionPresent)
        {
            lock (_gate)
            {
                _session.Resend(transport, sessionPresent); // may renew the set of received identifiers: before the link takes it
                long now = Environment.TickCount64;
                var link = new ClientLink(transport, _session.ReceivedExactlyOnce) { LastSentAt = now, LastReceivedAt = now };
                _link = link;
                _session.Pump(transport, _isRequest);
                ScheduleKeepAlive();
                _receiving = Task.Run(() => ReceiveAsync(link));
            }
        }

        /// <summary>Under the lock: from here on there is no connection, and nobody waits for an answer over it.</summary>
        private void Detach(ClientLink link)
        {
            if (_link != link)
            {
                return;
            }

            _link = null;
            _keepAliveTimer.Change(Timeout.Infinite, Timeout.Infinite);
            foreach (TaskCompletionSource<MqttPacket> waiting in _requests.Values)
            {
                waiting.TrySetException(new MqttConnectionException("The connection ended before the answer."));
            }

            _requests.Clear();
        }

        private void FailSession()
        {
            List<OutgoingMessage> unfinished;
            lock (_gate)
            {
                unfinished = _session.Clear();
            }

            foreach (OutgoingMessage message in unfinished)
            {
                message.Done.TrySetException(new MqttConnectionException("The connection ended before the acknowledgement."));
            }
        }

        private void Fail(ClientLink link, MqttCloseReason reason, Exception? error)
        {
            lock (_gate)
            {
                link.LocalReason ??= new MqttClosed(reason, error);
                Detach(link);
            }

            link.Transport.Dispose();
        }
    }
}

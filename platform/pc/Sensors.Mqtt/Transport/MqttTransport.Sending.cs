using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Sensors.Mqtt
{
    /// <content>Sending: packets are collected in one buffer while the other is being written.</content>
    public sealed partial class MqttTransport
    {
        private PooledBuffer _filling = new();
        private PooledBuffer _sending = new();
        private TaskCompletionSource? _fillingSent;
        private TaskCompletionSource? _sendingSent;
        private bool _flushing;

        /// <summary>Gets the bytes handed over that the operating system has not taken yet.</summary>
        public int PendingBytes
        {
            get
            {
                lock (_gate)
                {
                    return _filling.Length + _sending.Length;
                }
            }
        }

        /// <summary>Sends a packet, as the caller composed it.</summary>
        /// <returns>Completes when the operating system has taken the bytes.</returns>
        /// <exception cref="ArgumentException">The packet cannot be encoded.</exception>
        /// <exception cref="IOException">The connection is closed or broke.</exception>
        public Task SendAsync(MqttPacket packet)
        {
            Post(packet);
            return FlushAsync();
        }

        /// <summary>Sends bytes as they are: one packet, several, or a deliberately broken one.</summary>
        /// <returns>Completes when the operating system has taken the bytes, which may be reused at once.</returns>
        /// <exception cref="IOException">The connection is closed or broke.</exception>
        public Task SendAsync(ReadOnlySpan<byte> raw)
        {
            lock (_gate)
            {
                ThrowIfClosed();
                raw.CopyTo(_filling.GetSpan(raw.Length));
                _filling.Advance(raw.Length);
                Kick();
            }

            return FlushAsync();
        }

        /// <summary>Hands a packet over without waiting.</summary>
        /// <exception cref="ArgumentException">The packet cannot be encoded.</exception>
        /// <exception cref="IOException">The connection is closed or broke.</exception>
        public void Post(MqttPacket packet)
        {
            lock (_gate)
            {
                ThrowIfClosed();
                MqttEncoder.Write(_filling, packet);
                Kick();
            }
        }

        /// <summary>Completes when everything handed over so far has been taken by the operating system.</summary>
        /// <exception cref="IOException">The connection is closed or broke.</exception>
        public Task FlushAsync()
        {
            lock (_gate)
            {
                if (_closed)
                {
                    return Task.FromException(new IOException("The connection is closed.", _failure));
                }

                if (_filling.Length > 0)
                {
                    return (_fillingSent ??= NewCompletion()).Task;
                }

                return _sending.Length > 0 ? (_sendingSent ??= NewCompletion()).Task : Task.CompletedTask;
            }
        }

        /// <summary>As <see cref="Post"/>, but a closed connection is not an error: its end is handled where it is read from.</summary>
        internal bool TryPost(MqttPacket packet)
        {
            lock (_gate)
            {
                if (_closed)
                {
                    return false;
                }

                MqttEncoder.Write(_filling, packet);
                Kick();
                return true;
            }
        }

        internal bool TryPostAcknowledgement(MqttPacketType type, ushort packetId)
        {
            lock (_gate)
            {
                if (_closed)
                {
                    return false;
                }

                MqttEncoder.WriteAcknowledgement(_filling, type, packetId);
                Kick();
                return true;
            }
        }

        /// <summary>Hands a message over unless more than <paramref name="limit"/> bytes would then be waiting.</summary>
        internal bool TryPostPublish(PublishPacket message, MqttQos qos, bool retain, bool duplicate, ushort packetId, int limit)
        {
            lock (_gate)
            {
                if (_closed || (long)_filling.Length + _sending.Length + message.Payload.Length + message.Topic.Length > limit)
                {
                    return false;
                }

                MqttEncoder.WritePublish(_filling, message.Topic, message.Payload.Span, qos, retain, duplicate, packetId);
                Kick();
                return true;
            }
        }

        private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private void ThrowIfClosed()
        {
            if (_closed)
            {
                throw new IOException("The connection is closed.", _failure);
            }
        }

        private void Kick()
        {
            if (!_flushing)
            {
                _flushing = true;
                ThreadPool.UnsafeQueueUserWorkItem(static transport => _ = transport.FlushLoopAsync(), this, preferLocal: false);
            }
        }

        private async Task FlushLoopAsync()
        {
            try
            {
                while (TakeFilled(out ReadOnlyMemory<byte> bytes))
                {
                    await _stream.WriteAsync(bytes).ConfigureAwait(false);
                }
            }
            catch (Exception e)
            {
                // Whatever ended the sending ends the connection; the receiving side reports it.
                Close(e);
                lock (_gate)
                {
                    _sending.Clear();
                }
            }
        }

        /// <summary>Ends the last write and begins the next: the two buffers change places.</summary>
        private bool TakeFilled(out ReadOnlyMemory<byte> bytes)
        {
            TaskCompletionSource? sent;
            bool more;
            lock (_gate)
            {
                sent = _sendingSent;
                _sending.Clear();
                more = _filling.Length > 0 && !_closed;
                if (more)
                {
                    (_filling, _sending) = (_sending, _filling);
                    (_fillingSent, _sendingSent) = (null, _fillingSent);
                }
                else
                {
                    _sendingSent = null;
                    _flushing = false;
                }

                bytes = _sending.Written;
            }

            sent?.TrySetResult();
            return more;
        }
    }
}

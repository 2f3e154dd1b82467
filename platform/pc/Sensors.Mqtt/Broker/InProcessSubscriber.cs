using System;
using System.Collections.Generic;
using System.Threading;

namespace Sensors.Mqtt
{
    /// <summary>Code of this process that listens. Its messages keep the broker's order and are called from the thread pool, so
    /// that a slow listener holds up nobody.</summary>
    internal sealed class InProcessSubscriber(BrokerRouter router, string filter, Action<PublishPacket> handler, BrokerTotals totals)
        : Subscriber, IDisposable
    {
        private const int MaxWaiting = 10_000;

        private readonly Queue<PublishPacket> _waiting = new();
        private bool _running;
        private bool _disposed;

        public string Filter => filter;

        public override void Deliver(PublishPacket message, MqttQos granted, bool retained)
        {
            lock (_waiting)
            {
                if (_disposed)
                {
                    return;
                }

                if (_waiting.Count >= MaxWaiting)
                {
                    Interlocked.Increment(ref totals.DroppedInProcess);
                    return;
                }

                MqttQos qos = message.Qos < granted ? message.Qos : granted;
                bool asPublished = message.Retain == retained && message.Qos == qos && !message.Duplicate && message.PacketId == 0;
                _waiting.Enqueue(
                    asPublished ? message : message with { Retain = retained, Qos = qos, Duplicate = false, PacketId = 0 });
                if (!_running)
                {
                    _running = true;
                    ThreadPool.UnsafeQueueUserWorkItem(static s => s.Run(), this, preferLocal: false);
                }
            }
        }

        public void Dispose()
        {
            lock (_waiting)
            {
                _disposed = true;
                _waiting.Clear();
            }

            router.Remove(this);
        }

        private void Run()
        {
            while (true)
            {
                PublishPacket? message;
                lock (_waiting)
                {
                    if (!_waiting.TryDequeue(out message))
                    {
                        _running = false;
                        return;
                    }
                }

                try
                {
                    handler(message);
                }
                catch (Exception)
                {
                    // A listener that fails is its own affair; the broker and the other listeners go on, and it is counted.
                    Interlocked.Increment(ref totals.DroppedInProcess);
                }
            }
        }
    }
}

using System;
using System.Collections.Generic;
using Sensors.Edge;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A way to a broker and a collector in virtual time, one after the other on the node's own thread: how long each takes is said here.</summary>
    internal sealed class EdgeLink : MqttLink
    {
        /// <summary>From the node to the broker and back, or to the collector: Wi-Fi and a switch.</summary>
        public const int WayMilliseconds = 20;

        /// <summary>From the first message of a batch to its commit.</summary>
        public const int BatchMilliseconds = 50;

        /// <summary>
        /// What a message costs an ESP32 at 240 MHz: text of its numbers, its bytes to the socket. The longest reading is some 20,000 loop passes of about 3 µs each.
        /// </summary>
        public const int EncodeMilliseconds = 60;

        private const int MessageNumbers = 65535;
        private const long NanosecondsPerMillisecond = 1_000_000;

        private readonly VirtualEsp32 _board;
        private readonly Collector _collector;
        private readonly PriorityQueue<Action, (long At, long Order)> _coming = new();
        private long _order;
        private long _published;
        private long _flushAt = long.MaxValue;
        private bool _connected;

        /// <summary>Makes the way.</summary>
        public EdgeLink(VirtualEsp32 board, IReadingStore store)
        {
            _board = board;
            _collector = new Collector(store);
        }

        /// <summary>Gets or sets whether there is a broker.</summary>
        public bool Up { get; set; }

        /// <summary>Gets or sets what is called after each commit.</summary>
        public Action<long> Committed { get; set; } = _ => { };

        public override bool IsConnected => _connected && Up;

        /// <summary>Gets when something comes next, in milliseconds since start.</summary>
        public long NextAt => Math.Min(_flushAt, _coming.TryPeek(out _, out (long At, long Order) first) ? first.At : long.MaxValue);

        private long Now => _board.Time.Nanoseconds / NanosecondsPerMillisecond;

        public override string? Connect(LinkSettings settings, string willTopic, string will)
        {
            _connected = Up;
            return Up ? null : "no broker";
        }

        public override int Publish(string topic, byte[] payload, int count, bool retain)
        {
            _board.Time.Advance(EncodeMilliseconds * NanosecondsPerMillisecond);
            int number = (int)(_published++ % MessageNumbers) + 1;
            byte[] message = payload.AsSpan(0, count).ToArray();
            long arrival = Now + WayMilliseconds;
            At(arrival, () =>
            {
                _collector.Take(topic, message);
                _flushAt = Math.Min(_flushAt, arrival + BatchMilliseconds);
            });
            At(arrival + WayMilliseconds, () => Listener.Acknowledged(number, true));
            return number;
        }

        public override void Subscribe(string topicFilter)
        {
        }

        public override void Close() => _connected = false;

        /// <summary>Lets what has come happen.</summary>
        public void Settle()
        {
            while (_coming.TryPeek(out Action? happens, out (long At, long Order) first) && first.At <= Now)
            {
                _coming.Dequeue();
                happens();
            }

            if (_flushAt <= Now)
            {
                _flushAt = long.MaxValue;
                IReadOnlyList<OutgoingAnswer> answers = _collector.Flush(_board.WorldUtc);
                Committed(Now);
                foreach (OutgoingAnswer answer in answers)
                {
                    byte[] message = answer.Payload.ToArray();
                    At(Now + WayMilliseconds, () => Listener.Received(answer.Topic, message));
                }
            }
        }

        private void At(long milliseconds, Action happens) => _coming.Enqueue(happens, (milliseconds, _order++));
    }
}

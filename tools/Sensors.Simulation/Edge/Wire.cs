using System;
using System.Buffers;
using Sensors.Mqtt;

namespace Sensors.Simulation
{
    /// <summary>What a connection tells the program at its end.</summary>
    internal interface IWireEnd
    {
        /// <summary>A packet came.</summary>
        void Receive(MqttPacket packet);

        /// <summary>The other end has closed.</summary>
        void Ended();
    }

    /// <summary>A TCP connection between a client and the broker: bytes in order, after some time, in pieces of any size, or never.</summary>
    internal sealed class Wire
    {
        private readonly Pipe _up;
        private readonly Pipe _down;

        public Wire(EventQueue queue, SimRandom random, Func<long> latency, IWireEnd client, MqttDirection toClient)
        {
            _up = new Pipe(this, queue, random, latency, MqttDirection.ToServer);
            _down = new Pipe(this, queue, random, latency, toClient) { End = client };
        }

        /// <summary>Gets whether bytes vanish without either end being told.</summary>
        public bool IsHalfOpen { get; private set; }

        /// <summary>Gets or sets until when bytes wait: a network that is away for a while and then repeats what it owes.</summary>
        public long StalledUntil { get; set; }

        /// <summary>Gets what the client sends.</summary>
        public Pipe Up => _up;

        /// <summary>Gets what the broker sends.</summary>
        public Pipe Down => _down;

        /// <summary>Cuts the connection so that nobody notices.</summary>
        public void Lose()
        {
            IsHalfOpen = true;
            _up.Drop();
            _down.Drop();
        }

        /// <summary>One direction.</summary>
        internal sealed class Pipe
        {
            private readonly Wire _wire;
            private readonly EventQueue _queue;
            private readonly SimRandom _random;
            private readonly Func<long> _latency;
            private readonly MqttDecoder _decoder;
            private readonly SimTimer _arrival;
            private byte[] _bytes = new byte[512];
            private int _count;
            private bool _ending;
            private bool _closed;

            public Pipe(Wire wire, EventQueue queue, SimRandom random, Func<long> latency, MqttDirection direction)
            {
                _wire = wire;
                _queue = queue;
                _random = random;
                _latency = latency;
                _decoder = new MqttDecoder(MqttDecoder.DefaultMaxPacketSize, direction);
                _arrival = new SimTimer(queue, Arrive);
            }

            /// <summary>Gets or sets who is told.</summary>
            public IWireEnd? End { get; set; }

            /// <summary>Sends bytes.</summary>
            public void Send(ReadOnlySpan<byte> bytes)
            {
                if (_wire.IsHalfOpen || _ending || _closed)
                {
                    return;
                }

                if (_count + bytes.Length > _bytes.Length)
                {
                    Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _count + bytes.Length));
                }

                bytes.CopyTo(_bytes.AsSpan(_count));
                _count += bytes.Length;
                Schedule();
            }

            /// <summary>Closes this end: what was sent still arrives, then the other end is told.</summary>
            public void Finish()
            {
                if (!_wire.IsHalfOpen && !_closed && !_ending)
                {
                    _ending = true;
                    Schedule();
                }
            }

            /// <summary>Reads no more, and tells nothing more.</summary>
            public void Close()
            {
                _closed = true;
                Drop();
            }

            /// <summary>Lets what is on its way arrive at this moment: a client that waits for its answer.</summary>
            public void ArriveNow()
            {
                while (_count > 0 && IsRead)
                {
                    Arrive();
                }
            }

            private bool IsRead => !_closed && !_wire.IsHalfOpen;

            internal void Drop()
            {
                _count = 0;
                _arrival.Cancel();
            }

            private void Schedule()
            {
                if (!_arrival.IsSet)
                {
                    _arrival.Set(Math.Max(_queue.Now + _latency(), _wire.StalledUntil));
                }
            }

            private void Arrive()
            {
                if (_queue.Now < _wire.StalledUntil)
                {
                    _arrival.Set(_wire.StalledUntil);
                    return;
                }

                int take = _count > 1 && _random.Chance(1, 16) ? _random.Next(_count) : _count; // segments end anywhere
                int at = 0;
                while (at < take && IsRead)
                {
                    Span<byte> room = _decoder.GetMemory().Span;
                    int some = Math.Min(room.Length, take - at);
                    _bytes.AsSpan(at, some).CopyTo(room);
                    _decoder.Advance(some);
                    at += some;
                    while (IsRead && _decoder.TryRead(out MqttPacket? packet))
                    {
                        End?.Receive(packet);
                    }
                }

                if (!IsRead)
                {
                    return;
                }

                _count -= take;
                Array.Copy(_bytes, take, _bytes, 0, _count);
                if (_count > 0)
                {
                    Schedule();
                }
                else if (_ending)
                {
                    _closed = true;
                    End?.Ended();
                }
            }
        }
    }

    /// <summary>Bytes of a packet on their way out; one for each writer, used again.</summary>
    internal sealed class PacketBytes : IBufferWriter<byte>
    {
        private byte[] _array = new byte[2048];

        public int Length { get; private set; }

        public ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

        public void Clear() => Length = 0;

        public void Advance(int count) => Length += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            Grow(sizeHint);
            return _array.AsMemory(Length);
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            Grow(sizeHint);
            return _array.AsSpan(Length);
        }

        private void Grow(int more)
        {
            if (Length + Math.Max(1, more) > _array.Length)
            {
                Array.Resize(ref _array, Math.Max(_array.Length * 2, Length + more));
            }
        }
    }
}

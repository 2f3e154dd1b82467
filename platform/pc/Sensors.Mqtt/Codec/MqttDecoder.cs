using System;
using System.Diagnostics.CodeAnalysis;

namespace Sensors.Mqtt
{
    /// <summary>Cuts a byte stream into packets and holds them to MQTT 3.1.1. Not for use by two threads at once.</summary>
    /// <remarks>
    /// Fill <see cref="GetMemory"/>, tell <see cref="Advance"/> how much, call <see cref="TryRead"/> until it returns false.
    /// The buffer grows by doubling as bytes arrive, never by what a header announces, and never beyond one packet of the
    /// permitted size. A wrong first byte or length is refused before the rest of its packet has arrived.
    /// </remarks>
    public sealed class MqttDecoder
    {
        /// <summary>Default of the largest packet taken, in bytes, header included: 256 KiB.</summary>
        public const int DefaultMaxPacketSize = 256 * 1024;

        /// <summary>The largest packet MQTT can express: five header bytes and a remaining length of 268,435,455 (§2.2.3).</summary>
        public const int LargestPacketSize = 5 + 268_435_455;

        // Idle connections are many and their packets small; a connection that fills its buffer gets a larger one for as
        // long as it keeps doing so.
        private const int SmallBuffer = 512;
        private const int BusyBuffer = 16 * 1024;

        private readonly int _maxPacketSize;
        private readonly MqttDirection _direction;
        private byte[] _buffer = [];
        private int _start;
        private int _end;
        private bool _filled;
        private MqttProtocolException? _refused;

        /// <summary>Makes a decoder that has seen nothing.</summary>
        /// <param name="maxPacketSize">Largest packet taken, in bytes, header included; 2 to <see cref="LargestPacketSize"/>.</param>
        /// <param name="direction">Which packets are taken.</param>
        public MqttDecoder(int maxPacketSize = DefaultMaxPacketSize, MqttDirection direction = MqttDirection.Any)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(maxPacketSize, 2);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(maxPacketSize, LargestPacketSize);
            _maxPacketSize = maxPacketSize;
            _direction = direction;
        }

        /// <summary>Gets the bytes received that belong to no whole packet yet.</summary>
        public int BufferedBytes => _end - _start;

        /// <summary>Gets the size of the buffer now, in bytes.</summary>
        public int BufferSize => _buffer.Length;

        /// <summary>Decodes bytes that are exactly one packet.</summary>
        /// <exception cref="MqttProtocolException">They are not.</exception>
        public static MqttPacket Decode(ReadOnlySpan<byte> bytes, MqttDirection direction = MqttDirection.Any)
        {
            if (!FixedHeader.TryRead(bytes, direction, out FixedHeader header) || header.PacketLength != bytes.Length)
            {
                throw new MqttProtocolException("MQTT-2.2.3", "The bytes are not exactly one packet.");
            }

            return PacketBody.Decode(header, bytes[header.HeaderLength..], direction == MqttDirection.ToServer);
        }

        /// <summary>Gets room for at least one byte. Call it only after <see cref="TryRead"/> has returned false.</summary>
        public Memory<byte> GetMemory()
        {
            int held = _end - _start;
            int wanted = _buffer.Length;
            if (held == _buffer.Length || (_filled && wanted < BusyBuffer))
            {
                wanted = Math.Max(SmallBuffer, wanted * 2);
            }
            else if (held == 0 && wanted > BusyBuffer)
            {
                wanted = BusyBuffer; // a large packet has passed
            }

            if (wanted != _buffer.Length)
            {
                byte[] larger = GC.AllocateUninitializedArray<byte>(wanted);
                _buffer.AsSpan(_start, held).CopyTo(larger);
                _buffer = larger;
            }
            else if (_start > 0)
            {
                _buffer.AsSpan(_start, held).CopyTo(_buffer);
            }

            _start = 0;
            _end = held;
            return _buffer.AsMemory(held);
        }

        /// <summary>Tells how many bytes were put into <see cref="GetMemory"/>.</summary>
        public void Advance(int count)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
            _end += count;
            _filled = _end == _buffer.Length;
        }

        /// <summary>Takes the next whole packet.</summary>
        /// <returns>False when more bytes are needed.</returns>
        /// <exception cref="MqttProtocolException">The bytes break the protocol. Every later call throws again: there is no way
        /// to find the next packet.</exception>
        public bool TryRead([NotNullWhen(true)] out MqttPacket? packet)
        {
            if (_refused is not null)
            {
                throw _refused;
            }

            try
            {
                return TryReadCore(out packet);
            }
            catch (MqttProtocolException refused)
            {
                _refused = refused;
                _buffer = [];
                _start = _end = 0;
                throw;
            }
        }

        private bool TryReadCore([NotNullWhen(true)] out MqttPacket? packet)
        {
            packet = null;
            ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, _end - _start);
            if (!FixedHeader.TryRead(bytes, _direction, out FixedHeader header))
            {
                return false;
            }

            if (header.PacketLength > _maxPacketSize)
            {
                throw new MqttProtocolException(
                    "MQTT-2.2.3", "A packet of " + header.PacketLength + " bytes is over the limit of " + _maxPacketSize + ".");
            }

            if (bytes.Length < header.PacketLength)
            {
                return false;
            }

            packet = PacketBody.Decode(
                header,
                bytes.Slice(header.HeaderLength, header.RemainingLength),
                refuseControls: _direction == MqttDirection.ToServer);
            _start += header.PacketLength;
            return true;
        }
    }
}

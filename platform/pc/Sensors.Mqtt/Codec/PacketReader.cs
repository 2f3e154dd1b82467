using System;
using System.Buffers.Binary;

namespace Sensors.Mqtt
{
    /// <summary>Walks through the bytes after the fixed header; every step is checked against the end.</summary>
    internal ref struct PacketReader(ReadOnlySpan<byte> body, bool refuseControls)
    {
        private ReadOnlySpan<byte> _rest = body;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public byte Byte() => Take(1)[0];

        public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

        public ushort PacketId()
        {
            ushort id = UInt16();
            return id != 0 ? id : throw new MqttProtocolException("MQTT-2.3.1-1", "Packet identifier is 0.");
        }

        public string String() => MqttText.Decode(Binary(), refuseControls);

        public ReadOnlySpan<byte> Binary() => Take(UInt16());

        public ReadOnlySpan<byte> Rest()
        {
            ReadOnlySpan<byte> rest = _rest;
            _rest = default;
            return rest;
        }

        public readonly void ExpectEnd()
        {
            if (!_rest.IsEmpty)
            {
                throw new MqttProtocolException("MQTT-4.8.0-1", _rest.Length + " bytes follow the end of the packet's content.");
            }
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > _rest.Length)
            {
                throw new MqttProtocolException("MQTT-4.8.0-1", "The packet ends inside a field.");
            }

            ReadOnlySpan<byte> taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}

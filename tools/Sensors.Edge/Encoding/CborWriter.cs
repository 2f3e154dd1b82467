using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Sensors.Edge
{
    /// <summary>Writes CBOR (RFC 8949): definite lengths, every integer and float in the fewest bytes that hold it exactly.</summary>
    internal readonly struct CborWriter(IBufferWriter<byte> output)
    {
        private const double LargestInteger = 9007199254740992; // 2^53: a double holds every integer up to here

        public void Array(int count) => Head(CborType.Array, (ulong)count);

        /// <summary>Begins an array whose length nobody knows yet; <see cref="Break"/> ends it.</summary>
        public void OpenArray() => Byte(((int)CborType.Array << 5) | 31);

        public void Break() => Byte(0xFF);

        public void Map(int count) => Head(CborType.Map, (ulong)count);

        public void Integer(long value)
        {
            if (value >= 0) { Head(CborType.Unsigned, (ulong)value); } else { Head(CborType.Negative, (ulong)~value); }
        }

        public void Text(string text)
        {
            int length = Encoding.UTF8.GetByteCount(text);
            Head(CborType.Text, (ulong)length);
            output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
        }

        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            Head(CborType.Bytes, (ulong)bytes.Length);
            output.Write(bytes);
        }

        public void Boolean(bool value) => Byte(value ? 0xF5 : 0xF4);

        /// <summary>Writes a number as an integer where it is one, else as the shortest float that is equal to it.</summary>
        public void Number(double value)
        {
            if (value == Math.Truncate(value) && Math.Abs(value) <= LargestInteger)
            {
                Integer((long)value);
            }
            else if ((double)(Half)value == value)
            {
                Span<byte> bytes = output.GetSpan(3);
                bytes[0] = 0xF9;
                BinaryPrimitives.WriteHalfBigEndian(bytes[1..], (Half)value);
                output.Advance(3);
            }
            else if ((double)(float)value == value)
            {
                Span<byte> bytes = output.GetSpan(5);
                bytes[0] = 0xFA;
                BinaryPrimitives.WriteSingleBigEndian(bytes[1..], (float)value);
                output.Advance(5);
            }
            else
            {
                Span<byte> bytes = output.GetSpan(9);
                bytes[0] = 0xFB;
                BinaryPrimitives.WriteDoubleBigEndian(bytes[1..], value);
                output.Advance(9);
            }
        }

        private void Head(CborType type, ulong argument)
        {
            int top = (int)type << 5;
            Span<byte> bytes = output.GetSpan(9);
            int length;
            switch (argument)
            {
                case < 24:
                    bytes[0] = (byte)(top | (int)argument);
                    length = 1;
                    break;
                case <= byte.MaxValue:
                    bytes[0] = (byte)(top | 24);
                    bytes[1] = (byte)argument;
                    length = 2;
                    break;
                case <= ushort.MaxValue:
                    bytes[0] = (byte)(top | 25);
                    BinaryPrimitives.WriteUInt16BigEndian(bytes[1..], (ushort)argument);
                    length = 3;
                    break;
                case <= uint.MaxValue:
                    bytes[0] = (byte)(top | 26);
                    BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], (uint)argument);
                    length = 5;
                    break;
                default:
                    bytes[0] = (byte)(top | 27);
                    BinaryPrimitives.WriteUInt64BigEndian(bytes[1..], argument);
                    length = 9;
                    break;
            }

            output.Advance(length);
        }

        private void Byte(int value)
        {
            output.GetSpan(1)[0] = (byte)value;
            output.Advance(1);
        }
    }
}

using System;
using System.Buffers.Binary;
using System.Text;

namespace Sensors.Node.Tests.Capture
{
    /// <summary>A chunk taken apart by the table of docs/capture.md, with numbers of its own.</summary>
    internal sealed class Chunk
    {
        private readonly byte[] _bytes;

        public Chunk(byte[] bytes)
        {
            _bytes = bytes;
            int end = bytes.Length - 4;
            Assert.Equal("SC", Encoding.ASCII.GetString(bytes, 0, 2));
            Assert.Equal(1, bytes[2]);
            Assert.Equal(59 + bytes[58], bytes[3]);
            Assert.Equal(BitwiseCrc.Of(bytes.AsSpan(0, end)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end)));
            Assert.Equal(end, bytes[3] + (2 * Samples * Axes));
        }

        public int Capture => Int32(4);

        public long Epoch => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(8));

        public int Index => UInt16(16);

        public int Chunks => UInt16(18);

        public int Block => _bytes[20];

        public int Blocks => _bytes[21];

        public int Trigger => _bytes[22];

        public int Reason => _bytes[23];

        public int Axes => _bytes[24];

        public int Axis => _bytes[25];

        public int Clock => _bytes[26];

        public int Missed => _bytes[27];

        public long Time => BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(28));

        public float Rate => BinaryPrimitives.ReadSingleLittleEndian(_bytes.AsSpan(36));

        public float Weight => BinaryPrimitives.ReadSingleLittleEndian(_bytes.AsSpan(40));

        public int BlockSamples => Int32(44);

        public int First => Int32(48);

        public int Samples => UInt16(52);

        public int Lost => Int32(54);

        public string Point => Encoding.ASCII.GetString(_bytes, 59, _bytes[58]);

        public short Value(int i) => BinaryPrimitives.ReadInt16LittleEndian(_bytes.AsSpan(_bytes[3] + (2 * i)));

        private int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at));

        private int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at));
    }

    /// <summary>CRC-32 bit by bit, as the standard describes it.</summary>
    internal static class BitwiseCrc
    {
        public static uint Of(ReadOnlySpan<byte> bytes)
        {
            uint crc = 0xFFFFFFFF;
            foreach (byte value in bytes)
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }
            }

            return ~crc;
        }
    }
}

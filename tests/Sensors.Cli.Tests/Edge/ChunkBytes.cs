using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;

namespace Sensors.Cli.Tests.Edge
{
    /// <summary>Makes chunks by the table of docs/capture.md, good ones and bad ones.</summary>
    internal sealed class ChunkBytes
    {
        public uint Capture { get; init; } = 7;

        public long Epoch { get; init; } = 5;

        public int Index { get; init; }

        public int Chunks { get; init; } = 1;

        public int Block { get; init; }

        public int Blocks { get; init; } = 1;

        public int Trigger { get; init; }

        public int Reason { get; init; } = 1;

        public int Axes { get; init; } = 3;

        public int Axis { get; init; }

        public int Clock { get; init; } = 2;

        public long Time { get; init; } = 1763600000123;

        public float Rate { get; init; } = 4000;

        public float Weight { get; init; } = 0.5f;

        public int BlockSamples { get; init; } = 2;

        public int First { get; init; }

        public string Point { get; init; } = "vib1";

        public short[] Counts { get; init; } = [1, 2, 3, -4, -5, -6];

        public byte[] ToArray()
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            writer.Write("SC"u8);
            writer.Write((byte)1);
            writer.Write((byte)(59 + Point.Length));
            writer.Write(Capture);
            writer.Write(Epoch);
            writer.Write((ushort)Index);
            writer.Write((ushort)Chunks);
            foreach (int value in (int[])[Block, Blocks, Trigger, Reason, Axes, Axis, Clock, 0])
            {
                writer.Write((byte)value);
            }

            writer.Write(Time);
            writer.Write(Rate);
            writer.Write(Weight);
            writer.Write(BlockSamples);
            writer.Write(First);
            writer.Write((ushort)(Counts.Length / Math.Max(1, Axes)));
            writer.Write(0);
            writer.Write((byte)Point.Length);
            writer.Write(Encoding.ASCII.GetBytes(Point));
            foreach (short count in Counts)
            {
                writer.Write(count);
            }

            return Seal(stream.ToArray());
        }

        /// <summary>Puts the check behind bytes.</summary>
        public static byte[] Seal(byte[] body)
        {
            uint crc = uint.MaxValue;
            foreach (byte value in body)
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
                }
            }

            byte[] result = new byte[body.Length + 4];
            body.CopyTo(result, 0);
            BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(body.Length), ~crc);
            return result;
        }
    }
}

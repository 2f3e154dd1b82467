using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>WAV files: PCM of 16, 24 or 32 bits, or 32-bit floating point.</summary>
    internal static class WavRecord
    {
        private const int ChunkHeader = 8;
        private const ushort Pcm = 1, Float = 3, Extensible = 0xFFFE;

        public static RecordTable ReadTable(string path, IReadOnlyList<int> channels, int limit)
        {
            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length < 12 || !bytes.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !bytes.AsSpan(8, 4).SequenceEqual("WAVE"u8))
            {
                throw new RecordException($"{path}: this is no WAV file, it does not begin with RIFF and WAVE.");
            }

            ReadOnlySpan<byte> format = Chunk(path, bytes, "fmt "u8);
            if (format.Length < 16)
            {
                throw new RecordException($"{path}: the format chunk has {format.Length} bytes. Allowed: 16 or more.");
            }

            ushort coding = BinaryPrimitives.ReadUInt16LittleEndian(format);
            if (coding == Extensible && format.Length >= 26)
            {
                coding = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]); // the sub-format begins with the coding
            }

            int there = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
            if (!(coding == Pcm && bits is 16 or 24 or 32) && !(coding == Float && bits == 32))
            {
                throw new RecordException($"{path}: coding {coding} with {bits} bits is not supported. Allowed: PCM with 16, 24 or 32 bits, float with 32.");
            }

            int[] chosen = RecordTable.Choose(path, channels, there, limit);
            byte[] data = Chunk(path, bytes, "data"u8).ToArray();
            int width = bits / 8;
            int frame = width * there;
            if (data.Length % frame != 0)
            {
                throw new RecordException($"{path}: {data.Length} bytes of data are no whole number of frames of {frame} bytes.");
            }

            uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
            bool isFloat = coding == Float;
            double[][] columns = [.. chosen.Select(channel => Samples(data, isFloat, width, frame, channel))];
            if (Array.Find(columns, column => Array.Exists(column, value => !double.IsFinite(value))) is { } wrong)
            {
                throw new RecordException($"{path}: sample {Array.FindIndex(wrong, value => !double.IsFinite(value))} is no number.");
            }

            return new RecordTable(
                [.. chosen.Select(channel => (channel + 1).ToString(CultureInfo.InvariantCulture))],
                columns,
                isFloat ? 1 : Math.Pow(2, bits - 1),
                rate > 0 ? rate : null);
        }

        private static double[] Samples(byte[] data, bool isFloat, int width, int frame, int channel)
        {
            var values = new double[data.Length / frame];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Sample(data.AsSpan((i * frame) + (channel * width), width), isFloat);
            }

            return values;
        }

        private static double Sample(ReadOnlySpan<byte> bytes, bool isFloat) => bytes.Length switch
        {
            2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            3 => (bytes[0] | (bytes[1] << 8) | (bytes[2] << 16)) << 8 >> 8,
            _ => isFloat ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
        };

        private static ReadOnlySpan<byte> Chunk(string path, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name)
        {
            long at = 12;
            while (at + ChunkHeader <= bytes.Length)
            {
                ReadOnlySpan<byte> header = bytes.Slice((int)at, ChunkHeader);
                uint length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
                if (header[..4].SequenceEqual(name))
                {
                    long available = bytes.Length - at - ChunkHeader;
                    return length <= available
                        ? bytes.Slice((int)at + ChunkHeader, (int)length)
                        : throw new RecordException($"{path}: the file is cut off, {length} bytes are announced and {available} are there.");
                }

                at += ChunkHeader + length + (length % 2); // chunks begin at even offsets
            }

            throw new RecordException($"{path}: the file has no '{System.Text.Encoding.ASCII.GetString(name)}' chunk.");
        }
    }
}

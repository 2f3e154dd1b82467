using System;
using System.Buffers.Binary;
using System.IO;

namespace Sensors.VirtualBoard
{
    /// <summary>WAV files: PCM of 16, 24 or 32 bits, or 32-bit floating point; full scale is 1 before the factor.</summary>
    internal static class WavRecord
    {
        private const int ChunkHeader = 8;
        private const ushort Pcm = 1, Float = 3, Extensible = 0xFFFE;

        public static float[] Read(string path, int channel, double factor, ref double rateHertz)
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

            int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
            int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
            if (!(coding == Pcm && bits is 16 or 24 or 32) && !(coding == Float && bits == 32))
            {
                throw new RecordException($"{path}: coding {coding} with {bits} bits is not supported. Allowed: PCM with 16, 24 or 32 bits, float with 32.");
            }

            if (channel < 1 || channel > channels)
            {
                throw new RecordException($"{path}: there is no channel {channel}. Allowed: 1 to {channels}.");
            }

            if (rateHertz == 0)
            {
                rateHertz = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
            }

            return Samples(path, Chunk(path, bytes, "data"u8), coding == Float, bits / 8, channels, channel - 1, factor);
        }

        private static float[] Samples(string path, ReadOnlySpan<byte> data, bool isFloat, int width, int channels, int channel, double factor)
        {
            int frame = width * channels;
            if (data.Length % frame != 0)
            {
                throw new RecordException($"{path}: {data.Length} bytes of data are no whole number of frames of {frame} bytes.");
            }

            var values = new float[data.Length / frame];
            for (int i = 0; i < values.Length; i++)
            {
                ReadOnlySpan<byte> sample = data.Slice((i * frame) + (channel * width), width);
                values[i] = (float)(Sample(sample, isFloat) * factor);
            }

            return values;
        }

        private static double Sample(ReadOnlySpan<byte> bytes, bool isFloat) => bytes.Length switch
        {
            2 => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768.0,
            3 => ((bytes[0] | (bytes[1] << 8) | (bytes[2] << 16)) << 8 >> 8) / 8388608.0,
            _ => isFloat ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0,
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

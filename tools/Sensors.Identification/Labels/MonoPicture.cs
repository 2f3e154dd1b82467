using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;
using Sensors.Edge;

namespace Sensors.Identification
{
    /// <summary>A picture in black and white, and its PNG (ISO/IEC 15948): one bit per pixel.</summary>
    internal sealed class MonoPicture
    {
        private const double InchMetres = 0.0254;

        private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

        private readonly int _width;
        private readonly int _height;
        private readonly byte[] _rows; // each with its filter's byte in front
        private readonly int _stride;

        /// <summary>Makes a white picture.</summary>
        internal MonoPicture(int width, int height)
        {
            _width = width;
            _height = height;
            _stride = 1 + ((width + 7) / 8);
            _rows = new byte[_stride * height];
            for (int i = 0; i < _rows.Length; i++) { _rows[i] = i % _stride == 0 ? (byte)0 : (byte)0xFF; }
        }

        /// <summary>Blackens a rectangle; what lies outside the picture is left out.</summary>
        internal void Fill(int x, int y, int width, int height)
        {
            for (int row = Math.Max(0, y); row < Math.Min(_height, y + height); row++)
            {
                for (int column = Math.Max(0, x); column < Math.Min(_width, x + width); column++)
                {
                    _rows[(row * _stride) + 1 + (column / 8)] &= (byte)~(0x80 >> (column % 8));
                }
            }
        }

        internal byte[] ToPng(int dpi)
        {
            using var file = new MemoryStream();
            file.Write(Signature);

            byte[] head = new byte[13];
            BinaryPrimitives.WriteInt32BigEndian(head, _width);
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), _height);
            head[8] = 1; // bit per sample; colour type 0 is grey
            Chunk(file, "IHDR", head);

            byte[] size = new byte[9];
            int perMetre = (int)Math.Round(dpi / InchMetres);
            BinaryPrimitives.WriteInt32BigEndian(size, perMetre);
            BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), perMetre);
            size[8] = 1; // the unit is the metre
            Chunk(file, "pHYs", size);

            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) { zlib.Write(_rows); }
            Chunk(file, "IDAT", packed.ToArray());
            Chunk(file, "IEND", []);
            return file.ToArray();
        }

        private static void Chunk(Stream file, string type, byte[] data)
        {
            byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
            Span<byte> number = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
            file.Write(number);
        }
    }
}

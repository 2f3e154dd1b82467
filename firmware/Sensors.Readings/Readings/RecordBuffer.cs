using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Bytes of stored records, written and read one after the other: little-endian, every record closed by a CRC-32. Made once and used again.</summary>
    internal sealed class RecordBuffer
    {
        /// <summary>The version of every record so far.</summary>
        internal const int Version = 1;

        /// <summary>Bytes of the check.</summary>
        internal const int CheckLength = 4;

        /// <summary>The most bytes of a head: version, kind, name with its length, sequence, time, flags.</summary>
        internal const int MostHead = 3 + Point.MaxNameLength + 6 + 6 + 1;

        /// <summary>The most bytes of a count, which is cut at <see cref="MostCount"/>.</summary>
        internal const int MostVarint = 3;

        /// <summary>The largest count: 21 bits.</summary>
        internal const int MostCount = 0x1FFFFF;

        private const int LeastHead = 3 + 1 + 6 + 6 + 1;

        private readonly byte[] _four = new byte[4];
        private int _start;

        /// <summary>Gets the bytes worked on.</summary>
        internal byte[] Bytes { [HotPath] get; private set; }

        /// <summary>Gets or sets where the next byte is.</summary>
        internal int At { [HotPath] get; [HotPath] set; }

        /// <summary>Gets the end of what a record holds, before its check.</summary>
        internal int End { [HotPath] get; private set; }

        /// <summary>Gets the kind of the record whose head was read.</summary>
        internal int Kind { [HotPath] get; private set; }

        /// <summary>Gets the sequence number of the record whose head was read.</summary>
        internal long Sequence { [HotPath] get; private set; }

        /// <summary>Gets the time of the record whose head was read.</summary>
        internal long Time { [HotPath] get; private set; }

        /// <summary>Where the code of the time's uncertainty is in the flags.</summary>
        internal const int UncertaintyShift = 4;

        /// <summary>Gets the flags of the record whose head was read: the clock state in the two low bits, the uncertainty in the four high ones.</summary>
        internal int Flags { [HotPath] get; private set; }

        /// <summary>Begins a record with its head.</summary>
        [HotPath]
        internal void Begin(byte[] bytes, int at, int kind, byte[] name, long sequence, long time, int flags)
        {
            Bytes = bytes;
            At = at;
            _start = at;
            PutLow(Version, 1);
            PutLow(kind, 1);
            PutLow(name.Length, 1);
            for (int i = 0; i < name.Length; i++) { Bytes[At++] = name[i]; }
            PutLow(sequence, 6);
            PutLow(time, 6);
            PutLow(flags, 1);
        }

        /// <summary>Closes a record with its check.</summary>
        /// <returns>The record's length in bytes.</returns>
        [HotPath]
        internal int Close()
        {
            PutLow(Crc32.Compute(Bytes, _start, At - _start), CheckLength);
            return At - _start;
        }

        /// <summary>Checks a record and reads its head.</summary>
        /// <returns>The point; null when the record is not sound, of another version, or of a point that is not among these.</returns>
        [HotPath]
        internal Point Open(byte[] bytes, int at, int length, Point[] points)
        {
            Bytes = bytes;
            At = at;
            End = at + length - CheckLength;
            if (length < LeastHead + CheckLength || !IsSound(bytes, at, length) || GetLow(1) != Version)
            {
                return null;
            }

            Kind = (int)GetLow(1);
            Point point = FindPoint(points);
            if (point == null)
            {
                return null;
            }

            Sequence = GetLow(6);
            Time = (GetLow(6) << 16) >> 16; // of either sign: a clock set back
            Flags = (int)GetLow(1);
            return point;
        }

        /// <summary>Tells the kind of a record without reading it.</summary>
        [HotPath]
        internal static int KindOf(byte[] bytes, int at)
        {
            return bytes[at + 1];
        }

        [HotPath]
        private static bool IsSound(byte[] bytes, int at, int length)
        {
            int content = length - CheckLength;
            return Crc32.Compute(bytes, at, content) == (uint)LittleEndian.Get(bytes, at + content, CheckLength);
        }

        [HotPath]
        private Point FindPoint(Point[] points)
        {
            int length = (int)GetLow(1);
            int start = At;
            At += length;
            if (length < 1 || length > Point.MaxNameLength || At > End) { return null; }
            for (int i = 0; i < points.Length; i++)
            {
                byte[] name = points[i].NameBytes;
                int same = 0;
                while (same < length && same < name.Length && name[same] == Bytes[start + same]) { same++; }
                if (same == length && same == name.Length) { return points[i]; }
            }

            return null;
        }

        [HotPath]
        internal void PutLow(long value, int bytes)
        {
            At = LittleEndian.Put(Bytes, At, value, bytes);
        }

        [HotPath]
        internal long GetLow(int bytes)
        {
            int at = At;
            At = at + bytes;
            return LittleEndian.Get(Bytes, at, bytes);
        }

        // 7 bits a byte, low ones first; the high bit says that another follows.
        [HotPath]
        internal void PutVarint(int value)
        {
            int rest = value < 0 ? 0 : value > MostCount ? MostCount : value;
            while (rest > 0x7F)
            {
                Bytes[At++] = (byte)(rest | 0x80);
                rest >>= 7;
            }

            Bytes[At++] = (byte)rest;
        }

        [HotPath]
        internal int GetVarint()
        {
            int value = 0;
            for (int shift = 0; shift < 7 * MostVarint && At < End; shift += 7)
            {
                byte next = Bytes[At++];
                value |= (next & 0x7F) << shift;
                if (next < 0x80) { break; }
            }

            return value;
        }

        // IEEE 754 through the double's bits: BitConverter would make an array of every float.
        [HotPath]
        internal void PutFloat(float value)
        {
            PutLow(FloatBits.Of(value), 4);
        }

        [HotPath]
        internal float GetFloat()
        {
            for (int i = 0; i < 4; i++) { _four[i] = Bytes[At++]; }
            return BitConverter.ToSingle(_four, 0);
        }
    }
}

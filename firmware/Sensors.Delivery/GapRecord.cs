using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The stored form of a gap: the head of every record, then reason, count and ranges, and a CRC-32; specified in <c>docs/journal.md</c>.</summary>
    public sealed class GapRecord
    {
        /// <summary>The kind of these records.</summary>
        public const int Kind = 17;

        /// <summary>The bytes that none exceeds whose numbers, but for <see cref="Gap.NoEnd"/>, are below 2^31.</summary>
        public const int MaxLength = 320;

        private const int Head = 16;                  // version, kind, no name, first number, time, flags
        private const int Least = Head + 1 + 1 + 1 + 1 + 4; // reason, count, ranges, a length, CRC
        private const int UncertaintyShift = 4;
        private const int MostShift = 56;

        private byte[] _bytes;
        private int _at;
        private int _end;

        /// <summary>Gets the gap that was read.</summary>
        public Gap Gap { [HotPath] get; } = new Gap();

        /// <summary>Tells whether a record is one of a gap, without reading it.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <returns>False for a reading's or an alarm's.</returns>
        [HotPath]
        public static bool IsGap(byte[] bytes, int at)
        {
            return bytes[at + 1] == Kind;
        }

        /// <summary>Writes a gap.</summary>
        /// <param name="gap">The gap, with one range at least.</param>
        /// <param name="bytes">Receives at most <see cref="MaxLength"/> bytes.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>The record's length in bytes.</returns>
        [HotPath]
        public int Write(Gap gap, byte[] bytes, int at)
        {
            bytes[at] = JournalForm.RecordVersion;
            bytes[at + 1] = Kind;
            bytes[at + 2] = 0;
            LittleEndian.Put(bytes, at + 3, gap.From(0), 6);
            LittleEndian.Put(bytes, at + 9, gap.Time, 6);
            bytes[at + 15] = (byte)((int)gap.State | (gap.Uncertainty << UncertaintyShift));
            bytes[at + Head] = (byte)gap.Reason;
            _bytes = bytes;
            _at = at + Head + 1;
            PutVarint(gap.Count + 1);
            bytes[_at++] = (byte)gap.Ranges;
            for (int i = 0; i < gap.Ranges; i++)
            {
                if (i > 0) { PutVarint(gap.From(i) - gap.To(i - 1)); }
                PutVarint(gap.To(i) - gap.From(i));
            }

            return LittleEndian.Put(bytes, _at, Crc32.Compute(bytes, at, _at - at), 4) - at;
        }

        /// <summary>Reads a record into <see cref="Gap"/>.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>False when it is not sound, or none of a gap.</returns>
        [HotPath]
        public bool TryRead(byte[] bytes, int at, int length)
        {
            if (length < Least || bytes[at] != JournalForm.RecordVersion || bytes[at + 1] != Kind || bytes[at + 2] != 0
                || (uint)LittleEndian.Get(bytes, at + length - 4, 4) != Crc32.Compute(bytes, at, length - 4))
            {
                return false;
            }

            Gap gap = Gap;
            _bytes = bytes;
            _at = at + Head + 1;
            _end = at + length - 4;
            int flags = bytes[at + 15];
            gap.Begin((GapReason)bytes[at + Head], (int)GetVarint() - 1);
            gap.Time = (LittleEndian.Get(bytes, at + 9, 6) << 16) >> 16;
            gap.State = (ClockState)(flags & 3);
            gap.Uncertainty = flags >> UncertaintyShift;
            int ranges = _at < _end ? bytes[_at++] : 0;
            long to = 0;
            for (int i = 0; i < ranges; i++)
            {
                if (_at >= _end) { return false; }
                long from = i == 0 ? LittleEndian.Get(bytes, at + 3, 6) : to + GetVarint();
                to = from + GetVarint();
                if (!gap.Add(from, to)) { return false; }
            }

            return ranges > 0 && _at == _end;
        }

        [HotPath]
        private void PutVarint(long value)
        {
            while (value > 0x7F)
            {
                _bytes[_at++] = (byte)((int)value | 0x80);
                value >>= 7;
            }

            _bytes[_at++] = (byte)value;
        }

        [HotPath]
        private long GetVarint()
        {
            long value = 0;
            for (int shift = 0; shift <= MostShift && _at < _end; shift += 7)
            {
                int next = _bytes[_at++];
                value |= (long)(next & 0x7F) << shift;
                if (next < 0x80) { break; }
            }

            return value;
        }
    }
}

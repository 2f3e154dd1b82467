using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Writes sections and frames into memory; whoever uses it brings them onto the volume.</summary>
    internal sealed class JournalWriter
    {
        /// <summary>Bytes that are written at a time.</summary>
        public const int MostBatch = 1536;

        private readonly JournalSlots _slots = new JournalSlots(true);
        private uint _salt;

        /// <summary>Gets the memory.</summary>
        public byte[] Bytes { [HotPath] get; } = new byte[MostBatch];

        /// <summary>Gets or sets how many bytes are in it.</summary>
        public int Length { [HotPath] get; [HotPath] set; }

        /// <summary>Gets whether a record did not fit under its limit: then what was learned for packing is not what a reader learns, and nothing
        /// more can be added to the section.</summary>
        public bool IsSpent { [HotPath] get; [HotPath] private set; }

        /// <summary>Begins a section.</summary>
        /// <param name="identifier">Its identifier, ASCII.</param>
        /// <param name="epoch">Its epoch.</param>
        /// <param name="after">The number after which its own begin.</param>
        /// <param name="epochBefore">The epoch of the section before; its own where there is none.</param>
        /// <param name="highBefore">The highest number of that epoch so far.</param>
        /// <param name="utcAtStart">UTC at the epoch's start, or 0.</param>
        /// <param name="state">How that is known.</param>
        public void Begin(string identifier, long epoch, long after, long epochBefore, long highBefore, long utcAtStart, ClockState state)
        {
            byte[] bytes = Bytes;
            int start = Length;
            int at = start + JournalForm.FrameHead;
            bool other = epochBefore != epoch;
            bool high = other || highBefore != after;
            bytes[at] = JournalForm.Version;
            bytes[at + 1] = (byte)((int)state | (other ? JournalForm.FlagOtherEpoch : 0) | (high ? JournalForm.FlagHigh : 0));
            at = LittleEndian.Put(bytes, at + 2, epoch, 7);
            at = LittleEndian.Put(bytes, at, after, 7);
            if (other) { at = LittleEndian.Put(bytes, at, epochBefore, 7); }
            if (high) { at = LittleEndian.Put(bytes, at, highBefore, 7); }
            at = LittleEndian.Put(bytes, at, utcAtStart, 6);
            bytes[at++] = (byte)identifier.Length;
            for (int i = 0; i < identifier.Length; i++) { bytes[at++] = (byte)identifier[i]; }
            JournalForm.PutFrame(bytes, start, JournalForm.TypeHead, 0, at + JournalForm.Check - start - JournalForm.FrameHead);
            _salt = Crc32.Compute(bytes, start, at - start);
            Length = LittleEndian.Put(bytes, at, _salt, JournalForm.Check);
            _slots.Clear();
            IsSpent = false;
        }

        /// <summary>Adds a record.</summary>
        /// <param name="record">Holds it, its check included.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="limit">The length <see cref="Bytes"/> may have afterwards.</param>
        /// <returns>False when it does not fit: into this memory, or, <see cref="IsSpent"/>, under the limit.</returns>
        [HotPath]
        public bool Add(byte[] record, int at, int length, int limit)
        {
            byte[] bytes = Bytes;
            int start = Length;
            int body = start + JournalForm.FrameHead;
            int content = length - JournalForm.Check;
            if (body + length > bytes.Length) { return false; }
            int type = JournalForm.TypePlain;
            int slot = JournalForm.NoSlot;
            int end = -1;
            limit -= JournalForm.Check;
            if (record[at + 1] < AlarmRecord.Kind)
            {
                slot = _slots.Find(record, at);
                if (slot >= 0)
                {
                    int from = body;
                    type = JournalForm.TypePacked;
                    if (_slots.Length(slot) != content)
                    {
                        type = JournalForm.TypePackedOther;
                        from = LittleEndian.Put(bytes, body, content, 2);
                    }

                    int most = body + content - (content >> 3); // what saves less than an eighth serves better as what others are compared with
                    end = JournalPacker.Pack(record, at, content, _slots, slot, bytes, from, most < limit ? most : limit);
                    IsSpent = end < 0 && most > limit;
                }
                else
                {
                    slot = _slots.FindEmpty();
                }
            }

            if (end < 0)
            {
                type = JournalForm.TypePlain;
                end = body + content;
                IsSpent |= end > limit;
                if (!IsSpent && slot != JournalForm.NoSlot) { _slots.Take(slot, record, at, content); } // without room for it the reader's is empty, too
                for (int i = 0; i < content; i++) { bytes[body + i] = record[at + i]; }
            }

            if (IsSpent) { return false; }
            JournalForm.PutFrame(bytes, start, type, slot, end + JournalForm.Check - body);
            Length = LittleEndian.Put(bytes, end, LittleEndian.Get(record, at + content, JournalForm.Check) ^ _salt, JournalForm.Check);
            return true;
        }

        /// <summary>Ends a section that was merged.</summary>
        /// <param name="generation">How often its readings were thinned, at most <see cref="JournalForm.MostGeneration"/>.</param>
        /// <param name="isEnd">Whether the file ends with it.</param>
        /// <param name="high">The last number it stands for.</param>
        /// <param name="thinned">How many readings were thinned.</param>
        public void Seal(int generation, bool isEnd, long high, int thinned)
        {
            byte[] bytes = Bytes;
            int body = Length + JournalForm.FrameHead;
            JournalForm.PutFrame(bytes, Length, JournalForm.TypeSeal, 0, JournalForm.SealBody);
            bytes[body] = (byte)(isEnd ? generation | JournalForm.FlagEnd : generation);
            LittleEndian.Put(bytes, body + 1, high, 7);
            LittleEndian.Put(bytes, body + 8, thinned, 4);
            uint check = Crc32.Compute(bytes, body, JournalForm.SealBody - JournalForm.Check) ^ _salt;
            Length = LittleEndian.Put(bytes, body + JournalForm.SealBody - JournalForm.Check, check, JournalForm.Check);
        }
    }
}

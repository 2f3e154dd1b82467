using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What a step through a file came upon.</summary>
    internal enum JournalStep
    {
        /// <summary>The end.</summary>
        End,

        /// <summary>The head of a section.</summary>
        Head,

        /// <summary>A sound record.</summary>
        Record,

        /// <summary>The seal of a section that was merged.</summary>
        Seal,

        /// <summary>Something that is not sound, and was passed over.</summary>
        Damage,
    }

    /// <summary>Goes through the frames of a file in memory, and unpacks and checks each.</summary>
    internal sealed class JournalWalk
    {
        private readonly int[] _keyAt = new int[JournalForm.Slots];
        private readonly JournalSlots _slots;
        private readonly byte[] _bytes;
        private int _length;
        private uint _salt; // the check of the section's head: a frame is sound in its own section only

        /// <summary>Makes it.</summary>
        /// <param name="bytes">Holds the file.</param>
        /// <param name="record">Receives each record.</param>
        /// <param name="slots">Keeps what records are compared with.</param>
        public JournalWalk(byte[] bytes, byte[] record, JournalSlots slots)
        {
            _slots = slots;
            _bytes = bytes;
            Record = record;
        }

        /// <summary>Gets or sets where the next frame begins.</summary>
        public int At { get; set; }

        /// <summary>Gets the section's identifier.</summary>
        public string Identifier { get; private set; }

        /// <summary>Gets the section's epoch; 0 before a head was met.</summary>
        public long Epoch { get; private set; }

        /// <summary>Gets the number after which the section's own numbers begin.</summary>
        public long After { get; private set; }

        /// <summary>Gets the epoch of the section before it, which may be gone since; 0 for none.</summary>
        public long EpochBefore { get; private set; }

        /// <summary>Gets the highest number of that epoch that was durable then.</summary>
        public long HighBefore { get; private set; }

        /// <summary>Gets UTC at the start of the section's epoch; 0 when it was not known.</summary>
        public long UtcAtStart { get; private set; }

        /// <summary>Gets how that is known.</summary>
        public ClockState State { get; private set; }

        /// <summary>Gets the record.</summary>
        public byte[] Record { get; }

        /// <summary>Gets the record's length.</summary>
        public int RecordLength { get; private set; }

        /// <summary>Gets the generation the seal tells.</summary>
        public int Generation { get; private set; }

        /// <summary>Gets whether the seal is the file's last.</summary>
        public bool IsEnd { get; private set; }

        /// <summary>Gets the last number the seal stands for.</summary>
        public long High { get; private set; }

        /// <summary>Gets how many readings the seal says were thinned.</summary>
        public int Thinned { get; private set; }

        /// <summary>Begins a file.</summary>
        /// <param name="length">Its length in bytes.</param>
        public void Begin(int length)
        {
            _length = length;
            At = 0;
            Epoch = 0;
            EpochBefore = 0;
            _salt = 0;
            _slots.Clear();
        }

        /// <summary>Goes on.</summary>
        /// <param name="unpacks">False to take records as sound without looking into them.</param>
        /// <returns>What was met.</returns>
        public JournalStep Next(bool unpacks)
        {
            int at = At;
            byte[] bytes = _bytes;
            if (at + JournalForm.FrameHead > _length)
            {
                At = _length;
                return at < _length ? JournalStep.Damage : JournalStep.End;
            }

            int type = JournalForm.TypeAt(bytes, at);
            int slot = JournalForm.SlotAt(bytes, at);
            int body = at + JournalForm.FrameHead;
            int end = body + JournalForm.LengthAt(bytes, at);
            if (type == JournalForm.TypeHead && IsHead(at))
            {
                At = end;
                ReadHead(body);
                return JournalStep.Head;
            }

            if (Epoch != 0 && end <= _length)
            {
                At = end;
                if (type == JournalForm.TypeSeal)
                {
                    if (IsSeal(body, end)) { return JournalStep.Seal; }
                }
                else if (type >= JournalForm.TypePlain && type <= JournalForm.TypePackedOther
                    && (!unpacks || Unpack(type, slot, body, end)))
                {
                    return JournalStep.Record;
                }
            }
            else
            {
                end = _length;
            }

            // The length may be wrong, too: no head of a section may be passed over.
            At = FindHead(at + 1, end);
            return JournalStep.Damage;
        }

        /// <summary>Finds the next head of a section without looking into records.</summary>
        /// <param name="from">Where to begin: behind a head.</param>
        /// <returns>Its index; the file's length where there is none.</returns>
        public int FindNextHead(int from)
        {
            int at = from;
            while (at + JournalForm.FrameHead <= _length)
            {
                int type = JournalForm.TypeAt(_bytes, at);
                int end = at + JournalForm.FrameHead + JournalForm.LengthAt(_bytes, at);
                if (type == JournalForm.TypeHead || type == 0 || type > JournalForm.TypeSeal || end > _length)
                {
                    return FindHead(at, _length);
                }

                at = end;
            }

            return _length;
        }

        /// <summary>Tells where the frame behind one begins, going by its length alone.</summary>
        public int Behind(int at)
        {
            return at + JournalForm.FrameHead < _length ? at + JournalForm.FrameHead + JournalForm.LengthAt(_bytes, at) : _length;
        }

        /// <summary>Reads a gap record without going there.</summary>
        /// <param name="at">A frame.</param>
        /// <returns>False when there is no sound one.</returns>
        public bool ReadGap(int at)
        {
            int body = at + JournalForm.FrameHead;
            int end = Behind(at);
            return end <= _length && end > body + JournalForm.Check + 2 && JournalForm.TypeAt(_bytes, at) == JournalForm.TypePlain
                && GapRecord.IsGap(_bytes, body) && Unpack(JournalForm.TypePlain, JournalForm.NoSlot, body, end);
        }

        // Which epoch a length that is wrong leads into is found out by search, not by walking: heads have a check of their own.
        private int FindHead(int from, int to)
        {
            for (int at = from; at < to; at++)
            {
                if (at + JournalForm.FrameHead < _length && JournalForm.TypeAt(_bytes, at) == JournalForm.TypeHead && IsHead(at)) { return at; }
            }

            return to;
        }

        private bool IsHead(int at)
        {
            int body = at + JournalForm.FrameHead;
            int length = JournalForm.LengthAt(_bytes, at);
            return length >= 1 + 1 + 7 + 7 + 6 + 1 + JournalForm.Check && body + length <= _length && _bytes[body] == JournalForm.Version
                && JournalForm.FrameHead + length <= JournalForm.MostHead
                && (uint)LittleEndian.Get(_bytes, body + length - JournalForm.Check, 4) == Crc32.Compute(_bytes, at, JournalForm.FrameHead + length - JournalForm.Check);
        }

        private void ReadHead(int body)
        {
            byte[] bytes = _bytes;
            int flags = bytes[body + 1];
            int at = body + 2;
            State = (ClockState)(flags & 3);
            Epoch = LittleEndian.Get(bytes, at, 7);
            After = LittleEndian.Get(bytes, at + 7, 7);
            at += 14;
            EpochBefore = Epoch;
            HighBefore = After;
            if ((flags & JournalForm.FlagOtherEpoch) != 0)
            {
                EpochBefore = LittleEndian.Get(bytes, at, 7);
                at += 7;
            }

            if ((flags & JournalForm.FlagHigh) != 0)
            {
                HighBefore = LittleEndian.Get(bytes, at, 7);
                at += 7;
            }

            UtcAtStart = LittleEndian.Get(bytes, at, 6);
            int length = bytes[at + 6];
            at += 7;
            _salt = (uint)LittleEndian.Get(bytes, at + length, 4);
            if (!IsIdentifier(at, length)) { Identifier = System.Text.Encoding.UTF8.GetString(bytes, at, length); }
            _slots.Clear();
        }

        private bool IsIdentifier(int at, int length)
        {
            string known = Identifier;
            if (known == null || known.Length != length) { return false; }
            for (int i = 0; i < length; i++)
            {
                if (known[i] != _bytes[at + i]) { return false; }
            }

            return true;
        }

        private bool IsSeal(int body, int end)
        {
            if (end - body != JournalForm.SealBody
                || ((uint)LittleEndian.Get(_bytes, end - 4, 4) ^ _salt) != Crc32.Compute(_bytes, body, JournalForm.SealBody - JournalForm.Check))
            {
                return false;
            }

            Generation = _bytes[body] & ~JournalForm.FlagEnd;
            IsEnd = Generation != _bytes[body];
            High = LittleEndian.Get(_bytes, body + 1, 7);
            Thinned = (int)LittleEndian.Get(_bytes, body + 8, 4);
            return true;
        }

        private bool Unpack(int type, int slot, int body, int end)
        {
            byte[] bytes = _bytes;
            byte[] record = Record;
            int check = end - JournalForm.Check;
            int length = check - body;
            if (length < 1 || length > JournalForm.MostRecord - JournalForm.Check) { return false; }
            if (type == JournalForm.TypePlain)
            {
                for (int i = 0; i < length; i++) { record[i] = bytes[body + i]; }
            }
            else
            {
                if (slot >= JournalForm.Slots || _slots.Length(slot) == 0) { return false; }
                int start = body;
                length = _slots.Length(slot);
                if (type == JournalForm.TypePackedOther)
                {
                    length = (int)LittleEndian.Get(bytes, body, 2);
                    start += 2;
                }

                if (length > JournalForm.MostRecord - JournalForm.Check
                    || !JournalPacker.Unpack(bytes, start, check, _keyAt[slot], _slots, slot, record, length))
                {
                    return false;
                }
            }

            uint crc = (uint)LittleEndian.Get(bytes, check, 4) ^ _salt;
            if (crc != Crc32.Compute(record, 0, length)) { return false; }
            LittleEndian.Put(record, length, crc, 4);
            RecordLength = length + JournalForm.Check;
            if (type == JournalForm.TypePlain && slot < JournalForm.Slots && _slots.Take(slot, bytes, body, length)) { _keyAt[slot] = body; }

            return true;
        }
    }
}

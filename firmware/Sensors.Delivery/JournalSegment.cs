namespace Sensors.Node
{
    /// <summary>One segment of the journal, read back: its entries one after the other, with the epoch each belongs to. One thread at a time.</summary>
    /// <remarks>
    /// Holds the whole file, and goes through it from the front as often as wanted. An entry that is not sound is never given; a gap
    /// record in its stead says which numbers are lost by it, and one says which were thinned. Identifier, epoch and time are those of the present entry: small
    /// segments of several starts may have been joined.
    /// </remarks>
    public sealed class JournalSegment
    {
        private readonly byte[] _bytes = new byte[JournalForm.MostBytes];
        private readonly GapRecord _record = new GapRecord();
        private readonly Gap _gap = new Gap();
        private readonly JournalWalk _walk;
        private int _length;
        private long _nameEpoch;
        private string _nameIdentifier;
        private readonly JournalFollower _follower = new JournalFollower();

        private int _sectionAt;
        private int _sectionEnd;      // where the next head is, or the file's length
        private long _nextBefore;     // what the section behind tells, or a later one where that is not sound
        private long _nextHigh;
        private long _nextEpoch;
        private long _nextAfter;
        private bool _nextIsDirect;
        private long _end;            // the last number that can be of the section
        private long _last;
        private long _cursor;         // the numbers below are settled
        private bool _inSection;
        private bool _settling;       // a section has ended, and what is missing of it is being told
        private bool _damaged;
        private bool _torn;           // what was gone through last is not sound: of an append that was broken off, if nothing sound comes behind
        private bool _merged;
        private long _lostEpoch;      // of a section that is missing as a whole; 0 for none
        private long _lostHigh;
        private long _lostNext;       // of one more
        private long _lostNextHigh;
        private int _thinned;
        private int _explicit;        // gap records of the section

        /// <summary>Makes the memory of a segment.</summary>
        public JournalSegment()
        {
            _walk = new JournalWalk(_bytes, new byte[JournalForm.MostRecord], Slots);
        }

        /// <summary>Gets the identifier the present entry was read under.</summary>
        public string Identifier { get; private set; }

        /// <summary>Gets the epoch of the present entry.</summary>
        public long Epoch { get; private set; }

        /// <summary>Gets the UTC milliseconds at the start of that epoch's board, as best known; 0 when nothing was known.</summary>
        public long UtcAtStart { get; private set; }

        /// <summary>Gets how that is known.</summary>
        public ClockState State { get; private set; }

        /// <summary>Gets how many entries there are.</summary>
        public int Count { get; private set; }

        /// <summary>Gets the present entry's bytes: a stored record (<see cref="ReadingRecord"/>, <see cref="AlarmRecord"/> or <see cref="GapRecord"/>) from index 0.</summary>
        public byte[] Entry { get; private set; }

        /// <summary>Gets the present entry's length in bytes.</summary>
        public int EntryLength { get; private set; }

        /// <summary>Gets the present entry's first number: a record's sequence, or where a gap record's first range begins.</summary>
        public long First { get; private set; }

        /// <summary>Gets the present entry's last number: that of a record again, or where a gap record's last range ends.</summary>
        public long Last { get; private set; }

        /// <summary>Gets the file's bytes, for who loads it.</summary>
        internal byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>Gets the memory of a statement, for who owns this and is not going through it.</summary>
        internal Gap Statement
        {
            get { return _gap; }
        }

        /// <summary>Gets what writes a statement.</summary>
        internal GapRecord StatementRecord
        {
            get { return _record; }
        }

        /// <summary>Gets what its records are compared with.</summary>
        internal JournalSlots Slots { get; } = new JournalSlots(false);

        /// <summary>Gets what the segments behind tell, for who loads it.</summary>
        internal JournalFollower Follower
        {
            get { return _follower; }
        }

        /// <summary>Gets whether anything in it was not sound, as far as it was gone through.</summary>
        internal bool Damaged { get; private set; }

        /// <summary>Gets whether the section that just ended ends with bytes that are not sound, as an append does that was broken off.</summary>
        internal bool IsTorn
        {
            get { return _torn; }
        }

        /// <summary>Gets how many readings of the section that just ended were thinned.</summary>
        internal int SectionThinned
        {
            get { return _thinned; }
        }

        /// <summary>Gets the last number of the section that just ended.</summary>
        internal long SectionEnd
        {
            get { return _end; }
        }

        /// <summary>Gets how many sections were begun since the last <see cref="Rewind"/>.</summary>
        internal int Sections { get; private set; }

        /// <summary>Gets what goes through the file.</summary>
        internal JournalWalk Walk
        {
            get { return _walk; }
        }

        /// <summary>Goes to the next entry.</summary>
        /// <returns>False at the end.</returns>
        public bool Next()
        {
            while (true)
            {
                if (_settling)
                {
                    if (MakeGap()) { return true; }
                    _settling = false;
                }

                switch (NextStored())
                {
                    case JournalStep.Record:
                        return true;
                    case JournalStep.End:
                        return false;
                }
            }
        }

        /// <summary>Goes back to before the first entry.</summary>
        public void Rewind()
        {
            _walk.Begin(_length);
            _inSection = false;
            Sections = 0;
            _settling = false;
            _lostEpoch = 0;
            _lostNext = 0;
            _cursor = 0;
            _sectionEnd = 0;
            Damaged = false;
            Epoch = _nameEpoch;
            Identifier = _nameIdentifier;
            UtcAtStart = 0;
            State = ClockState.Unset;
            _nextBefore = 0;
        }

        /// <summary>Takes what was read into <see cref="Bytes"/>.</summary>
        /// <param name="length">The file's length in bytes.</param>
        /// <param name="nameEpoch">The epoch its name tells.</param>
        /// <param name="nameIdentifier">The identifier that is supposed where the file does not tell.</param>
        /// <param name="merged">Whether it was made of others: such a file is whole, or not there.</param>
        internal void Open(int length, long nameEpoch, string nameIdentifier, bool merged)
        {
            _merged = merged;
            _length = length;
            _nameEpoch = nameEpoch;
            _nameIdentifier = nameIdentifier;
            Rewind();
        }

        /// <summary>Counts the entries, which takes going through all of them.</summary>
        internal void CountEntries()
        {
            int count = 0;
            while (Next()) { count++; }
            Count = count;
            Rewind();
            if (count > 0)
            {
                Next();
                string identifier = Identifier;
                long epoch = Epoch;
                long utc = UtcAtStart;
                ClockState state = State;
                Rewind();
                Identifier = identifier;
                Epoch = epoch;
                UtcAtStart = utc;
                State = state;
            }
        }

        /// <summary>Goes to the next entry that is really there.</summary>
        /// <returns>A record, the end of a section (<see cref="JournalStep.Seal"/>, sealed or not), or the end.</returns>
        internal JournalStep NextStored()
        {
            while (true)
            {
                if (!_inSection)
                {
                    if (!BeginSection())
                    {
                        return JournalStep.End;
                    }

                    if (!_inSection)
                    {
                        return JournalStep.Seal;
                    }
                }

                if (_walk.At >= _sectionEnd)
                {
                    EndSection();
                    return JournalStep.Seal;
                }

                int at = _walk.At;
                JournalStep step = _walk.Next(true);
                if (_torn && step != JournalStep.Damage) { Spoil(); } // something sound comes behind
                switch (step)
                {
                    case JournalStep.Record:
                        if (Take()) { return JournalStep.Record; }
                        break;
                    case JournalStep.Seal:
                        _thinned = _walk.Thinned;
                        if (_walk.High > _last) { _last = _walk.High; }
                        break;
                    case JournalStep.Head:
                        // A length that was wrong had hidden it.
                        _sectionEnd = at;
                        ReadNext();
                        BoundSection();
                        _walk.At = at;
                        break;
                    default:
                        _torn = true;
                        if (_merged) { Spoil(); }
                        break;
                }
            }
        }

        private bool BeginSection()
        {
            int at = _sectionEnd;
            if (at >= _length && !(at == 0 && _length == 0 && _cursor == 0))
            {
                return false;
            }

            _walk.At = at;
            if (_length == 0 || _walk.Next(false) != JournalStep.Head)
            {
                // The file's head is not sound: of its epoch nothing is known but what the name tells.
                Damaged = true;
                _sectionEnd = _length == 0 ? 0 : _walk.FindNextHead(0);
                ReadNext();
                _lostEpoch = _nameEpoch;
                _lostHigh = Bound(_nameEpoch);
                _lostNext = _nextIsDirect && _nextBefore != _nameEpoch ? _nextBefore : 0;
                _lostNextHigh = _nextHigh;
                _end = 0;
                _cursor = 1;
                _settling = true;
                return true;
            }

            int start = _walk.At;
            _sectionAt = at;
            _sectionEnd = _walk.FindNextHead(start);
            ReadNext();
            BackTo(at);
            Identifier = _walk.Identifier;
            Epoch = _walk.Epoch;
            UtcAtStart = _walk.UtcAtStart;
            State = _walk.State;
            _last = _walk.After;
            BoundSection();
            _cursor = _walk.After + 1;
            _damaged = false;
            _torn = false;
            _thinned = 0;
            _explicit = 0;
            _inSection = true;
            Sections++;
            return true;
        }

        private void BackTo(int at)
        {
            _walk.At = at;
            _walk.Next(false);
        }

        private void BoundSection()
        {
            _end = _nextIsDirect && _nextBefore == Epoch ? _nextHigh : Gap.NoEnd;
        }

        // The last number that can be missing of an epoch here. Nothing is known of its end, and nothing of it comes later: then it has none.
        private long Bound(long epoch)
        {
            return _nextBefore == epoch ? _nextHigh : _nextEpoch == epoch ? _nextAfter : Gap.NoEnd;
        }

        private void ReadNext()
        {
            if (_sectionEnd < _length)
            {
                _walk.At = _sectionEnd;
                _walk.Next(false);
                _nextBefore = _walk.EpochBefore;
                _nextHigh = _walk.HighBefore;
                _nextEpoch = _walk.Epoch;
                _nextAfter = _walk.After;
                _nextIsDirect = true;
            }
            else
            {
                _nextBefore = _follower.EpochBefore;
                _nextHigh = _follower.HighBefore;
                _nextEpoch = _follower.Epoch;
                _nextAfter = _follower.After;
                _nextIsDirect = _follower.IsDirect;
            }
        }

        private bool Take()
        {
            Entry = _walk.Record;
            EntryLength = _walk.RecordLength;
            if (GapRecord.IsGap(Entry, 0))
            {
                if (!_record.TryRead(Entry, 0, EntryLength))
                {
                    Spoil();
                    return false;
                }

                _explicit++;
                First = _record.Gap.From(0);
                Last = _record.Gap.To(_record.Gap.Ranges - 1);
            }
            else
            {
                First = JournalForm.NumberOf(Entry, 0);
                Last = First;
                if (First > _end)
                {
                    return false; // of a commit that was refused half-way, and done again in the next segment
                }
            }

            if (Last > _last) { _last = Last; }
            return true;
        }

        private void EndSection()
        {
            _inSection = false;
            _settling = true;
            if (!_nextIsDirect || _nextBefore != Epoch)
            {
                // Where nothing is behind it yet, what an append that was broken off had is lost with the end of the epoch, and told so.
                if (_torn && !(_nextIsDirect && _nextBefore == 0)) { Spoil(); }

                _end = _damaged ? Bound(Epoch) : _last;
                if (_end < _last) { _end = _last; }
            }
            if (_end > _last) { Spoil(); }
            if (!_damaged && _thinned == 0) { _cursor = _end + 1; }
            if (_nextIsDirect && _nextBefore != 0 && _nextBefore != Epoch)
            {
                _lostEpoch = _nextBefore;
                _lostHigh = _nextHigh;
                Damaged = true;
            }
        }

        private void Spoil()
        {
            _damaged = true;
            Damaged = true;
        }

        // A gap record of the numbers that are missing in the section that just ended; then of sections that are missing as a whole.
        private bool MakeGap()
        {
            _gap.Begin(_damaged ? GapReason.Corrupt : GapReason.Thinned, _damaged ? Gap.Unknown : _thinned);
            if (_cursor <= _end && Complement())
            {
                _thinned = 0; // counted once
                return Give();
            }

            _cursor = _end + 1;
            while (_lostEpoch != 0)
            {
                long high = _lostHigh;
                Epoch = _lostEpoch;
                UtcAtStart = 0;
                State = ClockState.Unset;
                _lostEpoch = _lostNext;
                _lostHigh = _lostNextHigh;
                _lostNext = 0;
                _gap.Begin(GapReason.Corrupt, Gap.Unknown);
                if (high > 0 && _gap.Add(1, high)) { return Give(); }
            }

            return false;
        }

        private bool Give()
        {
            Entry = _walk.Record;
            EntryLength = _record.Write(_gap, Entry, 0);
            First = _gap.From(0);
            Last = _gap.To(_gap.Ranges - 1);
            return true;
        }

        // Adds what is missing from the cursor on; false when nothing is.
        private bool Complement()
        {
            long cursor = _cursor;
            BackTo(_sectionAt);
            while (_walk.At < _sectionEnd)
            {
                if (_walk.Next(true) != JournalStep.Record || GapRecord.IsGap(_walk.Record, 0)) { continue; }
                long number = JournalForm.NumberOf(_walk.Record, 0);
                if (number < cursor || number > _end) { continue; }
                if (!AddMissing(ref cursor, number - 1))
                {
                    _cursor = cursor;
                    return true;
                }

                cursor = number + 1;
            }

            AddMissing(ref cursor, _end);
            _cursor = cursor;
            return _gap.Ranges > 0;
        }

        // Adds from the cursor to a number, without what the section's own gap records say already.
        private bool AddMissing(ref long cursor, long to)
        {
            while (cursor <= to)
            {
                long from = to + 1;
                long behind = to + 1;
                if (_explicit > 0) { FindStated(cursor, ref from, ref behind); }
                if (from > cursor && !_gap.Add(cursor, from - 1)) { return false; }
                cursor = behind;
            }

            return true;
        }

        // Finds the lowest stated range that ends at or behind the cursor and begins before what was found.
        private void FindStated(long cursor, ref long from, ref long behind)
        {
            long limit = from;
            for (int at = _sectionAt; at < _sectionEnd; at = _walk.Behind(at))
            {
                if (!_walk.ReadGap(at) || !_record.TryRead(_walk.Record, 0, _walk.RecordLength)) { continue; }
                Gap gap = _record.Gap;
                for (int i = 0; i < gap.Ranges; i++)
                {
                    if (gap.To(i) >= cursor && gap.From(i) < from)
                    {
                        from = gap.From(i) < cursor ? cursor : gap.From(i);
                        behind = gap.To(i) + 1;
                    }
                }
            }

            if (behind > limit) { behind = limit; }
        }
    }
}

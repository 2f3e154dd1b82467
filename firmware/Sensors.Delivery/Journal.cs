using System;

namespace Sensors.Node
{
    /// <summary>Records on the volume: what could not be delivered, in small segment files, until the edge has it.</summary>
    /// <remarks>All calls come from the loop's thread. See <c>docs/journal.md</c> for the form of its files.</remarks>
    public sealed partial class Journal
    {
        private const int LeastBlocks = 4;
        private const int FolderBlocks = 2; // LittleFS keeps its root twice

        private readonly Volume _volume;
        private readonly int _limit;
        private readonly JournalIndex _index;
        private readonly JournalWriter _writer = new JournalWriter();
        private readonly JournalSegment _source = new JournalSegment(); // for what is read here: the start, and thinning
        private readonly byte[] _head = new byte[JournalForm.MostHead];
        private readonly JournalWalk _headWalk;

        private string _identifier = "";
        private long _epoch;
        private Clock _clock;
        private int _nextOrder = 1;
        private bool _open;          // the newest segment takes more
        private bool _isNew;         // and is not on the volume yet
        private bool _loaded;        // the oldest segment is being delivered
        private bool _refused;       // what was to be added could not be
        private int _added;          // records since the last commit
        private long _addedHigh;
        private long _lastEpoch;     // of the newest section; 0 for none
        private long _lastHigh;
        private bool _lastUnsound;   // the newest segment is not: how far it went is not known

        /// <summary>Makes a journal; nothing is read yet.</summary>
        /// <param name="volume">The node's files.</param>
        /// <param name="budgetBytes">The most bytes of its files, in whole blocks; 4 blocks or more. One of them is for thinning to work in.</param>
        public Journal(Volume volume, int budgetBytes)
        {
            if (budgetBytes < LeastBlocks * Volume.BlockBytes) { throw new ArgumentOutOfRangeException(nameof(budgetBytes)); }
            _volume = volume;
            _limit = (budgetBytes / Volume.BlockBytes) - 1;
            _index = new JournalIndex(_limit + 1);
            _headWalk = new JournalWalk(_head, _source.Walk.Record, _source.Slots); // reads heads only
        }

        /// <summary>Gets how many records wait in it.</summary>
        public int Records
        {
            get { return _index.Records; }
        }

        /// <summary>Gets how many segment files there are.</summary>
        public int Segments
        {
            get { return _index.Count; }
        }

        /// <summary>Gets the bytes of all segments; each takes a block of the volume.</summary>
        public int Bytes
        {
            get { return _index.Bytes; }
        }

        /// <summary>Gets how many readings were thinned since start.</summary>
        public int Thinned { get; private set; }

        /// <summary>Gets how many files were closed since start: what wears the flash.</summary>
        public long Closes { get; private set; }

        /// <summary>Gets the bytes written since start.</summary>
        public long WrittenBytes { get; private set; }

        /// <summary>Gets how often the volume refused.</summary>
        public int WriteFailures { get; private set; }

        /// <summary>Gets the present epoch: what is added belongs to it; 0 before the first <see cref="Begin"/>.</summary>
        public long Epoch
        {
            get { return _epoch; }
        }

        /// <summary>Gets the highest number of the present epoch that is durable here or was declared a gap here; 0 for none.</summary>
        public long High { get; private set; }

        /// <summary>Gets the latest UTC milliseconds any segment knows of; 0 for none. After <see cref="Scan"/>.</summary>
        public long LatestUtc { get; private set; }

        /// <summary>Declares, durably, what of an epoch that is over will not come: all its numbers that are not in the journal. Once; again it does nothing.</summary>
        /// <param name="identifier">The identifier it was read under.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="from">The first number that the edge may not have.</param>
        /// <param name="to">The highest number it can have used, or <see cref="Gap.NoEnd"/>.</param>
        /// <returns>False when the volume refused.</returns>
        public bool CloseEpoch(string identifier, long epoch, long from, long to)
        {
            // Numbers are journaled in ascending order and none is passed over, so all up to the highest are settled. What is not sound behind that
            // may have held numbers below those that are open.
            long first = _lastEpoch == epoch && (_lastUnsound || _lastHigh >= from) ? _lastHigh + 1 : from;
            if (from > to || first > to) { return true; }
            Begin(identifier, epoch, null);
            if (!Open(first)) { return false; } // which may need what the statement is made in
            Gap gap = _source.Statement;
            byte[] record = _source.Walk.Record;
            gap.Begin(GapReason.PowerCut, Gap.Unknown);
            gap.Add(first, to);
            if (LatestUtc > 0)
            {
                gap.Time = LatestUtc; // the last that is known of that epoch's time
                gap.State = ClockState.Holdover;
            }

            int length = _source.StatementRecord.Write(gap, record, 0);
            bool done = Add(record, 0, length, first, to) && Commit();
            _open = false;
            return done;
        }

        /// <summary>Begins an epoch: what is added from now on belongs to it.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <param name="epoch">The epoch.</param>
        /// <param name="clock">Tells what is known of the time when a segment is begun.</param>
        public void Begin(string identifier, long epoch, Clock clock)
        {
            _identifier = identifier;
            _epoch = epoch;
            _clock = clock;
            High = _lastEpoch == epoch ? _lastHigh : 0;
            _open = false;
            _refused = false;
            Discard();
        }

        /// <summary>Adds a record to what the next <see cref="Commit"/> writes, in ascending order of numbers. Where a new segment is begun and there is no
        /// room left, older readings are thinned first.</summary>
        /// <param name="record">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="first">Its number; of a gap record where its first range begins.</param>
        /// <param name="last">Its number; of a gap record where its last range ends.</param>
        /// <returns>False when there is no more room before a commit.</returns>
        public bool Add(byte[] record, int at, int length, long first, long last)
        {
            if (_added > 0 && _writer.IsSpent) { return false; }
            if (!_open && !Open(first)) { return false; }
            if (!Put(record, at, length))
            {
                if (_added > 0) { return false; }
                _open = false; // the segment is full
                if (!Open(first) || !Put(record, at, length)) { return false; }
            }

            _added++;
            if (last > _addedHigh) { _addedHigh = last; }
            return true;
        }

        /// <summary>Writes what was added; durable on return.</summary>
        /// <returns>False when the volume refused: what was added is not in the journal, and must be added again.</returns>
        public bool Commit()
        {
            bool good = !_refused;
            _refused = false;
            if (_added == 0) { return good; }
            int index = _isNew ? _index.Insert(_nextOrder - 1, _nextOrder - 1, _epoch) : _index.Count - 1;
            try
            {
                _volume.Append(_index.Name(index), _writer.Bytes, 0, _writer.Length);
            }
            catch (VolumeException)
            {
                WriteFailures++;
                if (_isNew)
                {
                    Drop(_index.Name(index));
                    _index.Remove(index);
                }

                _open = false; // it may be torn, so nothing is put behind
                Discard();
                return false;
            }

            Closes++;
            WrittenBytes += _writer.Length;
            _index.Set(index, _index.Size(index) + _writer.Length, _index.RecordsOf(index) + _added, 0);
            _isNew = false;
            if (_addedHigh > High) { High = _addedHigh; }
            _lastEpoch = _epoch;
            _lastHigh = High;
            _lastUnsound = false;
            _open = !_writer.IsSpent;
            Discard();
            return true;
        }

        /// <summary>Reads the oldest segment. What is added afterwards goes into another.</summary>
        /// <param name="segment">Receives it.</param>
        /// <returns>False when the journal is empty.</returns>
        public bool LoadOldest(JournalSegment segment)
        {
            if (_index.Count <= 1)
            {
                if (_added > 0 && !Commit()) { _refused = true; } // which whoever added it will ask
                _open = false;
            }

            if (_index.Count == 0) { return false; }
            Load(segment, 0);
            segment.CountEntries();
            _loaded = true;
            return true;
        }

        /// <summary>Deletes the oldest segment, which was loaded and is delivered.</summary>
        public void DeleteOldest()
        {
            if (_index.Count == 0) { return; }
            _loaded = false;
            if (Tidy() && Delete(_index.Name(0))) { _index.Remove(0); }
        }

        private bool Put(byte[] record, int at, int length)
        {
            return _writer.Add(record, at, length, JournalForm.MostBytes - (_isNew ? 0 : _index.Size(_index.Count - 1)));
        }

        // Begins a segment in memory; it is a file with the first commit.
        private bool Open(long first)
        {
            if (!Tidy() || !MakeRoom())
            {
                _refused = true;
                return false;
            }

            Clock clock = _clock;
            bool known = clock != null && clock.State != ClockState.Unset;
            long after = first - 1 > High ? first - 1 : High;
            long epochBefore = _index.Count > 0 && _lastEpoch != 0 ? _lastEpoch : _epoch;
            long highBefore = epochBefore != _lastEpoch ? after : _lastUnsound && _lastEpoch != _epoch ? Gap.NoEnd : _lastHigh;
            _writer.Length = 0;
            _writer.Begin(_identifier, _epoch, after, epochBefore, highBefore, known ? clock.ToUtc(0) : 0, known ? clock.State : ClockState.Unset);
            _nextOrder++;
            _isNew = true;
            _open = true;
            return true;
        }

        private void Discard()
        {
            _writer.Length = 0;
            _added = 0;
            _addedHigh = 0;
        }

        private void Drop(string name)
        {
            if (!Delete(name)) { _isUntidy = true; }
        }

        private bool Delete(string name)
        {
            try
            {
                _volume.Delete(name);
                return true;
            }
            catch (VolumeException)
            {
                WriteFailures++;
                return false;
            }
        }

        private void Load(JournalSegment segment, int index)
        {
            Follow(segment.Follower, index);
            int length = _volume.Read(_index.Name(index), segment.Bytes);
            int size = _index.Size(index);
            segment.Open(length < 0 ? 0 : length < size ? length : size, _index.Epoch(index), _identifier, _index.High(index) > _index.Low(index));
        }

        // The next sound head tells how far the epoch came; where there is none, this start knows.
        private void Follow(JournalFollower follower, int index)
        {
            follower.EpochBefore = _lastEpoch; // 0 while the newest is being found
            follower.HighBefore = _lastUnsound ? Gap.NoEnd : _lastHigh;
            follower.Epoch = _epoch;
            follower.After = High;
            follower.IsDirect = index + 1 == _index.Count;
            for (int i = index + 1; i < _index.Count; i++)
            {
                int head = _volume.Read(_index.Name(i), _head);
                _headWalk.Begin(head < _head.Length ? head : _head.Length);
                if (head > 0 && _headWalk.Next(false) == JournalStep.Head)
                {
                    follower.EpochBefore = _headWalk.EpochBefore;
                    follower.HighBefore = _headWalk.HighBefore;
                    follower.Epoch = _headWalk.Epoch;
                    follower.After = _headWalk.After;
                    follower.IsDirect = i == index + 1;
                    return;
                }
            }
        }
    }
}

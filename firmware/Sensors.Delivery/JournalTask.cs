using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>All work of delivery on the volume, on the loop's thread: saves what is due, loads what is to be sent, deletes what has arrived.</summary>
    /// <remarks>
    /// Files are closed seldom, since that wears the flash: a batch when its oldest record has waited <see cref="BatchMilliseconds"/> or half the
    /// memory is due, and an alarm at once, as long as there are tokens: <see cref="Tokens"/>, and one more a minute. So at most two closes a
    /// minute last, besides what fills whole segments.
    /// </remarks>
    public sealed class JournalTask : NodeTask
    {
        /// <summary>How long a record that is due waits for others, in milliseconds: with a loop that comes round every second, a power cut costs
        /// the last 60 s at most.</summary>
        public const int BatchMilliseconds = 45000;

        /// <summary>The most alarms that are saved at once, one after the other.</summary>
        public const int Tokens = 60;

        /// <summary>The milliseconds until there is one token more.</summary>
        public const int TokenMilliseconds = 60000;

        private const int RetryMilliseconds = 10000; // after the volume refused
        private const int BusyMilliseconds = 100;    // while a segment is on its way
        private const int IdleMilliseconds = 1000;

        private readonly object _gate = new object();
        private readonly Outbox _outbox;
        private readonly Journal _journal;
        private readonly Backlog _backlog;
        private readonly Incarnation _incarnation;
        private readonly Clock _clock;
        private readonly EpochCloser _closer;
        private readonly byte[] _record = new byte[ReadingRecord.MaxLength > GapRecord.MaxLength ? ReadingRecord.MaxLength : GapRecord.MaxLength];
        private readonly byte[] _gapBytes = new byte[GapRecord.MaxLength];
        private readonly Gap _gap = new Gap();
        private readonly GapRecord _gapRecord = new GapRecord();
        private int _tokens = Tokens;
        private long _tokenAt;
        private long _retryAt;
        private long _repairAt;
        private long _loadAt;
        private int _loadPause = RetryMilliseconds;
        private int _records;     // what the link may see of the journal
        private int _thinned;
        private int _bytes;

        /// <summary>Makes the task.</summary>
        /// <param name="outbox">What is in memory.</param>
        /// <param name="journal">What is on the volume; begun.</param>
        /// <param name="backlog">What is on its way from there.</param>
        /// <param name="incarnation">Numbers records.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="closer">Tells how the epochs before ended, where the volume has not taken it yet.</param>
        public JournalTask(Outbox outbox, Journal journal, Backlog backlog, Incarnation incarnation, Clock clock, EpochCloser closer)
        {
            _outbox = outbox;
            _journal = journal;
            _backlog = backlog;
            _incarnation = incarnation;
            _clock = clock;
            _closer = closer;
            _repairAt = clock.Milliseconds + RetryMilliseconds;
            Note();
        }

        /// <inheritdoc/>
        public override int Step(long now)
        {
            int oldest = _outbox.OldestDue(now, out bool crowded);
            if (oldest >= BatchMilliseconds || crowded)
            {
                Commit(now);
            }

            if (now >= _repairAt && (!_incarnation.IsDurable || _incarnation.Unclosed.Count > 0 || _incarnation.IsFresh))
            {
                Repair(now);
            }

            Serve(now);
            Note();
            return _backlog.IsEmpty ? IdleMilliseconds : BusyMilliseconds;
        }

        /// <summary>Saves an alarm that was just put in line, with all that is older, if there is a token; in any case it may be sent then.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void SaveAlarm(long now)
        {
            while (_tokens < Tokens && now - _tokenAt >= TokenMilliseconds)
            {
                _tokens++;
                _tokenAt += TokenMilliseconds;
            }

            if (_tokens == Tokens)
            {
                _tokenAt = now;
            }

            if (_tokens > 0)
            {
                _tokens--;
                Commit(now);
                Note();
            }

            _outbox.Release(); // saved or not: an alarm waits for nothing
        }

        /// <summary>Makes room before the memory is full: at intervals of a second its readings come faster than the loop steps this.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void MakeRoom(long now)
        {
            _outbox.OldestDue(now, out bool crowded);
            if (crowded)
            {
                Commit(now);
            }
        }

        /// <summary>Saves everything and notes that nothing follows, before a restart on purpose.</summary>
        /// <returns>False when the volume refused.</returns>
        public bool Flush()
        {
            _retryAt = 0;
            if (!Commit(_clock.Milliseconds))
            {
                return false;
            }

            _incarnation.End();
            return _incarnation.IsDurable;
        }

        /// <summary>Tells how the journal fares. From any thread.</summary>
        /// <param name="state">Receives it.</param>
        [HotPath]
        public void Tell(NodeState state)
        {
            lock (_gate)
            {
                state.Queued = _outbox.Unsaved + _records;
                state.Dropped = _outbox.Dropped;
                state.Thinned = _thinned;
                state.JournalBytes = _bytes;
            }
        }

        // Everything that is neither acknowledged nor saved, in the order of numbers, none passed over: what is lost takes its place as a gap.
        [SuppressMessage("Sensors", "NANO114", Justification = "Once per batch of readings, and bounded by the day; files have names.")]
        private bool Commit(long now)
        {
            if (now < _retryAt)
            {
                return false;
            }

            // How the epochs before ended, and that this one began, must be safe before anything of it is: the next start would not know of it.
            if (!_closer.TryClose())
            {
                _retryAt = now + RetryMilliseconds;
                return false;
            }

            long above = 0;
            long added = 0;
            while (true)
            {
                long sequence = _outbox.NextUnsaved(above, _record, out int length);
                if (_outbox.NextLost(above, sequence, _gap))
                {
                    long last = _gap.To(_gap.Ranges - 1);
                    RecordStamp.Write(_gap, _clock, now);
                    if (!Add(_gapBytes, _gapRecord.Write(_gap, _gapBytes, 0), _gap.From(0), last, added, now))
                    {
                        return false;
                    }

                    above = last;
                    added = last;
                    continue;
                }

                if (sequence == 0)
                {
                    return added == 0 || Save(added, now);
                }

                if (!Add(_record, length, sequence, sequence, added, now))
                {
                    return false;
                }

                above = sequence;
                added = sequence;
            }
        }

        // What does not fit before a commit goes after one.
        private bool Add(byte[] record, int length, long first, long last, long added, long now)
        {
            return _journal.Add(record, 0, length, first, last) || (Save(added, now) && _journal.Add(record, 0, length, first, last));
        }

        private bool Save(long upTo, long now)
        {
            if (!_journal.Commit())
            {
                _retryAt = now + RetryMilliseconds;
                return false;
            }

            _outbox.Saved(upTo);
            return true;
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "While the volume refuses, and once in its life.")]
        private void Repair(long now)
        {
            _repairAt = now + RetryMilliseconds;
            if (_closer.TryClose() && _incarnation.IsFresh && _outbox.FirstOpen(2) > 1)
            {
                _incarnation.Stated();
            }
        }

        private void Serve(long now)
        {
            if (_backlog.IsDone)
            {
                Delete(now);
            }

            if (_journal.Segments > 0 && now >= _loadAt && _backlog.IsEmpty && _backlog.Wanted)
            {
                Load();
            }
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once per segment of some dozen records.")]
        private void Delete(long now)
        {
            int segments = _journal.Segments;
            _journal.DeleteOldest();
            _backlog.Clear();
            if (_journal.Segments < segments)
            {
                _loadPause = RetryMilliseconds;
                return;
            }

            _loadAt = now + _loadPause; // the volume refused: what is delivered is looked at again, and goes then
            _loadPause = _loadPause * 2 < Outbox.MostPatience ? _loadPause * 2 : Outbox.MostPatience;
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once per segment of some dozen records.")]
        private void Load()
        {
            if (_journal.LoadOldest(_backlog.Segment))
            {
                _backlog.Offer();
            }
        }

        private void Note()
        {
            lock (_gate)
            {
                _records = _journal.Records;
                _thinned = _journal.Thinned;
                _bytes = _journal.Bytes;
            }
        }
    }
}

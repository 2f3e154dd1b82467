using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Records on their way, in a memory of fixed size made once: alarms first, then the oldest.</summary>
    /// <remarks>
    /// The loop puts a record in, the link sends them in order, and a record's place is free again when it is acknowledged: by the broker,
    /// or by the edge (<see cref="AckMode"/>). What takes too long the loop copies into the journal; such a copy is the first to give way. A reading
    /// that gives way and is in no journal is lost: its number is noted, and told in a gap record. All members may be called from both threads.
    /// </remarks>
    public sealed class Outbox
    {
        /// <summary>How long a record may be without an acknowledgement before it is due for the journal, in milliseconds.</summary>
        public const int DueMilliseconds = 5000;

        /// <summary>How long the edge may take to acknowledge what the broker has, before it is sent again, in milliseconds; doubles up to <see cref="MostPatience"/>.</summary>
        public const int Patience = 10000;

        /// <summary>The longest wait for the edge, in milliseconds.</summary>
        public const int MostPatience = 300000;

        private const int Free = 0;
        private const int Waiting = 1;
        private const int InFlight = 2;
        private const int Sent = 3; // the broker has it, the edge has not said so

        private readonly object _gate = new object();
        private readonly bool _edge;
        private readonly byte[] _store;
        private readonly int[] _offsets;
        private readonly int[] _lengths;
        private readonly int[] _states;
        private readonly bool[] _urgent;
        private readonly bool[] _saved;  // in the journal, or acknowledged before: to lose it costs nothing
        private readonly bool[] _held;   // an alarm that is to be saved before it is sent
        private readonly bool[] _again;  // acknowledged, and asked for again
        private readonly bool[] _kept;   // of a free place: the bytes of what was acknowledged are still there
        private readonly long[] _sequences;
        private readonly long[] _since;  // when it was put in; once it is sent, when
        private readonly long[] _putAt;
        private readonly int[] _numbers; // message numbers of what is in flight
        private readonly LostNumbers _lost;
        private int _next;               // where the next record begins, if nothing stands there
        private int _inFlight;
        private int _patience = Patience;
        private bool _linkUp;
        private int _gapNumber;          // message number of the gap record under way
        private long _gapUpTo;           // the highest number it tells of
        private long _gapAt;             // when it was handed over
        private int _gapPatience = Patience;

        /// <summary>Makes the memory.</summary>
        /// <param name="slots">The most records, 2 or more.</param>
        /// <param name="bytes">The most bytes of all records together: at least one of the longest.</param>
        /// <param name="acknowledgement">Who says that a record has arrived.</param>
        public Outbox(int slots, int bytes, AckMode acknowledgement)
        {
            _edge = acknowledgement == AckMode.Edge;
            _store = new byte[bytes];
            _offsets = new int[slots];
            _lengths = new int[slots];
            _states = new int[slots];
            _urgent = new bool[slots];
            _saved = new bool[slots];
            _held = new bool[slots];
            _again = new bool[slots];
            _kept = new bool[slots];
            _sequences = new long[slots];
            _since = new long[slots];
            _putAt = new long[slots];
            _numbers = new int[slots];
            _lost = new LostNumbers(slots + 2); // with more, two have no record in memory between them
        }

        /// <summary>Gets how many records are here: waiting, in flight, or without the edge's word.</summary>
        public int Count
        {
            [HotPath]
            get { return CountAll(true); }
        }

        /// <summary>Gets how many records are here and nowhere else.</summary>
        public int Unsaved
        {
            [HotPath]
            get { return CountAll(false); }
        }

        /// <summary>Gets whether a record waits to be sent, or is in flight.</summary>
        public bool IsBusy
        {
            [HotPath]
            get
            {
                lock (_gate)
                {
                    bool busy = false;
                    for (int i = 0; i < _states.Length; i++)
                    {
                        busy |= _states[i] == InFlight || (_states[i] == Waiting && !_held[i]);
                    }

                    return busy;
                }
            }
        }

        /// <summary>Gets whether a record waits to be sent.</summary>
        public bool IsWaiting
        {
            [HotPath]
            get { lock (_gate) { return First() >= 0; } }
        }

        /// <summary>Gets how many messages are in flight.</summary>
        public int FlightCount
        {
            [HotPath]
            get { lock (_gate) { return _inFlight; } }
        }

        /// <summary>Gets or sets whether a session is up: without one everything is due for the journal.</summary>
        public bool LinkUp
        {
            [HotPath]
            get { lock (_gate) { return _linkUp; } }
            set { lock (_gate) { _linkUp = value; } }
        }

        /// <summary>Gets how many records gave way that were nowhere else.</summary>
        public int Dropped { get; private set; }

        /// <summary>Gets how many records were acknowledged.</summary>
        public long Delivered { get; private set; }

        /// <summary>Puts a record in line.</summary>
        /// <param name="record">Holds the record, from index 0.</param>
        /// <param name="length">Its length in bytes, at most the outbox's.</param>
        /// <param name="sequence">Its sequence number, above all before.</param>
        /// <param name="urgent">True for an alarm: it overtakes, gives way to alarms only, and is held until <see cref="Saved"/> or <see cref="Release"/>.</param>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void Put(byte[] record, int length, long sequence, bool urgent, long now)
        {
            lock (_gate)
            {
                int slot = FreeSlot();
                int start = MakeRoom(length);
                ForgetKept(start, length);
                byte[] store = _store;
                for (int i = 0; i < length; i++)
                {
                    store[start + i] = record[i];
                }

                _offsets[slot] = start;
                _lengths[slot] = length;
                _sequences[slot] = sequence;
                _urgent[slot] = urgent;
                _held[slot] = urgent;
                _saved[slot] = false;
                _again[slot] = false;
                _kept[slot] = false;
                _since[slot] = now;
                _putAt[slot] = now;
                _states[slot] = Waiting;
                _next = start + length;
            }
        }

        /// <summary>Lets alarms go that could not be saved first.</summary>
        [HotPath]
        public void Release()
        {
            lock (_gate)
            {
                for (int i = 0; i < _held.Length; i++)
                {
                    _held[i] = false;
                }
            }
        }

        /// <summary>Encodes and sends the first record in line, if the window has room.</summary>
        /// <param name="sender">Encodes one record and hands it to the link.</param>
        /// <param name="window">The most messages in flight.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>True when one was handed over.</returns>
        /// <remarks>The gate is held while the message is handed over, so that its acknowledgement, which may come on
        /// another thread before the hand-over has returned, finds its number.</remarks>
        [HotPath]
        public bool SendNext(RecordSender sender, int window, long now)
        {
            lock (_gate)
            {
                if (_inFlight >= window)
                {
                    return false;
                }

                int slot = First();
                if (slot < 0)
                {
                    return false;
                }

                int number = sender.Send(_store, _offsets[slot], _lengths[slot]);
                if (number == RecordSender.Unreadable)
                {
                    GiveWay(slot); // it would block the line for ever
                    return true;
                }

                if (number == 0)
                {
                    return false;
                }

                _numbers[slot] = number;
                _states[slot] = InFlight;
                _since[slot] = now;
                _inFlight++;
                return true;
            }
        }

        /// <summary>Sends what is lost and was not told yet, one gap record at a time.</summary>
        /// <param name="sender">Encodes a gap and hands it to the link.</param>
        /// <param name="gap">Room for the gap.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <remarks>The journal tells it as well, as soon as the volume takes it. Numbers that are still here are in no range.</remarks>
        [HotPath]
        public void SendLost(GapSender sender, Gap gap, long now)
        {
            lock (_gate)
            {
                if (_lost.Ranges == 0 || (_gapAt != 0 && now - _gapAt < _gapPatience))
                {
                    return;
                }

                int ranges = FillLost(gap, 0);
                int number = sender.Send(gap);
                if (number > 0)
                {
                    _gapPatience = _gapAt == 0 ? Patience : Doubled(_gapPatience);
                    _gapNumber = number;
                    _gapUpTo = _lost.To(ranges - 1);
                    _gapAt = now;
                }
            }
        }

        /// <summary>Notes the broker's word on a message: its record has arrived, waits for the edge's word, or must be sent again.</summary>
        /// <param name="number">The message's number.</param>
        /// <param name="delivered">False when the link gave up.</param>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void Acknowledge(int number, bool delivered, long now)
        {
            lock (_gate)
            {
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == InFlight && _numbers[i] == number)
                    {
                        _inFlight--;
                        _since[i] = now;
                        _states[i] = delivered ? Sent : Waiting;
                        if (delivered && !_edge)
                        {
                            Arrived(i);
                        }
                    }
                }

                if (number == _gapNumber && number != 0)
                {
                    _gapNumber = 0;
                    if (delivered && !_edge)
                    {
                        LostIsTold(_gapUpTo);
                    }
                }
            }
        }

        /// <summary>Frees what the edge has.</summary>
        /// <param name="ack">What the edge says of this epoch.</param>
        [HotPath]
        public void Settle(EdgeAck ack)
        {
            lock (_gate)
            {
                _patience = Patience;
                for (int i = 0; i < _states.Length; i++)
                {
                    // An epoch that was closed without an end says nothing of what was never sent.
                    long sequence = _sequences[i];
                    if (_states[i] != Free && !_again[i]
                        && (_states[i] == Waiting ? ack.Has(ack.Epoch, sequence, sequence) : ack.Covers(ack.Epoch, sequence, sequence)))
                    {
                        Settle(i);
                    }
                    else if (_again[i] && _states[i] == Sent)
                    {
                        Settle(i);
                    }
                }

                for (int i = _lost.Ranges - 1; i >= 0; i--)
                {
                    if (ack.Covers(ack.Epoch, _lost.From(i), _lost.To(i)))
                    {
                        _lost.Remove(i);
                        _gapAt = 0;
                    }
                }
            }
        }

        /// <summary>Puts in line again what the broker took long ago and the edge says nothing about.</summary>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void Resend(long now)
        {
            lock (_gate)
            {
                bool any = false;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] != Sent)
                    {
                        continue;
                    }

                    if (_saved[i] && now - _since[i] >= Patience)
                    {
                        _states[i] = Free; // the journal sends it
                    }
                    else if (!_saved[i] && now - _since[i] >= _patience)
                    {
                        _states[i] = Waiting;
                        any = true;
                    }
                }

                if (any)
                {
                    _patience = Doubled(_patience);
                }
            }
        }

        /// <summary>Puts everything in flight in line again: the session that carried it is gone. Readings that are in the journal leave: it sends them.</summary>
        public void Requeue()
        {
            lock (_gate)
            {
                _linkUp = false;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == InFlight)
                    {
                        _states[i] = Waiting;
                    }

                    if (_states[i] == Waiting && _saved[i] && !_urgent[i] && !_again[i])
                    {
                        _states[i] = Free;
                    }
                }

                _inFlight = 0;
                _gapNumber = 0;
                _gapAt = 0;
            }
        }

        /// <summary>Tells whether a record's message is in flight, or waits for the edge's word.</summary>
        /// <param name="sequence">Its number.</param>
        /// <returns>False when it is not here, or only waits.</returns>
        public bool HasSent(long sequence)
        {
            lock (_gate)
            {
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] >= InFlight && _sequences[i] == sequence)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Tells whether a record was acknowledged a while ago.</summary>
        /// <param name="sequence">Its number.</param>
        /// <returns>False when it was not, and when other records have taken its place since.</returns>
        public bool HasDelivered(long sequence)
        {
            lock (_gate)
            {
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == Free && _kept[i] && _sequences[i] == sequence)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Tells how urgent it is to save what is here.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <param name="crowded">True when what is due fills half the memory.</param>
        /// <returns>How long the oldest that is due has been here, in milliseconds; -1 when nothing is due.</returns>
        [HotPath]
        public int OldestDue(long now, out bool crowded)
        {
            lock (_gate)
            {
                int slots = 0;
                int bytes = 0;
                long oldest = now + 1;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == Free || _saved[i] || (_linkUp && now - _putAt[i] < DueMilliseconds))
                    {
                        continue;
                    }

                    slots++;
                    bytes += _lengths[i];
                    if (_putAt[i] < oldest)
                    {
                        oldest = _putAt[i];
                    }
                }

                crowded = slots * 2 >= _states.Length || bytes * 2 >= _store.Length;
                return (int)(now - oldest);
            }
        }

        /// <summary>Copies the next record that is to be saved, in ascending order of numbers.</summary>
        /// <param name="above">The number before it.</param>
        /// <param name="into">Receives the record.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>Its number; 0 when there is none.</returns>
        public long NextUnsaved(long above, byte[] into, out int length)
        {
            lock (_gate)
            {
                int next = -1;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] != Free && !_saved[i] && _sequences[i] > above && (next < 0 || _sequences[i] < _sequences[next]))
                    {
                        next = i;
                    }
                }

                length = 0;
                if (next < 0)
                {
                    return 0;
                }

                length = _lengths[next];
                for (int i = 0; i < length; i++)
                {
                    into[i] = _store[_offsets[next] + i];
                }

                return _sequences[next];
            }
        }

        /// <summary>Gives the next of what is lost and in no journal: ranges that no record which is to be saved stands between.</summary>
        /// <param name="above">The number before it.</param>
        /// <param name="below">The number of the next record that is to be saved; 0 when there is none.</param>
        /// <param name="gap">Receives the ranges.</param>
        /// <returns>False when there is nothing.</returns>
        public bool NextLost(long above, long below, Gap gap)
        {
            lock (_gate)
            {
                int first = 0;
                while (first < _lost.Ranges && _lost.From(first) <= above)
                {
                    first++;
                }

                if (first == _lost.Ranges || (below != 0 && _lost.From(first) > below))
                {
                    return false;
                }

                gap.Begin(GapReason.NoRoom, 0);
                for (int i = first; i < _lost.Ranges && (below == 0 || _lost.To(i) < below) && gap.Add(_lost.From(i), _lost.To(i)); i++)
                {
                    gap.Count += _lost.CountOf(i);
                }

                return gap.Ranges > 0;
            }
        }

        /// <summary>Notes that the journal has everything up to a number.</summary>
        /// <param name="upTo">The number.</param>
        public void Saved(long upTo)
        {
            lock (_gate)
            {
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == Free || _saved[i] || _sequences[i] > upTo)
                    {
                        continue;
                    }

                    _saved[i] = true;
                    _held[i] = false;
                    if (_states[i] == Waiting && !_urgent[i] && !_linkUp)
                    {
                        _states[i] = Free; // the journal sends it; with a session it goes at once
                    }
                }

                LostIsTold(upTo);
            }
        }

        /// <summary>Gives the lowest number that is neither acknowledged nor in the journal.</summary>
        /// <param name="next">The number that comes next: the answer when there is none.</param>
        /// <returns>The number.</returns>
        public long FirstOpen(long next)
        {
            lock (_gate)
            {
                long first = _lost.Ranges > 0 ? _lost.From(0) : next;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] != Free && !_saved[i] && _sequences[i] < first)
                    {
                        first = _sequences[i];
                    }
                }

                return first;
            }
        }

        /// <summary>Puts in line again what was acknowledged and is still here.</summary>
        /// <param name="from">First number.</param>
        /// <param name="to">Last number.</param>
        /// <param name="here">How many are on their way again already.</param>
        /// <returns>How many are sent again.</returns>
        public int Replay(long from, long to, out int here)
        {
            lock (_gate)
            {
                int again = 0;
                here = 0;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_sequences[i] < from || _sequences[i] > to)
                    {
                        continue;
                    }

                    here += _states[i] != Free && _again[i] ? 1 : 0;
                    if (_states[i] == Free && _kept[i])
                    {
                        _kept[i] = false;
                        _states[i] = Waiting;
                        _saved[i] = true;
                        _again[i] = true;
                        _held[i] = false;
                        again++;
                    }
                }

                return again;
            }
        }

        [HotPath]
        private static int Doubled(int patience)
        {
            return patience * 2 < MostPatience ? patience * 2 : MostPatience;
        }

        [HotPath]
        private int CountAll(bool saved)
        {
            lock (_gate)
            {
                int count = 0;
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] != Free && (saved || !_saved[i]))
                    {
                        count++;
                    }
                }

                return count;
            }
        }

        [HotPath]
        private void Arrived(int slot)
        {
            Delivered += _again[slot] ? 0 : 1;
            _states[slot] = Free;
            _kept[slot] = true;
        }

        [HotPath]
        private void Settle(int slot)
        {
            if (_states[slot] == InFlight)
            {
                _inFlight--;
            }

            Arrived(slot);
        }

        // What the ranges say that are at or below a number; one that was lost after they were sent stays.
        [HotPath]
        private void LostIsTold(long upTo)
        {
            while (_lost.Ranges > 0 && _lost.To(0) <= upTo)
            {
                _lost.Remove(0);
            }

            _gapAt = 0;
        }

        [HotPath]
        private int FillLost(Gap gap, int first)
        {
            gap.Begin(GapReason.NoRoom, 0);
            int i = first;
            while (i < _lost.Ranges && gap.Add(_lost.From(i), _lost.To(i)))
            {
                gap.Count += _lost.CountOf(i);
                i++;
            }

            return i;
        }

        // The alarm in line first, then the oldest reading.
        [HotPath]
        private int First()
        {
            int first = -1;
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] == Waiting && !_held[i]
                    && (first < 0 || (_urgent[i] == _urgent[first] ? _sequences[i] < _sequences[first] : _urgent[i])))
                {
                    first = i;
                }
            }

            return first;
        }

        [HotPath]
        private int FreeSlot()
        {
            int kept = -1;
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] == Free && !_kept[i])
                {
                    return i;
                }

                if (_states[i] == Free && (kept < 0 || _sequences[i] < _sequences[kept]))
                {
                    kept = i;
                }
            }

            if (kept >= 0)
            {
                return kept;
            }

            int slot = FirstToGo();
            GiveWay(slot);
            return slot;
        }

        // Copies first, then readings, then alarms; of each kind what is in flight last, since it may have arrived, and the oldest first.
        [HotPath]
        private int FirstToGo()
        {
            int best = -1;
            int bestRank = int.MaxValue;
            for (int i = 0; i < _states.Length; i++)
            {
                int rank = (_saved[i] ? 0 : _urgent[i] ? 4 : 2) + (_states[i] == InFlight ? 1 : 0);
                if (_states[i] != Free && (rank < bestRank || (rank == bestRank && _sequences[i] < _sequences[best])))
                {
                    best = i;
                    bestRank = rank;
                }
            }

            return best;
        }

        // Records follow one another round the memory. Copies in the way give way at once; where that makes no room, the readings that stand
        // there, which are the oldest, alarms aside, which it goes round. When alarms fill everything they give way, too.
        [HotPath]
        private int MakeRoom(int length)
        {
            bool copiesOnly = true;
            int rounds = 0;
            int start = _next;
            while (true)
            {
                if (start + length > _store.Length)
                {
                    start = 0;
                    rounds++;
                    if (rounds == 2 && copiesOnly)
                    {
                        copiesOnly = false;
                        rounds = 0;
                        start = _next;
                        continue;
                    }

                    if (rounds >= 2)
                    {
                        GiveWay(FirstToGo());
                    }
                }

                int slot = At(start, length);
                if (slot < 0)
                {
                    return start;
                }

                if (_saved[slot] || !(copiesOnly || _urgent[slot]))
                {
                    GiveWay(slot);
                }
                else
                {
                    start = _offsets[slot] + _lengths[slot];
                }
            }
        }

        [HotPath]
        private void ForgetKept(int start, int length)
        {
            for (int i = 0; i < _states.Length; i++)
            {
                if (_kept[i] && _offsets[i] < start + length && _offsets[i] + _lengths[i] > start)
                {
                    _kept[i] = false;
                }
            }
        }

        [HotPath]
        private void GiveWay(int slot)
        {
            if (_states[slot] == InFlight)
            {
                _inFlight--;
            }

            _states[slot] = Free;
            _kept[slot] = false;
            if (!_saved[slot])
            {
                Lose(_sequences[slot]);
            }
        }

        [HotPath]
        private void Lose(long sequence)
        {
            Dropped++;
            if (_lost.IsFull)
            {
                JoinTwo();
            }

            _lost.Add(sequence);
            if (sequence <= _gapUpTo)
            {
                _gapNumber = 0; // what is under way does not tell of it
                _gapAt = 0;
            }
        }

        // There are more ranges than records here, so two of them have none in between: all between them is acknowledged.
        [HotPath]
        private void JoinTwo()
        {
            for (int range = 0; range + 1 < _lost.Ranges; range++)
            {
                bool between = false;
                for (int i = 0; i < _states.Length; i++)
                {
                    between |= _states[i] != Free && _sequences[i] > _lost.To(range) && _sequences[i] < _lost.From(range + 1);
                }

                if (!between)
                {
                    _lost.Join(range);
                    return;
                }
            }
        }

        // The first record in a stretch of the memory, or -1.
        [HotPath]
        private int At(int start, int length)
        {
            int first = -1;
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] != Free && _offsets[i] < start + length && _offsets[i] + _lengths[i] > start
                    && (first < 0 || _offsets[i] < _offsets[first]))
                {
                    first = i;
                }
            }

            return first;
        }
    }

    /// <summary>Encodes one record and hands it to the link.</summary>
    public abstract class RecordSender
    {
        /// <summary>What is returned for bytes that are no record.</summary>
        public const int Unreadable = -1;

        /// <summary>Sends a record.</summary>
        /// <param name="bytes">Holds it; not touched meanwhile.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>The message's number, 0 when it was not taken, or <see cref="Unreadable"/>.</returns>
        [HotPath]
        public abstract int Send(byte[] bytes, int at, int length);
    }

    /// <summary>Encodes a gap of the present epoch and hands it to the link.</summary>
    public abstract class GapSender
    {
        /// <summary>Sends a gap.</summary>
        /// <param name="gap">The gap.</param>
        /// <returns>The message's number; 0 when it was not taken.</returns>
        [HotPath]
        public abstract int Send(Gap gap);
    }
}

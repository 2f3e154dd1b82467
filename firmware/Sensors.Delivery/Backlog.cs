using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One segment of the journal on its way: the loop loads it and deletes it, the link sends its entries in between.</summary>
    /// <remarks>
    /// The segment itself belongs to one thread at a time: to the loop until <see cref="Offer"/>, then to the link until it says that it is done.
    /// What is acknowledged already is passed over. When all is sent and the edge says nothing, the first of the rest is sent again, ever more seldom;
    /// once the edge answers, its word tells what it lacks, and that goes again.
    /// </remarks>
    public sealed class Backlog
    {
        /// <summary>The most of its messages in flight, so that live ones find room in the window.</summary>
        public const int Window = 6;

        /// <summary>The least time from one of its messages to the next, in milliseconds.</summary>
        public const int PaceMilliseconds = 20;

        /// <summary>What <see cref="SendNext"/> gives when there is nothing to wait for but news, in milliseconds.</summary>
        public const int IdleMilliseconds = 1000;

        private const int Empty = 0;
        private const int Loaded = 1;
        private const int Done = 2;

        private const byte Unsent = 0;
        private const byte Sent = 1;      // the link took it, once at least
        private const byte Delivered = 2;

        private readonly object _gate = new object();
        private readonly bool _edge;
        private readonly Outbox _outbox;
        private readonly EdgeAcks _acks;
        private readonly int[] _numbers = new int[Window]; // of messages in flight, 0 for none
        private readonly int[] _entries = new int[Window]; // which entry each carries
        private int _state;
        private bool _wanted;

        private byte[] _fates = new byte[0];     // of each entry
        private long[] _epochs = new long[0];
        private long[] _firsts = new long[0];
        private long[] _lasts = new long[0];
        private int _count;
        private int _left;       // entries that are not delivered
        private int _inFlight;
        private int _entry;      // the entry the segment stands at; -1 before the first
        private bool _open;      // that entry is not dealt with yet
        private bool _atEnd;
        private int _resumeAt;   // entries before it are not sent again in this round
        private bool _probing;   // a round of one message: an edge that is away shall not find the rest a hundred times when it comes back
        private long _endedAt;
        private long _next;
        private int _patience = Outbox.Patience;

        /// <summary>Makes an empty one.</summary>
        /// <param name="outbox">Tells what is under way from memory.</param>
        /// <param name="acks">What the edge said.</param>
        /// <param name="acknowledgement">Who says that a record has arrived.</param>
        public Backlog(Outbox outbox, EdgeAcks acks, AckMode acknowledgement)
        {
            _outbox = outbox;
            _acks = acks;
            _edge = acknowledgement == AckMode.Edge;
        }

        /// <summary>Gets the segment, for whoever it belongs to just now.</summary>
        public JournalSegment Segment { get; } = new JournalSegment();

        /// <summary>Gets or sets whether the link could send: from the link.</summary>
        public bool Wanted
        {
            get { lock (_gate) { return _wanted; } }
            set { lock (_gate) { _wanted = value; } }
        }

        /// <summary>Gets whether the loop may load a segment.</summary>
        public bool IsEmpty
        {
            get { lock (_gate) { return _state == Empty; } }
        }

        /// <summary>Gets whether all of the segment is delivered: the loop deletes it.</summary>
        public bool IsDone
        {
            get { lock (_gate) { return _state == Done; } }
        }

        /// <summary>Gets how many of its messages are in flight.</summary>
        public int FlightCount
        {
            get { lock (_gate) { return _inFlight; } }
        }

        /// <summary>Hands the segment, which was just loaded, to the link. From the loop.</summary>
        public void Offer()
        {
            Grow(Segment.Count);
            int count = 0;
            Segment.Rewind();
            while (count < _fates.Length && Segment.Next())
            {
                _epochs[count] = Segment.Epoch;
                _firsts[count] = Segment.First;
                _lasts[count] = Segment.Last;
                _fates[count++] = Unsent;
            }

            lock (_gate)
            {
                _count = count;
                _left = count;
                _state = count > 0 ? Loaded : Done;
                _patience = Outbox.Patience;
                _probing = false;
                Restart(0);
            }
        }

        /// <summary>Says that the segment is deleted. From the loop.</summary>
        public void Clear()
        {
            lock (_gate)
            {
                _state = Empty;
            }
        }

        /// <summary>Sends the next entry, if there is one and it is time. On the link's thread.</summary>
        /// <param name="sender">Encodes an entry and hands it to the link.</param>
        /// <param name="window">The most of its messages in flight.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Milliseconds until there may be more to do.</returns>
        public int SendNext(EntrySender sender, int window, long now)
        {
            lock (_gate)
            {
                if (_state != Loaded || (!_atEnd && _inFlight >= window))
                {
                    return IdleMilliseconds;
                }

                if (!_atEnd && now < _next)
                {
                    return (int)(_next - now);
                }

                while (!_atEnd)
                {
                    if (!_open && !Advance(now))
                    {
                        break;
                    }

                    if (IsSettled())
                    {
                        _open = false;
                        continue;
                    }

                    int number = IsUnderWay() ? 0 : sender.Send(Segment);
                    if (number == 0)
                    {
                        return IdleMilliseconds; // an acknowledgement wakes
                    }

                    TakeOff(number);
                    _next = now + PaceMilliseconds;
                    if (_probing)
                    {
                        _atEnd = true;
                        _endedAt = now;
                    }

                    return PaceMilliseconds;
                }

                return AtEnd(now);
            }
        }

        /// <summary>Notes the broker's word on a message. From any thread.</summary>
        /// <param name="number">The message's number.</param>
        /// <param name="delivered">False when the link gave up, which ends the session.</param>
        public void Acknowledge(int number, bool delivered)
        {
            lock (_gate)
            {
                for (int i = 0; delivered && i < Window; i++)
                {
                    if (_numbers[i] == number && number != 0)
                    {
                        _numbers[i] = 0;
                        _inFlight--;
                        if (!_edge)
                        {
                            Deliver(_entries[i]);
                        }
                    }
                }
            }
        }

        /// <summary>Takes what the edge says, after it was noted. On the link's thread.</summary>
        /// <param name="ack">What it says of one epoch.</param>
        public void Settle(EdgeAck ack)
        {
            lock (_gate)
            {
                _patience = Outbox.Patience;
                int left = _left;
                for (int i = 0; _state == Loaded && i < _count; i++)
                {
                    if (_epochs[i] == ack.Epoch && IsCovered(ack, i))
                    {
                        Deliver(i);
                    }
                }

                // Only a word on something that it did not have yet: each message that is sent again is answered once more.
                if (_left < left && _probing && _left > 0)
                {
                    _probing = false;
                    Restart(0);
                }
            }
        }

        /// <summary>Goes back to the first entry in flight: the session that carried it is gone.</summary>
        public void Requeue()
        {
            lock (_gate)
            {
                _wanted = false;
                int first = _open ? _entry : _entry + 1;
                for (int i = 0; i < Window; i++)
                {
                    if (_numbers[i] != 0 && _entries[i] < first)
                    {
                        first = _entries[i];
                    }
                }

                if (_state == Loaded && _inFlight > 0)
                {
                    Restart(first);
                }

                _inFlight = 0;
            }
        }

        private void Restart(int resumeAt)
        {
            Segment.Rewind();
            for (int i = 0; i < Window; i++)
            {
                _numbers[i] = 0;
            }

            _inFlight = 0;
            _entry = -1;
            _open = false;
            _atEnd = false;
            _resumeAt = resumeAt;
        }

        private bool Advance(long now)
        {
            do
            {
                if (_entry + 1 >= _count || !Segment.Next())
                {
                    _atEnd = true;
                    _endedAt = now;
                    return false;
                }

                _entry++;
            }
            while (_entry < _resumeAt);
            _open = true;
            return true;
        }

        // Delivered, or under way from memory to the edge: nothing may come of that, but then the next round sends it.
        private bool IsSettled()
        {
            int entry = _entry;
            if (_fates[entry] == Delivered)
            {
                return true;
            }

            EdgeAck ack = _acks.Of(_epochs[entry]);
            if ((ack != null && IsCovered(ack, entry)) || (!_edge && IsSingle(entry) && _outbox.HasDelivered(_firsts[entry])))
            {
                Deliver(entry);
                return true;
            }

            return _edge && IsSingle(entry) && _outbox.HasSent(_firsts[entry]);
        }

        private bool IsUnderWay()
        {
            return !_edge && IsSingle(_entry) && _outbox.HasSent(_firsts[_entry]);
        }

        // Where an epoch was closed without knowing its end, that says nothing of what was never sent.
        private bool IsCovered(EdgeAck ack, int entry)
        {
            return _fates[entry] == Unsent
                ? ack.Has(_epochs[entry], _firsts[entry], _lasts[entry]) : ack.Covers(_epochs[entry], _firsts[entry], _lasts[entry]);
        }

        private bool IsSingle(int entry)
        {
            return _epochs[entry] == _acks.Present && _firsts[entry] == _lasts[entry];
        }

        private void Deliver(int entry)
        {
            if (_fates[entry] != Delivered)
            {
                _fates[entry] = Delivered;
                _left--;
            }
        }

        private void TakeOff(int number)
        {
            int place = 0;
            while (_numbers[place] != 0)
            {
                place++;
            }

            _numbers[place] = number;
            _entries[place] = _entry;
            if (_fates[_entry] == Unsent)
            {
                _fates[_entry] = Sent;
            }

            _inFlight++;
            _open = false;
        }

        private int AtEnd(long now)
        {
            if (_inFlight > 0)
            {
                return IdleMilliseconds;
            }

            if (_left == 0)
            {
                _state = Done;
                return IdleMilliseconds;
            }

            if (_edge && now - _endedAt < _patience)
            {
                return IdleMilliseconds;
            }

            _patience = _patience * 2 < Outbox.MostPatience ? _patience * 2 : Outbox.MostPatience;
            _probing = _edge;
            Restart(0);
            return 0;
        }

        private void Grow(int count)
        {
            if (count > _fates.Length)
            {
                _fates = new byte[count];
                _epochs = new long[count];
                _firsts = new long[count];
                _lasts = new long[count];
            }
        }
    }

    /// <summary>Encodes the present entry of a segment and hands it to the link.</summary>
    public abstract class EntrySender
    {
        /// <summary>Sends an entry.</summary>
        /// <param name="segment">Stands at the entry.</param>
        /// <returns>The message's number; 0 when it was not taken.</returns>
        public abstract int Send(JournalSegment segment);
    }
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Records on their way to the broker, in a memory of fixed size made once: alarms first, then the oldest.</summary>
    /// <remarks>
    /// The loop puts a record in; the link sends them in order, and a record's place is free again only when its message was
    /// acknowledged. When the memory is full the oldest records give way and are counted: their sequence numbers are missing at the edge,
    /// so the loss shows. Alarms give way only to alarms. Between put-in and acknowledgement a record lives in memory only.
    /// </remarks>
    public sealed class Outbox
    {
        private const int Free = 0;
        private const int Waiting = 1;
        private const int InFlight = 2;

        private readonly object _gate = new object();
        private readonly byte[] _store;
        private readonly int[] _offsets;
        private readonly int[] _lengths;
        private readonly int[] _states;
        private readonly bool[] _urgent;
        private readonly long[] _sequences;
        private readonly int[] _numbers; // message numbers of what is in flight
        private int _next;               // where the next record begins, if nothing stands there
        private int _inFlight;

        /// <summary>Makes the memory.</summary>
        /// <param name="slots">The most records, 2 or more.</param>
        /// <param name="bytes">The most bytes of all records together: at least one of the longest.</param>
        public Outbox(int slots, int bytes)
        {
            _store = new byte[bytes];
            _offsets = new int[slots];
            _lengths = new int[slots];
            _states = new int[slots];
            _urgent = new bool[slots];
            _sequences = new long[slots];
            _numbers = new int[slots];
        }

        /// <summary>Gets how many records are waiting or in flight.</summary>
        public int Count
        {
            [HotPath]
            get
            {
                lock (_gate)
                {
                    int count = 0;
                    for (int i = 0; i < _states.Length; i++)
                    {
                        if (_states[i] != Free)
                        {
                            count++;
                        }
                    }

                    return count;
                }
            }
        }

        /// <summary>Gets how many records gave way because there was no room.</summary>
        public int Dropped { get; private set; }

        /// <summary>Gets how many records were acknowledged.</summary>
        public long Delivered { get; private set; }

        /// <summary>Puts a record in line.</summary>
        /// <param name="record">Holds the record, from index 0.</param>
        /// <param name="length">Its length in bytes, at most the outbox's.</param>
        /// <param name="sequence">Its sequence number, which orders the line.</param>
        /// <param name="urgent">True for an alarm: it overtakes, and gives way to alarms only.</param>
        [HotPath]
        public void Put(byte[] record, int length, long sequence, bool urgent)
        {
            lock (_gate)
            {
                int slot = FreeSlot();
                int start = MakeRoom(length);
                byte[] store = _store;
                for (int i = 0; i < length; i++)
                {
                    store[start + i] = record[i];
                }

                _offsets[slot] = start;
                _lengths[slot] = length;
                _sequences[slot] = sequence;
                _urgent[slot] = urgent;
                _states[slot] = Waiting;
                _next = start + length;
            }
        }

        /// <summary>Encodes and sends the first record in line, if the window has room.</summary>
        /// <param name="sender">Encodes one record and hands it to the link.</param>
        /// <param name="window">The most messages in flight.</param>
        /// <returns>True when one was handed over.</returns>
        /// <remarks>The gate is held while the message is handed over, so that its acknowledgement, which may come on
        /// another thread before the hand-over has returned, finds its number.</remarks>
        [HotPath]
        public bool SendNext(RecordSender sender, int window)
        {
            lock (_gate)
            {
                if (_inFlight >= window)
                {
                    return false;
                }

                int slot = Oldest(Waiting, true);
                if (slot < 0)
                {
                    slot = Oldest(Waiting, false);
                }

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
                _inFlight++;
                return true;
            }
        }

        /// <summary>Frees the place of an acknowledged message, or puts a message that was given up in line again.</summary>
        /// <param name="number">The message's number.</param>
        /// <param name="delivered">False when the link gave up.</param>
        [HotPath]
        public void Acknowledge(int number, bool delivered)
        {
            lock (_gate)
            {
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == InFlight && _numbers[i] == number)
                    {
                        _states[i] = delivered ? Free : Waiting;
                        _inFlight--;
                        if (delivered)
                        {
                            Delivered++;
                        }
                    }
                }
            }
        }

        /// <summary>Puts everything in flight in line again: the session that carried it is gone.</summary>
        public void Requeue()
        {
            lock (_gate)
            {
                for (int i = 0; i < _states.Length; i++)
                {
                    if (_states[i] == InFlight)
                    {
                        _states[i] = Waiting;
                    }
                }

                _inFlight = 0;
            }
        }

        [HotPath]
        private int FreeSlot()
        {
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] == Free)
                {
                    return i;
                }
            }

            int slot = Oldest(Waiting, false);
            if (slot < 0)
            {
                slot = Oldest(InFlight, false);
            }

            if (slot < 0)
            {
                slot = Oldest(Waiting, true);
            }

            if (slot < 0)
            {
                slot = Oldest(InFlight, true);
            }

            GiveWay(slot);
            return slot;
        }

        // Records follow one another round the memory: those that stand in the way of the next one are the oldest, alarms aside,
        // which it goes round. When alarms fill everything they give way, too.
        [HotPath]
        private int MakeRoom(int length)
        {
            int start = _next;
            bool wrapped = false;
            while (true)
            {
                if (start + length > _store.Length)
                {
                    if (wrapped)
                    {
                        GiveWay(Oldest(Waiting, true) >= 0 ? Oldest(Waiting, true) : Oldest(InFlight, true));
                    }

                    wrapped = true;
                    start = 0;
                }

                int slot = At(start, length);
                if (slot < 0)
                {
                    return start;
                }

                if (_urgent[slot])
                {
                    start = _offsets[slot] + _lengths[slot];
                }
                else
                {
                    GiveWay(slot);
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
            Dropped++;
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

        [HotPath]
        private int Oldest(int state, bool urgent)
        {
            int oldest = -1;
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] == state && _urgent[i] == urgent && (oldest < 0 || _sequences[i] < _sequences[oldest]))
                {
                    oldest = i;
                }
            }

            return oldest;
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
}

using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Readings on their way to the broker: a fixed number of slots, made once, oldest sent first.</summary>
    /// <remarks>
    /// The loop fills a slot and puts it in; the link takes slots out in order, and a slot is free again only when its message
    /// was acknowledged. When all are taken the oldest waiting one gives way and is counted: its sequence number is missing
    /// at the edge, so the loss shows. Between put-in and acknowledgement a reading lives in memory only.
    /// </remarks>
    public sealed class Outbox
    {
        private const int Free = 0;
        private const int Filling = 1;
        private const int Waiting = 2;
        private const int InFlight = 3;

        private readonly object _gate = new object();
        private readonly Reading[] _readings;
        private readonly int[] _states;
        private readonly int[] _numbers; // message numbers of what is in flight
        private int _inFlight;

        /// <summary>Makes the slots.</summary>
        /// <param name="slots">How many readings fit, 2 or more.</param>
        /// <param name="values">The most values a reading has.</param>
        public Outbox(int slots, int values)
        {
            _readings = new Reading[slots];
            _states = new int[slots];
            _numbers = new int[slots];
            for (int i = 0; i < slots; i++)
            {
                _readings[i] = new Reading(values);
            }
        }

        /// <summary>Gets how many readings are waiting or in flight.</summary>
        public int Count
        {
            get
            {
                lock (_gate)
                {
                    int count = 0;
                    for (int i = 0; i < _states.Length; i++)
                    {
                        if (_states[i] >= Waiting)
                        {
                            count++;
                        }
                    }

                    return count;
                }
            }
        }

        /// <summary>Gets how many readings gave way because no slot was free.</summary>
        public int Dropped { get; private set; }

        /// <summary>Gets how many readings were acknowledged.</summary>
        public long Delivered { get; private set; }

        /// <summary>Gets a slot to fill; <see cref="Put"/> follows. One reading is filled at a time.</summary>
        /// <returns>A cleared reading.</returns>
        [HotPath]
        public Reading Take()
        {
            lock (_gate)
            {
                int slot = Find(Filling);
                if (slot < 0)
                {
                    slot = Find(Free);
                }

                if (slot < 0)
                {
                    slot = Oldest(Waiting);
                    if (slot < 0)
                    {
                        slot = Oldest(InFlight);
                        _inFlight--;
                    }

                    Dropped++;
                }

                _states[slot] = Filling;
                Reading reading = _readings[slot];
                reading.Quality.Clear();
                return reading;
            }
        }

        /// <summary>Puts a filled reading in line.</summary>
        /// <param name="reading">What <see cref="Take"/> gave.</param>
        [HotPath]
        public void Put(Reading reading)
        {
            lock (_gate)
            {
                for (int i = 0; i < _readings.Length; i++)
                {
                    if (_readings[i] == reading)
                    {
                        _states[i] = Waiting;
                    }
                }
            }
        }

        /// <summary>Encodes and sends the oldest waiting reading, if the window has room.</summary>
        /// <param name="sender">Encodes one reading and hands it to the link.</param>
        /// <param name="window">The most messages in flight.</param>
        /// <returns>True when one was handed over.</returns>
        /// <remarks>The gate is held while the message is handed over, so that its acknowledgement, which may come on
        /// another thread before the hand-over has returned, finds its number.</remarks>
        [HotPath]
        public bool SendNext(ReadingSender sender, int window)
        {
            lock (_gate)
            {
                if (_inFlight >= window)
                {
                    return false;
                }

                int slot = Oldest(Waiting);
                if (slot < 0)
                {
                    return false;
                }

                int number = sender.Send(_readings[slot]);
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

        /// <summary>Frees the slot of an acknowledged message, or puts a message that was given up in line again.</summary>
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
        private int Find(int state)
        {
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] == state)
                {
                    return i;
                }
            }

            return -1;
        }

        [HotPath]
        private int Oldest(int state)
        {
            int oldest = -1;
            for (int i = 0; i < _states.Length; i++)
            {
                if (_states[i] == state && (oldest < 0 || _readings[i].Sequence < _readings[oldest].Sequence))
                {
                    oldest = i;
                }
            }

            return oldest;
        }
    }

    /// <summary>Encodes one reading and hands it to the link.</summary>
    public abstract class ReadingSender
    {
        /// <summary>Sends a reading.</summary>
        /// <param name="reading">The reading; its slot is not touched meanwhile.</param>
        /// <returns>The message's number, or 0 when it was not taken.</returns>
        [HotPath]
        public abstract int Send(Reading reading);
    }
}

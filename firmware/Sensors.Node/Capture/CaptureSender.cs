using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Sends a capture's chunks: one in flight at most, slowly, beginning again with the first that was not acknowledged.</summary>
    /// <remarks>
    /// The link's thread steps it when it has nothing better to do. Acknowledgements come on other threads. What is to be sent is a short
    /// list of ranges: at first the whole capture, then what is asked for again.
    /// </remarks>
    public sealed class CaptureSender
    {
        /// <summary>The least time from one chunk to the next, in milliseconds.</summary>
        public const int UsualPause = 100;

        /// <summary>The most ranges that wait to be sent.</summary>
        public const int MostRanges = 8;

        /// <summary>What <see cref="Step"/> gives when there is nothing to wait for but news, in milliseconds.</summary>
        public const int IdleMilliseconds = 1000;

        private const int QuietMilliseconds = 20;

        private readonly object _gate = new object();
        private readonly CaptureBuffer _buffer;
        private readonly Clock _clock;
        private readonly MqttLink _link;
        private readonly Quiet _quiet;
        private readonly Incarnation _incarnation;
        private readonly string _topic;
        private readonly CaptureChunk _chunk = new CaptureChunk();
        private readonly int[] _from = new int[MostRanges];
        private readonly int[] _to = new int[MostRanges];
        private int _ranges;
        private int _capture;       // the capture the ranges are of
        private int _encoded = -1;  // the chunk that is being made, of that capture
        private int _inFlight;      // message number
        private int _inFlightChunk;
        private long _next;

        /// <summary>Makes a sender.</summary>
        /// <param name="buffer">Holds the capture.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="link">The way to the broker.</param>
        /// <param name="quiet">Silence while a block is drained.</param>
        /// <param name="incarnation">The node's epoch.</param>
        /// <param name="topic">Where chunks go.</param>
        public CaptureSender(CaptureBuffer buffer, Clock clock, MqttLink link, Quiet quiet, Incarnation incarnation, string topic)
        {
            _buffer = buffer;
            _clock = clock;
            _link = link;
            _quiet = quiet;
            _incarnation = incarnation;
            _topic = topic;
        }

        /// <summary>Gets or sets the least time from one chunk to the next, in milliseconds.</summary>
        public int PauseMilliseconds { get; set; } = UsualPause;

        /// <summary>Gets how many chunks were acknowledged.</summary>
        public long Delivered { get; private set; }

        /// <summary>Sends the next chunk, if there is one and it is time. On the link's thread.</summary>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>Milliseconds until there may be more to do.</returns>
        public int Step(long now)
        {
            _buffer.Watch(now);
            int chunk = Next();
            if (chunk < 0)
            {
                return IdleMilliseconds;
            }

            if (now < _next)
            {
                return (int)(_next - now);
            }

            if (_encoded != chunk && !Begin(chunk))
            {
                return 0; // the capture was given up meanwhile: the next step sees it
            }

            while (_chunk.Length == 0)
            {
                if (_quiet.Wanted)
                {
                    return QuietMilliseconds;
                }

                _chunk.Continue();
            }

            if (_quiet.Wanted)
            {
                return QuietMilliseconds;
            }

            Publish(chunk);
            _next = now + PauseMilliseconds;
            return PauseMilliseconds;
        }

        /// <summary>Takes note of a message's fate. From any thread.</summary>
        /// <param name="number">The message's number.</param>
        /// <param name="delivered">False when the link gave up: the chunk will be sent again.</param>
        public void Acknowledge(int number, bool delivered)
        {
            lock (_gate)
            {
                if (_inFlight == 0 || number != _inFlight)
                {
                    return;
                }

                _inFlight = 0;
                if (!delivered || _inFlightChunk < 0)
                {
                    return; // sent again, or of a capture that is over
                }

                Delivered++;
                if (++_from[0] > _to[0])
                {
                    _ranges--;
                    for (int i = 0; i < _ranges; i++)
                    {
                        _from[i] = _from[i + 1];
                        _to[i] = _to[i + 1];
                    }
                }

                if (_ranges == 0)
                {
                    _buffer.Hold(_capture, _clock.Milliseconds);
                }
            }
        }

        /// <summary>Forgets what is in flight: the session that carried it is gone. It is sent again.</summary>
        public void Requeue()
        {
            lock (_gate)
            {
                _inFlight = 0;
            }
        }

        /// <summary>Sends a part of the capture again. On the link's thread.</summary>
        /// <param name="capture">The capture's number.</param>
        /// <param name="from">The first chunk.</param>
        /// <param name="to">The last chunk; beyond the end it is the end.</param>
        /// <returns>Null, or what is wrong.</returns>
        public string Resend(int capture, int from, int to)
        {
            Next(); // a capture that has just become ready
            int chunks = _buffer.ChunksOf(capture);
            if (chunks == 0 || capture != _capture)
            {
                return "capture " + capture.ToString() + " is not held";
            }

            if (from >= chunks)
            {
                return "capture " + capture.ToString() + " has " + chunks.ToString() + " chunks";
            }

            lock (_gate)
            {
                if (_ranges == MostRanges)
                {
                    return MostRanges.ToString() + " ranges wait already";
                }

                if (_ranges == 0)
                {
                    _buffer.Hold(capture, _clock.Milliseconds);
                }

                Add(from, to < chunks ? to : chunks - 1);
                return null;
            }
        }

        // The chunk to send next; -1 when there is none, or one is in flight.
        private int Next()
        {
            int ready = _buffer.Ready;
            lock (_gate)
            {
                if (ready != _capture)
                {
                    _capture = ready;
                    _encoded = -1;
                    _inFlightChunk = -1; // what is in flight is not of this capture
                    _ranges = 0;
                    if (ready != 0)
                    {
                        Add(0, _buffer.ChunksOf(ready) - 1);
                    }
                }

                return _ranges == 0 || _inFlight != 0 ? -1 : _from[0];
            }
        }

        private bool Begin(int chunk)
        {
            _encoded = _buffer.TryBegin(_capture, chunk, _chunk, _incarnation.Epoch, _clock) ? chunk : -1;
            return _encoded == chunk;
        }

        // The gate is held while the message is handed over: its acknowledgement may come on another thread before that has returned.
        private void Publish(int chunk)
        {
            lock (_gate)
            {
                if (_buffer.Ready != _capture)
                {
                    return; // its memory was overwritten, perhaps while this was encoded
                }

                int number = _link.Publish(_topic, _chunk.Bytes, _chunk.Length, retain: false);
                if (number != 0)
                {
                    _inFlight = number;
                    _inFlightChunk = chunk;
                    _encoded = -1; // sent again, it tells the time as it is known then
                }
            }
        }

        private void Add(int from, int to)
        {
            _from[_ranges] = from;
            _to[_ranges] = to;
            _ranges++;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Everything the node says, encoded: readings into one buffer made once, meta and status when they are asked for.</summary>
    /// <remarks>Used from the link's thread; only <see cref="Describe"/> may come from the loop.</remarks>
    public sealed class NodeMessages
    {
        private readonly object _gate = new object();
        private readonly Clock _clock;
        private readonly NodeDelivery _node;
        private readonly TimeKeeper _time;
        private readonly Point[] _points;
        private readonly string _root;
        private readonly NodeVoice _own;
        private readonly ReadingJson _readings;
        private readonly AlarmJson _alarms;
        private readonly GapJson _gaps;
        private readonly GapRecord _gapRecord = new GapRecord();
        private readonly Gap _unread = new Gap();
        private readonly PointMemory _memory;
        private readonly Reading _sent = new Reading(PointKinds.MostFields);
        private readonly MetaJson _meta;
        private readonly StatusJson _status;
        private readonly NodeState _state = new NodeState();
        private NodeVoice _voice;  // whose message is encoded
        private NodeVoice _other;  // the identity of a backlog, where it is another
        private byte[] _buffer;
        private long _epoch;       // of the record that is encoded
        private long _utcAtStart;  // of its board, where that was an earlier start
        private string _error;     // what the prepared text was made of
        private int _revision;

        /// <summary>Makes the encoders and the buffer for the largest message that is sent often.</summary>
        /// <param name="parts">The board and its platform.</param>
        /// <param name="settings">Who the node is.</param>
        /// <param name="node">The node, begun.</param>
        /// <param name="time">Tells whether the node would take the edge's time.</param>
        /// <param name="points">Its points.</param>
        public NodeMessages(NodeParts parts, Settings settings, NodeDelivery node, TimeKeeper time, Point[] points)
        {
            _clock = parts.Clock;
            _node = node;
            _time = time;
            _points = points;
            _root = settings.Root;
            string[] names = new string[points.Length];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = points[i].Name;
            }

            _own = new NodeVoice(settings.Root, settings.Id, names);
            _voice = _own;
            _readings = new ReadingJson(settings.Id);
            _alarms = new AlarmJson(settings.Id);
            _gaps = new GapJson(settings.Id);
            _memory = new PointMemory(points);
            _meta = new MetaJson(settings.Id, new NodeDescription(parts.Version, parts.Board, parts.Target));
            _status = new StatusJson(settings.Id, parts.Version);
            _state.Restart = StatusJson.TextOf(node.RestartCause);
            Will = _status.Offline(node.Incarnation.Epoch);

            _buffer = new byte[0];
            Grow(_status.MaxLength);
            Grow(_alarms.MaxLength + SpareOf(_own));
            Grow(_gaps.MaxLength + SpareOf(_own));
            for (int i = 0; i < points.Length; i++)
            {
                Grow(_readings.MaxLength(points[i]) + SpareOf(_own));
            }
        }

        /// <summary>Gets the topic of status and will.</summary>
        public string StatusTopic
        {
            get { return _own.Topics.Status; }
        }

        /// <summary>Gets the topic of the meta message.</summary>
        public string MetaTopic
        {
            get { return _own.Topics.Meta; }
        }

        /// <summary>Gets the topic of the edge's acknowledgements.</summary>
        public string AcknowledgementTopic
        {
            get { return _own.Topics.Acknowledgement; }
        }

        /// <summary>Gets the will.</summary>
        public string Will { get; }

        /// <summary>Gets what the last call wrote.</summary>
        public byte[] Buffer
        {
            [HotPath]
            get { return _buffer; }
        }

        /// <summary>Gets a number that changes whenever the meta message does.</summary>
        public int MetaRevision
        {
            get { lock (_gate) { return _revision; } }
        }

        /// <summary>Writes into a point which chip it has got: the meta message must be sent again. From the loop.</summary>
        /// <param name="point">The point.</param>
        /// <param name="source">Its sensor, started.</param>
        public void Describe(Point point, SensorSource source)
        {
            lock (_gate) // the link may be encoding this very point
            {
                source.Describe(point);
                _revision++;
            }
        }

        /// <summary>Gets the topic of what was encoded last.</summary>
        public string Topic { [HotPath] get; private set; }

        /// <summary>Encodes a record of this start, a reading's, an alarm's or a gap's, into <see cref="Buffer"/>.</summary>
        /// <param name="bytes">Holds the record.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>Bytes written; 0 when it is no record.</returns>
        [HotPath]
        public int Encode(byte[] bytes, int at, int length)
        {
            _epoch = _node.Incarnation.Epoch;
            _utcAtStart = 0;
            Speak(_own);
            return EncodeRecord(bytes, at, length);
        }

        /// <summary>Encodes an entry of the journal into <see cref="Buffer"/>: under the identity, of the epoch and with the time it was read with.</summary>
        /// <param name="segment">Stands at the entry.</param>
        /// <returns>Bytes written. What cannot be read any more is told as a gap.</returns>
        public int Encode(JournalSegment segment)
        {
            _epoch = segment.Epoch;
            _utcAtStart = segment.State == ClockState.Unset ? 0 : segment.UtcAtStart;
            Speak(VoiceOf(segment.Identifier));
            int count = EncodeRecord(segment.Entry, 0, segment.EntryLength);
            if (count <= 0 && !GapRecord.IsGap(segment.Entry, 0))
            {
                Point learned = _memory.Learn(segment.Entry, 0, segment.EntryLength);
                if (learned != null)
                {
                    Grow(_readings.MaxLength(learned) + SpareOf(_voice));
                    count = EncodeRecord(segment.Entry, 0, segment.EntryLength);
                }
            }

            return count > 0 ? count : EncodeUnread(segment.First, segment.Last);
        }

        /// <summary>Encodes a gap of this start into <see cref="Buffer"/>.</summary>
        /// <param name="gap">The gap.</param>
        /// <returns>Bytes written.</returns>
        [HotPath]
        public int Encode(Gap gap)
        {
            _epoch = _node.Incarnation.Epoch;
            _utcAtStart = 0;
            gap.Time = _clock.Milliseconds;
            Speak(_own);
            return EncodeGap(gap);
        }

        /// <summary>Gives the topic where the edge acknowledges what was read under an identity.</summary>
        /// <param name="identifier">The identifier.</param>
        /// <returns>The topic.</returns>
        public string AcknowledgementTopicOf(string identifier)
        {
            return VoiceOf(identifier).Topics.Acknowledgement;
        }

        /// <summary>Encodes the meta message, which is long and seldom: into an array of its own.</summary>
        /// <param name="count">Bytes written.</param>
        /// <returns>The array.</returns>
        public byte[] Meta(out int count)
        {
            lock (_gate)
            {
                byte[] buffer = new byte[_meta.MaxLength(_points)];
                count = _meta.Encode(_node.Incarnation.Epoch, _points, buffer, 0);
                return buffer;
            }
        }

        /// <summary>Encodes the status message of a node that is alive into <see cref="Buffer"/>.</summary>
        /// <returns>Bytes written.</returns>
        [HotPath]
        public int Status()
        {
            _state.UptimeSeconds = _clock.Milliseconds / 1000;
            _node.Task.Tell(_state);
            _state.Reconnects = _node.Health.Connects > 0 ? _node.Health.Connects - 1 : 0;
            _state.Faults = _node.Faults.Count;
            _state.AsksTime = _time.WantsTime;
            string error = _node.Health.LinkError ?? _node.Health.SettingsError;
            if ((object)error != _error)
            {
                PrepareError(error);
            }

            return _status.EncodeOnline(_node.Incarnation.Epoch, _clock, _state, _buffer, 0);
        }

        [HotPath]
        private int EncodeRecord(byte[] bytes, int at, int length)
        {
            if (GapRecord.IsGap(bytes, at))
            {
                return _gapRecord.TryRead(bytes, at, length) ? EncodeGap(_gapRecord.Gap) : 0;
            }

            if (AlarmRecord.IsAlarm(bytes, at))
            {
                AlarmRecord alarm = _memory.Alarms;
                if (!alarm.TryRead(bytes, at, length))
                {
                    return 0;
                }

                Topic = _voice.Topics.Alarm;
                return _alarms.Encode(
                    _epoch, alarm, Utc(alarm.Time, alarm.State), StateOf(alarm.State), Code(alarm.Time, alarm.State, alarm.UncertaintyCode), _buffer, 0);
            }

            if (!_memory.Readings.TryRead(bytes, at, length, _sent, out ClockState state))
            {
                return 0;
            }

            _sent.Epoch = _epoch;
            _sent.UncertaintyCode = Code(_sent.Taken, state, _sent.UncertaintyCode);
            Topic = _voice.Topics.Reading(_sent.Point.Name);
            return _readings.Encode(_sent, Utc(_sent.Taken, state), StateOf(state), _buffer, 0);
        }

        [HotPath]
        private int EncodeGap(Gap gap)
        {
            Topic = _voice.Topics.Gap;
            return _gaps.Encode(_epoch, gap, Utc(gap.Time, gap.State), StateOf(gap.State), Code(gap.Time, gap.State, gap.Uncertainty), _buffer, 0);
        }

        private int EncodeUnread(long first, long last)
        {
            _unread.Begin(GapReason.Corrupt, first == last ? 1 : Gap.Unknown);
            _unread.Add(first, last);
            _unread.State = _clock.State;
            _unread.Time = _unread.State == ClockState.Unset ? 0 : _clock.ToUtc(_clock.Milliseconds);
            return EncodeGap(_unread);
        }

        // A time since start is stamped when it is sent, with what is known by then: of this start by its clock, of an earlier one by its segment.
        [HotPath]
        private long Utc(long time, ClockState state)
        {
            if (state != ClockState.Unset)
            {
                return time;
            }

            return IsPresent() ? _clock.ToUtc(time) : _utcAtStart + time;
        }

        [HotPath]
        private ClockState StateOf(ClockState state)
        {
            if (state != ClockState.Unset)
            {
                return state;
            }

            return IsPresent() ? _clock.State : _utcAtStart != 0 ? ClockState.Holdover : ClockState.Unset;
        }

        [HotPath]
        private int Code(long time, ClockState state, int code)
        {
            return state == ClockState.Unset && IsPresent() ? Uncertainty.CodeOf(_clock.UncertaintyAt(time)) : code;
        }

        [HotPath]
        private bool IsPresent()
        {
            return _epoch == _node.Incarnation.Epoch;
        }

        [HotPath]
        private void Speak(NodeVoice voice)
        {
            if ((object)voice != _voice)
            {
                _voice = voice;
                _readings.Identify(voice.Json);
                _alarms.Identify(voice.Json);
                _gaps.Identify(voice.Json);
            }
        }

        private NodeVoice VoiceOf(string identifier)
        {
            if (identifier == null || identifier == _own.Text)
            {
                return _own;
            }

            if (_other == null || _other.Text != identifier)
            {
                Identifier read = Identifier.Check(identifier).Identifier;
                _other = read == null ? _own : new NodeVoice(_root, read, new string[0]);
            }

            return _other;
        }

        // The longest identifier a backlog can have makes its messages so much longer.
        private static int SpareOf(NodeVoice voice)
        {
            return Identifier.MaxLength + 2 - voice.Json.Length;
        }

        private void Grow(int length)
        {
            if (length > _buffer.Length)
            {
                _buffer = new byte[length];
            }
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once after a session has ended, whose next one allocates far more.")]
        private void PrepareError(string error)
        {
            _error = error;
            _state.Error = StatusJson.TextOf(error);
        }
    }
}

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
        private readonly SensorNode _node;
        private readonly Topics _topics;
        private readonly ReadingJson _readings;
        private readonly AlarmJson _alarms;
        private readonly ReadingRecord _readingRecord;
        private readonly AlarmRecord _alarmRecord;
        private readonly Reading _sent = new Reading(PointKinds.MostFields);
        private readonly MetaJson _meta;
        private readonly StatusJson _status;
        private readonly NodeState _state = new NodeState();
        private readonly byte[] _buffer;
        private string _error; // what the prepared text was made of
        private int _revision;

        /// <summary>Makes the encoders and the buffer for the largest message that is sent often.</summary>
        /// <param name="parts">The board and its platform.</param>
        /// <param name="settings">Who the node is.</param>
        /// <param name="node">The node, its points known.</param>
        public NodeMessages(NodeParts parts, Settings settings, SensorNode node)
        {
            _clock = parts.Clock;
            _node = node;
            string[] names = new string[node.Points.Length];
            for (int i = 0; i < names.Length; i++)
            {
                names[i] = node.Points[i].Name;
            }

            _topics = new Topics(settings.Root, settings.Id, names);
            _readings = new ReadingJson(settings.Id);
            _alarms = new AlarmJson(settings.Id);
            _readingRecord = new ReadingRecord(node.Points);
            _alarmRecord = new AlarmRecord(node.Points);
            _meta = new MetaJson(settings.Id, new NodeDescription(parts.Version, parts.Board, parts.Target));
            _status = new StatusJson(settings.Id, parts.Version);
            _state.Restart = StatusJson.TextOf(node.RestartCause);
            Will = _status.Offline(node.Incarnation.Epoch);

            int longest = _status.MaxLength > _alarms.MaxLength ? _status.MaxLength : _alarms.MaxLength;
            for (int i = 0; i < node.Points.Length; i++)
            {
                int length = _readings.MaxLength(node.Points[i]);
                if (length > longest)
                {
                    longest = length;
                }
            }

            _buffer = new byte[longest];
        }

        /// <summary>Gets the will: what the broker says for the node when it falls silent. ASCII.</summary>
        public string Will { get; }

        /// <summary>Gets the topic of birth and will.</summary>
        public string StatusTopic
        {
            get { return _topics.Status; }
        }

        /// <summary>Gets the topic of the meta message.</summary>
        public string MetaTopic
        {
            get { return _topics.Meta; }
        }

        /// <summary>Gets the buffer <see cref="Encode"/> and <see cref="Status"/> write into.</summary>
        public byte[] Buffer
        {
            [HotPath]
            get { return _buffer; }
        }

        /// <summary>Gets a number that grows when the points have changed.</summary>
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

        /// <summary>Encodes a record of this start, a reading's or an alarm's, into <see cref="Buffer"/>.</summary>
        /// <param name="bytes">Holds the record.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>Bytes written; 0 when it is no record.</returns>
        [HotPath]
        public int Encode(byte[] bytes, int at, int length)
        {
            long epoch = _node.Incarnation.Epoch;
            if (AlarmRecord.IsAlarm(bytes, at))
            {
                Topic = _topics.Alarm;
                return _alarmRecord.TryRead(bytes, at, length)
                    ? _alarms.Encode(epoch, _alarmRecord, _clock.ToUtc(_alarmRecord.Time), _clock.State, _buffer, 0) : 0;
            }

            if (!_readingRecord.TryRead(bytes, at, length, _sent, out _))
            {
                return 0;
            }

            _sent.Epoch = epoch;
            Topic = _topics.Reading(_sent.Point.Name);
            return _readings.Encode(_sent, _clock, _buffer, 0);
        }

        /// <summary>Encodes the meta message, which is long and seldom: into an array of its own.</summary>
        /// <param name="count">Bytes written.</param>
        /// <returns>The array.</returns>
        public byte[] Meta(out int count)
        {
            lock (_gate)
            {
                byte[] buffer = new byte[_meta.MaxLength(_node.Points)];
                count = _meta.Encode(_node.Incarnation.Epoch, _node.Points, buffer, 0);
                return buffer;
            }
        }

        /// <summary>Encodes the status message of a node that is alive into <see cref="Buffer"/>.</summary>
        /// <returns>Bytes written.</returns>
        [HotPath]
        public int Status()
        {
            _state.UptimeSeconds = _clock.Milliseconds / 1000;
            _state.Queued = _node.Outbox.Count;
            _state.Dropped = _node.Outbox.Dropped;
            _state.Reconnects = _node.Health.Connects > 0 ? _node.Health.Connects - 1 : 0;
            _state.Faults = _node.Faults.Count;
            string error = _node.Health.LinkError ?? _node.Health.SettingsError;
            if ((object)error != _error)
            {
                PrepareError(error);
            }

            return _status.EncodeOnline(_node.Incarnation.Epoch, _clock, _state, _buffer, 0);
        }

        [SuppressMessage("Sensors", "NANO114", Justification = "Once after a session has ended, whose next one allocates far more.")]
        private void PrepareError(string error)
        {
            _error = error;
            _state.Error = StatusJson.TextOf(error);
        }
    }
}

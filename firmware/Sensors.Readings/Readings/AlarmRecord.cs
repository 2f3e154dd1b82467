using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>
    /// The stored form of an alarm's change; <c>docs/payloads.md</c> specifies it byte by byte. Allocates nothing per change but the
    /// name of a channel this object has not met yet. One thread at a time.
    /// </summary>
    public sealed class AlarmRecord
    {
        /// <summary>The kind of these records; readings have 1 to 4.</summary>
        public const int Kind = 16;

        private const int Fixed = 1 + 1 + 4 + 4 + 1; // levels, cause, value, limit, length of the name
        private const int LevelBits = 2;

        private readonly RecordBuffer _buffer = new RecordBuffer();
        private readonly Point[] _points;

        /// <summary>Makes the reader and writer of a node's alarms.</summary>
        /// <param name="points">The node's points.</param>
        public AlarmRecord(Point[] points)
        {
            _points = points;
        }

        /// <summary>Gets the point of the alarm that was read.</summary>
        public Point Point { get; private set; }

        /// <summary>Gets the sequence number of the alarm that was read.</summary>
        public long Sequence { get; private set; }

        /// <summary>Gets the time of the alarm that was read, in milliseconds: since the board's start, or since 1970 when a state is given.</summary>
        public long Time { get; private set; }

        /// <summary>Gets how that time is known.</summary>
        public ClockState State { get; private set; }

        /// <summary>Gets how far that time may be off, as a code of <see cref="Uncertainty"/>.</summary>
        public int UncertaintyCode { get; private set; }

        /// <summary>Gets the alarm that was read.</summary>
        public AlarmEvent Change { get; } = new AlarmEvent();

        /// <summary>Tells whether a record is one of an alarm, without reading it.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <returns>False for a reading's.</returns>
        [HotPath]
        public static bool IsAlarm(byte[] bytes, int at)
        {
            return RecordBuffer.KindOf(bytes, at) == Kind;
        }

        /// <summary>Writes a change.</summary>
        /// <param name="point">Its point.</param>
        /// <param name="sequence">Its sequence number, of the node's one count.</param>
        /// <param name="time">As of a reading's record.</param>
        /// <param name="state">As of a reading's record.</param>
        /// <param name="uncertainty">How far the time may be off, as a code of <see cref="Uncertainty"/>.</param>
        /// <param name="change">The change.</param>
        /// <param name="bytes">Receives at most <see cref="ReadingRecord.MaxLength"/> bytes.</param>
        /// <param name="at">Where the first byte goes.</param>
        /// <returns>The record's length in bytes.</returns>
        [HotPath]
        public int Write(Point point, long sequence, long time, ClockState state, int uncertainty, AlarmEvent change, byte[] bytes, int at)
        {
            RecordBuffer buffer = _buffer;
            buffer.Begin(bytes, at, Kind, point.NameBytes, sequence, time, (int)state | (uncertainty << RecordBuffer.UncertaintyShift));
            buffer.PutLow((int)change.Level | ((int)change.Was << LevelBits), 1);
            buffer.PutLow((int)change.Cause, 1);
            buffer.PutFloat(change.Value);
            buffer.PutFloat(change.Limit);
            byte[] name = change.Channel.Bytes;
            buffer.PutLow(name.Length, 1);
            for (int i = 0; i < name.Length; i++) { buffer.PutLow(name[i], 1); }
            return buffer.Close();
        }

        /// <summary>Reads a record.</summary>
        /// <param name="bytes">Holds it.</param>
        /// <param name="at">Index of its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <returns>False when it is not sound, or none of an alarm.</returns>
        [HotPath]
        public bool TryRead(byte[] bytes, int at, int length)
        {
            RecordBuffer buffer = _buffer;
            Point = buffer.Open(bytes, at, length, _points);
            if (Point == null || buffer.Kind != Kind || buffer.At + Fixed > buffer.End)
            {
                return false;
            }

            Sequence = buffer.Sequence;
            Time = buffer.Time;
            State = (ClockState)(buffer.Flags & 3);
            UncertaintyCode = buffer.Flags >> RecordBuffer.UncertaintyShift;
            int levels = (int)buffer.GetLow(1);
            Change.Level = (AlarmLevel)(levels & 3);
            Change.Was = (AlarmLevel)((levels >> LevelBits) & 3);
            Change.Cause = (AlarmCause)buffer.GetLow(1);
            Change.Value = buffer.GetFloat();
            Change.Limit = buffer.GetFloat();
            int name = (int)buffer.GetLow(1);
            if (name < 1 || name > AlarmEvent.MaxChannelLength || buffer.At + name != buffer.End)
            {
                return false;
            }

            if (!IsKnown(buffer.Bytes, buffer.At, name))
            {
                Meet(buffer.Bytes, buffer.At, name);
            }

            return true;
        }

        [HotPath]
        private bool IsKnown(byte[] bytes, int at, int length)
        {
            byte[] known = Change.Channel != null ? Change.Channel.Bytes : null;
            if (known == null || known.Length != length) { return false; }
            for (int i = 0; i < length; i++)
            {
                if (known[i] != bytes[at + i]) { return false; }
            }

            return true;
        }

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Sensors", "NANO114", Justification = "Once per alarm, which is seldom.")]
        private void Meet(byte[] bytes, int at, int length)
        {
            Change.Channel = new WatchedChannel(System.Text.Encoding.UTF8.GetString(bytes, at, length));
        }
    }
}

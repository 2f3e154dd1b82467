using System.Diagnostics.CodeAnalysis;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Where measuring jobs hand over: numbers a reading, puts it in the outbox and wakes the link. On the loop's thread.</summary>
    public sealed class ReadingOutlet
    {
        private readonly Outbox _outbox;
        private readonly Incarnation _incarnation;
        private readonly Clock _clock;
        private readonly ReadingRecord _record;
        private readonly AlarmRecord _alarm;
        private readonly Reading _reading = new Reading(PointKinds.MostFields);
        private readonly byte[] _bytes = new byte[ReadingRecord.MaxLength];
        private JournalTask _journal;
        private LinkWorker _link;

        /// <summary>Makes the outlet.</summary>
        /// <param name="outbox">Takes the records.</param>
        /// <param name="incarnation">Numbers the readings.</param>
        /// <param name="clock">The node's time.</param>
        public ReadingOutlet(Outbox outbox, Incarnation incarnation, Clock clock)
        {
            _outbox = outbox;
            _incarnation = incarnation;
            _clock = clock;
            Point[] none = new Point[0]; // which are needed for reading only
            _record = new ReadingRecord(none);
            _alarm = new AlarmRecord(none);
        }

        /// <summary>Names what saves records, and the link to wake.</summary>
        /// <param name="journal">Saves records; null for nothing that does.</param>
        /// <param name="link">The link; null for none.</param>
        public void Attach(JournalTask journal, LinkWorker link)
        {
            _journal = journal;
            _link = link;
        }

        /// <summary>Gets an empty reading of a point; there is one at a time.</summary>
        /// <param name="point">The point.</param>
        /// <returns>The reading, values absent; fill it, then <see cref="Complete"/>.</returns>
        [HotPath]
        public Reading Begin(Point point)
        {
            Reading reading = _reading;
            reading.Point = point;
            reading.Clear();
            return reading;
        }

        /// <summary>Numbers a reading and sends it on its way.</summary>
        /// <param name="reading">What <see cref="Begin"/> gave, filled.</param>
        /// <param name="taken">When its last sample was taken, in milliseconds since start.</param>
        [HotPath]
        public void Complete(Reading reading, long taken)
        {
            long now = _clock.Milliseconds;
            if (_journal != null)
            {
                _journal.MakeRoom(now);
            }

            ClockState state = RecordStamp.State(_clock);
            reading.Epoch = _incarnation.Epoch;
            reading.Sequence = _incarnation.Next();
            reading.Taken = taken;
            reading.UncertaintyCode = RecordStamp.Code(_clock, state, taken);
            int length = _record.Write(reading, RecordStamp.Time(_clock, state, taken), state, _bytes, 0);
            _outbox.Put(_bytes, length, reading.Sequence, false, now);
            Wake();
        }

        /// <summary>Numbers a change of an alarm, has it saved, and sends it on its way before readings that wait.</summary>
        /// <param name="point">The point.</param>
        /// <param name="change">The change.</param>
        /// <param name="taken">When the last sample of its reading was taken, in milliseconds since start.</param>
        [HotPath]
        public void Alarm(Point point, AlarmEvent change, long taken)
        {
            ClockState state = RecordStamp.State(_clock);
            long sequence = _incarnation.Next();
            int length = _alarm.Write(
                point, sequence, RecordStamp.Time(_clock, state, taken), state, RecordStamp.Code(_clock, state, taken), change, _bytes, 0);
            Urgent(length, sequence);
        }

        /// <summary>Numbers a statement, has it saved, and sends it on its way before readings that wait.</summary>
        /// <param name="gap">The statement; its one range becomes its own number.</param>
        [SuppressMessage("Sensors", "NANO114", Justification = "Once in the life of a volume.")]
        public void State(Gap gap)
        {
            long sequence = _incarnation.Next();
            gap.Add(sequence, sequence);
            RecordStamp.Write(gap, _clock, _clock.Milliseconds);
            Urgent(new GapRecord().Write(gap, _bytes, 0), sequence);
        }

        [HotPath]
        private void Urgent(int length, long sequence)
        {
            long now = _clock.Milliseconds;
            _outbox.Put(_bytes, length, sequence, true, now);
            if (_journal != null)
            {
                _journal.SaveAlarm(now);
            }
            else
            {
                _outbox.Release();
            }

            Wake();
        }

        [HotPath]
        private void Wake()
        {
            if (_link != null)
            {
                _link.Wake();
            }
        }
    }
}

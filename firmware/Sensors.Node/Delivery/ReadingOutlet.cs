using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Where measuring jobs hand over: numbers a reading, puts it in the outbox and wakes the link.</summary>
    public sealed class ReadingOutlet
    {
        private readonly Outbox _outbox;
        private readonly Incarnation _incarnation;
        private readonly ReadingRecord _record;
        private readonly AlarmRecord _alarm;
        private readonly Reading _reading = new Reading(PointKinds.MostFields);
        private readonly byte[] _bytes = new byte[ReadingRecord.MaxLength];
        private LinkWorker _link;

        /// <summary>Makes the outlet.</summary>
        /// <param name="outbox">Takes the records.</param>
        /// <param name="incarnation">Numbers the readings.</param>
        public ReadingOutlet(Outbox outbox, Incarnation incarnation)
        {
            _outbox = outbox;
            _incarnation = incarnation;
            Point[] none = new Point[0]; // which are needed for reading only
            _record = new ReadingRecord(none);
            _alarm = new AlarmRecord(none);
        }

        /// <summary>Names the link to wake.</summary>
        /// <param name="link">The link.</param>
        public void Attach(LinkWorker link)
        {
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
            reading.Epoch = _incarnation.Epoch;
            reading.Sequence = _incarnation.Next();
            reading.Taken = taken;
            _outbox.Put(_bytes, _record.Write(reading, taken, ClockState.Unset, _bytes, 0), reading.Sequence, false);
            Wake();
        }

        /// <summary>Numbers a change of an alarm and sends it on its way, before readings that wait.</summary>
        /// <param name="point">The point.</param>
        /// <param name="change">The change.</param>
        /// <param name="taken">When the last sample of its reading was taken, in milliseconds since start.</param>
        [HotPath]
        public void Alarm(Point point, AlarmEvent change, long taken)
        {
            long sequence = _incarnation.Next();
            _outbox.Put(_bytes, _alarm.Write(point, sequence, taken, ClockState.Unset, change, _bytes, 0), sequence, true);
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

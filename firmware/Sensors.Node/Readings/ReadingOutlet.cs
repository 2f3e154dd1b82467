using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Where measuring jobs hand over: numbers a reading, puts it in the outbox and wakes the link.</summary>
    public sealed class ReadingOutlet
    {
        private readonly Outbox _outbox;
        private readonly Incarnation _incarnation;
        private LinkWorker _link;

        /// <summary>Makes the outlet.</summary>
        /// <param name="outbox">Takes the readings.</param>
        /// <param name="incarnation">Numbers them.</param>
        public ReadingOutlet(Outbox outbox, Incarnation incarnation)
        {
            _outbox = outbox;
            _incarnation = incarnation;
        }

        /// <summary>Names the link to wake.</summary>
        /// <param name="link">The link.</param>
        public void Attach(LinkWorker link)
        {
            _link = link;
        }

        /// <summary>Gets an empty reading of a point.</summary>
        /// <param name="point">The point.</param>
        /// <returns>The reading, values absent; fill it, then <see cref="Complete"/>.</returns>
        [HotPath]
        public Reading Begin(Point point)
        {
            Reading reading = _outbox.Take();
            reading.Point = point;
            float[] values = reading.Values;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = float.NaN;
            }

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
            _outbox.Put(reading);
            if (_link != null)
            {
                _link.Wake();
            }
        }
    }
}

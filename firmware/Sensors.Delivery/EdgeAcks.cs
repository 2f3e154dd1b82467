using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What the edge said last of each epoch that still matters: the present one, and a few of the backlog's. On the link's thread.</summary>
    public sealed class EdgeAcks
    {
        private const int Most = 4; // epochs; what is forgotten is said again when something of it is sent again

        private readonly EdgeAck[] _acks = new EdgeAck[Most];
        private int _next = 1;

        /// <summary>Makes a memory that knows nothing.</summary>
        /// <param name="present">The epoch that is never forgotten.</param>
        public EdgeAcks(long present)
        {
            Present = present;
            for (int i = 0; i < Most; i++)
            {
                _acks[i] = new EdgeAck();
            }
        }

        /// <summary>Gets the present epoch.</summary>
        public long Present { [HotPath] get; }

        /// <summary>Takes what the edge says.</summary>
        /// <param name="ack">Copied.</param>
        [HotPath]
        public void Note(EdgeAck ack)
        {
            EdgeAck place = ack.Epoch == Present ? _acks[0] : Of(ack.Epoch);
            if (place == null)
            {
                place = _acks[_next];
                _next = _next + 1 < Most ? _next + 1 : 1;
            }

            place.CopyFrom(ack);
        }

        /// <summary>Gives what the edge said last of an epoch.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <returns>Null when it is not known.</returns>
        [HotPath]
        public EdgeAck Of(long epoch)
        {
            for (int i = 0; i < Most; i++)
            {
                if (_acks[i].Epoch == epoch)
                {
                    return _acks[i];
                }
            }

            return null;
        }
    }
}

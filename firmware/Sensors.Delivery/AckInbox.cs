namespace Sensors.Node
{
    /// <summary>Acknowledgements of the edge as they came, until the link's thread reads them. From any thread; never blocks for long, never throws.</summary>
    public sealed class AckInbox
    {
        private const int Most = 8; // one that is lost is made good by the next, which says all that it said
        private const string TopicEnd = "/ack";

        private readonly object _gate = new object();
        private readonly byte[][] _waiting = new byte[Most][];
        private int _count;

        /// <summary>Gets how many were pushed out by newer ones before anybody had read them.</summary>
        public int Lost { get; private set; }

        /// <summary>Notes a message down if it is an acknowledgement.</summary>
        /// <param name="topic">Where it came; only what was subscribed to does.</param>
        /// <param name="payload">The message; kept.</param>
        /// <returns>False when it is for somebody else.</returns>
        public bool Note(string topic, byte[] payload)
        {
            if (!topic.EndsWith(TopicEnd))
            {
                return false;
            }

            lock (_gate)
            {
                if (_count == Most)
                {
                    Lost++;
                    Drop();
                }

                _waiting[_count++] = payload;
            }

            return true;
        }

        /// <summary>Gives the oldest.</summary>
        /// <returns>The message; null when there is none.</returns>
        public byte[] Take()
        {
            lock (_gate)
            {
                byte[] oldest = _count > 0 ? _waiting[0] : null;
                if (_count > 0)
                {
                    Drop();
                }

                return oldest;
            }
        }

        private void Drop()
        {
            _count--;
            for (int i = 0; i < _count; i++)
            {
                _waiting[i] = _waiting[i + 1];
            }

            _waiting[_count] = null;
        }
    }
}

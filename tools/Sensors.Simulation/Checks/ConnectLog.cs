using System.Collections.Generic;

namespace Sensors.Simulation
{
    /// <summary>When a node's session was lost, and when it tried to connect: held against the reconnection policy.</summary>
    internal sealed class ConnectLog
    {
        /// <summary>Gets what happened, in order.</summary>
        public List<Entry> Entries { get; } = [];

        /// <summary>Gets since when there is a session; -1 while there is none.</summary>
        public long UpSince { get; private set; } = -1;

        public void Tried(long time, bool joined) => Entries.Add(new Entry(EntryKind.Tried, time, joined));

        public void Answered(long time, bool accepted)
        {
            UpSince = accepted ? time : -1;
            Entries.Add(new Entry(accepted ? EntryKind.Connected : EntryKind.Refused, time, true));
        }

        public void Dropped(long time)
        {
            if (UpSince < 0)
            {
                return; // noticed already
            }

            UpSince = -1;
            Entries.Add(new Entry(EntryKind.Dropped, time, true));
        }

        internal enum EntryKind
        {
            Tried,
            Connected,
            Refused,
            Dropped,
        }

        internal readonly record struct Entry(EntryKind Kind, long Time, bool Joined);
    }
}

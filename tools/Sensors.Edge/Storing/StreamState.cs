using System;

namespace Sensors.Edge
{
    /// <summary>The account of one epoch of one node, as it is in the store; changed in memory and written with each batch.</summary>
    internal sealed class StreamState
    {
        internal long Row { get; init; }

        internal long Epoch { get; init; }

        /// <summary>Gets the numbers that are stored, or covered by a gap of this epoch.</summary>
        internal RangeSet Settled { get; } = new();

        internal long Highest { get; set; }

        internal long Readings { get; set; }

        internal long Alarms { get; set; }

        internal long Duplicates { get; set; }

        internal long Late { get; set; }

        internal long? First { get; set; }

        internal long? Last { get; set; }

        internal long Unset { get; set; }

        internal long Holdover { get; set; }

        internal long Synced { get; set; }

        internal long? Uncertainty { get; set; }

        internal bool IsDirty { get; set; }

        /// <summary>Enters a message that is new.</summary>
        /// <returns>Whether later numbers came before it.</returns>
        internal bool Enter(StoreEntry entry)
        {
            Settled.Add(entry.Sequence);
            if (entry.Kind == StoreKind.Alarm) { Alarms++; } else { Readings++; }
            switch (entry.Clock)
            {
                case ClockQuality.Unset: Unset++; break;
                case ClockQuality.Holdover: Holdover++; break;
                default: Synced++; break;
            }

            if (entry.Clock != ClockQuality.Unset)
            {
                First = First is { } first ? Math.Min(first, entry.UtcMilliseconds) : entry.UtcMilliseconds;
                Last = Last is { } last ? Math.Max(last, entry.UtcMilliseconds) : entry.UtcMilliseconds;
            }

            if (entry.Uncertainty is { } uncertainty) { Uncertainty = Math.Max(Uncertainty ?? 0, uncertainty); }
            if (entry.Sequence > Highest)
            {
                Highest = entry.Sequence;
                return false;
            }

            Late++;
            return true;
        }
    }
}

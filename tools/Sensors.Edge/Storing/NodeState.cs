using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>What the store remembers of a node while it is open.</summary>
    internal sealed class NodeState
    {
        private const int BootBits = 20; // below the incarnation in an epoch

        private readonly Dictionary<long, NewVolume> _volumes = []; // by incarnation

        internal long Row { get; init; }

        internal Dictionary<long, StreamState> Streams { get; } = [];

        /// <summary>Takes notice of a gap, should it tell that an incarnation began with a fresh volume: in words, or because the number that said so, the
        /// first of the first start, is itself among the lost.</summary>
        /// <param name="gap">The gap.</param>
        /// <param name="order">When it came, in the order of all gaps.</param>
        internal void Enter(GapMessage gap, long order)
        {
            long incarnation = gap.Epoch >> BootBits;
            if (gap.Reason == GapMessage.NewVolume)
            {
                _volumes[incarnation] = new NewVolume(order, gap.Clock == ClockQuality.Synced ? gap.UtcMilliseconds : null);
            }
            else if (gap.Ranges[0].From == 1 && gap.Epoch - (incarnation << BootBits) == 1)
            {
                _volumes.TryAdd(incarnation, new NewVolume(order, null));
            }
        }

        /// <summary>Tells whether another board came after the one of this epoch: what that has not delivered, nobody at this place holds.</summary>
        internal bool IsSuperseded(long epoch)
        {
            long incarnation = epoch >> BootBits;
            bool isKnown = _volumes.TryGetValue(incarnation, out NewVolume own);
            foreach ((long other, NewVolume volume) in _volumes)
            {
                if (other != incarnation && (!isKnown || volume.IsAfter(own))) { return true; }
            }

            return false;
        }

        // A board sends what is new first: what it says of a volume that it has lost meanwhile may come later. So the time counts where both know it.
        private readonly record struct NewVolume(long Order, long? Time)
        {
            internal bool IsAfter(NewVolume other) => Time is { } time && other.Time is { } otherTime && time != otherTime ? time > otherTime : Order > other.Order;
        }
    }
}

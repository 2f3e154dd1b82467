using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>What the store remembers of a node while it is open.</summary>
    internal sealed class NodeState
    {
        private const int BootBits = 20; // below the incarnation in an epoch

        private readonly Dictionary<long, long> _volumes = []; // of statements of new volumes: incarnation, and when in the order of all gaps

        internal long Row { get; init; }

        internal Dictionary<long, StreamState> Streams { get; } = [];

        /// <summary>Gets or sets the epoch of the last status, which is never of a backlog; null when there was none.</summary>
        internal long? Present { get; set; }

        /// <summary>Takes notice of a gap, should it tell that an incarnation began with a fresh volume: in words, or because the number that said so, the
        /// first of the first start, is itself among the lost.</summary>
        /// <param name="gap">The gap.</param>
        /// <param name="order">When it came, in the order of all gaps.</param>
        internal void Enter(GapMessage gap, long order)
        {
            long incarnation = gap.Epoch >> BootBits;
            if (gap.Reason == GapMessage.NewVolume)
            {
                _volumes[incarnation] = order;
            }
            else if (gap.Ranges[0].From == 1 && gap.Epoch - (incarnation << BootBits) == 1)
            {
                _volumes.TryAdd(incarnation, order);
            }
        }

        /// <summary>Tells whether another board came after the one of this epoch: what that has not delivered, nobody at this place holds.</summary>
        /// <remarks>The order of their statements tells, unless one came late, from a backlog: the board of the last status is not the one that is gone.</remarks>
        internal bool IsSuperseded(long epoch)
        {
            long incarnation = epoch >> BootBits;
            if (Present >> BootBits is { } present && present != incarnation && _volumes.ContainsKey(present)) { return true; }

            long own = _volumes.GetValueOrDefault(incarnation);
            foreach ((long other, long order) in _volumes)
            {
                if (other != incarnation && order > own) { return true; }
            }

            return false;
        }
    }
}

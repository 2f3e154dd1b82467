using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>What the store remembers of a node while it is open.</summary>
    internal sealed class NodeState
    {
        private const int BootBits = 20; // below the incarnation in an epoch

        private readonly Dictionary<long, long> _statements = []; // of new volumes: incarnation, and when in the order of all statements

        internal long Row { get; init; }

        internal Dictionary<long, StreamState> Streams { get; } = [];

        /// <summary>Notes that an incarnation began with a fresh volume.</summary>
        internal void Begin(long epoch, long order) => _statements[epoch >> BootBits] = order;

        /// <summary>Tells whether another board came after the one of this epoch: what that has not delivered, nobody at this place holds.</summary>
        internal bool IsSuperseded(long epoch)
        {
            long incarnation = epoch >> BootBits;
            long own = _statements.GetValueOrDefault(incarnation);
            foreach ((long other, long order) in _statements)
            {
                if (other != incarnation && order > own) { return true; }
            }

            return false;
        }
    }
}

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

        /// <summary>Takes notice of a gap, should it tell that an incarnation began with a fresh volume: in words, or because the number that said so, the
        /// first of the first start, is itself among the lost.</summary>
        internal void Enter(long epoch, string reason, long firstNumber, long order)
        {
            long incarnation = epoch >> BootBits;
            if (reason == GapMessage.NewVolume)
            {
                _statements[incarnation] = order;
            }
            else if (firstNumber == 1 && epoch - (incarnation << BootBits) == 1)
            {
                _statements.TryAdd(incarnation, order);
            }
        }

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

using System;
using Sensors.Commissioning;
using Sensors.Node;

namespace Sensors.Cli.Pairings
{
    /// <summary>One node that is to be paired: where it is, and what is known of it before anybody is asked.</summary>
    internal sealed record PairJob
    {
        /// <summary>Gets the node's name.</summary>
        public required string Node { get; init; }

        /// <summary>Gets where its portal is now; null while it is nowhere.</summary>
        public required Func<Uri?> Endpoint { get; init; }

        /// <summary>Gets its time.</summary>
        public required NodeClock Clock { get; init; }

        /// <summary>Gets what it shall be told, as far as known.</summary>
        public required NodeSetup Setup { get; init; }

        /// <summary>Gets the code of its label; null when not known.</summary>
        public string? Code { get; init; }

        /// <summary>Gets a template for its identifier; null for none.</summary>
        public string? Template { get; init; }
    }
}

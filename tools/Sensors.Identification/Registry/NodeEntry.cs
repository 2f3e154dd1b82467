using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>A node of the registry: a place on a machine, and the boards that were there.</summary>
    public sealed record NodeEntry
    {
        /// <summary>Gets the identifier, as first written.</summary>
        public required Identifier Identifier { get; init; }

        /// <summary>Gets whether it works or is given up.</summary>
        public required NodeState State { get; init; }

        /// <summary>Gets what people call the machine; null for none.</summary>
        public string? Name { get; init; }

        /// <summary>Gets where the machine stands; null for none.</summary>
        public string? Place { get; init; }

        /// <summary>Gets when it was paired last.</summary>
        public required DateTimeOffset PairedAt { get; init; }

        /// <summary>Gets the broker, as <c>host:port</c>; null when not known.</summary>
        public string? Broker { get; init; }

        /// <summary>Gets the root of its topics; null when not known.</summary>
        public string? Root { get; init; }

        /// <summary>Gets its points.</summary>
        public IReadOnlyList<string> Points { get; init; } = [];

        /// <summary>Gets the boards, oldest first.</summary>
        public IReadOnlyList<HardwarePeriod> History { get; init; } = [];

        /// <summary>Gets what happened, oldest first.</summary>
        public IReadOnlyList<NodeEvent> Events { get; init; } = [];

        /// <summary>Gets the board that bears the identifier now; null when none does.</summary>
        public NodeHardware? Hardware => History.LastOrDefault(period => period.Until is null)?.Hardware;
    }

    /// <summary>Whether a node works.</summary>
    public enum NodeState
    {
        /// <summary>It works, or should.</summary>
        Active = 0,

        /// <summary>It was given up. Its identifier is not given again.</summary>
        Retired = 1,
    }

    /// <summary>Something that happened to a node.</summary>
    /// <param name="At">When.</param>
    /// <param name="Kind">What: <c>paired</c>, <c>paired-again</c>, <c>replaced</c>, <c>moved</c>, <c>renamed</c>, <c>retired</c>.</param>
    /// <param name="Text">What belongs to it, such as the board; may be empty.</param>
    public sealed record NodeEvent(DateTimeOffset At, string Kind, string Text);
}

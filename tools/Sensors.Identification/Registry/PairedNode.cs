using System;
using System.Collections.Generic;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>What pairing tells the registry. Nothing of it is secret: no password, no code, no key.</summary>
    public sealed record PairedNode
    {
        /// <summary>Gets the identifier that the node bears.</summary>
        public required Identifier Identifier { get; init; }

        /// <summary>Gets the board.</summary>
        public required NodeHardware Hardware { get; init; }

        /// <summary>Gets when it was paired.</summary>
        public required DateTimeOffset PairedAt { get; init; }

        /// <summary>Gets what people call the machine; null leaves the name as it is.</summary>
        public string? Name { get; init; }

        /// <summary>Gets where the machine stands; null leaves the place as it is.</summary>
        public string? Place { get; init; }

        /// <summary>Gets the broker, as <c>host:port</c>; null when not known.</summary>
        public string? Broker { get; init; }

        /// <summary>Gets the root of its topics; null when not known.</summary>
        public string? Root { get; init; }

        /// <summary>Gets its points, such as <c>vib1</c>.</summary>
        public IReadOnlyList<string> Points { get; init; } = [];
    }
}

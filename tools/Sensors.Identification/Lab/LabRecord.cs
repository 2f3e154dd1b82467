using System;
using System.Collections.Generic;

namespace Sensors.Identification
{
    /// <summary>What the lab's enterprise node keeps of an identifier.</summary>
    public sealed record LabRecord
    {
        /// <summary>Gets the identifier, as registered.</summary>
        public required string Identifier { get; init; }

        /// <summary>Gets when it was registered.</summary>
        public required DateTimeOffset Registered { get; init; }

        /// <summary>Gets when it was changed last.</summary>
        public required DateTimeOffset Changed { get; init; }

        /// <summary>Gets the values, by name.</summary>
        public required IReadOnlyDictionary<string, string> Values { get; init; }

        /// <summary>Gets how often it was resolved.</summary>
        public long Queries { get; init; }

        /// <summary>Gets when it was resolved last; null when it never was.</summary>
        public DateTimeOffset? Queried { get; init; }
    }
}

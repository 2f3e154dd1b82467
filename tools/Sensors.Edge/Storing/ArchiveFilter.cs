using System;

namespace Sensors.Edge
{
    /// <summary>Which messages are wanted; what is null is not asked for.</summary>
    public sealed record ArchiveFilter
    {
        /// <summary>Gets the node's identifier; its letters' case does not count.</summary>
        public string? Id { get; init; }

        /// <summary>Gets the point, such as <c>vib1</c>.</summary>
        public string? Point { get; init; }

        /// <summary>Gets the earliest time. Of a message without UTC the time of its arrival counts.</summary>
        public DateTimeOffset? From { get; init; }

        /// <summary>Gets the end of the time: messages of this very millisecond are left out.</summary>
        public DateTimeOffset? To { get; init; }
    }
}

using System;

namespace Sensors.Identification
{
    /// <summary>From when to when a board bore an identifier.</summary>
    /// <param name="Hardware">The board.</param>
    /// <param name="Since">From when.</param>
    /// <param name="Until">Until when; null while it does.</param>
    public sealed record HardwarePeriod(NodeHardware Hardware, DateTimeOffset Since, DateTimeOffset? Until);
}

using System.Collections.Generic;

namespace Sensors.Campaigns
{
    /// <summary>What came of hours without a network.</summary>
    /// <param name="Name">What the node knew of its machine.</param>
    /// <param name="VolumeKiB">Its volume, in KiB.</param>
    /// <param name="IntervalSeconds">From one reading of a point to the next.</param>
    /// <param name="Hours">How long it was offline.</param>
    /// <param name="GivenOut">Readings in that time.</param>
    /// <param name="Thinned">Of these, thinned.</param>
    /// <param name="HoursUntilThinning">When that began; 0 when it did not.</param>
    /// <param name="BytesPerReading">Of the journal, when thinning began, or at the end.</param>
    /// <param name="DrainSeconds">From the network's return until the journal was empty.</param>
    /// <param name="Speed">The time that the drained readings span over <paramref name="DrainSeconds"/>.</param>
    /// <param name="LiveMilliseconds">The longest that a new reading took to the store meanwhile.</param>
    /// <param name="Broken">What is wrong; empty when all is well.</param>
    internal sealed record OfflineResult(
        string Name,
        int VolumeKiB,
        int IntervalSeconds,
        double Hours,
        long GivenOut,
        long Thinned,
        double HoursUntilThinning,
        double BytesPerReading,
        double DrainSeconds,
        double Speed,
        long LiveMilliseconds,
        IReadOnlyList<string> Broken);
}

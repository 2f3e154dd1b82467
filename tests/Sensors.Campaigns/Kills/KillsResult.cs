using System;
using System.Collections.Generic;

namespace Sensors.Campaigns
{
    /// <summary>What came of the kills.</summary>
    /// <param name="Kills">How many of each kind.</param>
    /// <param name="Places">Where the victims died, and how often.</param>
    /// <param name="Minutes">How long there were readings and kills.</param>
    /// <param name="Readings">Readings given out.</param>
    /// <param name="Alarms">Alarms given out.</param>
    /// <param name="Stored">Of both, stored once.</param>
    /// <param name="Lost">Of both, in a gap that says why.</param>
    /// <param name="OldestLost">How old the oldest of these was when its node was killed.</param>
    /// <param name="Gaps">Gap records.</param>
    /// <param name="Duplicates">Messages that came again.</param>
    /// <param name="Late">Messages that came after later ones.</param>
    /// <param name="Epochs">Starts of the node that gave something out.</param>
    /// <param name="Drain">From the last reading to the last acknowledgement.</param>
    /// <param name="Broken">What is wrong; empty when all is well.</param>
    internal sealed record KillsResult(
        IReadOnlyDictionary<KillKind, int> Kills,
        IReadOnlyDictionary<string, int> Places,
        int Minutes,
        int Readings,
        int Alarms,
        int Stored,
        int Lost,
        TimeSpan OldestLost,
        int Gaps,
        long Duplicates,
        long Late,
        int Epochs,
        TimeSpan Drain,
        IReadOnlyList<string> Broken);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Commissioning
{
    /// <summary>What was agreed, tried and seen while a node was paired: the paper that goes with the machine. Holds no secret.</summary>
    public sealed record AcceptanceReport
    {
        /// <summary>The version of the JSON form; a change that breaks readers raises it.</summary>
        public const int Version = 1;

        /// <summary>Gets when it was made.</summary>
        public required DateTimeOffset Made { get; init; }

        /// <summary>Gets the version of the tool.</summary>
        public required string Tool { get; init; }

        /// <summary>Gets who paired the node; null when not said.</summary>
        public string? By { get; init; }

        /// <summary>Gets the node's name.</summary>
        public required string Node { get; init; }

        /// <summary>Gets what the node told of itself; null when it was never reached.</summary>
        public NodeInfo? Info { get; init; }

        /// <summary>Gets what it was told last.</summary>
        public required NodeSetup Setup { get; init; }

        /// <summary>Gets all trials, in their order.</summary>
        public IReadOnlyList<TrialOutcome> Trials { get; init; } = [];

        /// <summary>Gets what was heard at the broker; null when nobody listened.</summary>
        public Testimony? Testimony { get; init; }

        /// <summary>Gets the time from the first contact to the first reading, in the node's time, without the time people took to answer; null when none came.</summary>
        public TimeSpan? FirstReading { get; init; }

        /// <summary>Gets the time all of it took, counted likewise.</summary>
        public TimeSpan Took { get; init; }

        /// <summary>Gets what went wrong besides trials: the node away, a code that was wrong; null for nothing.</summary>
        public string? Trouble { get; init; }

        /// <summary>Gets the label as SVG, to be shown in the report; null for none.</summary>
        public string? LabelSvg { get; init; }

        /// <summary>Gets the trial that counts; null when there was none.</summary>
        public TrialOutcome? Last => Trials.Count == 0 ? null : Trials[^1];

        /// <summary>Gets the verdict.</summary>
        public AcceptanceVerdict Verdict => Last is not { IsCommitted: true } ? AcceptanceVerdict.NotPaired
            : Testimony is null ? AcceptanceVerdict.NotWatched
            : Testimony.Readings.Count == 0 ? AcceptanceVerdict.NoReading
            : Testimony.IsWhole && MissingPoints.Count == 0 ? AcceptanceVerdict.Accepted
            : AcceptanceVerdict.Reservations;

        /// <summary>Gets the points that the settings demand and the node does not tell of.</summary>
        public IReadOnlyList<string> MissingPoints => Testimony is null
            ? []
            : [.. (Setup.Points ?? []).Where(point => !Testimony.Verdicts().Any(verdict => verdict.Point == point && verdict.Reading is not null))];
    }

    /// <summary>How a pairing ended.</summary>
    public enum AcceptanceVerdict
    {
        /// <summary>Paired, and a good reading of every point was seen at the broker.</summary>
        Accepted = 0,

        /// <summary>Paired, but a point is missing or tells a fault.</summary>
        Reservations = 1,

        /// <summary>Paired, but no reading came.</summary>
        NoReading = 2,

        /// <summary>Paired; nobody listened at the broker.</summary>
        NotWatched = 3,

        /// <summary>Not paired: the node has its old settings.</summary>
        NotPaired = 4,
    }
}

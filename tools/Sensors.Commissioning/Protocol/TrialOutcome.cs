using System;
using System.Collections.Generic;

namespace Sensors.Commissioning
{
    /// <summary>How a trial goes, or went.</summary>
    /// <param name="Attempt">Its number.</param>
    /// <param name="State"><c>trying</c>, <c>committed</c>, <c>rolled-back</c>, or <c>none</c> where the node knows of none.</param>
    public sealed record TrialOutcome(long Attempt, string State)
    {
        /// <summary>Gets the stage it is in, or failed in; null when not known.</summary>
        public string? Stage { get; init; }

        /// <summary>Gets why it failed, a word of <see cref="CauseTable"/>; null when it did not.</summary>
        public string? Cause { get; init; }

        /// <summary>Gets the node's own words about it; null for none.</summary>
        public string? Text { get; init; }

        /// <summary>Gets how long it took so far, in the node's time.</summary>
        public TimeSpan Took { get; init; }

        /// <summary>Gets the stages that are behind it.</summary>
        public IReadOnlyList<StageTime> Stages { get; init; } = [];

        /// <summary>Gets the network it joined; null for none yet.</summary>
        public string? Ssid { get; init; }

        /// <summary>Gets the node's address there; null for none yet.</summary>
        public string? Address { get; init; }

        /// <summary>Gets the broker it reached, <c>host:port</c>; null for none yet.</summary>
        public string? Broker { get; init; }

        /// <summary>Gets how it knows the time; null when not said.</summary>
        public string? Clock { get; init; }

        /// <summary>Gets whether it is over and the node keeps the settings.</summary>
        public bool IsCommitted => State == "committed";

        /// <summary>Gets whether it is over and the node has its old settings.</summary>
        public bool IsRolledBack => State == "rolled-back";

        /// <summary>Gets whether it goes on.</summary>
        public bool IsTrying => State == "trying";
    }

    /// <summary>A stage of a trial.</summary>
    /// <param name="Stage">Its name, such as <c>wifi</c>.</param>
    /// <param name="Took">How long it took, in the node's time.</param>
    public sealed record StageTime(string Stage, TimeSpan Took);
}

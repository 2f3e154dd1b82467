using System;
using Sensors.Edge;

namespace Sensors.Commissioning
{
    /// <summary>What happens while a node is commissioned.</summary>
    public enum CommissioningStep
    {
        /// <summary>The node took the code; both sides have proved that they know it.</summary>
        Authenticated = 0,

        /// <summary>A trial has begun.</summary>
        Trying = 1,

        /// <summary>A stage of the trial is behind the node.</summary>
        StagePassed = 2,

        /// <summary>The trial is in this stage now.</summary>
        StageEntered = 3,

        /// <summary>The trial failed; the node has its old settings.</summary>
        Failed = 4,

        /// <summary>The node keeps the new settings.</summary>
        Committed = 5,

        /// <summary>The node does not answer: its access point is away while it tries a network.</summary>
        Away = 6,

        /// <summary>The node answers again.</summary>
        Back = 7,

        /// <summary>The node looks at no code for a while.</summary>
        MustWait = 8,

        /// <summary>The first reading of a point has come.</summary>
        Reading = 9,

        /// <summary>Waiting for readings at the broker.</summary>
        Listening = 10,
    }

    /// <summary>Something that happened while a node is commissioned.</summary>
    /// <param name="Step">What.</param>
    /// <param name="At">When, in the node's time since it was first talked with.</param>
    public sealed record CommissioningEvent(CommissioningStep Step, TimeSpan At)
    {
        /// <summary>Gets the stage; null where none belongs to it.</summary>
        public string? Stage { get; init; }

        /// <summary>Gets how long the stage or the trial took, or how long to wait.</summary>
        public TimeSpan Took { get; init; }

        /// <summary>Gets the trial's outcome; null where there is none.</summary>
        public TrialOutcome? Outcome { get; init; }

        /// <summary>Gets the reading; null where there is none.</summary>
        public ReadingMessage? Reading { get; init; }
    }
}

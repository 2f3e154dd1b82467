using System;
using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>The account of an epoch of a node.</summary>
    public sealed record EpochAccount
    {
        /// <summary>The most ranges that are listed as missing.</summary>
        public const int MostMissingRanges = 100;

        private const int BootBits = 20;

        /// <summary>Gets the epoch: incarnation times 2^20, plus the start.</summary>
        public long Epoch { get; init; }

        /// <summary>Gets the board's incarnation.</summary>
        public long Incarnation => Epoch >> BootBits;

        /// <summary>Gets which start of the board it is.</summary>
        public int Boot => (int)(Epoch & ((1 << BootBits) - 1));

        /// <summary>Gets how many different readings are stored.</summary>
        public long Readings { get; init; }

        /// <summary>Gets how many different alarms are stored.</summary>
        public long Alarms { get; init; }

        /// <summary>Gets how many readings and alarms came again.</summary>
        public long Duplicates { get; init; }

        /// <summary>Gets how many came after later ones.</summary>
        public long Late { get; init; }

        /// <summary>Gets the highest number known to exist: stored, or counted as lost by its node; 0 for none.</summary>
        public long Highest { get; init; }

        /// <summary>Gets what is lost, by reason: numbers up to <see cref="Highest"/> that will not come.</summary>
        public IReadOnlyList<Loss> Losses { get; init; } = [];

        /// <summary>Gets how many were thinned: exact.</summary>
        public long Thinned => LostAs("thinned");

        /// <summary>Gets how many are lost for any reason.</summary>
        public long Lost { get; init; }

        /// <summary>Gets how many numbers up to <see cref="Highest"/> neither came nor are explained: still on their way, or a defect.</summary>
        public long Missing { get; init; }

        /// <summary>Gets the numbers that are <see cref="Missing"/>, at most the first <see cref="MostMissingRanges"/> ranges.</summary>
        public IReadOnlyList<SequenceRange> MissingRanges { get; init; } = [];

        /// <summary>Gets the numbers above <see cref="Highest"/> that may have existed and will not come; null when there are none.</summary>
        public SequenceRange? UnknownTail { get; init; }

        /// <summary>Gets the time of the earliest message with UTC; null when there is none.</summary>
        public DateTimeOffset? First { get; init; }

        /// <summary>Gets the time of the latest message with UTC; null when there is none.</summary>
        public DateTimeOffset? Last { get; init; }

        /// <summary>Gets how many were taken without UTC, with a clock carried over, and with one that was set.</summary>
        public (long Unset, long Holdover, long Synced) Clocks { get; init; }

        /// <summary>Gets the largest uncertainty of a time that was told, in ms; null when none was.</summary>
        public long? LargestUncertainty { get; init; }

        /// <summary>Tells how many are lost for a reason.</summary>
        /// <param name="reason">The reason, such as <c>thinned</c>.</param>
        /// <returns>The number, 0 when none is.</returns>
        public long LostAs(string reason)
        {
            foreach (Loss loss in Losses)
            {
                if (loss.Reason == reason) { return loss.Count; }
            }

            return 0;
        }
    }

    /// <summary>What is lost for one reason.</summary>
    /// <param name="Reason">Such as <c>power-cut</c>.</param>
    /// <param name="Count">Numbers that existed and will not come.</param>
    public readonly record struct Loss(string Reason, long Count);
}

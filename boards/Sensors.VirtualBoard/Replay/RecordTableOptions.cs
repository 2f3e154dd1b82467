using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>Which columns of a file are wanted, and how they stand in it.</summary>
    public sealed class RecordTableOptions
    {
        /// <summary>Gets the columns of a text file, each its number from 1 or its name in the header; empty for all that are no times.</summary>
        public IReadOnlyList<string> Columns { get; init; } = [];

        /// <summary>Gets the channels of a WAV file or of interleaved counts, from 1; empty for all.</summary>
        public IReadOnlyList<int> Channels { get; init; } = [];

        /// <summary>Gets how many channels take turns in a file of counts, 1 or more.</summary>
        public int Interleaved { get; init; } = 1;

        /// <summary>Gets how many columns are read when none is named; the first ones.</summary>
        public int ColumnLimit { get; init; } = 3;

        /// <summary>Gets whether a text file's column of times, where it has one, tells the rate; false where the rate is known already.</summary>
        public bool ReadsTimes { get; init; } = true;
    }
}

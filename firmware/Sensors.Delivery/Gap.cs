using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Why numbers of the sequence will not come.</summary>
    public enum GapReason
    {
        /// <summary>The power went while they were neither acknowledged nor in the journal.</summary>
        PowerCut = 0,

        /// <summary>The volume was full, and older readings made room for newer ones.</summary>
        Thinned = 1,

        /// <summary>The volume took nothing, and the memory was full.</summary>
        NoRoom = 2,

        /// <summary>What the volume gave back was not what had been written.</summary>
        Corrupt = 3,

        /// <summary>The volume knew nothing: a new board, an erased or a formatted volume. Whatever earlier epochs of this identifier have not
        /// delivered, this board does not hold.</summary>
        NewVolume = 4,
    }

    /// <summary>A statement about numbers of one epoch: whatever of them has not come, will not come. Made once and used again.</summary>
    /// <remarks>Whoever has one of the numbers keeps it. Numbers that are still in the journal or in memory are never in a range.</remarks>
    public sealed class Gap : NumberRanges
    {
        /// <summary>The most ranges of one statement.</summary>
        public const int MostRanges = 32;

        /// <summary>The end of an epoch whose last number nobody knows.</summary>
        public const long NoEnd = 9007199254740991;

        /// <summary>The value of <see cref="Count"/> where nobody knows.</summary>
        public const int Unknown = -1;

        /// <summary>Makes a statement; <see cref="Begin"/> begins it.</summary>
        public Gap()
            : base(MostRanges)
        {
        }

        /// <summary>Gets or sets why.</summary>
        public GapReason Reason { [HotPath] get; [HotPath] set; }

        /// <summary>Gets or sets how many readings are lost; <see cref="Unknown"/> where nobody knows, as after a power cut.</summary>
        public int Count { [HotPath] get; [HotPath] set; }

        /// <summary>Gets or sets when it was stated, in milliseconds: since the board's start while <see cref="State"/> is unset, else since 1970.</summary>
        public long Time { [HotPath] get; [HotPath] set; }

        /// <summary>Gets or sets how <see cref="Time"/> is known; <see cref="ClockState.Unset"/> for a time since start.</summary>
        public ClockState State { [HotPath] get; [HotPath] set; }

        /// <summary>Gets or sets the code of the time's uncertainty, as in all records: 0 not known, else at most 2^code ms, 15 for more.</summary>
        public int Uncertainty { [HotPath] get; [HotPath] set; }

        /// <summary>Begins a statement without ranges.</summary>
        /// <param name="reason">Why.</param>
        /// <param name="count">How many readings are lost, or <see cref="Unknown"/>.</param>
        [HotPath]
        public void Begin(GapReason reason, int count)
        {
            Reason = reason;
            Count = count;
            Ranges = 0;
            Time = 0;
            State = ClockState.Unset;
            Uncertainty = 0;
        }

        /// <summary>Adds a range behind those there are; one that touches the last is joined with it.</summary>
        /// <param name="from">First number, above all before.</param>
        /// <param name="to">Last number, not below <paramref name="from"/>.</param>
        /// <returns>False when there are <see cref="MostRanges"/> already.</returns>
        [HotPath]
        public bool Add(long from, long to)
        {
            if (Ranges > 0 && from <= _to[Ranges - 1] + 1)
            {
                _to[Ranges - 1] = to;
                return true;
            }

            if (Ranges == MostRanges)
            {
                return false;
            }

            _from[Ranges] = from;
            _to[Ranges] = to;
            Ranges++;
            return true;
        }
    }
}

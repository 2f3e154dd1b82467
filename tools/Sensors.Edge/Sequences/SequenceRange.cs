namespace Sensors.Edge
{
    /// <summary>Numbers of a sequence that follow one another.</summary>
    /// <param name="From">The first.</param>
    /// <param name="To">The last; <see cref="LastNumber"/> where no end is known.</param>
    public readonly record struct SequenceRange(long From, long To)
    {
        /// <summary>The largest number there is, 2^53 - 1.</summary>
        public const long LastNumber = JsonMember.LargestInteger;

        /// <summary>Gets how many they are.</summary>
        public long Count => To - From + 1;

        /// <summary>Gets a value indicating whether no end is known.</summary>
        public bool IsOpen => To == LastNumber;
    }
}

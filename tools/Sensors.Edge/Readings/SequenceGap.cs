namespace Sensors.Edge
{
    /// <summary>Readings that did not come.</summary>
    /// <param name="From">The first one missing.</param>
    /// <param name="To">The last one missing.</param>
    public readonly record struct SequenceGap(long From, long To)
    {
        /// <summary>Gets how many are missing.</summary>
        public long Count => To - From + 1;
    }
}

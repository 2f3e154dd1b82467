using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Ranges of numbers, ascending, that do not overlap. Made once and used again.</summary>
    public abstract class NumberRanges
    {
        private protected readonly long[] _from;
        private protected readonly long[] _to;

        private protected NumberRanges(int most)
        {
            _from = new long[most];
            _to = new long[most];
        }

        /// <summary>Gets how many ranges there are.</summary>
        public int Ranges { [HotPath] get; [HotPath] private protected set; }

        /// <summary>Gets the first number of a range.</summary>
        /// <param name="range">0 and up.</param>
        /// <returns>The number.</returns>
        [HotPath]
        public long From(int range)
        {
            return _from[range];
        }

        /// <summary>Gets the last number of a range.</summary>
        /// <param name="range">0 and up.</param>
        /// <returns>The number.</returns>
        [HotPath]
        public long To(int range)
        {
            return _to[range];
        }
    }
}

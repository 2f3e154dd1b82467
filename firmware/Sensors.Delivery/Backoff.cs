namespace Sensors.Node
{
    /// <summary>How long to wait before the next try: full jitter, doubling, so that a plant's nodes do not come back in step.</summary>
    /// <remarks>Wait = random(0, min(cap, first x 2^n)): the first try comes within 2 s, none later than 60 s.</remarks>
    public sealed class Backoff
    {
        /// <summary>The first try comes within this time, in milliseconds.</summary>
        public const int FirstMilliseconds = 2000;

        /// <summary>No wait is longer, in milliseconds.</summary>
        public const int CapMilliseconds = 60000;

        private readonly RandomSource _random;
        private int _span = FirstMilliseconds;

        /// <summary>Makes one that has not waited yet.</summary>
        /// <param name="random">Draws the jitter.</param>
        public Backoff(RandomSource random)
        {
            _random = random;
        }

        /// <summary>Draws the next wait and doubles the span.</summary>
        /// <returns>0 to <see cref="CapMilliseconds"/> - 1, in milliseconds.</returns>
        public int Next()
        {
            int wait = _random.Next(_span);
            _span = _span * 2 < CapMilliseconds ? _span * 2 : CapMilliseconds;
            return wait;
        }

        /// <summary>Begins again: the connection has proved stable.</summary>
        public void Reset()
        {
            _span = FirstMilliseconds;
        }
    }
}

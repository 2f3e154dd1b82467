using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Tells when a chip's next conversion should begin: on a fixed grid, which neither late looks nor the chip's own times move.</summary>
    internal sealed class ConversionPace
    {
        private const int SlackShare = 8; // a look this share of the period early counts, so that coarse looks keep the rate

        private readonly BusClock _clock;
        private readonly int _period;
        private long _next;

        /// <summary>Makes a pace whose first conversion is due at once.</summary>
        /// <param name="clock">Time.</param>
        /// <param name="milliseconds">From one conversion to the next.</param>
        public ConversionPace(BusClock clock, int milliseconds)
        {
            _clock = clock;
            _period = milliseconds * 1000;
        }

        /// <summary>Takes the next turn if it is due.</summary>
        /// <returns>True when a conversion should begin now.</returns>
        [HotPath]
        public bool TakeTurn()
        {
            long now = _clock.Microseconds;
            if (now < _next - (_period / SlackShare))
            {
                return false;
            }

            bool onGrid = _next > now - _period; // else the first, or after a pause: the grid begins anew
            _next = (onGrid ? _next : now) + _period;
            return true;
        }
    }
}

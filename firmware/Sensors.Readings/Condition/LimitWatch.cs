using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>One limit at work: passed for long enough it stands, back within the hysteresis for as long it is cleared.</summary>
    /// <remarks>
    /// Both ways take as many readings in a row, and as much time, so that a value that crosses back and forth does neither. Between the
    /// limit and the hysteresis nothing moves: what stands goes on standing, what does not stand begins to count anew.
    /// </remarks>
    public sealed class LimitWatch
    {
        private readonly bool _below;
        private readonly long _delay;
        private readonly int _persistence;
        private readonly float _hysteresis;
        private readonly bool _percent;
        private int _count;
        private long _lasted;

        /// <summary>Makes a watch over a limit that is not passed.</summary>
        /// <param name="rule">What says how long and how far.</param>
        public LimitWatch(AlarmRule rule)
        {
            _below = rule.Below;
            _delay = rule.DelayMilliseconds;
            _persistence = rule.Persistence;
            _hysteresis = rule.HysteresisInPercent ? rule.Hysteresis / 100f : rule.Hysteresis;
            _percent = rule.HysteresisInPercent;
        }

        /// <summary>Gets whether the limit stands passed.</summary>
        public bool Stands { get; private set; }

        /// <summary>Takes the next value.</summary>
        /// <param name="value">A number.</param>
        /// <param name="limit">The limit at present; NaN while there is none: then nothing happens.</param>
        /// <param name="since">Milliseconds since the value before; 0 when that is not known, or the time in between does not count.</param>
        /// <returns>True when <see cref="Stands"/> has changed.</returns>
        [HotPath]
        public bool Step(float value, float limit, long since)
        {
            if (!(limit - limit == 0f)) { return false; }

            bool counts;
            if (!Stands)
            {
                counts = _below ? value < limit : value > limit;
            }
            else
            {
                float margin = _percent ? (limit < 0 ? -limit : limit) * _hysteresis : _hysteresis;
                counts = _below ? value >= limit + margin : value <= limit - margin;
            }

            if (!counts)
            {
                _count = 0;
                return false;
            }

            _lasted = _count == 0 ? 0 : _lasted + since; // it lasts from its first reading on
            _count++;
            if (_count < _persistence || _lasted < _delay) { return false; }

            Stands = !Stands;
            _count = 0;
            return true;
        }

        /// <summary>Forgets everything.</summary>
        public void Reset()
        {
            Stands = false;
            _count = 0;
        }
    }
}

using System.Collections.Generic;

namespace Sensors.Simulation
{
    /// <summary>When something happened, in spans: what happens again within two minutes counts as going on.</summary>
    internal sealed class Spans
    {
        private const long Apart = 2 * EventQueue.Minute;

        private readonly List<(long From, long To)> _spans = [];

        /// <summary>Gets whether it ever happened.</summary>
        public bool Any => _spans.Count > 0;

        public void Add(long time)
        {
            if (_spans.Count > 0 && time - _spans[^1].To <= Apart)
            {
                _spans[^1] = (_spans[^1].From, time);
            }
            else
            {
                _spans.Add((time, time));
            }
        }

        /// <summary>Notes a whole span.</summary>
        public void Add(long from, long to) => _spans.Add((from, to));

        /// <summary>Tells whether it happened between two moments.</summary>
        public bool Touches(long from, long to)
        {
            foreach ((long begin, long end) in _spans)
            {
                if (begin <= to && end >= from)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

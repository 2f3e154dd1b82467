using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>A board where points leave the latest value that others want to know, such as the temperature around. For one thread.</summary>
    public sealed class LatestValues
    {
        /// <summary>The most points that can be named.</summary>
        public const int Most = PointTable.Most;

        private readonly string[] _names = new string[Most];
        private readonly float[] _values = new float[Most];
        private readonly long[] _times = new long[Most];
        private int _count;

        /// <summary>Gives a point's place on the board, for who writes it and for who reads it.</summary>
        /// <param name="point">The point's name.</param>
        /// <returns>The place; -1 when there is none left, or no name.</returns>
        public int PlaceOf(string point)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_names[i] == point)
                {
                    return i;
                }
            }

            if (point == null || _count == Most)
            {
                return -1;
            }

            _names[_count] = point;
            _values[_count] = float.NaN;
            return _count++;
        }

        /// <summary>Leaves a value.</summary>
        /// <param name="place">The place; -1 does nothing.</param>
        /// <param name="value">The value; NaN when there is none any more.</param>
        /// <param name="now">Milliseconds since start.</param>
        [HotPath]
        public void Put(int place, float value, long now)
        {
            if (place >= 0)
            {
                _values[place] = value;
                _times[place] = now;
            }
        }

        /// <summary>Gets a value.</summary>
        /// <param name="place">The place; -1 holds none.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <param name="oldest">How old it may be, in milliseconds.</param>
        /// <returns>The value; NaN when there is none, or it is older.</returns>
        [HotPath]
        public float Get(int place, long now, long oldest)
        {
            return place >= 0 && now - _times[place] <= oldest ? _values[place] : float.NaN;
        }
    }
}

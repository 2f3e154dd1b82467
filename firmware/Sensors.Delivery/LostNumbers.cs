using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The numbers of this epoch that are lost and that nobody was told of yet: ranges, ascending. One thread at a time.</summary>
    public sealed class LostNumbers : NumberRanges
    {
        private readonly int[] _counts; // which are fewer than a range has numbers where two were joined

        /// <summary>Makes a list.</summary>
        /// <param name="most">The most ranges.</param>
        public LostNumbers(int most)
            : base(most)
        {
            _counts = new int[most];
        }

        /// <summary>Gets whether another range would not fit.</summary>
        public bool IsFull
        {
            [HotPath]
            get { return Ranges == _from.Length; }
        }

        /// <summary>Gets how many numbers of a range are lost.</summary>
        /// <param name="range">0 and up.</param>
        /// <returns>1 and up.</returns>
        [HotPath]
        public int CountOf(int range)
        {
            return _counts[range];
        }

        /// <summary>Adds a number that is in no range yet; there must be room.</summary>
        /// <param name="number">The number.</param>
        [HotPath]
        public void Add(long number)
        {
            int at = 0;
            while (at < Ranges && _to[at] + 1 < number)
            {
                at++;
            }

            if (at < Ranges && _from[at] - 1 <= number)
            {
                _counts[at]++;
                if (number < _from[at])
                {
                    _from[at] = number;
                }
                else if (number > _to[at])
                {
                    _to[at] = number;
                    if (at + 1 < Ranges && _from[at + 1] == number + 1)
                    {
                        Join(at);
                    }
                }

                return;
            }

            for (int i = Ranges; i > at; i--)
            {
                _from[i] = _from[i - 1];
                _to[i] = _to[i - 1];
                _counts[i] = _counts[i - 1];
            }

            _from[at] = number;
            _to[at] = number;
            _counts[at] = 1;
            Ranges++;
        }

        /// <summary>Joins a range with the one behind it.</summary>
        /// <param name="range">0 and up, not the last.</param>
        [HotPath]
        public void Join(int range)
        {
            _to[range] = _to[range + 1];
            _counts[range] += _counts[range + 1];
            Remove(range + 1);
        }

        /// <summary>Forgets a range: it has been told of.</summary>
        /// <param name="range">0 and up.</param>
        [HotPath]
        public void Remove(int range)
        {
            Ranges--;
            for (int i = range; i < Ranges; i++)
            {
                _from[i] = _from[i + 1];
                _to[i] = _to[i + 1];
                _counts[i] = _counts[i + 1];
            }
        }
    }
}

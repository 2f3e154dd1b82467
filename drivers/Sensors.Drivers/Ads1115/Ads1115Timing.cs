namespace Sensors.Drivers
{
    /// <summary>
    /// Numbers the conversions of a chip that converts again and again and does not tell when: by what is certain of its period and of
    /// the moment it began. Arithmetic alone; touches no bus.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Everything is an interval, for nobody knows when within a transfer the chip acted. It began between two times; its period lies
    /// between two bounds. So conversion n ended between (earliest begin + n x shortest period) and (latest begin + n x longest period), and
    /// a value is given the number n only when n had certainly ended before the value was fetched and n + 1 had certainly not.
    /// Whatever could be either gets no number.
    /// </para>
    /// <para>
    /// The period is found by a sieve. All that the data sheet allows is cut into slices of 0.02 %. At each <see cref="End"/> a whole
    /// number of periods lies between begin and end; slices of which no multiple fits go. Bursts of different lengths cut in
    /// different places, so that one slice or a few in a row remain. No guess is made on the way. One thread at a time.
    /// </para>
    /// </remarks>
    public sealed class Ads1115Timing
    {
        private const double Tolerance = 0.11; // "Electrical Characteristics", data rate variation ±10 %, and the host's crystal
        private const int Slices = 1024;

        private readonly bool[] _possible = new bool[Slices];
        private long _beganFirst, _beganLast;
        private double _bottom, _height; // of the slices, in microseconds
        private int _low, _high;         // the outermost slices that are possible
        private double _shortest, _longest;

        /// <summary>Gets the middle of the bounds of the period, in microseconds.</summary>
        public double Microseconds
        {
            [HotPath]
            get { return (_shortest + _longest) / 2; }
        }

        /// <summary>Gets the width of the bounds as a part of the period: 0.22 at first, 0.003 and less after some long bursts.</summary>
        public double Uncertainty
        {
            [HotPath]
            get { return (_longest - _shortest) / Microseconds; }
        }

        /// <summary>Forgets what was measured.</summary>
        /// <param name="microseconds">The nominal period.</param>
        public void Reset(double microseconds)
        {
            _bottom = microseconds / (1 + Tolerance);
            _height = ((microseconds / (1 - Tolerance)) - _bottom) / Slices;
            for (int i = 0; i < Slices; i++)
            {
                _possible[i] = true;
            }

            _low = 0;
            _high = Slices - 1;
            SetBounds();
        }

        /// <summary>Says that the first conversion began between two times.</summary>
        /// <param name="earliest">Microseconds.</param>
        /// <param name="latest">Microseconds, not before the other.</param>
        [HotPath]
        public void Begin(long earliest, long latest)
        {
            _beganFirst = earliest;
            _beganLast = latest;
        }

        /// <summary>Tells which conversion's result the chip showed between two times.</summary>
        /// <param name="from">Microseconds.</param>
        /// <param name="to">Microseconds.</param>
        /// <returns>Its number, 1 for the first; 0 when it may have been one or another, or none had ended.</returns>
        [HotPath]
        public int NumberAt(long from, long to)
        {
            int mayHaveEnded = (int)((to - _beganFirst) / _shortest);
            return mayHaveEnded > 0 && CertainlyEnded(mayHaveEnded) <= from ? mayHaveEnded : 0;
        }

        /// <summary>Tells when a conversion has certainly ended.</summary>
        /// <param name="number">Its number, 1 for the first.</param>
        /// <returns>Microseconds.</returns>
        [HotPath]
        public long CertainlyEnded(int number)
        {
            return _beganLast + (long)((number * _longest) + 1);
        }

        /// <summary>Says that the last conversion ended between two times, and narrows the bounds by it.</summary>
        /// <param name="earliest">Microseconds.</param>
        /// <param name="latest">Microseconds, not before the other.</param>
        /// <returns>
        /// True when some period fits; false when none does: the bounds were wrong, and with them the numbers given since <see cref="Begin"/>.
        /// </returns>
        [HotPath]
        public bool End(long earliest, long latest)
        {
            double least = earliest - _beganLast;
            double most = latest - _beganFirst;
            int low = Slices;
            int high = -1;
            for (int i = _low; i <= _high; i++)
            {
                if (!_possible[i])
                {
                    continue;
                }

                double shortest = _bottom + (i * _height);
                int greatest = (int)(most / shortest);
                if (greatest < 1 || greatest * (shortest + _height) < least)
                {
                    _possible[i] = false;
                    continue;
                }

                if (i < low)
                {
                    low = i;
                }

                high = i;
            }

            if (high < 0)
            {
                return false;
            }

            _low = low;
            _high = high;
            SetBounds();
            return true;
        }

        /// <summary>Widens the bounds: the chip's oscillator drifts with its temperature.</summary>
        /// <param name="slices">By how many slices of 0.02 %, to both sides.</param>
        [HotPath]
        public void Widen(int slices)
        {
            for (int i = 0; i < slices; i++)
            {
                if (_low > 0)
                {
                    _possible[--_low] = true;
                }

                if (_high < Slices - 1)
                {
                    _possible[++_high] = true;
                }
            }

            SetBounds();
        }

        [HotPath]
        private void SetBounds()
        {
            _shortest = _bottom + (_low * _height);
            _longest = _bottom + ((_high + 1) * _height);
        }
    }
}

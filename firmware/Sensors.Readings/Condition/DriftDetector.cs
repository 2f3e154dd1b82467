using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Tells when a feature has slowly left what is usual: EWMA and CUSUM over the median of the last five readings.</summary>
    /// <remarks>
    /// <para>
    /// Both count in units of s, how far a healthy machine is away from its usual value at worst: 2.5 times the baseline's spread, at least 60 % of the median
    /// (where a median means something: not of temperatures), and never less than a step that means nothing in the unit. Their textbook
    /// limits are for independent readings with a known deviation; neighbouring readings of a machine are neither: they follow its load for hours. So s
    /// is not the noise between readings but the way load goes; a deviation without such a floor alarms within a day.
    /// </para>
    /// <para>
    /// EWMA: e += 0.1 (x - e), alarm above 3 sqrt(0.1 / 1.9) = 0.69: a change by 40 % that lasts. CUSUM: S = max(0, S + x - 0.5), alarm above 5: one by 30 % that
    /// lasts longer. Cleared when e is below half its limit and S is 0.
    /// </para>
    /// <para>
    /// The median of five lets two outliers in a row pass unseen, and costs two readings. Outliers that come in crowds get through it; so x counts as 1.5 at most:
    /// then no three of them alarm, and what stays at twice the usual value or more is told eight readings after it came.
    /// </para>
    /// </remarks>
    public sealed class DriftDetector
    {
        /// <summary>Weight of a new value in the EWMA.</summary>
        public const float Lambda = 0.1f;

        /// <summary>Limit of the EWMA, in s: 3 sqrt(lambda / (2 - lambda)).</summary>
        public const float EwmaLimit = 0.68824720f;

        /// <summary>What the CUSUM lets pass, in s: half the change it is made for.</summary>
        public const float Slack = 0.5f;

        /// <summary>Limit of the CUSUM, in s.</summary>
        public const float CusumLimit = 5f;

        private const float MostCusum = 2 * CusumLimit; // or a long alarm would take as long to clear
        private const float MostDistance = 1.5f; // or an outlier that the median lets pass would count as a lasting change
        private const float SpreadsPerUnit = 2.5f;
        private const float LeastPartOfMedian = 0.6f;
        private const int Readings = 5;

        private readonly FeatureBaseline _baseline;
        private readonly float _sign;
        private readonly float _leastUnit;
        private readonly bool _relative;
        private readonly float[] _last = new float[Readings];
        private int _next;
        private int _held;
        private float _ewma;
        private float _cusum;

        /// <summary>Makes a detector that has seen nothing.</summary>
        /// <param name="baseline">What is usual.</param>
        /// <param name="unit">The channel's unit.</param>
        /// <param name="below">Whether a drift downwards alarms, not one upwards.</param>
        public DriftDetector(FeatureBaseline baseline, string unit, bool below)
        {
            _baseline = baseline;
            _sign = below ? -1f : 1f;
            _leastUnit = LeastUnit(unit);
            _relative = HasZero(unit);
        }

        /// <summary>Gets whether it alarms.</summary>
        public bool Stands { get; private set; }

        /// <summary>Gets the value the last change of <see cref="Stands"/> was judged by: the EWMA, or the median of five when the CUSUM had found it.</summary>
        public float Value { get; private set; }

        /// <summary>Gets the limit that goes with it, in the channel's unit.</summary>
        public float Limit { get; private set; }

        /// <summary>Tells which change of a quantity means nothing, however quiet the machine.</summary>
        /// <param name="unit">The channel's unit.</param>
        /// <returns>The least s.</returns>
        public static float LeastUnit(string unit)
        {
            switch (unit)
            {
                case "mm/s": return 0.2f;
                case "m/s2": return 0.1f;
                case "A": return 0.05f;
                case "Cel":
                case "K": return 10f; // hours of sun on a wall
                case "%RH": return 30f; // weather
                case "dB": return 6f; // to twice the amplitude
                default: return 0.2f;
            }
        }

        /// <summary>Tells whether a multiple of a quantity means something: not of a temperature, of a humidity, nor of decibels.</summary>
        /// <param name="unit">The channel's unit.</param>
        /// <returns>True when the quantity is nothing at 0.</returns>
        public static bool HasZero(string unit)
        {
            return unit != "Cel" && unit != "K" && unit != "%RH" && unit != "dB";
        }

        /// <summary>Takes the next value.</summary>
        /// <param name="value">A number.</param>
        /// <returns>True when <see cref="Stands"/> has changed.</returns>
        [HotPath]
        public bool Step(float value)
        {
            if (!_baseline.IsLearned) { return false; }
            float[] last = _last;
            last[_next] = value;
            _next = _next == Readings - 1 ? 0 : _next + 1;
            if (_held < Readings - 1)
            {
                _held++;
                return false;
            }

            float unit = Unit();
            float median = MedianOfFive(last);
            float x = _sign * (median - _baseline.Median) / unit;
            if (x > MostDistance) { x = MostDistance; }
            float ewma = _ewma + (Lambda * (x - _ewma));
            _ewma = ewma;
            float cusum = _cusum + x - Slack;
            _cusum = cusum < 0 ? 0 : cusum > MostCusum ? MostCusum : cusum;
            bool stands = Stands ? ewma > EwmaLimit / 2 || _cusum > 0 : ewma > EwmaLimit || _cusum > CusumLimit;
            if (stands == Stands) { return false; }

            Stands = stands;
            bool byEwma = ewma > EwmaLimit || !stands;
            Value = byEwma ? _baseline.Median + (_sign * ewma * unit) : median;
            Limit = _baseline.Median + (_sign * unit * (byEwma ? EwmaLimit : Slack));
            return true;
        }

        /// <summary>Forgets what it has seen.</summary>
        public void Reset()
        {
            _held = 0;
            _next = 0;
            _ewma = 0;
            _cusum = 0;
            Stands = false;
        }

        [HotPath]
        private float Unit()
        {
            float unit = SpreadsPerUnit * _baseline.Spread;
            float part = LeastPartOfMedian * (_baseline.Median < 0 ? -_baseline.Median : _baseline.Median);
            if (_relative && part > unit) { unit = part; }
            return unit > _leastUnit ? unit : _leastUnit;
        }

        // The one with no more than two smaller and no more than two larger.
        [HotPath]
        private static float MedianOfFive(float[] values)
        {
            for (int i = 0; i < Readings; i++)
            {
                float value = values[i];
                int smaller = 0;
                int larger = 0;
                for (int k = 0; k < Readings; k++)
                {
                    if (values[k] < value) { smaller++; }
                    else if (values[k] > value) { larger++; }
                }

                if (smaller <= 2 && larger <= 2) { return value; }
            }

            return values[0];
        }
    }
}

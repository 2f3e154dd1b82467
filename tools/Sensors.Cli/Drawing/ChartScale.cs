using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sensors.Cli.Drawing
{
    /// <summary>How values become places along an axis: evenly, or by their logarithm.</summary>
    internal sealed class ChartScale
    {
        private readonly double _low;
        private readonly double _high;
        private readonly bool _logarithmic;

        private ChartScale(double low, double high, bool logarithmic)
        {
            _low = low;
            _high = high;
            _logarithmic = logarithmic;
        }

        /// <summary>Makes an even scale between two values; where they are the same, around them.</summary>
        public static ChartScale Even(double low, double high)
        {
            if (high > low)
            {
                return new ChartScale(low, high, false);
            }

            double around = low == 0 ? 1 : Math.Abs(low) / 10;
            return new ChartScale(low - around, high + around, false);
        }

        /// <summary>Makes a logarithmic scale between two values above 0.</summary>
        public static ChartScale Logarithmic(double low, double high) => new(low, high, true);

        /// <summary>Gives the place of a value as a part of the axis, 0 to 1; what lies outside is brought to the end.</summary>
        public double Place(double value)
        {
            double place = !_logarithmic ? (value - _low) / (_high - _low) : value <= _low ? 0 : Math.Log(value / _low) / Math.Log(_high / _low);
            return Math.Clamp(place, 0, 1);
        }

        public bool Holds(double value) => value >= _low && value <= _high;

        /// <summary>Gives the values that are labelled, and their labels: multiples of 1, 2 or 5, some <paramref name="about"/>.</summary>
        public IReadOnlyList<(double Value, string Label)> Ticks(int about) => _logarithmic ? Decades(about) : Multiples(about);

        private List<(double Value, string Label)> Multiples(int about)
        {
            double rough = (_high - _low) / about;
            double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
            double step = power * (rough / power < 1.5 ? 1 : rough / power < 3.5 ? 2 : rough / power < 7.5 ? 5 : 10);
            int digits = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
            var ticks = new List<(double Value, string Label)>();
            double slack = 1e-9 * step;
            for (double i = Math.Ceiling((_low - slack) / step); i * step <= _high + slack; i++)
            {
                double value = i * step;
                ticks.Add((value, digits <= 6 && Math.Abs(value) < 1e7
                    ? (i == 0 ? 0 : value).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
                    : value.ToString("G4", CultureInfo.InvariantCulture)));
            }

            return ticks;
        }

        private List<(double Value, string Label)> Decades(int about)
        {
            int first = (int)Math.Floor(Math.Log10(_low));
            int last = (int)Math.Ceiling(Math.Log10(_high));
            int every = Math.Max(1, (last - first) / Math.Max(1, about));
            double[] steps = last - first <= 2 ? [1, 2, 5] : [1];
            return [.. Enumerable.Range(first, last - first + 1)
                .Where(decade => (decade - first) % every == 0)
                .SelectMany(decade => steps.Select(step => step * Math.Pow(10, decade)))
                .Where(Holds)
                .Select(value => (value, value is < 0.0009999 or > 99999 ? value.ToString("0E+0", CultureInfo.InvariantCulture).Replace("E+", "e").Replace("E", "e") : value.ToString("0.####", CultureInfo.InvariantCulture)))];
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>A column of times: recognised by its name, it tells the sampling rate and whether samples are missing.</summary>
    /// <param name="SecondsPerUnit">What one of it is, in seconds.</param>
    internal sealed record TimeColumn(double SecondsPerUnit)
    {
        /// <summary>Steps that differ by more than this part of the usual one are no even steps.</summary>
        private const double Tolerance = 0.5;

        private static readonly string[] Words = ["t", "time", "timestamp", "elapsed", "s", "sec", "second", "seconds", "ms", "us", "min"];

        public static TimeColumn Seconds { get; } = new(1);

        /// <summary>Reads a name such as <c>t</c>, <c>Time (ms)</c>, <c>time_s</c> or <c>seconds</c>.</summary>
        /// <returns>Null where the name is not one of a column of times.</returns>
        public static TimeColumn? Parse(string name)
        {
            string[] words = new string([.. name.Select(c => char.IsLetter(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is 0 or > 2 || !Words.Contains(words[0]))
            {
                return null;
            }

            return words[^1] switch
            {
                "ms" => new TimeColumn(1e-3),
                "us" or "µs" or "μs" => new TimeColumn(1e-6),
                "min" => new TimeColumn(60),
                _ => words.Length == 1 || words[1] is "s" or "sec" or "seconds" ? Seconds : null,
            };
        }

        /// <summary>Tells whether values can be nothing but times at an even rate.</summary>
        public static bool RisesEvenly(List<double> values)
        {
            double step = values.Count < 3 ? 0 : (values[^1] - values[0]) / (values.Count - 1);
            return step > 0 && Enumerable.Range(1, values.Count - 1).All(i => Math.Abs(values[i] - values[i - 1] - step) < Tolerance * step);
        }

        /// <summary>Tells the rate in hertz.</summary>
        /// <exception cref="RecordException">The times do not rise, or a step is missing.</exception>
        public double? RateOf(string path, List<double> times, List<int> lines)
        {
            if (times.Count < 2)
            {
                return null;
            }

            double[] steps = [.. Enumerable.Range(1, times.Count - 1).Select(i => times[i] - times[i - 1])];
            double usual = steps.Order().ElementAt(steps.Length / 2);
            bool isCoarse = steps.Any(step => step == 0); // written with too few digits to part neighbours: then no step can be judged
            for (int i = 0; i < steps.Length; i++)
            {
                if (steps[i] < 0 || (!isCoarse && Math.Abs(steps[i] - usual) > Tolerance * usual))
                {
                    throw new RecordException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}, line {lines[i + 1]}: the time goes from {times[i]:R} to {times[i + 1]:R}, the usual step is {usual:G6}. Allowed: even steps."));
                }
            }

            double seconds = (times[^1] - times[0]) * SecondsPerUnit;
            return seconds > 0 ? (times.Count - 1) / seconds : null;
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Cli.Features
{
    /// <summary>The 16-bit counts that a chip would have given for a record's numbers, and what making them has cost.</summary>
    /// <remarks>
    /// <para>
    /// The node computes from counts, so a record must become counts. Whole numbers of 16 bits stay as they are. Other numbers mostly came
    /// from a converter, too: then they are multiples of one step, which is found here, and nothing is lost. What lies on no such grid
    /// is spread over the full 16 bits and rounded.
    /// </para>
    /// <para>
    /// The step is looked for among the differences of neighbouring values: the least one that is no rounding error, or a half to an
    /// eighth of it; each is refined by least squares from the smallest value upwards and kept when every value is a whole multiple.
    /// </para>
    /// </remarks>
    /// <param name="Counts">The counts.</param>
    /// <param name="Step">What one count is, in the record's numbers; more than 0.</param>
    /// <param name="WorstError">The largest difference between a number and its count's, in the record's numbers.</param>
    /// <param name="Source">Where the counts come from.</param>
    internal sealed record CountGrid(short[] Counts, double Step, double WorstError, CountSource Source)
    {
        private const int Most = short.MaxValue - 1; // the ends of the range stand for clipped samples
        private const double Slack = 0.02;           // of a step: what printing with too few digits may cost
        private const int FinestDivision = 8;

        /// <summary>Makes counts of numbers.</summary>
        /// <param name="values">The numbers; finite.</param>
        public static CountGrid Of(IReadOnlyList<double> values)
        {
            if (values.All(value => Math.Abs(value) <= -(double)short.MinValue && value == Math.Floor(value)))
            {
                return new CountGrid([.. values.Select(value => (short)Math.Min(value, short.MaxValue))], 1, 0, CountSource.Unchanged); // 32768: a turned end of the range
            }

            double[] sizes = [.. values.Select(Math.Abs).Order()];
            double greatest = sizes[^1];
            double finest = greatest / Most;
            if (FindStep(sizes, finest) is { } step)
            {
                return Make(values, step, CountSource.Grid);
            }

            return Make(values, finest, CountSource.Rounded);
        }

        private static CountGrid Make(IReadOnlyList<double> values, double step, CountSource source)
        {
            short[] counts = [.. values.Select(value => (short)Math.Round(value / step))];
            double worst = values.Select((value, i) => Math.Abs(value - (counts[i] * step))).Max();
            return new CountGrid(counts, step, worst, source);
        }

        private static double? FindStep(double[] sizes, double finest)
        {
            // Of signed values the sizes of neighbours differ by a step, too; 0 is the value below the first.
            double least = double.PositiveInfinity;
            double before = 0;
            foreach (double size in sizes)
            {
                if (size - before > finest / 2)
                {
                    least = Math.Min(least, size - before);
                }

                before = size;
            }

            for (int division = 1; division <= FinestDivision && least / division > finest * (1 - Slack); division++)
            {
                if (Refine(sizes, least / division) is { } step && sizes[^1] / step <= Most + Slack)
                {
                    return step;
                }
            }

            return null;
        }

        private static double? Refine(double[] sizes, double step)
        {
            double products = 0;
            double squares = 0;
            foreach (double size in sizes)
            {
                double multiple = Math.Round(size / step);
                if (Math.Abs((size / step) - multiple) > 0.25)
                {
                    return null;
                }

                products += size * multiple;
                squares += multiple * multiple;
                step = squares > 0 ? products / squares : step;
            }

            return Array.TrueForAll(sizes, size => Math.Abs((size / step) - Math.Round(size / step)) <= Slack) ? step : null;
        }
    }

    /// <summary>Where counts come from.</summary>
    internal enum CountSource
    {
        /// <summary>They stand in the file.</summary>
        Unchanged,

        /// <summary>The file's numbers are multiples of one step.</summary>
        Grid,

        /// <summary>They were rounded.</summary>
        Rounded,
    }
}

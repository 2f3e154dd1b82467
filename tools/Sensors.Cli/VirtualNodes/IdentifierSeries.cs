using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Node;

namespace Sensors.Cli.VirtualNodes
{
    /// <summary>Identifiers for many nodes, counted up from one: <c>.../NODE-0001</c>, <c>.../NODE-0002</c> ...</summary>
    public static class IdentifierSeries
    {
        private const int DigitsWhereThereAreNone = 4;

        /// <summary>Gives the identifiers.</summary>
        /// <param name="first">The first one. Digits at its end are counted up and keep their width.</param>
        /// <param name="count">How many, 1 or more.</param>
        /// <returns>The identifiers, the first included as it is.</returns>
        /// <exception cref="FormatException">An identifier of the series is none; the message says why.</exception>
        public static IReadOnlyList<Identifier> From(Identifier first, int count)
        {
            ArgumentNullException.ThrowIfNull(first);
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            var series = new List<Identifier> { first };
            (string head, long number, int width) = Split(first);
            for (int i = 1; i < count; i++)
            {
                string text = head + (number + i).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
                IdentifierCheck check = Identifier.Check(text);
                series.Add(check.Identifier ?? throw new FormatException($"'{text}', number {i + 1} of the series, is no identifier: {check.Message}"));
            }

            return series;
        }

        private static (string Head, long Number, int Width) Split(Identifier first)
        {
            const int MostDigits = 15; // a longer run is a serial number: its last digits count
            int start = first.Text.Length;
            int floor = Math.Max(first.Prefix.Length + 1, first.Text.Length - MostDigits);
            while (start > floor && char.IsAsciiDigit(first.Text[start - 1]))
            {
                start--;
            }

            return start == first.Text.Length
                ? (first.Text + "-", 1, DigitsWhereThereAreNone)
                : (first.Text[..start], long.Parse(first.Text.AsSpan(start), CultureInfo.InvariantCulture), first.Text.Length - start);
        }
    }
}

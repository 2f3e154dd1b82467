using System;
using System.Globalization;

namespace Sensors.VirtualBoard
{
    /// <summary>Times as people write them in plans and profiles: a number and <c>ms</c>, <c>s</c>, <c>m</c> or <c>h</c>.</summary>
    internal static class TimeText
    {
        public const string Allowed = "a number of 0 or more followed by ms, s, m or h, such as 10s or 1.5m";

        /// <summary>Reads a time.</summary>
        /// <returns>Seconds; NaN when the text is none.</returns>
        public static double Parse(ReadOnlySpan<char> text)
        {
            (int unitLength, double factor) = text switch
            {
                [.., 'm', 's'] => (2, 0.001),
                [.., 's'] => (1, 1.0),
                [.., 'm'] => (1, 60.0),
                [.., 'h'] => (1, 3600.0),
                _ => (-1, 0.0),
            };
            if (unitLength < 0 || !TryNumber(text[..^unitLength], out double number) || number < 0)
            {
                return double.NaN;
            }

            return number * factor;
        }

        /// <summary>Reads a plain decimal number: no spaces, no thousands, no infinity.</summary>
        public static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
            double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }
}

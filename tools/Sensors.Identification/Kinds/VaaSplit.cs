using System;
using System.Globalization;

namespace Sensors.Identification
{
    /// <summary>How many digits of a VAA code are the country and how many the industry; the rest is the enterprise.</summary>
    /// <param name="Country">Digits of the country.</param>
    /// <param name="Industry">Digits of the industry.</param>
    public sealed record VaaSplit(int Country, int Industry)
    {
        private const int MostDigits = 20;

        /// <summary>Reads a split.</summary>
        /// <param name="text">Such as <c>3,3</c>.</param>
        /// <returns>The split.</returns>
        /// <exception cref="FormatException">The text is none.</exception>
        public static VaaSplit Parse(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            string[] parts = text.Split(',');
            return parts.Length == 2 && Read(parts[0]) is { } country && Read(parts[1]) is { } industry
                ? new VaaSplit(country, industry)
                : throw new FormatException($"'{text}' is no split: write the digits of country and industry, such as 3,3.");
        }

        private static int? Read(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int digits) && digits is > 0 and <= MostDigits ? digits : null;
    }
}

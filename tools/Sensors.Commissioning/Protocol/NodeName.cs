using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace Sensors.Commissioning
{
    /// <summary>The name of a board, as its label and its access point bear it: <c>sensors-3F2A1C</c>.</summary>
    public static class NodeName
    {
        private const string Head = "sensors-";
        private const int Digits = 6;

        /// <summary>Reads a name as people write it: with or without <c>sensors-</c>, upper or lower case.</summary>
        /// <param name="text">The text.</param>
        /// <param name="name">The name in full.</param>
        /// <returns>False when it is none.</returns>
        public static bool TryRead(string text, [NotNullWhen(true)] out string? name)
        {
            ArgumentNullException.ThrowIfNull(text);
            string digits = text.Trim();
            digits = digits.StartsWith(Head, StringComparison.OrdinalIgnoreCase) ? digits[Head.Length..] : digits;
            bool good = digits.Length == Digits && digits.All(char.IsAsciiHexDigit);
            name = good ? Head + digits.ToUpperInvariant() : null;
            return good;
        }
    }
}

using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Sensors.Edge
{
    /// <summary>What the messages have in common.</summary>
    internal static partial class Payload
    {
        /// <summary>The last millisecond of the year 9999, which a date can still hold.</summary>
        internal const long LatestTime = 253402300799999;

        private const int LongestIdentifier = 128;

        internal static bool TryParse<T>(
            ReadOnlyMemory<byte> payload,
            Func<ReadOnlyMemory<byte>, T> parse,
            [NotNullWhen(true)] out T? message,
            [NotNullWhen(false)] out string? error)
            where T : class
        {
            try
            {
                message = parse(payload);
                error = null;
                return true;
            }
            catch (PayloadException e)
            {
                message = null;
                error = e.Message;
                return false;
            }
        }

        internal static string Identifier(JsonMember member)
        {
            string id = member.Text();
            return IsIdentifier(id) ? id : throw member.Wrong("an identifier 88.<secondary>.<enterprise>/<suffix>");
        }

        /// <summary>By how many milliseconds the time of a message may be wrong; null when it does not say.</summary>
        internal static long? Uncertainty(JsonMember root) =>
            root.TryGet("uncertainty", out JsonMember uncertainty) ? uncertainty.Integer(0, JsonMember.LargestInteger) : null;

        /// <summary>The strict profile of docs/payloads.md.</summary>
        internal static bool IsIdentifier(string id) => id.Length <= LongestIdentifier && StrictProfile().IsMatch(id);

        [GeneratedRegex("^88\\.[0-9]{3,4}\\.[0-9A-Za-z]{1,20}/[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?\\z", RegexOptions.CultureInvariant)]
        private static partial Regex StrictProfile();
    }
}

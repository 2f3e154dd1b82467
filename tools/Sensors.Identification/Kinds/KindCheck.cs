using System.Collections.Generic;
using System.Globalization;

namespace Sensors.Identification
{
    /// <summary>A check under way: findings and parts as they come.</summary>
    internal sealed class KindCheck(IdentifierKind kind, string text)
    {
        private readonly List<Finding> _findings = [];
        private readonly List<KeyValuePair<string, string>> _parts = [];

        internal string Text { get; } = text;

        internal bool HasErrors => _findings.Exists(finding => finding.Weight == FindingWeight.Error);

        internal static bool IsDigit(char c) => char.IsAsciiDigit(c);

        internal static string Position(int at) => (at + 1).ToString(CultureInfo.InvariantCulture);

        internal void Note(int at, string what, string why) => _findings.Add(new Finding(at, what, why, FindingWeight.Note));

        internal void Doubt(int at, string what, string why) => _findings.Add(new Finding(at, what, why, FindingWeight.Doubt));

        internal KindCheck Error(int at, string what, string why)
        {
            _findings.Add(new Finding(at, what, why, FindingWeight.Error));
            return this;
        }

        internal void Part(string name, string value) => _parts.Add(new(name, value));

        /// <summary>Finds what no kind bears: nothing at all, blanks, control characters.</summary>
        /// <returns>Whether there is nothing of that.</returns>
        internal bool IsClean()
        {
            if (Text.Length == 0)
            {
                Error(0, "The text is empty.", "Nothing is no identifier.");
                return false;
            }

            for (int i = 0; i < Text.Length; i++)
            {
                char c = Text[i];
                if (char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format)
                {
                    Error(i, $"A blank or control character stands at position {Position(i)}.", "Take it out; copied text often brings one along at its end.");
                    return false;
                }
            }

            return true;
        }

        internal KindVerdict Verdict()
        {
            _findings.Sort((left, right) => left.At.CompareTo(right.At));
            return new KindVerdict(kind, _findings, HasErrors ? [] : _parts);
        }
    }
}

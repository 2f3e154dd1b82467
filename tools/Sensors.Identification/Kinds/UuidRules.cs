using System;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>UUIDs: RFC 9562, section 4.</summary>
    internal static class UuidRules
    {
        private const string Urn = "urn:uuid:";
        private const int Length = 36;
        private const int VersionAt = 14;
        private const int VariantAt = 19;

        internal static bool LooksLikeOne(string text) => text.Length == Length && text.Count(c => c == '-') == 4 && text.IndexOfAny(['.', '/', ':']) < 0;

        internal static void Check(KindCheck check)
        {
            int at = check.Text.StartsWith(Urn, StringComparison.OrdinalIgnoreCase) ? Urn.Length : 0;
            string text = check.Text[at..];
            for (int i = 0; i < Math.Min(text.Length, Length); i++)
            {
                bool hyphen = i is 8 or 13 or 18 or 23;
                if (hyphen ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
                {
                    check.Error(
                        at + i, $"'{text[i]}' stands at position {KindCheck.Position(at + i)}.", hyphen ? "A hyphen belongs there: 8-4-4-4-12 digits." : "A hexadecimal digit belongs there: 8-4-4-4-12 digits.");
                    return;
                }
            }

            if (text.Length != Length)
            {
                check.Error(at, $"It has {text.Length} characters.", $"A UUID has {Length}: 8-4-4-4-12 hexadecimal digits.");
                return;
            }

            char variant = char.ToLowerInvariant(text[VariantAt]);
            if (text.All(c => c is '0' or '-'))
            {
                check.Note(at, "All its digits are 0.", "That one stands for none.");
            }
            else if (variant is not ('8' or '9' or 'a' or 'b'))
            {
                check.Note(at + VariantAt, $"The variant's digit is {text[VariantAt]}.", "RFC 9562 gives out 8, 9, a and b; others are older kinds.");
            }
            else
            {
                check.Part("version", text[VersionAt].ToString());
            }
        }
    }
}

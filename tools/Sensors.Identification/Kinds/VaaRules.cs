using System;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>VAA codes: the agency's code, the service agency's digits without dots, '/', and what the enterprise gave.</summary>
    internal static class VaaRules
    {
        private const string Agency = "VAA";
        private const string Country = "088";
        private const int AdvisedLength = 50; // ISO/IEC 15459

        internal static void Check(KindCheck check, VaaSplit? split)
        {
            string text = check.Text;
            if (!text.StartsWith(Agency, StringComparison.OrdinalIgnoreCase))
            {
                check.Error(0, "It does not begin with VAA.", "VAA is the issuing agency's code under ISO/IEC 15459; the form with dots begins with 88.");
                return;
            }

            if (!text.StartsWith(Agency, StringComparison.Ordinal))
            {
                check.Error(0, $"It begins with {text[..Agency.Length]}.", "The agency's code is written in capitals.");
            }

            int slash = text.IndexOf('/', StringComparison.Ordinal);
            int end = slash < 0 ? text.Length : slash;
            string digits = text[Agency.Length..end];
            int odd = digits.ToList().FindIndex(c => !KindCheck.IsDigit(c));
            if (odd >= 0)
            {
                check.Error(Agency.Length + odd, $"'{digits[odd]}' stands at position {KindCheck.Position(Agency.Length + odd)}.", "The service agency's code is digits without dots.");
            }
            else if (digits.Length == 0)
            {
                check.Error(Agency.Length, "Nothing stands behind VAA.", "Country, industry and enterprise follow, as digits.");
            }

            if (slash < 0 || slash == text.Length - 1)
            {
                check.Error(end, "There is no '/' with the enterprise's own code behind it.", "A VAA code ends with '/' and what the enterprise gave.");
            }

            if (check.HasErrors) { return; }

            if (!digits.StartsWith(Country, StringComparison.Ordinal))
            {
                check.Doubt(Agency.Length, $"The digits begin with {digits[..Math.Min(Country.Length, digits.Length)]}.", "In this form China's country code is 088; it is 88 with dots, and 86 in Handles.");
            }

            check.Part("agency", Agency);
            Part(check, digits, split);
            check.Part("suffix", text[(slash + 1)..]);
            int lower = text.ToList().FindIndex(char.IsAsciiLetterLower);
            if (lower >= 0)
            {
                check.Note(lower, $"A small letter stands at position {KindCheck.Position(lower)}.", "Readers of ISO/IEC 15459 codes may know capitals only.");
            }

            if (text.Length > AdvisedLength)
            {
                check.Note(AdvisedLength, $"It has {text.Length} characters.", $"ISO/IEC 15459 advises at most {AdvisedLength}.");
            }
        }

        private static void Part(KindCheck check, string digits, VaaSplit? split)
        {
            if (split is null)
            {
                check.Part("digits", digits);
                check.Doubt(
                    Agency.Length, $"Nothing parts the {digits.Length} digits behind VAA.",
                    "Where country, industry and enterprise part must be known: usually 3 and 3 digits and the rest.");
                return;
            }

            int head = split.Country + split.Industry;
            if (digits.Length <= head)
            {
                check.Error(Agency.Length, $"There are {digits.Length} digits behind VAA.", $"Split into {split.Country} and {split.Industry}, none is left for the enterprise.");
                return;
            }

            check.Part("country", digits[..split.Country]);
            check.Part("industry", digits[split.Country..head]);
            check.Part("enterprise", digits[head..]);
        }
    }
}

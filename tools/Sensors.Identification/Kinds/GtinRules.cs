using System.Globalization;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>GTINs: 8, 12, 13 or 14 digits, the last of which checks the others (GS1 General Specifications, section 7.9).</summary>
    internal static class GtinRules
    {
        internal static void Check(KindCheck check) => CheckDigits(check, check.Text, 0);

        /// <summary>Checks digits that stand somewhere in the text.</summary>
        internal static void CheckDigits(KindCheck check, string digits, int at)
        {
            int odd = digits.ToList().FindIndex(c => !KindCheck.IsDigit(c));
            if (odd >= 0)
            {
                check.Error(at + odd, $"'{digits[odd]}' stands at position {KindCheck.Position(at + odd)}.", "A GTIN has digits only.");
                return;
            }

            if (digits.Length is not (8 or 12 or 13 or 14))
            {
                check.Error(at, $"It has {digits.Length} digits.", "A GTIN has 8, 12, 13 or 14.");
                return;
            }

            char expected = CheckDigitOf(digits[..^1]);
            if (digits[^1] != expected)
            {
                check.Error(at + digits.Length - 1, $"The check digit is {digits[^1]}, and the others make {expected}.", "A digit is wrong, or two changed places: read it again.");
                return;
            }

            check.Part("gtin14", digits.PadLeft(14, '0'));
        }

        /// <summary>The digit that makes the weighted sum a multiple of ten: weights 3 and 1 in turn, from the right.</summary>
        internal static char CheckDigitOf(string body)
        {
            int sum = 0;
            for (int i = 0; i < body.Length; i++) { sum += (body[^(i + 1)] - '0') * (i % 2 == 0 ? 3 : 1); }
            return ((10 - (sum % 10)) % 10).ToString(CultureInfo.InvariantCulture)[0];
        }
    }
}

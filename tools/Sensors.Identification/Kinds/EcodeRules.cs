using System;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>Ecodes (GB/T 31866): a digit for the version, the number of the numbering system, and the code under it.</summary>
    internal static class EcodeRules
    {
        private const char Bar = '|';
        private const char MostVersion = '4';

        internal static void Check(KindCheck check)
        {
            string text = check.Text;
            int odd = text.ToList().FindIndex(c => !char.IsAsciiLetterOrDigit(c) && c != Bar);
            if (odd >= 0)
            {
                check.Error(odd, $"'{text[odd]}' stands at position {KindCheck.Position(odd)}.", "An Ecode has digits and letters, printed with or without bars between its parts.");
                return;
            }

            if (text[0] is < '0' or > MostVersion)
            {
                check.Error(0, $"The version is {text[0]}.", $"There are 0 to {MostVersion}.");
                return;
            }

            string[] parts = text.Split(Bar);
            if (parts.Length is not (1 or 3) || Array.Exists(parts, part => part.Length == 0) || parts[0].Length != (parts.Length == 3 ? 1 : text.Length) || text.Length < 3)
            {
                check.Error(0, "It does not have three parts.", "They are version, number of the numbering system, and code: 0|0001|6901234567892.");
                return;
            }

            check.Part("version", text[..1]);
            if (parts.Length == 3)
            {
                check.Part("system", parts[1]);
                check.Part("code", parts[2]);
            }

            check.Doubt(
                1, parts.Length == 3 ? "The lengths of its parts are not checked." : "Nothing parts it, and its length is not checked.",
                "The lengths of GB/T 31866-2023 depend on the version and are not known here; the registry of the numbering system knows them.");
            if (text[0] == '0')
            {
                check.Note(0, "Version 0 is kept for codes of GS1 since 2023.", "Its code should be a GTIN.");
            }
        }
    }
}

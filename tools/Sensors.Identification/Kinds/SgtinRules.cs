using System;
using System.Globalization;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>SGTINs as pure identity URIs (GS1 EPC Tag Data Standard, section 6.3.1).</summary>
    internal static class SgtinRules
    {
        private const string Scheme = "urn:epc:id:sgtin:";
        private const int ItemDigits = 13; // company, indicator and item together; the check digit is left out
        private const int LeastCompany = 6;
        private const int MostCompany = 12;
        private const int MostSerial = 20;
        private const long MostSerialOf96 = 274877906943; // 38 bits
        private const string InSerial = "!'()*+,-.:;=_"; // besides letters and digits; the rest of AI 82 is escaped

        internal static void Check(KindCheck check)
        {
            string text = check.Text;
            if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            {
                check.Error(0, $"It does not begin with {Scheme}", "The URI of an SGTIN does, in small letters.");
                return;
            }

            string[] fields = text[Scheme.Length..].Split('.', 3);
            if (fields.Length < 3)
            {
                check.Error(text.Length, $"It has {fields.Length} of 3 fields.", "They are company, indicator with item, and serial number, with '.' between them.");
                return;
            }

            int digits = (fields[0] + fields[1]).ToList().FindIndex(c => !KindCheck.IsDigit(c));
            if (digits >= 0)
            {
                check.Error(Scheme.Length, "Company or item has another sign than a digit.", "Both are digits.");
                return;
            }

            if (fields[0].Length is < LeastCompany or > MostCompany)
            {
                check.Error(Scheme.Length, $"The company's prefix has {fields[0].Length} digits.", $"It has {LeastCompany} to {MostCompany}.");
            }
            else if (fields[0].Length + fields[1].Length != ItemDigits)
            {
                check.Error(
                    Scheme.Length, $"Company and item have {fields[0].Length + fields[1].Length} digits together.", $"They have {ItemDigits}: the check digit of the GTIN is left out.");
            }

            string? serial = Serial(check, fields[2], text.Length - fields[2].Length);
            if (serial is null || check.HasErrors) { return; }

            string body = fields[1][..1] + fields[0] + fields[1][1..];
            check.Part("gtin14", body + GtinRules.CheckDigitOf(body));
            check.Part("serial", serial);
            bool fits = serial.All(KindCheck.IsDigit) && (serial.Length == 1 || serial[0] != '0')
                && long.TryParse(serial, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= MostSerialOf96;
            check.Part("tag", fits ? "SGTIN-96" : "SGTIN-198");
        }

        private static string? Serial(KindCheck check, string field, int at)
        {
            string serial = string.Empty;
            for (int i = 0; i < field.Length; i++)
            {
                char c = field[i];
                if (c == '%')
                {
                    if (i + 2 >= field.Length || !char.IsAsciiHexDigit(field[i + 1]) || !char.IsAsciiHexDigit(field[i + 2]))
                    {
                        check.Error(at + i, $"'%' at position {KindCheck.Position(at + i)} escapes nothing.", "Two hexadecimal digits follow it.");
                        return null;
                    }

                    c = (char)int.Parse(field.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                    i += 2;
                }
                else if (!char.IsAsciiLetterOrDigit(c) && !InSerial.Contains(c, StringComparison.Ordinal))
                {
                    check.Error(at + i, $"'{c}' stands at position {KindCheck.Position(at + i)}.", "A serial number has letters, digits and some signs; others are written as %XX.");
                    return null;
                }

                serial += c;
            }

            if (serial.Length is 0 or > MostSerial)
            {
                check.Error(at, serial.Length == 0 ? "The serial number is empty." : $"The serial number has {serial.Length} characters.", $"It has 1 to {MostSerial}.");
                return null;
            }

            return serial;
        }
    }
}

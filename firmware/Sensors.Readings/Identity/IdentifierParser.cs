namespace Sensors.Node
{
    /// <summary>Checks a text against the strict profile of <see cref="Identifier"/>, and says what is wrong as a person would.</summary>
    /// <remarks>Works on an array of characters: on the device, reading a string by index counts from its start each time.</remarks>
    internal static class IdentifierParser
    {
        private const int PrefixParts = 3;
        private const int MaxEnterpriseLength = 20;

        private const string Shape = "Write it as 88.<secondary>.<enterprise>/<suffix>, for example 88.608.8889/87654321.";

        internal static IdentifierCheck Parse(string text)
        {
            if (text == null || text.Length == 0)
            {
                return Wrong(IdentifierError.Empty, 0, "The identifier is empty.", Shape);
            }

            char[] c = text.ToCharArray();
            int slash = -1;
            int secondSlash = -1;
            for (int i = 0; i < c.Length; i++)
            {
                char ch = c[i];
                if (ch <= ' ' || ch == 0x7F || ch == 0xA0 || ch == 0x3000 || ch == 0xFEFF || (ch >= 0x2000 && ch <= 0x200F))
                {
                    return Wrong(IdentifierError.Whitespace, i, "A blank or control character stands at position " + (i + 1) + ".",
                        "Take it out; copied text often brings one along at its end.");
                }

                if (ch > 0x7F)
                {
                    return Wrong(IdentifierError.NotAscii, i, "The character at position " + (i + 1) + " is not ASCII.",
                        "Only the letters A to Z and a to z, digits, '.', '-', '_' and one '/' may be used; full-width signs are other signs.");
                }

                if (ch == '/' && slash < 0) { slash = i; }
                else if (ch == '/' && secondSlash < 0) { secondSlash = i; }
            }

            if (c.Length > Identifier.MaxLength)
            {
                return Wrong(IdentifierError.TooLong, Identifier.MaxLength, "The identifier has " + c.Length + " characters; at most "
                    + Identifier.MaxLength + " pass every service.", "Shorten the suffix.");
            }

            IdentifierCheck wrong = CheckPrefix(c, slash < 0 ? c.Length : slash, slash >= 0);
            if (wrong != null) { return wrong; }

            if (slash < 0)
            {
                return Wrong(IdentifierError.NoSuffix, c.Length, "There is no '/' and no suffix behind the prefix " + text + ".",
                    "Add '/' and the number or name that the enterprise gave the place.");
            }

            if (secondSlash >= 0)
            {
                return Wrong(IdentifierError.SecondSlash, secondSlash, "A second '/' stands at position " + (secondSlash + 1) + ".",
                    "The suffix may hold '.', '-' and '_' to part it, but no '/'.");
            }

            wrong = CheckSuffix(c, slash + 1);
            return wrong ?? new IdentifierCheck(new Identifier(text, Fold(c), slash));
        }

        private static IdentifierCheck CheckPrefix(char[] c, int end, bool hasSlash)
        {
            // The country first: it tells which kind of code somebody holds, and then the other rules do not apply.
            int country = EndOfPart(c, 0, end);
            if (country != 2 || c[0] != '8' || c[1] != '8') { return WrongCountry(c, country, end); }

            int parts = 1;
            for (int i = 0; i < end; i++) { if (c[i] == '.') { parts++; } }
            if (parts != PrefixParts)
            {
                return Wrong(IdentifierError.PrefixParts, end, "The prefix " + new string(c, 0, end) + " has " + parts
                    + (parts == 1 ? " part" : " parts") + ", not 3" + (parts == 2 ? ": the enterprise code is missing." : "."),
                    hasSlash ? Shape : "Ask the secondary node for the whole prefix. " + Shape);
            }

            int start = country + 1;
            int dot = EndOfPart(c, start, end);
            int length = dot - start;
            for (int i = start; i < dot; i++)
            {
                if (!IsDigit(c[i]))
                {
                    return Wrong(IdentifierError.SecondaryCode, i, Found(c, i) + ": the secondary node's code has digits only.", Shape);
                }
            }

            if (length < 3 || length > 4)
            {
                return Wrong(IdentifierError.SecondaryCode, start, length == 0
                    ? "The secondary node's code, at position " + (start + 1) + ", is empty."
                    : "The secondary node's code " + new string(c, start, length) + ", at position " + (start + 1) + ", has " + length
                        + (length == 1 ? " digit" : " digits") + ", not 3 or 4.",
                    "Codes keep their leading zeros; take the prefix over as it was given.");
            }

            return CheckEnterprise(c, dot + 1, end);
        }

        private static IdentifierCheck CheckEnterprise(char[] c, int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                if (!IsLetterOrDigit(c[i]))
                {
                    return Wrong(IdentifierError.EnterpriseCode, i, Found(c, i) + ": the enterprise code has letters and digits only.",
                        "Take the prefix over as the secondary node gave it.");
                }
            }

            int length = end - start;
            if (length > 0 && length <= MaxEnterpriseLength) { return null; }
            return Wrong(IdentifierError.EnterpriseCode, start, length == 0
                ? "The enterprise code, at position " + (start + 1) + ", is empty."
                : "The enterprise code, at position " + (start + 1) + ", has " + length + " characters, more than " + MaxEnterpriseLength + ".",
                "Take the prefix over as the secondary node gave it.");
        }

        private static IdentifierCheck WrongCountry(char[] c, int country, int end)
        {
            if (country == 2 && c[0] == '8' && c[1] == '6')
            {
                return Wrong(IdentifierError.NotCountry88, 0, "It begins with 86: a Handle of China's 86 prefix, not 88.",
                    "Use the identifier registered under 88; the two are not the same even where the rest agrees.");
            }

            if (end >= 3 && (c[0] | 0x20) == 'v' && (c[1] | 0x20) == 'a' && (c[2] | 0x20) == 'a')
            {
                return Wrong(IdentifierError.NotCountry88, 0, "It begins with VAA: the ISO/IEC 15459 form, not the 88 form.",
                    "Use the form with dots, which begins with 88.");
            }

            return Wrong(IdentifierError.NotCountry88, 0, country == 0
                ? "The country code before the first '.' is empty, not 88."
                : "It begins with " + new string(c, 0, country) + ", not with the country code 88.", Shape);
        }

        private static IdentifierCheck CheckSuffix(char[] c, int start)
        {
            if (start == c.Length)
            {
                return Wrong(IdentifierError.NoSuffix, start, "Nothing stands behind the '/'.",
                    "Add the number or name that the enterprise gave the place.");
            }

            for (int i = start; i < c.Length; i++)
            {
                if (!IsLetterOrDigit(c[i]) && c[i] != '.' && c[i] != '-' && c[i] != '_')
                {
                    return Wrong(IdentifierError.SuffixCharacter, i, Found(c, i) + ": it cannot stand in a suffix.",
                        "Use letters, digits, '.', '-' and '_'.");
                }
            }

            if (!IsLetterOrDigit(c[start]))
            {
                return Wrong(IdentifierError.SuffixStart, start, Found(c, start) + ": a suffix begins with a letter or digit.",
                    "Begin the suffix with a letter or digit.");
            }

            if (c[c.Length - 1] != '.') { return null; }
            return Wrong(IdentifierError.SuffixEnd, c.Length - 1, "The suffix ends with '.', at position " + c.Length + ".",
                "Take the last '.' away.");
        }

        private static IdentifierCheck Wrong(IdentifierError error, int at, string message, string hint)
        {
            return new IdentifierCheck(error, at, message, hint);
        }

        private static string Found(char[] c, int at)
        {
            return "'" + new string(c, at, 1) + "' stands at position " + (at + 1);
        }

        private static int EndOfPart(char[] c, int start, int end)
        {
            int i = start;
            while (i < end && c[i] != '.') { i++; }
            return i;
        }

        private static string Fold(char[] c)
        {
            for (int i = 0; i < c.Length; i++)
            {
                if (c[i] >= 'A' && c[i] <= 'Z') { c[i] = (char)(c[i] + ('a' - 'A')); }
            }

            return new string(c);
        }

        private static bool IsDigit(char c)
        {
            return c >= '0' && c <= '9';
        }

        private static bool IsLetterOrDigit(char c)
        {
            return IsDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }
    }
}

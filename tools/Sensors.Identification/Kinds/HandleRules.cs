using System;

namespace Sensors.Identification
{
    /// <summary>Handles: RFC 3651, section 2.</summary>
    internal static class HandleRules
    {
        private const int SafeLength = 128;

        internal static void Check(KindCheck check)
        {
            string text = check.Text;
            int slash = text.IndexOf('/', StringComparison.Ordinal);
            int end = slash < 0 ? text.Length : slash;
            CheckPrefix(check, end);
            if (slash < 0)
            {
                check.Error(text.Length, "There is no '/' and nothing behind it.", "A Handle is a prefix, '/', and a local name.");
                return;
            }

            if (slash == text.Length - 1)
            {
                check.Error(slash, "Nothing stands behind the '/'.", "A local name is not empty.");
                return;
            }

            check.Part("prefix", text[..slash]);
            check.Part("suffix", text[(slash + 1)..]);
            int second = text.IndexOf('/', slash + 1);
            if (second == text.Length - 1)
            {
                check.Note(second, $"A '/' ends it, at position {KindCheck.Position(second)}.", "With and without that '/' they are two Handles.");
            }
            else if (second >= 0)
            {
                check.Note(second, $"A second '/' stands at position {KindCheck.Position(second)}.", "RFC 3651 allows it; caching servers of the industrial internet refuse it.");
            }

            if (text.Length > SafeLength)
            {
                check.Note(SafeLength, $"It has {text.Length} characters.", $"Caching servers of the industrial internet take {SafeLength}.");
            }

            if (text.StartsWith("86.", StringComparison.Ordinal))
            {
                check.Note(0, "It begins with 86, the Handle prefix of China.", "The same digits under 88 are another identifier.");
            }
        }

        private static void CheckPrefix(KindCheck check, int end)
        {
            if (end == 0)
            {
                check.Error(0, "The prefix before the '/' is empty.", "A prefix is one or more segments with '.' between them.");
                return;
            }

            for (int i = 0; i < end; i++)
            {
                bool empty = check.Text[i] == '.' && (i == 0 || i == end - 1 || check.Text[i - 1] == '.');
                if (empty)
                {
                    check.Error(i, $"A segment of the prefix is empty, at position {KindCheck.Position(i)}.", "Between dots of a prefix something stands.");
                    return;
                }
            }
        }
    }
}

namespace Sensors.Node
{
    /// <summary>Reads what alarm lines have besides plain numbers: signed numbers, and times.</summary>
    internal static class AlarmText
    {
        private const double LongestMilliseconds = 90.0 * 86400000;

        /// <summary>Reads a plain decimal, with a minus in front if wanted.</summary>
        public static bool TryParse(string text, out float value)
        {
            bool negative = text.StartsWith("-");
            bool good = NumberText.TryParse(negative ? text.Substring(1) : text, out double number);
            value = (float)(negative ? -number : number);
            return good;
        }

        /// <summary>Reads a time: a plain number with <c>ms</c>, <c>s</c>, <c>min</c>, <c>h</c> or <c>d</c>, 0 to 90 days.</summary>
        public static bool TryParseTime(string text, out long milliseconds)
        {
            milliseconds = 0;
            int unit = 0;
            while (unit < text.Length && ((text[unit] >= '0' && text[unit] <= '9') || text[unit] == '.')) { unit++; }
            int factor = FactorOf(text.Substring(unit));
            if (factor == 0 || !NumberText.TryParse(text.Substring(0, unit), out double number) || number * factor > LongestMilliseconds)
            {
                return false;
            }

            milliseconds = (long)((number * factor) + 0.5);
            return true;
        }

        private static int FactorOf(string unit)
        {
            switch (unit)
            {
                case "ms": return 1;
                case "s": return 1000;
                case "min": return 60000;
                case "h": return 3600000;
                case "d": return 86400000;
                default: return 0;
            }
        }
    }
}

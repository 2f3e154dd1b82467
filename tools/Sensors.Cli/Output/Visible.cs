using System.Globalization;
using System.Text;

namespace Sensors.Cli.Output
{
    /// <summary>Shows foreign text on a terminal: control characters would move the cursor or change colours.</summary>
    internal static class Visible
    {
        public static string Of(string text)
        {
            var result = new StringBuilder(text.Length);
            foreach (char c in text)
            {
                if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                {
                    result.Append(CultureInfo.InvariantCulture, $"<U+{(int)c:X4}>");
                }
                else
                {
                    result.Append(c);
                }
            }

            return result.ToString();
        }
    }
}

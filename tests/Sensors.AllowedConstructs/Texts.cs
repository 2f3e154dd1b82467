using System.Text;

namespace Sensors.AllowedConstructs
{
    /// <summary>Text from numbers: + and the formats that the device knows.</summary>
    public static class Texts
    {
        /// <summary>The compiler calls ToString of the number itself: nothing is boxed, nothing is formatted.</summary>
        public static string Concatenated(string name, int number, byte small, char sign, bool flag) => name + number + small + sign + flag;

        public static string Long(string a, string b, int c, string d, string e) => a + b + c + d + e;

        public static string Hex(byte value) => "0x" + value.ToString("X2");

        public static string Built(int from, int to)
        {
            var text = new StringBuilder();
            for (int i = from; i < to; i++)
            {
                text.Append(i).Append(',');
            }

            return text.ToString();
        }

        public static string Parts(string text) => text.Split(',')[1].Trim().ToUpper() + text.Substring(0, 1) + text.IndexOf(',');

        public static bool TryNumber(string text, out int number) => int.TryParse(text, out number);
    }
}

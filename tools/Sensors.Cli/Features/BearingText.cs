using System.Globalization;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Node;

namespace Sensors.Cli.Features
{
    /// <summary>A bearing as it is typed: elements, their diameter, pitch diameter, contact angle.</summary>
    internal sealed record BearingText(string Text, BearingGeometry Geometry)
    {
        /// <summary>Reads <c>9,7.94,39.04,0</c>.</summary>
        /// <exception cref="CliException">There is no such bearing.</exception>
        public static BearingText Parse(string text)
        {
            string[] parts = text.Split(',');
            double[] numbers = [.. parts.Select(part => double.TryParse(part, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
            if (numbers.Length is not (3 or 4) || numbers.Any(number => !double.IsFinite(number)))
            {
                throw Wrong(text, $"'{text}' is not n,d,D,angle: four numbers parted by commas.");
            }

            double angle = numbers.Length == 4 ? numbers[3] : 0;
            int elements = numbers[0] is >= 0 and <= 1000 && numbers[0] == (int)numbers[0] ? (int)numbers[0] : -1;
            return BearingGeometry.Check(elements, numbers[1], numbers[2], angle) is { } wrong
                ? throw Wrong(text, $"'{text}': {wrong}.")
                : new BearingText(text, new BearingGeometry(elements, numbers[1], numbers[2], angle));
        }

        private static CliException Wrong(string text, string message) => ErrorTable.BadBearing.Because(
            message, "write --bearing 9,7.94,39.04,0: rolling elements, their diameter, pitch diameter, contact angle in degrees.", text);
    }
}

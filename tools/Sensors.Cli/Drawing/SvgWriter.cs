using System;
using System.Globalization;
using System.Text;

namespace Sensors.Cli.Drawing
{
    /// <summary>Writes the few elements of SVG 1.1 that charts need: the same input gives the same bytes everywhere.</summary>
    internal sealed class SvgWriter
    {
        private readonly StringBuilder _text = new();

        /// <summary>A coordinate: hundredths are finer than any printer; a negative zero is a zero.</summary>
        public static string Number(double value)
        {
            double rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
            return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
        }

        public static string Escape(string text)
        {
            var result = new StringBuilder(text.Length);
            foreach (char c in text)
            {
                result.Append(c switch
                {
                    '&' => "&amp;",
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '"' => "&quot;",
                    _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' => "\uFFFD", // not allowed in XML, or half of something
                    _ => c.ToString(),
                });
            }

            return result.ToString();
        }

        public void Raw(string line) => _text.Append(line).Append('\n');

        public void Rectangle(double x, double y, double width, double height, string style) =>
            Raw($"""<rect class="{style}" x="{Number(x)}" y="{Number(y)}" width="{Number(width)}" height="{Number(height)}"/>""");

        public void Line(double x1, double y1, double x2, double y2, string style) =>
            Raw($"""<path class="{style}" d="M{Number(x1)} {Number(y1)}L{Number(x2)} {Number(y2)}"/>""");

        public void Dot(double x, double y, double radius, string style) =>
            Raw($"""<circle class="{style}" cx="{Number(x)}" cy="{Number(y)}" r="{Number(radius)}"/>""");

        public void Path(string data, string style) => Raw($"""<path class="{style}" d="{data}"/>""");

        /// <summary>Writes a text whose base line begins, is centred or ends at a place.</summary>
        public void Text(double x, double y, string text, string style) =>
            Raw($"""<text class="{style}" x="{Number(x)}" y="{Number(y)}">{Escape(text)}</text>""");

        /// <summary>Writes a text that reads upwards, centred at a place.</summary>
        public void UpwardText(double x, double y, string text, string style) =>
            Raw($"""<text class="{style}" transform="translate({Number(x)} {Number(y)}) rotate(-90)">{Escape(text)}</text>""");

        public override string ToString() => _text.ToString();
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;

namespace Sensors.Identification
{
    /// <summary>What a label is printed on: an endless tape, as wide as the label is high, or pieces of one size.</summary>
    public sealed record LabelStock
    {
        private const double LeastMillimetres = 6;
        private const double MostMillimetres = 200;

        private LabelStock(string name, double? width, double height)
        {
            Name = name;
            WidthMillimetres = width;
            HeightMillimetres = height;
        }

        /// <summary>Gets tape of 24 mm.</summary>
        public static LabelStock Tape24 { get; } = Parse("24");

        /// <summary>Gets the tapes that printers usually take, narrow ones first.</summary>
        public static IReadOnlyList<LabelStock> Tapes { get; } = [Parse("9"), Parse("12"), Parse("18"), Tape24, Parse("36")];

        /// <summary>Gets how it is written: <c>24</c> for tape, <c>40x30</c> for pieces.</summary>
        public string Name { get; }

        /// <summary>Gets the width; null for tape, which is cut where the label ends.</summary>
        public double? WidthMillimetres { get; }

        /// <summary>Gets the height: that of a piece, or how wide the tape is.</summary>
        public double HeightMillimetres { get; }

        /// <summary>Reads a stock.</summary>
        /// <param name="text">Millimetres of a tape, or width x height of pieces: <c>18</c>, <c>40x30</c>.</param>
        /// <returns>The stock.</returns>
        /// <exception cref="FormatException">The text is none; the message says what it may be.</exception>
        public static LabelStock Parse(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            string[] parts = text.Split('x');
            return parts.Length switch
            {
                1 => new LabelStock(text, null, Millimetres(text, parts[0])),
                2 => new LabelStock(text, Millimetres(text, parts[0]), Millimetres(text, parts[1])),
                _ => throw Wrong(text),
            };
        }

        /// <inheritdoc/>
        public override string ToString() => WidthMillimetres is null ? $"{Name} mm tape" : $"{Name} mm";

        private static double Millimetres(string text, string part) =>
            double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value is >= LeastMillimetres and <= MostMillimetres
                ? value
                : throw Wrong(text);

        private static FormatException Wrong(string text) =>
            new(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no label: write the width of a tape, such as 12, 18 or 24, or width x height, such as 40x30, in mm from {LeastMillimetres} to {MostMillimetres}."));
    }
}

using System;
using System.Globalization;

namespace Sensors.Cli.Parsing
{
    /// <summary>Reads the values of options. What is wrong comes as a <see cref="FormatException"/> with one sentence.</summary>
    internal static class Values
    {
        private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

        public static Func<string, int> WholeNumber(int least, int most) => text =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
                ? value
                : throw new FormatException(Invariant($"'{text}' is not a whole number from {least} to {most}."));

        public static Func<string, double> Number(double least, double most) => text =>
            double.TryParse(text, Plain, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
                ? value
                : throw new FormatException(Invariant($"'{text}' is not a number from {least} to {most}."));

        /// <summary>Any number but zero: a factor.</summary>
        public static double Factor(string text) =>
            double.TryParse(text, Plain, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value != 0
                ? value
                : throw new FormatException($"'{text}' is not a number other than 0.");

        public static string Text(string text) => text.Length > 0 ? text : throw new FormatException("the text is empty.");

        public static Func<string, string> OneOf(params string[] choices) => text =>
            Array.Exists(choices, choice => string.Equals(choice, text, StringComparison.Ordinal))
                ? text
                : throw new FormatException($"'{text}' is none of {string.Join(", ", choices)}.");

        private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}

using System;
using System.Globalization;

namespace Sensors.Cli.Features
{
    /// <summary>A place in a record or a part of it, in samples or in seconds.</summary>
    /// <param name="Amount">How many, 0 or more.</param>
    /// <param name="IsSeconds">Whether they are seconds.</param>
    internal sealed record RecordSpan(double Amount, bool IsSeconds)
    {
        private const long MostSamples = int.MaxValue;

        /// <summary>Reads <c>4096</c> or <c>0.5s</c>.</summary>
        /// <exception cref="FormatException">The text is neither.</exception>
        public static RecordSpan Parse(string text)
        {
            bool seconds = text.EndsWith('s');
            string number = seconds ? text[..^1].TrimEnd() : text;
            NumberStyles style = seconds ? NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent : NumberStyles.None;
            return double.TryParse(number, style, CultureInfo.InvariantCulture, out double amount) && double.IsFinite(amount) && amount <= MostSamples
                ? new RecordSpan(amount, seconds)
                : throw new FormatException($"'{text}' is neither a number of samples, such as 4096, nor of seconds, such as 0.5s.");
        }

        /// <summary>Gives the nearest number of samples.</summary>
        public long At(double rateHertz) => (long)Math.Round(IsSeconds ? Amount * rateHertz : Amount, MidpointRounding.AwayFromZero);

        public override string ToString() => Amount.ToString("R", CultureInfo.InvariantCulture) + (IsSeconds ? "s" : string.Empty);
    }
}

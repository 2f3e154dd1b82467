using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>How an enterprise makes the suffixes of its places: <c>{class}.{model}.{date}.{serial:4}</c> behind its prefix.</summary>
    /// <remarks>
    /// Fields: <c>{class}</c> (six digits of the classification), <c>{model}</c> (letters and digits), <c>{date}</c> (yyyyMMdd), <c>{serial}</c> or <c>{serial:4}</c> (a
    /// number, filled with zeros to so many digits); a template has one serial. Everything else stands as it is.
    /// </remarks>
    public sealed partial class IdentifierTemplate
    {
        /// <summary>The draft of the Shenzhen IoT Industry Association for electronics: class, model, date of production, sequence.</summary>
        public const string Usual = "{class}.{model}.{date}.{serial:4}";

        private const int UsualSerialDigits = 4;
        private const int MostSerialDigits = 12;

        private static readonly string[] Reserved = ["META_", "App_", "User_", "Group_"];

        private readonly string _prefix;
        private readonly string _form;
        private readonly int _serialDigits;

        private IdentifierTemplate(string prefix, string form, int serialDigits)
        {
            _prefix = prefix;
            _form = form;
            _serialDigits = serialDigits;
        }

        /// <summary>Gets the name under which its numbers are counted: all but the number.</summary>
        public string Series => $"{_prefix}/{_form}";

        /// <summary>Tells whether a suffix has a name that enterprise nodes keep for something else.</summary>
        /// <param name="suffix">The suffix.</param>
        /// <returns>What it begins with, such as <c>META_</c>; null when it is free.</returns>
        public static string? ReservedName(string suffix)
        {
            ArgumentNullException.ThrowIfNull(suffix);
            return Array.Find(Reserved, name => suffix.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        }

        /// <summary>Makes a template.</summary>
        /// <param name="prefix">The enterprise's prefix, such as <c>88.608.8889</c>.</param>
        /// <param name="text">The suffix with fields.</param>
        /// <param name="fields">What <c>class</c>, <c>model</c> and <c>date</c> are.</param>
        /// <returns>The template: each number of it makes an identifier of the strict profile.</returns>
        /// <exception cref="FormatException">It makes none; the message says why.</exception>
        public static IdentifierTemplate Parse(string prefix, string text, IReadOnlyDictionary<string, string> fields)
        {
            ArgumentNullException.ThrowIfNull(prefix);
            ArgumentNullException.ThrowIfNull(text);
            ArgumentNullException.ThrowIfNull(fields);
            int serials = 0, digits = 0;
            string form = Field().Replace(text, match =>
            {
                string name = match.Groups["name"].Value, width = match.Groups["width"].Value;
                if (name == "serial")
                {
                    serials++;
                    digits = width.Length == 0 ? UsualSerialDigits : ReadWidth(width);
                    return "{serial}";
                }

                return width.Length > 0 ? throw new FormatException($"{{{name}}} has no width: only {{serial:4}} has one.") : Value(name, fields);
            });
            int brace = form.Replace("{serial}", "", StringComparison.Ordinal).IndexOfAny(['{', '}']);
            if (brace >= 0) { throw new FormatException($"'{text}' has a brace that belongs to no field; fields are {{class}}, {{model}}, {{date}} and {{serial:4}}."); }
            if (serials != 1) { throw new FormatException($"'{text}' has {(serials == 0 ? "no" : "more than one")} {{serial}}: without one number two places would get the same identifier."); }

            var template = new IdentifierTemplate(prefix, form, digits);
            if (ReservedName(form) is { } reserved)
            {
                throw new FormatException($"A suffix that begins with {reserved} names no device: enterprise nodes name templates, applications, users and groups so.");
            }

            IdentifierCheck last = Identifier.Check(template.Text(template.Most));
            return last.Identifier is null ? throw new FormatException($"'{template.Text(1)}' is no identifier: {last.Message} {last.Hint}") : template;
        }

        /// <summary>Makes the identifier of a number.</summary>
        /// <param name="number">The number, from 1.</param>
        /// <returns>The identifier; null when the number has more digits than the template.</returns>
        public Identifier? Make(long number) => number > Most ? null : Identifier.Parse(Text(number));

        private long Most => (long)Math.Pow(10, _serialDigits) - 1;

        private string Text(long number) =>
            $"{_prefix}/{_form.Replace("{serial}", number.ToString(CultureInfo.InvariantCulture).PadLeft(_serialDigits, '0'), StringComparison.Ordinal)}";

        private static int ReadWidth(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width is >= 1 and <= MostSerialDigits
                ? width
                : throw new FormatException($"'{text}' is no width of a serial number: 1 to {MostSerialDigits} digits.");

        private static string Value(string name, IReadOnlyDictionary<string, string> fields)
        {
            string value = fields.TryGetValue(name, out string? given) ? given : throw new FormatException(
                name is "class" or "model" or "date" ? $"The template wants a {name}, and none is given." : $"There is no field {{{name}}}: fields are {{class}}, {{model}}, {{date}} and {{serial:4}}.");
            bool good = name switch
            {
                "class" => value.Length == 6 && value.All(char.IsAsciiDigit),
                "model" => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'),
                "date" => DateOnly.TryParseExact(value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                _ => true,
            };
            return good ? value : throw new FormatException(name switch
            {
                "class" => $"'{value}' is no class: six digits, such as 870101.",
                "model" => $"'{value}' is no model: letters, digits, '-' and '_'.",
                _ => $"'{value}' is no day: write it as 20261121.",
            });
        }

        [GeneratedRegex(@"\{(?<name>[a-z]+)(:(?<width>[^}]*))?\}")]
        private static partial Regex Field();
    }
}

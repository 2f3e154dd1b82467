using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>Holds texts to the rules of the kinds of identifiers.</summary>
    public static class IdentifierInspector
    {
        /// <summary>Holds a text to the rules of a kind.</summary>
        /// <param name="text">Any text.</param>
        /// <param name="kind">The kind.</param>
        /// <param name="split">How the digits of a VAA code part; null leaves them together.</param>
        /// <returns>The verdict, with reasons.</returns>
        public static KindVerdict Check(string text, IdentifierKind kind, VaaSplit? split = null)
        {
            ArgumentNullException.ThrowIfNull(text);
            var check = new KindCheck(kind, text);
            if (kind == IdentifierKind.Node)
            {
                CheckNode(check); // the firmware's own rules, blanks included
            }
            else if (check.IsClean())
            {
                switch (kind)
                {
                    case IdentifierKind.Handle: HandleRules.Check(check); break;
                    case IdentifierKind.Vaa: VaaRules.Check(check, split); break;
                    case IdentifierKind.Oid: OidRules.Check(check); break;
                    case IdentifierKind.Ecode: EcodeRules.Check(check); break;
                    case IdentifierKind.Gtin: GtinRules.Check(check); break;
                    case IdentifierKind.Sgtin: SgtinRules.Check(check); break;
                    case IdentifierKind.Link: LinkRules.Check(check); break;
                    case IdentifierKind.Did: DidRules.Check(check); break;
                    case IdentifierKind.Uuid: UuidRules.Check(check); break;
                    default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind.");
                }
            }

            return check.Verdict();
        }

        /// <summary>Holds a text to the rules of every kind.</summary>
        /// <param name="text">Any text.</param>
        /// <param name="split">How the digits of a VAA code part; null leaves them together.</param>
        /// <returns>A verdict per kind, in their order.</returns>
        public static IReadOnlyList<KindVerdict> CheckAll(string text, VaaSplit? split = null) => [.. Enum.GetValues<IdentifierKind>().Select(kind => Check(text, kind, split))];

        /// <summary>Tells by its looks which kind a text is meant to be, valid or not.</summary>
        /// <param name="text">Any text.</param>
        /// <returns>The kind.</returns>
        public static IdentifierKind Guess(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            string trimmed = text.Trim();
            bool digits = trimmed.Length > 0 && trimmed.All(char.IsAsciiDigit);
            return trimmed switch
            {
                _ when Begins("did:") => IdentifierKind.Did,
                _ when Begins("urn:epc:") => IdentifierKind.Sgtin,
                _ when Begins("urn:oid:") => IdentifierKind.Oid,
                _ when Begins("urn:uuid:") || UuidRules.LooksLikeOne(trimmed) => IdentifierKind.Uuid,
                _ when Begins("http:") || Begins("https:") => IdentifierKind.Link,
                _ when Begins("VAA") => IdentifierKind.Vaa,
                _ when trimmed.Contains('|', StringComparison.Ordinal) => IdentifierKind.Ecode,
                _ when digits && trimmed.Length is 8 or 12 or 13 or 14 => IdentifierKind.Gtin,
                _ when digits && trimmed.Length > 14 => IdentifierKind.Ecode,
                _ when Begins("88.") => IdentifierKind.Node,
                _ when trimmed.Contains('/', StringComparison.Ordinal) => IdentifierKind.Handle,
                _ when trimmed.Contains('.', StringComparison.Ordinal) && trimmed.All(c => char.IsAsciiDigit(c) || c == '.') => IdentifierKind.Oid,
                _ => IdentifierKind.Node,
            };

            bool Begins(string with) => trimmed.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        }

        private static void CheckNode(KindCheck check)
        {
            IdentifierCheck strict = Identifier.Check(check.Text);
            if (strict.Identifier is not { } identifier)
            {
                check.Error(strict.At, strict.Message, strict.Hint);
                return;
            }

            string[] codes = identifier.Prefix.Split('.');
            check.Part("prefix", identifier.Prefix);
            check.Part("secondary", codes[1]);
            check.Part("enterprise", codes[2]);
            check.Part("suffix", identifier.Suffix);
            if (IdentifierTemplate.ReservedName(identifier.Suffix) is { } reserved)
            {
                check.Note(
                    identifier.Prefix.Length + 1, $"The suffix begins with {reserved}: enterprise nodes name templates, applications, users and groups so.",
                    "Give a device another suffix.");
            }
        }
    }
}

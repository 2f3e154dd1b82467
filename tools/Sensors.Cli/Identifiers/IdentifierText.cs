using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Output;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Identifiers
{
    /// <summary>Verdicts about identifiers as people and programs read them.</summary>
    internal static class IdentifierText
    {
        private const string Indent = "         ";

        public static IEnumerable<string> Lines(string text, IReadOnlyList<KindVerdict> verdicts, KindVerdict? likely)
        {
            string shown = Visible.Of(text);
            if (verdicts.Count > 1)
            {
                yield return shown;
                foreach (KindVerdict each in verdicts) { yield return $"  {Word(each.Validity),-8}  {IdentifierKinds.NameOf(each.Kind),-6}  {Detail(each)}".TrimEnd(); }
                yield break;
            }

            KindVerdict verdict = verdicts[0];
            string kind = verdict.Kind == IdentifierKind.Node ? string.Empty : IdentifierKinds.NameOf(verdict.Kind) + "  ";
            yield return verdict.Validity == Validity.Valid ? $"{Word(verdict.Validity),-8} {kind}{shown}{Tail(Parts(verdict))}" : $"{Word(verdict.Validity),-8} {kind}{shown}  {Sentences(verdict)}";
            if (verdict.Validity == Validity.Doubtful && verdict.Parts.Count > 0) { yield return Indent + Pairs(verdict); }
            if (verdict.Validity == Validity.Valid)
            {
                foreach (Finding note in verdict.Findings) { yield return $"{Indent}{Visible.Of(note.What)} {note.Why}"; }
            }

            if (likely is not null)
            {
                yield return $"{Indent}As {IdentifierKinds.NameOf(likely.Kind)} it is {Word(likely.Validity)}{(likely.Findings.Count > 0 ? ": " + Sentences(likely) : ".")}";
            }
        }

        public static string Json(string text, IReadOnlyList<KindVerdict> verdicts, KindVerdict? likely)
        {
            var line = new JsonObject { ["version"] = 1, ["text"] = text, ["valid"] = verdicts.Any(verdict => verdict.Validity == Validity.Valid) };
            if (verdicts is [{ Kind: IdentifierKind.Node }])
            {
                IdentifierCheck check = Identifier.Check(text);
                if (check.Identifier is { } identifier)
                {
                    line["prefix"] = identifier.Prefix;
                    line["suffix"] = identifier.Suffix;
                }
                else
                {
                    line["error"] = check.Error.ToString();
                    line["at"] = check.At;
                    line["message"] = check.Message;
                    line["hint"] = check.Hint;
                }
            }

            line["kinds"] = new JsonArray([.. verdicts.Select(verdict => (JsonNode)Object(verdict))]);
            if (likely is not null) { line["likely"] = Object(likely); }
            return JsonLine.Of(line);
        }

        private static JsonObject Object(KindVerdict verdict)
        {
            var parts = new JsonObject();
            foreach ((string name, string value) in verdict.Parts) { parts[name] = value; }
            return new JsonObject
            {
                ["kind"] = IdentifierKinds.NameOf(verdict.Kind),
                ["verdict"] = Word(verdict.Validity),
                ["findings"] = new JsonArray([.. verdict.Findings.Select(finding => (JsonNode)new JsonObject
                {
                    ["at"] = finding.At,
                    ["weight"] = finding.Weight.ToString().ToLowerInvariant(),
                    ["what"] = finding.What,
                    ["why"] = finding.Why,
                })]),
                ["parts"] = parts,
            };
        }

        private static string Detail(KindVerdict verdict) => verdict.Validity == Validity.Invalid || verdict.Findings.Count > 0 ? Sentences(verdict) : Pairs(verdict);

        // Only what another kind adds: of the strict profile the text says it all.
        private static string Parts(KindVerdict verdict) => verdict.Kind == IdentifierKind.Node ? string.Empty : Pairs(verdict);

        private static string Pairs(KindVerdict verdict) => string.Join(", ", verdict.Parts.Select(part => $"{part.Key} {Visible.Of(part.Value)}"));

        private static string Sentences(KindVerdict verdict) => string.Join(' ', verdict.Findings.Select(finding => $"{Visible.Of(finding.What)} {finding.Why}"));

        private static string Tail(string text) => text.Length == 0 ? string.Empty : "  " + text;

        private static string Word(Validity validity) => validity.ToString().ToLowerInvariant();
    }
}

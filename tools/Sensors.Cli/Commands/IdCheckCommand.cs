using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Identifiers;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Identification;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl id check</c>: says of texts whether they are identifiers of a kind, and why not.</summary>
    internal sealed class IdCheckCommand : CliCommand
    {
        private const string FromInput = "-";
        private const string Any = "any";
        private const string All = "all";

        private readonly CliHost _host;
        private readonly Argument<string[]> _texts;
        private readonly Option<string> _kind;
        private readonly Option<string> _file;
        private readonly Option<VaaSplit> _split;

        public IdCheckCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("check", "Check identifiers against the strict 88 profile, or another kind.")
        {
            _host = host;
            _texts = new Argument<string[]>("text") { Description = "Texts to check; - reads one per line from standard input.", Arity = ArgumentArity.ZeroOrMore };
            _kind = context.Create(
                "--kind", "kind", $"{string.Join(", ", IdentifierKinds.Names)}; {Any} takes the kind a text looks like, {All} tells of every kind (default: node).",
                Values.OneOf([.. IdentifierKinds.Names, Any, All]));
            _file = context.Create("--file", "file", "File to read texts from, one per line.", Values.Text);
            _split = context.Create("--vaa-split", "country,industry", "How many digits of a VAA code are country and industry, such as 3,3.", VaaSplit.Parse);
            Arguments.Add(_texts);
            Options.Add(_kind);
            Options.Add(_file);
            Options.Add(_split);
            Examples =
            [
                "sensorctl id check 88.118.12345/NODE-0001",
                "sensorctl id check --json - < identifiers.txt",
                "sensorctl id check --kind oid 1.2.156.3001.0501",
                "sensorctl id check --kind any VAA08810012345678/abc123 6901234567892 --vaa-split 3,3",
            ];
            Notes =
            [
                "node is the strict profile, which nodes bear. handle: RFC 3651. vaa: ISO/IEC 15459 under VAA. oid: X.660. ecode: GB/T 31866. gtin, sgtin, link: GS1. did: with BID. uuid: RFC 9562.",
                "doubtful is what cannot be decided here; what speaks for it stands beside it.",
                $"Exit code 0 when every text is of its kind or may be, 1 when one is not; with {All}, 1 when a text is of no kind.",
            ];
            SetAction(parsed => Act(parsed, global.Json(parsed)));
        }

        private int Act(ParseResult parsed, bool json)
        {
            string[] texts = parsed.GetValue(_texts) ?? [];
            string? file = parsed.GetValue(_file);
            if (texts.Length == 0 && file is null)
            {
                throw ErrorTable.MissingValue.Because("There is nothing to check.", "write texts behind sensorctl id check, - for standard input, or --file.");
            }

            string kind = parsed.GetValue(_kind) ?? IdentifierKinds.NameOf(IdentifierKind.Node);
            VaaSplit? split = parsed.GetValue(_split);
            int exit = ExitCode.Ok;
            foreach (string text in Lines(texts).Concat(file is null ? [] : LinesOf(file)))
            {
                KindVerdict[] verdicts = kind == All
                    ? [.. IdentifierInspector.CheckAll(text, split)]
                    : [IdentifierInspector.Check(text, IdentifierKinds.Find(kind) ?? IdentifierInspector.Guess(text), split)];
                KindVerdict? likely = kind == "node" && verdicts[0].Validity == Validity.Invalid ? Likely(text, split) : null;
                foreach (string line in json ? [IdentifierText.Json(text, verdicts, likely)] : IdentifierText.Lines(text, verdicts, likely))
                {
                    DataOut.WriteLine(_host.Out, line);
                }

                exit = Array.TrueForAll(verdicts, verdict => verdict.Validity == Validity.Invalid) ? ExitCode.Finding : exit;
            }

            return exit;
        }

        /// <summary>What a text that is not of the strict profile may be instead.</summary>
        private static KindVerdict? Likely(string text, VaaSplit? split)
        {
            IdentifierKind guess = IdentifierInspector.Guess(text);
            KindVerdict? verdict = guess == IdentifierKind.Node ? null : IdentifierInspector.Check(text, guess, split);
            return verdict?.Validity == Validity.Invalid && guess == IdentifierKind.Handle ? null : verdict;
        }

        private IEnumerable<string> Lines(string[] texts)
        {
            foreach (string text in texts)
            {
                if (text != FromInput)
                {
                    yield return text;
                    continue;
                }

                while (_host.In.ReadLine() is { } line)
                {
                    if (line.Length > 0)
                    {
                        yield return line;
                    }
                }
            }
        }

        private static string[] LinesOf(string file)
        {
            try
            {
                return [.. File.ReadAllLines(file).Where(line => line.Length > 0)];
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadValue.Because($"--file: {error.Message}", "--file names a file with one text per line.", file, error);
            }
        }
    }
}

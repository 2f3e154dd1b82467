using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Text.Json.Nodes;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl id check</c>: says of texts whether they are identifiers of the strict profile, and why not.</summary>
    internal static class IdCheckCommand
    {
        private const string FromInput = "-";

        public static Command Create(CliHost host, ParseContext context, GlobalOptions global)
        {
            var texts = new Argument<string[]>("text")
            {
                Description = "Texts to check; - reads one per line from standard input.",
                Arity = ArgumentArity.OneOrMore,
            };
            var command = new CliCommand("check", "Check identifiers against the strict 88 profile.")
            {
                Arguments = { texts },
                Examples =
                [
                    "sensorctl id check 88.118.12345/NODE-0001",
                    "sensorctl id check --json - < identifiers.txt",
                ],
                Notes = ["Exit code 0 when every text is an identifier, 1 when one is not."],
            };
            command.SetAction(parsed => Act(host, parsed.GetValue(texts)!, global.Json(parsed)));
            return command;
        }

        private static int Act(CliHost host, string[] texts, bool json)
        {
            int exit = ExitCode.Ok;
            foreach (string text in Lines(host, texts))
            {
                IdentifierCheck check = Identifier.Check(text);
                DataOut.WriteLine(host.Out, json ? AsJson(text, check) : AsText(text, check));
                exit = check.Identifier is null ? ExitCode.Finding : exit;
            }

            return exit;
        }

        private static IEnumerable<string> Lines(CliHost host, string[] texts)
        {
            foreach (string text in texts)
            {
                if (text != FromInput)
                {
                    yield return text;
                    continue;
                }

                while (host.In.ReadLine() is { } line)
                {
                    if (line.Length > 0)
                    {
                        yield return line;
                    }
                }
            }
        }

        private static string AsText(string text, IdentifierCheck check) => check.Identifier is null
            ? $"invalid  {Visible.Of(text)}  {check.Message} {check.Hint}"
            : $"valid    {text}";

        private static string AsJson(string text, IdentifierCheck check)
        {
            var line = new JsonObject { ["version"] = 1, ["text"] = text, ["valid"] = check.Identifier is not null };
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

            return JsonLine.Of(line);
        }
    }
}

using System;
using System.CommandLine;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Node;

namespace Sensors.Cli.Options
{
    /// <summary>The options <c>--root</c> and <c>--id</c>, and how their values are checked.</summary>
    internal static class TopicOptions
    {
        public static Option<string> Root(ParseContext context) =>
            context.Create("--root", "topic", $"Topic root (default: {Topics.DefaultRoot}).", ReadRoot);

        public static Option<Identifier> Id(ParseContext context, string description) =>
            context.Create("--id", "identifier", description, ReadId);

        public static Identifier ReadId(string text)
        {
            IdentifierCheck check = Identifier.Check(text);
            return check.Identifier ?? throw ErrorTable.BadIdentifier.Because($"'{text}': {check.Message}", check.Hint, text);
        }

        private static string ReadRoot(string text) => Topics.CheckRoot(text) is { } wrong ? throw new FormatException(wrong) : text;
    }
}

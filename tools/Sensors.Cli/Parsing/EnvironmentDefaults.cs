using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.Linq;

namespace Sensors.Cli.Parsing
{
    /// <summary>Every option is an environment variable too: <c>--no-color</c> is <c>SENSORCTL_NO_COLOR</c>.</summary>
    /// <remarks>Variables are put behind the arguments as if typed, so both are checked by the same rules. What is typed wins.</remarks>
    internal static class EnvironmentDefaults
    {
        private const char Separator = ';'; // between the values of an option that may be given several times

        public static string VariableOf(string option) => "SENSORCTL_" + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();

        public static IReadOnlyList<string> Add(
            IReadOnlyList<string> args, ParseResult parsed, IReadOnlyDictionary<string, string> environment, ParseContext context)
        {
            var added = new List<string>();
            foreach (Option option in OptionsOf(parsed))
            {
                if (option is HelpOption or VersionOption
                    || parsed.GetResult(option) is { Implicit: false }
                    || !environment.TryGetValue(VariableOf(option.Name), out string? value))
                {
                    continue;
                }

                context.CameFromEnvironment(option.Name);
                if (option.ValueType == typeof(bool))
                {
                    if (IsOn(value))
                    {
                        added.Add(option.Name);
                    }

                    continue;
                }

                string[] values = option.Arity.MaximumNumberOfValues > 1 ? value.Split(Separator, StringSplitOptions.RemoveEmptyEntries) : [value];
                foreach (string one in values)
                {
                    added.Add(option.Name);
                    added.Add(one);
                }
            }

            if (added.Count == 0)
            {
                return args;
            }

            int end = args.ToList().IndexOf("--");
            return end < 0 ? [.. args, .. added] : [.. args.Take(end), .. added, .. args.Skip(end)];
        }

        /// <summary>The options that may stand at this place: the command's own and those of the commands above it that reach down.</summary>
        public static IEnumerable<Option> OptionsOf(ParseResult parsed)
        {
            Command command = parsed.CommandResult.Command;
            foreach (Option option in command.Options)
            {
                yield return option;
            }

            foreach (Option option in parsed.RootCommandResult.Command.Options.Where(option => option.Recursive && !command.Options.Contains(option)))
            {
                yield return option;
            }
        }

        private static bool IsOn(string value) =>
            !(value is "0" || value.Equals("false", StringComparison.OrdinalIgnoreCase) || value.Equals("no", StringComparison.OrdinalIgnoreCase));
    }
}

using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using Sensors.Cli.Errors;

namespace Sensors.Cli.Parsing
{
    /// <summary>Turns what the parser found into rows of the error table.</summary>
    internal static class ParseErrors
    {
        public static CliException? Find(ParseResult parsed, ParseContext context)
        {
            CommandResult command = parsed.CommandResult;
            return Unmatched(parsed, command)
                ?? OptionLikeArgument(parsed, command)
                ?? MissingCommand(command)
                ?? Values(parsed, context)
                ?? MissingOption(parsed, command)
                ?? Rest(parsed, command);
        }

        /// <summary>The command as it is typed, without <c>sensorctl</c>.</summary>
        public static string PathOf(CommandResult command)
        {
            var names = new List<string>();
            for (SymbolResult? at = command; at is CommandResult { Parent: not null } one; at = one.Parent)
            {
                names.Insert(0, one.Command.Name);
            }

            return string.Join(' ', names);
        }

        private static CliException? Unmatched(ParseResult parsed, CommandResult command)
        {
            if (parsed.UnmatchedTokens.Count == 0)
            {
                return null;
            }

            string token = parsed.UnmatchedTokens[0];
            if (LooksLikeOption(token))
            {
                return UnknownOption(parsed, command, token);
            }

            return command.Command.Subcommands.Count == 0
                ? ErrorTable.UnexpectedArgument.Because(
                    $"{Title(command)} takes no argument '{token}'.", $"{Title(command)} --help lists what it takes.", token)
                : ErrorTable.UnknownCommand.Because(
                    $"There is no command '{Typed(command, token)}'.",
                    Spelling.Nearest(token, command.Command.Subcommands.Select(each => each.Name)) is { } near
                        ? $"the nearest command is '{Typed(command, near)}'; {Title(command)} --help lists all."
                        : $"{Title(command)} --help lists all commands.",
                    token);
        }

        /// <summary>A misspelt option must not pass as an argument; behind <c>--</c> anything may stand.</summary>
        private static CliException? OptionLikeArgument(ParseResult parsed, CommandResult command)
        {
            foreach (Token token in parsed.Tokens)
            {
                if (token.Type == TokenType.DoubleDash)
                {
                    return null;
                }

                if (token.Type == TokenType.Argument && LooksLikeOption(token.Value)
                    && command.Children.OfType<ArgumentResult>().Any(argument => argument.Tokens.Contains(token)))
                {
                    return UnknownOption(parsed, command, token.Value);
                }
            }

            return null;
        }

        private static CliException UnknownOption(ParseResult parsed, CommandResult command, string token)
        {
            string name = token.Split('=', 2)[0];
            string? near = Spelling.Nearest(name, EnvironmentDefaults.OptionsOf(parsed).Select(option => option.Name));
            return ErrorTable.UnknownOption.Because(
                $"{Title(command)} has no option '{name}'.",
                near is null ? $"{Title(command)} --help lists all options." : $"the nearest option is {near}; {Title(command)} --help lists all.",
                name);
        }

        private static CliException? MissingCommand(CommandResult command) =>
            command.Command.Action is null && command.Command.Subcommands.Count > 0
                ? ErrorTable.UnknownCommand.Because(
                    $"{Title(command)} needs a command: {string.Join(", ", command.Command.Subcommands.Select(each => each.Name))}.",
                    $"{Title(command)} --help tells what each does.")
                : null;

        private static CliException? Values(ParseResult parsed, ParseContext context)
        {
            foreach (OptionResult option in parsed.CommandResult.Children.OfType<OptionResult>())
            {
                string name = context.NameOf(option.Option.Name);
                if (option.IdentifierTokenCount > 1 && option.Option.Arity.MaximumNumberOfValues == 1)
                {
                    return ErrorTable.Conflict.Because($"{name} was given {option.IdentifierTokenCount} times.", "give it once.");
                }

                if (!option.Implicit && option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues)
                {
                    return ErrorTable.MissingValue.Because(
                        $"{name} stands without a value.", $"write {option.Option.Name} <{option.Option.HelpName ?? "value"}>.");
                }
            }

            return context.Failure;
        }

        private static CliException? MissingOption(ParseResult parsed, CommandResult command)
        {
            foreach (Option option in command.Command.Options.Where(option => option.Required && parsed.GetResult(option) is null or { Implicit: true }))
            {
                return ErrorTable.MissingOption.Because(
                    $"{Title(command)} needs {option.Name}: {option.Description}",
                    $"write {option.Name} <{option.HelpName}>, or set {EnvironmentDefaults.VariableOf(option.Name)}.");
            }

            return null;
        }

        private static CliException? Rest(ParseResult parsed, CommandResult command)
        {
            if (parsed.Errors.Count == 0)
            {
                return null;
            }

            ParseError error = parsed.Errors[0];
            string help = $"{Title(command)} --help shows how it is written.";
            return error.SymbolResult is ArgumentResult or CommandResult
                ? ErrorTable.MissingValue.Because(error.Message, help)
                : ErrorTable.BadValue.Because(error.Message, help);
        }

        private static bool LooksLikeOption(string token) => token.Length > 1 && token[0] == '-';

        private static string Title(CommandResult command) => ("sensorctl " + PathOf(command)).TrimEnd();

        private static string Typed(CommandResult command, string last) => (PathOf(command) + " " + last).TrimStart();
    }
}

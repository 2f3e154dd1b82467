using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using Sensors.Cli.Errors;

namespace Sensors.Cli.Parsing
{
    /// <summary>One reading of a command line: what went wrong so far, and which options came from the environment.</summary>
    internal sealed class ParseContext
    {
        private readonly HashSet<string> _fromEnvironment = [];

        /// <summary>Gets the first error a value had, as it shall be shown.</summary>
        public CliException? Failure { get; private set; }

        public void CameFromEnvironment(string option) => _fromEnvironment.Add(option);

        /// <summary>How an option is called where it came from: its name, or that of its environment variable.</summary>
        public string NameOf(string option) => _fromEnvironment.Contains(option) ? EnvironmentDefaults.VariableOf(option) : option;

        /// <summary>Makes an option whose value is read by a function that throws <see cref="FormatException"/> with one sentence.</summary>
        public Option<T> Create<T>(string name, string valueName, string description, Func<string, T> read, bool required = false) =>
            new(name)
            {
                HelpName = valueName,
                Description = description,
                Required = required,
                CustomParser = result => Read(result, name, read),
            };

        /// <summary>Makes an option that may be given several times.</summary>
        public Option<T[]> CreateMany<T>(string name, string valueName, string description, Func<string, T> read) =>
            new(name)
            {
                HelpName = valueName,
                Description = description,
                Arity = ArgumentArity.OneOrMore,
                AllowMultipleArgumentsPerToken = false,
                CustomParser = result =>
                {
                    var values = new List<T>();
                    foreach (Token token in result.Tokens)
                    {
                        if (Read(result, name, read, token.Value) is { } value)
                        {
                            values.Add(value);
                        }
                    }

                    return [.. values];
                },
            };

        private T? Read<T>(ArgumentResult result, string name, Func<string, T> read) =>
            Read(result, name, read, result.Tokens.Count == 0 ? string.Empty : result.Tokens[0].Value);

        private T? Read<T>(ArgumentResult result, string name, Func<string, T> read, string text)
        {
            try
            {
                return read(text);
            }
            catch (FormatException error)
            {
                Fail(ErrorTable.BadValue.Because($"{NameOf(name)}: {error.Message}", $"sensorctl {CommandOf(result)} --help says what {name} takes.", text));
            }
            catch (CliException error)
            {
                Fail(error.Entry.Because($"{NameOf(name)}: {error.Message}", error.Hint, error.Found, error.InnerException));
            }

            result.AddError(Failure!.Message);
            return default;
        }

        private void Fail(CliException failure) => Failure ??= failure;

        private static string CommandOf(SymbolResult result)
        {
            for (SymbolResult? at = result; at is not null; at = at.Parent)
            {
                if (at is CommandResult command)
                {
                    return ParseErrors.PathOf(command);
                }
            }

            return string.Empty;
        }
    }
}

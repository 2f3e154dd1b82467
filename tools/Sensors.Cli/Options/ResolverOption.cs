using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Parsing;
using Sensors.Identification;

namespace Sensors.Cli.Options
{
    /// <summary><c>--resolver</c>: the file that says where identifiers are resolved and registered, and what services answer.</summary>
    internal sealed class ResolverOption
    {
        private readonly Option<string> _file;

        public ResolverOption(Command command, ParseContext context)
        {
            _file = context.Create("--resolver", "file", "The settings that say where services are (docs/identifiers.md); sensorctl resolver writes some.", Values.Text, required: true);
            command.Options.Add(_file);
        }

        /// <summary>Gets the file's name.</summary>
        public string File(ParseResult parsed) => parsed.GetValue(_file)!;

        /// <summary>Reads the settings.</summary>
        /// <exception cref="CliException">They cannot be read.</exception>
        public ResolverSettings Read(ParseResult parsed)
        {
            string file = File(parsed);
            try
            {
                return ResolverSettings.Read(file);
            }
            catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
            {
                throw Unreadable(file, error);
            }
        }

        /// <summary>Asks services.</summary>
        /// <exception cref="CliException">One does not do what was asked.</exception>
        public async Task<T> AskAsync<T>(ParseResult parsed, Func<Task<T>> ask)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (FormatException error)
            {
                throw Unreadable(File(parsed), error);
            }
            catch (ResolverException error)
            {
                ErrorEntry entry = error.Fault switch
                {
                    ResolverFault.Unreachable => ErrorTable.ResolverUnreachable,
                    ResolverFault.Untrusted => ErrorTable.ResolverUntrusted,
                    ResolverFault.NotUnderstood or ResolverFault.Lost => ErrorTable.ResolverNotUnderstood,
                    ResolverFault.Server => ErrorTable.ResolverFails,
                    ResolverFault.NotFound => ErrorTable.NotRegistered,
                    ResolverFault.Exists => ErrorTable.AlreadyRegistered,
                    ResolverFault.Denied => ErrorTable.ResolverDenies,
                    _ => ErrorTable.ResolverRefuses,
                };
                throw entry.Because(error.Message, error.Hint, error.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture), error);
            }
        }

        private static CliException Unreadable(string file, Exception error) =>
            ErrorTable.BadResolverSettings.Because($"{file}: {error.Message}", "docs/identifiers.md shows what stands in it.", file, error);
    }
}

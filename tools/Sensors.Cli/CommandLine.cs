using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Commands;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;

namespace Sensors.Cli
{
    /// <summary>The whole command, from arguments to exit code, on a host that may be a test's.</summary>
    public static class CommandLine
    {
        private static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

        /// <summary>Carries out a command line.</summary>
        /// <param name="args">The arguments.</param>
        /// <param name="host">Streams, environment, terminal.</param>
        /// <param name="stop">Cancelled by Ctrl-C: the command ends tidily, with <see cref="ExitCode.Interrupted"/>.</param>
        /// <returns>The exit code.</returns>
        public static async Task<int> RunAsync(IReadOnlyList<string> args, CliHost host, CancellationToken stop = default)
        {
            ArgumentNullException.ThrowIfNull(args);
            ArgumentNullException.ThrowIfNull(host);
            (ParseResult parsed, CliException? wrong) = Parse(args, host);
            bool json = args.Contains("--json") || parsed.GetValue<bool>("--json");
            bool noColour = args.Contains("--no-color") || parsed.GetValue<bool>("--no-color");
            var report = new Report(host, json, noColour);
            try
            {
                if (wrong is not null)
                {
                    throw wrong;
                }

                var invocation = new InvocationConfiguration
                {
                    Output = host.Out,
                    Error = host.Error,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null,
                };
                return await parsed.InvokeAsync(invocation, stop).ConfigureAwait(false);
            }
            catch (CliException error)
            {
                report.Tell(error);
                return error.Entry.Exit;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }
            catch (OutputClosedException)
            {
                return ExitCode.Ok; // whoever read the output has had enough, as head does
            }
#pragma warning disable CA1031 // the last catch: nobody above could tell the user more
            catch (Exception error)
            {
                report.Tell(ErrorTable.Unforeseen.Because(
                    $"{error.GetType().Name}: {error.Message}", "this is a defect: report it with the lines below.", error.GetType().Name, error));
                report.Tell(new CliEvent("stack", error.ToString(), new JsonObject { ["stack"] = error.ToString() }));
                return ExitCode.Defect;
            }
#pragma warning restore CA1031
        }

        private static (ParseResult Parsed, CliException? Wrong) Parse(IReadOnlyList<string> args, CliHost host)
        {
            var context = new ParseContext();
            ParseResult first = CommandTree.Build(host, context).Parse(args, Parser);
            context = new ParseContext();
            IReadOnlyList<string> all = EnvironmentDefaults.Add(args, first, host.Environment, context);
            ParseResult parsed = CommandTree.Build(host, context).Parse(all, Parser);

            // Help and version are given whatever else is wrong with the line.
            bool asksForHelp = parsed.Action is not null && parsed.Action != parsed.CommandResult.Command.Action && parsed.Action is HelpWithExamples or VersionLine;
            return (parsed, asksForHelp ? null : ParseErrors.Find(parsed, context));
        }
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;

namespace Sensors.Cli.Commands
{
    /// <summary>The library's help, with examples and notes below it.</summary>
    internal sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        /// <inheritdoc/>
        public override bool ClearsParseErrors => true;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult)
        {
            int result = inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is not CliCommand command)
            {
                output.WriteLine("Every option may also be set as a variable: --no-color is SENSORCTL_NO_COLOR.");
                output.WriteLine("sensorctl <command> --help shows a command's options and examples.");
                return result;
            }

            if (command.Examples.Count > 0)
            {
                output.WriteLine("Examples:");
                foreach (string example in command.Examples)
                {
                    output.WriteLine("  " + example);
                }
            }

            foreach (string note in command.Notes)
            {
                output.WriteLine();
                output.WriteLine(note);
            }

            return result;
        }
    }
}

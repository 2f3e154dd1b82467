using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.IO;
using Sensors.Cli.Output;

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
            try
            {
                int result = inner.Invoke(parseResult);
                Tell(parseResult);
                return result;
            }
            catch (IOException error)
            {
                throw new OutputClosedException(error); // head has seen enough
            }
        }

        private static void Tell(ParseResult parseResult)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            if (parseResult.CommandResult.Command is not CliCommand command)
            {
                output.WriteLine("Every option may also be set as a variable: --no-color is SENSORCTL_NO_COLOR.");
                output.WriteLine("sensorctl <command> --help shows a command's options and examples.");
                return;
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
        }
    }
}

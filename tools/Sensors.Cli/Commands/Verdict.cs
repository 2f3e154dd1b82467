using System.Globalization;
using System.Threading;
using Sensors.Cli.Collecting;
using Sensors.Cli.Errors;
using Sensors.Cli.Output;

namespace Sensors.Cli.Commands
{
    /// <summary>How a command that showed readings ends: the summary, and what they are worth as an exit code.</summary>
    internal static class Verdict
    {
        /// <exception cref="CliException">The firmware had ended.</exception>
        public static int Of(Tally tally, Report report, CancellationToken stop, CliException? firmwareEnded = null)
        {
            report.Tell(Events.Summary(tally));
            if (firmwareEnded is not null)
            {
                throw firmwareEnded;
            }

            if (stop.IsCancellationRequested)
            {
                return ExitCode.Interrupted;
            }

            if (tally.Readings == 0)
            {
                report.Tell(ErrorTable.NoReading.Because("Not one reading arrived.", "sensorctl demo --seconds 20, with no other option, shows readings without hardware or broker; go on from there."));
                return ErrorTable.NoReading.Exit;
            }

            if (tally.Missing > 0)
            {
                // One that came again is no finding: a node sends until it hears that the edge has stored, and the edge stores once.
                report.Tell(ErrorTable.Incomplete.Because(
                    string.Create(CultureInfo.InvariantCulture, $"Of the readings and alarms {tally.Missing} are missing and {tally.Duplicates} came again."),
                    "--json tells every gap and every repetition on the error stream, with its numbers."));
                return ErrorTable.Incomplete.Exit;
            }

            return ExitCode.Ok;
        }
    }
}

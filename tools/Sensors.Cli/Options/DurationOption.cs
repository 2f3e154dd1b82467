using System;
using System.CommandLine;
using System.Threading;
using Sensors.Cli.Parsing;

namespace Sensors.Cli.Options
{
    /// <summary><c>--seconds</c>: for how long, until Ctrl-C by default.</summary>
    internal sealed class DurationOption
    {
        private const double MostSeconds = 31 * 24 * 3600;

        private readonly Option<double> _seconds;

        public DurationOption(Command command, ParseContext context, double least = 0.1)
        {
            _seconds = context.Create("--seconds", "n", "End after so many seconds (default: at Ctrl-C).", Values.Number(least, MostSeconds));
            command.Options.Add(_seconds);
        }

        /// <summary>Tells whether the option was given.</summary>
        public bool IsGiven(ParseResult parsed) => parsed.GetResult(_seconds) is not null;

        /// <summary>Gives a token that is cancelled at the end of the time or by Ctrl-C, whichever comes first.</summary>
        public CancellationTokenSource Until(ParseResult parsed, CancellationToken stop)
        {
            var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
            if (parsed.GetResult(_seconds) is not null)
            {
                source.CancelAfter(TimeSpan.FromSeconds(parsed.GetValue(_seconds)));
            }

            return source;
        }
    }
}

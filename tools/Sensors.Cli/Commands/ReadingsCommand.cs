using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.VirtualNodes;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary>A command that shows readings until its time is up: what <c>demo</c>, <c>run</c> and <c>watch</c> share.</summary>
    internal abstract class ReadingsCommand : CliCommand
    {
        private readonly GlobalOptions _global;

        protected ReadingsCommand(string name, string description, CliHost host, GlobalOptions global)
            : base(name, description)
        {
            Host = host;
            _global = global;
            SetAction((parsed, stop) => ActAsync(parsed, global.ReportTo(host, parsed), stop));
        }

        protected CliHost Host { get; }

        protected abstract Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop);

        protected bool Json(ParseResult parsed) => _global.Json(parsed);

        protected bool NoColor(ParseResult parsed) => _global.NoColor(parsed);

        /// <summary>Gives how long to wait for a collector before its absence is told.</summary>
        protected TimeSpan CollectorPatience(VirtualNodeOptions node) => node.Acknowledgement == AckMode.Edge ? Host.CollectorPatience : Timeout.InfiniteTimeSpan;

        /// <summary>Makes the view for pipes: readings to standard output, events to the error stream.</summary>
        protected LineView Lines(ParseResult parsed, Report report) => new(new ReadingWriter(Host.Out, Json(parsed)), report);
    }
}

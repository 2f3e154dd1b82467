using System.Collections.Generic;
using System.CommandLine;

namespace Sensors.Cli.Commands
{
    /// <summary>A command that shows examples in its help.</summary>
    internal class CliCommand(string name, string description) : Command(name, description)
    {
        /// <summary>Gets lines to copy, each with what it does behind a #.</summary>
        public IReadOnlyList<string> Examples { get; init; } = [];

        /// <summary>Gets paragraphs shown below the options.</summary>
        public IReadOnlyList<string> Notes { get; init; } = [];
    }
}

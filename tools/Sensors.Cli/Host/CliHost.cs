using System;
using System.Collections.Generic;
using System.IO;
using Sensors.Cli.VirtualNodes;
using Sensors.Commissioning;
using Spectre.Console;

namespace Sensors.Cli.Host
{
    /// <summary>What a command may touch of the world: the streams, the environment, the terminal. Tests give their own.</summary>
    public sealed class CliHost
    {
        /// <summary>Gets where data goes, and nothing else.</summary>
        public required TextWriter Out { get; init; }

        /// <summary>Gets the stream behind <see cref="Out"/>, for data that is no text.</summary>
        public Stream OutBytes { get; init; } = Stream.Null;

        /// <summary>Gets where progress, hints and errors go.</summary>
        public required TextWriter Error { get; init; }

        /// <summary>Gets where lines are read from when an argument is <c>-</c>.</summary>
        public required TextReader In { get; init; }

        /// <summary>Gets the environment variables.</summary>
        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

        /// <summary>Gets the clock that tells the day.</summary>
        public TimeProvider Clock { get; init; } = TimeProvider.System;

        /// <summary>Gets what is changed about virtual nodes before they run: nothing, except that a test may give another firmware or pace.</summary>
        public Func<VirtualNodeOptions, VirtualNodeOptions> Nodes { get; init; } = node => node;

        /// <summary>Gets how long nodes may go without a collector before that is told.</summary>
        public TimeSpan CollectorPatience { get; init; } = TimeSpan.FromMinutes(1);

        /// <summary>Gets the terminal for live views, null when standard output is none.</summary>
        public IAnsiConsole? Terminal { get; init; }

        /// <summary>Gets who can be asked; null when input or output is no terminal: then nothing asks.</summary>
        public IDialog? Dialog { get; init; }

        /// <summary>Gets where virtual nodes announce their portals.</summary>
        public string VirtualFolder { get; init; } = VirtualNotice.DefaultFolder;

        /// <summary>Gets where the portal of a real node is once its access point is joined; null looks for none.</summary>
        public Uri? RealPortal { get; init; }

        /// <summary>Gets whether the error stream may carry colours.</summary>
        public bool ErrorHasColours { get; init; }
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Sensors.Cli.Commands
{
    /// <summary>Prints <c>sensorctl</c> and its version.</summary>
    internal sealed class VersionLine : SynchronousCommandLineAction
    {
        /// <summary>Gets the command's name and version; the commit behind the + would be noise.</summary>
        public static string Text { get; } =
            "sensorctl " + typeof(VersionLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        /// <inheritdoc/>
        public override bool ClearsParseErrors => true;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(Text);
            return 0;
        }
    }
}

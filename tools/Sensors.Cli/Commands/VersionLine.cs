using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Sensors.Cli.Commands
{
    /// <summary>Prints <c>sensorctl</c> and its version.</summary>
    internal sealed class VersionLine : SynchronousCommandLineAction
    {
        /// <inheritdoc/>
        public override bool ClearsParseErrors => true;

        /// <inheritdoc/>
        public override int Invoke(ParseResult parseResult)
        {
            string version = typeof(VersionLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine("sensorctl " + version.Split('+')[0]); // the commit behind the + is noise here
            return 0;
        }
    }
}

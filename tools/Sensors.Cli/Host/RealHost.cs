using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Sensors.Commissioning;
using Spectre.Console;

namespace Sensors.Cli.Host
{
    /// <summary>The host of the real process.</summary>
    internal static class RealHost
    {
        private const int StandardOutput = 1;

        public static CliHost Create()
        {
            Dictionary<string, string> environment = ReadEnvironment();
            bool colours = !environment.ContainsKey("NO_COLOR") && !environment.ContainsKey("SENSORCTL_NO_COLOR");
            Stream output = OpenOutput();
            var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
            return new CliHost
            {
                OutBytes = output,
                Out = new StreamWriter(output, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" },
                Error = error,
                In = Console.In,
                Environment = environment,
                Terminal = Console.IsOutputRedirected ? null : AnsiConsole.Create(new AnsiConsoleSettings
                {
                    ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                }),
                Dialog = Console.IsInputRedirected || Console.IsOutputRedirected || Console.IsErrorRedirected ? null : new ConsoleDialog(error),
                RealPortal = NodeDiscovery.PortalAddress,
                ErrorHasColours = colours && !Console.IsErrorRedirected,
            };
        }

        private static Dictionary<string, string> ReadEnvironment()
        {
            var result = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            {
                // An empty NO_COLOR means nothing (no-color.org); an empty variable of ours cannot be a value either.
                if (entry.Value is string { Length: > 0 } value)
                {
                    result[(string)entry.Key] = value;
                }
            }

            return result;
        }

        /// <summary>The console's own stream swallows "broken pipe", so <c>sensorctl demo | head -1</c> would never end.</summary>
        private static Stream OpenOutput()
        {
            if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
            {
                return Console.OpenStandardOutput();
            }

            var direct = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return direct.CanSeek ? Console.OpenStandardOutput() : direct; // a file has a position that others share
        }
    }
}

using System;
using System.Linq;
using System.Text;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>What counts on a volume: the settings, and the files of certificates they name.</summary>
    /// <param name="Text">The settings without the names of files; empty for none.</param>
    /// <param name="Files">What is in the files they name, in the order of the lines.</param>
    internal sealed record SettingsInForce(string Text, string Files)
    {
        private static readonly string[] Keys = ["tls_ca", "tls_cert", "tls_key"];

        /// <summary>Reads a volume.</summary>
        public static SettingsInForce Of(SimVolume volume)
        {
            byte[] text = new SettingsStore(volume).Text ?? [];
            return Of(Encoding.UTF8.GetString(text), name => volume.Read(name) is { } bytes ? Encoding.UTF8.GetString(bytes) : "(gone)");
        }

        /// <summary>Reads a text.</summary>
        /// <param name="text">The settings.</param>
        /// <param name="fileOf">What is in the file a line names.</param>
        public static SettingsInForce Of(string text, Func<string, string> fileOf)
        {
            string[][] lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2))];
            return new SettingsInForce(
                string.Join('\n', lines.Select(line => Keys.Contains(line[0]) ? line[0] : string.Join('=', line))),
                string.Join('|', lines.Where(line => Keys.Contains(line[0])).Select(line => fileOf(line[1]))));
        }

        /// <summary>Tells whether a node with these settings is paired.</summary>
        public bool IsPaired() => Text.Contains("id=", StringComparison.Ordinal);

        /// <summary>Gives the settings in short, for messages.</summary>
        public override string ToString() => Text.Length == 0 ? "no settings" : Text.Split('\n')[0] + (Files.Length == 0 ? string.Empty : " with " + Files);
    }
}

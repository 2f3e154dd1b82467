using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensors.Cli.Pairings
{
    /// <summary>What was answered last about the plant, offered again the next time. Holds no secret: passwords, codes and keys are asked anew.</summary>
    internal sealed record PairProfile
    {
        private const int Version = 1;

        /// <summary>Gets the network.</summary>
        public string? Ssid { get; init; }

        /// <summary>Gets the broker.</summary>
        public string? Broker { get; init; }

        /// <summary>Gets the user at the broker; empty for none.</summary>
        public string? User { get; init; }

        /// <summary>Gets the file with the certificate of the authority; empty for the board's own authorities.</summary>
        public string? Authority { get; init; }

        /// <summary>Gets the identifier that was given last.</summary>
        public string? Id { get; init; }

        /// <summary>Gets where the profile is unless an option says otherwise.</summary>
        public static string UsualFile(IReadOnlyDictionary<string, string> environment)
        {
            string folder = environment.TryGetValue("XDG_CONFIG_HOME", out string? own)
                ? own
                : Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
            return Path.Combine(folder, "sensors", "pair.json");
        }

        /// <summary>Reads a profile. One that cannot be read is none: it only spares typing.</summary>
        public static PairProfile Read(string file)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
                JsonElement root = document.RootElement;
                return root.TryGetProperty("version", out JsonElement version) && version.TryGetInt32(out int number) && number == Version
                    ? new PairProfile { Ssid = Text("ssid"), Broker = Text("broker"), User = Text("user"), Authority = Text("tls_ca"), Id = Text("id") }
                    : new PairProfile();

                string? Text(string name) => root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
            {
                return new PairProfile();
            }
        }

        /// <summary>Keeps the profile; where that is not possible, the next time types again.</summary>
        public void Write(string file)
        {
            var root = new JsonObject { ["version"] = Version, ["ssid"] = Ssid, ["broker"] = Broker, ["user"] = User, ["tls_ca"] = Authority, ["id"] = Id };
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                File.WriteAllText(file, root.ToJsonString() + "\n");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Nothing depends on it.
            }
        }
    }
}

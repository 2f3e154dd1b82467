using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sensors.Cli.Output
{
    /// <summary>Writes JSON on one line, for terminals and pipes: only what JSON demands is escaped.</summary>
    internal static class JsonLine
    {
        private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public static string Of(JsonNode node) => node.ToJsonString(Options);
    }
}

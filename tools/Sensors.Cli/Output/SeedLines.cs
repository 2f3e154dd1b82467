using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace Sensors.Cli.Output
{
    /// <summary>Tells what came of a seed of a simulation: with JSON every seed, otherwise only what was not withstood, with the command that does the same again.</summary>
    internal static class SeedLines
    {
        /// <summary>Writes a seed.</summary>
        /// <param name="output">Where to.</param>
        /// <param name="json">Whether to write JSON.</param>
        /// <param name="seed">The seed.</param>
        /// <param name="violations">What was broken.</param>
        /// <param name="command">The command that does the same again.</param>
        /// <param name="counts">What was counted, for JSON.</param>
        public static void Tell(TextWriter output, bool json, long seed, IReadOnlyList<string> violations, string command, IEnumerable<KeyValuePair<string, JsonNode?>> counts)
        {
            if (json)
            {
                var told = new JsonObject
                {
                    ["version"] = 1,
                    ["seed"] = seed,
                    ["violations"] = new JsonArray([.. violations.Select(text => (JsonNode)text)]),
                    ["command"] = command,
                };
                foreach ((string name, JsonNode? count) in counts)
                {
                    told[name] = count;
                }

                DataOut.WriteLine(output, JsonLine.Of(told));
            }
            else if (violations.Count > 0)
            {
                DataOut.WriteLine(output, $"seed {seed}: {violations.Count} violations; again: {command} --trace");
                foreach (string violation in violations)
                {
                    DataOut.WriteLine(output, "  " + violation);
                }
            }
        }
    }
}

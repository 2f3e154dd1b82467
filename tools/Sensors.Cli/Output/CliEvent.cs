using System.Text.Json.Nodes;

namespace Sensors.Cli.Output
{
    /// <summary>Something that happened: a line for people, or an object for programs.</summary>
    /// <param name="Name">What it is, such as <c>connected</c>; stable.</param>
    /// <param name="Text">The line for people.</param>
    /// <param name="Facts">What belongs to it; may be null.</param>
    public sealed record CliEvent(string Name, string Text, JsonObject? Facts = null)
    {
        /// <summary>The version of these objects; a change that breaks readers raises it.</summary>
        public const int Version = 1;

        /// <summary>Gives the object: <c>version</c>, <c>event</c>, then the facts.</summary>
        /// <returns>One line.</returns>
        public string ToJson()
        {
            var body = new JsonObject { ["version"] = Version, ["event"] = Name };
            if (Facts is not null)
            {
                foreach ((string key, JsonNode? value) in Facts)
                {
                    body[key] = value?.DeepClone();
                }
            }

            return JsonLine.Of(body);
        }
    }
}

using System.CommandLine;
using Sensors.Cli.Errors;
using Sensors.Cli.Options;
using Sensors.Commissioning;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary>Which node a command is about: one that waits, by its board's name, or one that works, by its identifier.</summary>
    /// <param name="Board">The board's name; null when it is an identifier.</param>
    /// <param name="Id">The identifier; null when it is a board.</param>
    internal sealed record NodeTarget(string? Board, Identifier? Id)
    {
        public static Argument<string> Argument() => new("node") { Description = "The board's name while it waits to be paired (sensors-3F2A1C), or its identifier while it works." };

        public static NodeTarget Read(string text)
        {
            if (text.Contains('/', System.StringComparison.Ordinal))
            {
                return new NodeTarget(null, TopicOptions.ReadId(text));
            }

            return NodeName.TryRead(text, out string? name)
                ? new NodeTarget(name, null)
                : throw ErrorTable.BadValue.Because($"'{text}' is neither a board's name nor an identifier.", "write sensors-3F2A1C as on the label, or 88.118.12345/NODE-0001.", text);
        }
    }
}

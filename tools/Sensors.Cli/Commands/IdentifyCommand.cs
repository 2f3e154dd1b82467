using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Commissioning;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl identify</c>: has a node blink, so that one sees which it is.</summary>
    internal sealed class IdentifyCommand : NodeCommand
    {
        public IdentifyCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("identify", "Have a node blink: which one is it?", host, context, global)
        {
            Examples =
            [
                "sensorctl identify sensors-3F2A1C",
                "sensorctl identify 88.118.12345/PUMP-0001 --broker 10.0.0.5",
            ];
            Notes = ["A node that waits to be paired blinks for 10 s, without a code; one that works for 30 s. sensorctl cmd <id> identify <seconds> says for how long."];
        }

        protected override async Task<int> AtPortalAsync(ParseResult parsed, WaitingNode node, PairingClient client, CancellationToken stop)
        {
            await client.BlinkAsync(stop).ConfigureAwait(false);
            Done(parsed, $"{node.State.Node} blinks for 10 s", new JsonObject { ["node"] = node.State.Node, ["seconds"] = 10 });
            return ExitCode.Ok;
        }

        protected override async Task<int> AtWorkAsync(ParseResult parsed, Identifier id, Report report, CancellationToken stop)
        {
            await CallAsync(parsed, id, new JsonObject { ["cmd"] = "identify" }, report, stop).ConfigureAwait(false);
            Done(parsed, $"{id.Text} blinks for 30 s", new JsonObject { ["id"] = id.Text, ["seconds"] = 30 });
            return ExitCode.Ok;
        }
    }
}

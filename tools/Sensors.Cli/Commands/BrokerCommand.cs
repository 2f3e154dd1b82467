using System;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Mqtt;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl broker</c>: the embedded broker by itself; its events are its output.</summary>
    internal static class BrokerCommand
    {
        public static Command Create(CliHost host, ParseContext context, GlobalOptions global)
        {
            Option<string> at = context.Create("--host", "address", $"Address to listen at (default: {LocalBroker.Loopback}).", Values.Text);
            Option<int> port = context.Create("--port", "n", "Port to listen at, 0 for any free one (default: 1883).", Values.WholeNumber(0, 65535));
            var command = new CliCommand("broker", "Run the embedded MQTT 3.1.1 broker.")
            {
                Options = { at, port },
                Examples =
                [
                    "sensorctl broker",
                    "sensorctl broker --port 0 --json",
                ],
                Notes = ["It keeps nothing on disk, asks nobody for a password, and listens on loopback unless --host says otherwise."],
            };
            var duration = new DurationOption(command, context);
            command.SetAction(async (parsed, stop) =>
            {
                using CancellationTokenSource until = duration.Until(parsed, stop);
                return await ActAsync(
                    host,
                    parsed.GetValue(at) ?? LocalBroker.Loopback,
                    parsed.GetResult(port) is null ? BrokerAddress.DefaultPort : parsed.GetValue(port),
                    global.Json(parsed),
                    until,
                    stop).ConfigureAwait(false);
            });
            return command;
        }

        private static async Task<int> ActAsync(CliHost host, string address, int port, bool json, CancellationTokenSource until, CancellationToken stop)
        {
            var lines = new EventLines(host.Out, json, until);
            var options = new MqttBrokerOptions
            {
                OnConnect = request => lines.Tell(new CliEvent(
                    "connected",
                    $"{Visible.Of(request.Packet.ClientId)} connected from {request.RemoteEndPoint}",
                    new JsonObject { ["client"] = request.Packet.ClientId, ["from"] = request.RemoteEndPoint?.ToString() })),
                OnSubscribe = asked => lines.Tell(new CliEvent(
                    "subscribed",
                    $"{Visible.Of(asked.ClientId)} subscribed to {Visible.Of(string.Join(", ", asked.Packet.Subscriptions.Select(each => each.Filter)))}",
                    new JsonObject
                    {
                        ["client"] = asked.ClientId,
                        ["filters"] = new JsonArray([.. asked.Packet.Subscriptions.Select(each => (JsonNode)each.Filter)]),
                    })),
                OnDisconnect = end => lines.Tell(new CliEvent(
                    "disconnected",
                    $"{Visible.Of(end.ClientId)} disconnected: {end.Reason}",
                    new JsonObject { ["client"] = end.ClientId, ["reason"] = end.Reason.ToString() })),
            };
            await using MqttBroker broker = LocalBroker.Start(address, port, options);
            var bound = new BrokerAddress(address, broker.BoundPort);
            lines.Tell(new CliEvent("listening", $"listening at {bound}", new JsonObject { ["host"] = bound.Host, ["port"] = bound.Port }));
            await Waiting.UntilCancelledAsync(until.Token).ConfigureAwait(false);
            return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;
        }
    }
}

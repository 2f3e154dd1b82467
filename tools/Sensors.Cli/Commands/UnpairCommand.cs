using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Pairings;
using Sensors.Cli.Parsing;
using Sensors.Commissioning;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl unpair</c>: has a node forget where it belongs.</summary>
    internal sealed class UnpairCommand : NodeCommand
    {
        private readonly Option<string> _code;
        private readonly Option<bool> _reset = new("--factory-reset") { Description = "Forget everything but the label: settings, journal, and readings nobody has got. By portal only." };
        private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask whether that is meant." };

        public UnpairCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("unpair", "Have a node forget its machine, network and broker.", host, context, global)
        {
            _code = context.Create("--code", "code", "The code of the board's label; other users of this PC can see it, a variable is better.", ReadCode);
            Options.Add(_code);
            Options.Add(_reset);
            Options.Add(_yes);
            Examples =
            [
                "sensorctl unpair 88.118.12345/PUMP-0001 --broker 10.0.0.5",
                "sensorctl unpair sensors-3F2A1C --code K7M2-9QXW --factory-reset --yes",
            ];
            Notes =
            [
                "The node forgets identifier, networks, broker, account and certificates, and waits to be paired. How it measures stays, and so do its readings: they keep the identifier they were read under.",
                "A node that works is told through its broker; one whose portal is open by that, with the code of its label. A held button opens the portal of a node that works.",
            ];
        }

        protected override async Task<int> AtPortalAsync(ParseResult parsed, WaitingNode node, PairingClient client, CancellationToken stop)
        {
            string name = node.State.Node;
            bool reset = parsed.GetValue(_reset);
            if (!await IsMeantAsync(parsed, reset ? $"Reset {name} to factory settings? Readings that nobody has got are lost" : $"Unpair {name}?", stop).ConfigureAwait(false))
            {
                return ExitCode.Ok;
            }

            string code = parsed.GetValue(_code) ?? await AskCodeAsync(parsed, name, stop).ConfigureAwait(false);
            await client.AuthenticateAsync(code, stop).ConfigureAwait(false);
            await (reset ? client.ResetAsync(stop) : client.UnpairAsync(stop)).ConfigureAwait(false);
            Done(parsed, reset ? $"{name} is as flashed, but for its label" : $"{name} is unpaired and waits", new JsonObject { ["node"] = name, ["did"] = reset ? "factory-reset" : "unpair" });
            return ExitCode.Ok;
        }

        protected override async Task<int> AtWorkAsync(ParseResult parsed, Identifier id, Report report, CancellationToken stop)
        {
            if (parsed.GetValue(_reset))
            {
                throw ErrorTable.Conflict.Because("--factory-reset wants the code of the label, and so the node's portal.", "hold the board's button for 5 s, then name the board: sensorctl unpair sensors-3F2A1C --factory-reset.", id.Text);
            }

            if (!await IsMeantAsync(parsed, $"Unpair {id.Text}? It leaves its network, and only its portal reaches it then", stop).ConfigureAwait(false))
            {
                return ExitCode.Ok;
            }

            await CallAsync(parsed, id, new JsonObject { ["cmd"] = "unpair", ["id"] = id.Text }, report, stop).ConfigureAwait(false);
            Done(parsed, $"{id.Text} is unpaired; the board opens its portal", new JsonObject { ["id"] = id.Text, ["did"] = "unpair" });
            return ExitCode.Ok;
        }

        private async Task<bool> IsMeantAsync(ParseResult parsed, string what, CancellationToken stop)
        {
            if (parsed.GetValue(_yes))
            {
                return true;
            }

            if (Asker(parsed) is not { } asker)
            {
                throw ErrorTable.Unanswered.Because("Unpairing was not confirmed, and this is no terminal that could be asked at.", "add --yes.");
            }

            bool meant = await asker.YesAsync(what, usual: false, stop).ConfigureAwait(false);
            if (!meant)
            {
                asker.Say("Nothing was done.");
            }

            return meant;
        }

        private async Task<string> AskCodeAsync(ParseResult parsed, string node, CancellationToken stop) => Asker(parsed) is { } asker
            ? await asker.TextAsync($"Code on the label of {node}", null, text => PairingLabel.Canonical(text) is null ? "A code has 6 to 16 letters and digits, such as K7M2-9QXW." : null, stop).ConfigureAwait(false)
            : throw ErrorTable.Unanswered.Because($"The code of {node} is not known.", "--code gives it.", node);

        private Asker? Asker(ParseResult parsed) => Host.Dialog is { } dialog && !Json(parsed) ? new Asker(Host, dialog) : null;

        private static string ReadCode(string text) => PairingLabel.Canonical(text) is not null ? text : throw new System.FormatException("a code has 6 to 16 letters and digits, such as K7M2-9QXW.");
    }
}

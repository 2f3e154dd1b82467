using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Identifiers;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Edge;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl id resolve</c>: asks from service to service, and tells whether an identifier is registered, reported, queried.</summary>
    internal sealed class IdResolveCommand : CliCommand
    {
        private const string UsualStore = "readings.db";

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string> _id = new("id") { Description = "The identifier." };
        private readonly ResolverOption _resolver;
        private readonly RegistryOption _registry;
        private readonly Option<string> _store;

        public IdResolveCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("resolve", "Ask resolution services about an identifier: registered, reported, queried.")
        {
            _host = host;
            _global = global;
            Arguments.Add(_id);
            _resolver = new ResolverOption(this, context);
            _store = context.Create("--store", "file", $"A collector's store, which tells when the node reported last (default: {UsualStore}, if it is there).", Values.Text);
            Options.Add(_store);
            _registry = new RegistryOption(this, context);
            Examples =
            [
                "sensorctl id resolve 88.888.888/NODE-0001 --resolver resolver-lab/resolver.json",
                "sensorctl id resolve 88.888.888/NODE-0001 --resolver resolver.json --store plant.db --json",
            ];
            Notes =
            [
                "Three states that are not the same. Registered: a service has a record. Reported: the node's readings arrive; a collector's store and the registry of nodes know. Queried: somebody resolved it; only some services tell.",
                "No address is built in: services are asked that the settings name, and those that they in turn name.",
                "Exit code 1 when the identifier is not registered.",
            ];
            SetAction((parsed, stop) => ActAsync(parsed, stop));
        }

        private async Task<int> ActAsync(ParseResult parsed, CancellationToken stop)
        {
            string id = ReadHandle(parsed.GetValue(_id)!);
            ResolverSettings settings = _resolver.Read(parsed);
            Uri first = settings.Handle ?? throw ErrorTable.BadResolverSettings.Because(
                $"{_resolver.File(parsed)} has no \"handle\": where resolving begins.", "docs/identifiers.md shows what stands in it.", _resolver.File(parsed));
            (NodeAccount? account, string? store) = Reported(parsed, id);
            NodeEntry? entry = _registry.IsThere(parsed) && Identifier.Check(id).Identifier is { } identifier
                ? RegistryOption.Read(_registry.File(parsed), registry => registry.Find(identifier))
                : null;
            Resolution resolution = await _resolver.AskAsync(parsed, async () =>
            {
                using var client = new HandleClient(settings);
                return await new ChainResolver(client, first).ResolveAsync(id, stop).ConfigureAwait(false);
            }).ConfigureAwait(false);

            var states = new IdentifierStates(id, resolution, account, store, entry);
            foreach (string line in _global.Json(parsed) ? [states.Json()] : states.Lines())
            {
                DataOut.WriteLine(_host.Out, line);
            }

            if (resolution.IsRegistered)
            {
                return ExitCode.Ok;
            }

            _global.ReportTo(_host, parsed).Tell(ErrorTable.NotRegistered.Because(
                $"{resolution.Record.Server} does not know {id}.", "sensorctl id register makes it known.", id));
            return ErrorTable.NotRegistered.Exit;
        }

        private (NodeAccount? Account, string? Store) Reported(ParseResult parsed, string id)
        {
            string file = parsed.GetValue(_store) ?? UsualStore;
            if (parsed.GetResult(_store) is null && !File.Exists(file)) { return (null, null); }
            using ReadingArchive archive = StoreOption.Read(file);
            return (StoreOption.Translate(file, () => LedgerReport.Of(archive, id)).Nodes.FirstOrDefault(), file);
        }

        private static string ReadHandle(string text)
        {
            KindVerdict verdict = IdentifierInspector.Check(text, IdentifierKind.Handle);
            return verdict.Validity == Validity.Invalid
                ? throw ErrorTable.BadIdentifier.Because($"'{text}': {verdict.Findings[0].What} {verdict.Findings[0].Why}", "sensorctl id check says more.", text)
                : text;
        }
    }
}

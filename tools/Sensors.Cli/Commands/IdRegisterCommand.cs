using System;
using System.Collections.Generic;
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
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl id register</c>: makes an identifier known, with what the registry knows of its node.</summary>
    internal sealed class IdRegisterCommand : CliCommand
    {
        private const string Enterprise = "enterprise";
        private const string Snms = "snms";

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string> _id = new("id") { Description = "The identifier." };
        private readonly ResolverOption _resolver;
        private readonly RegistryOption _registry;
        private readonly Option<string> _via;
        private readonly Option<RecordItem[]> _items;
        private readonly Option<bool> _update = new("--update") { Description = "Change what is registered already." };
        private readonly Option<bool> _remove = new("--remove") { Description = "Take the identifier back." };

        public IdRegisterCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("register", "Register an identifier at the enterprise node, with what is known of its node.")
        {
            _host = host;
            _global = global;
            Arguments.Add(_id);
            _resolver = new ResolverOption(this, context);
            _via = context.Create("--via", "interface", $"{Enterprise} or {Snms} (default: {Enterprise} where the settings have it).", Values.OneOf(Enterprise, Snms));
            _items = context.CreateMany("--item", "name=value", $"An item of the record; may be repeated. {string.Join(", ", NodeTemplate.Items.Select(item => item.Name))}.", ReadItem);
            Options.Add(_via);
            Options.Add(_items);
            Options.Add(_update);
            Options.Add(_remove);
            _registry = new RegistryOption(this, context);
            Examples =
            [
                "sensorctl id register 88.888.888/NODE-0001 --resolver resolver-lab/resolver.json",
                "sensorctl id register 88.888.888/NODE-0001 --resolver resolver.json --item name='Press 2' --item place='Hall 3' --update",
            ];
            Notes =
            [
                "The record is one of an active identifier carrier (type 1). Its items have the indexes 2000 and following; the template at the service must have them by these English names.",
                "What --item does not say is taken from the registry of nodes, where that knows the identifier; with --update only what --item says is changed, if it says anything.",
                "Where a service leaves open whether it registered (HTTP status 504), it is asked again, and an identifier that exists then counts as registered.",
            ];
            SetAction((parsed, stop) => ActAsync(parsed, stop));
        }

        private async Task<int> ActAsync(ParseResult parsed, CancellationToken stop)
        {
            Identifier identifier = TopicOptions.ReadId(parsed.GetValue(_id)!);
            bool update = parsed.GetValue(_update), remove = parsed.GetValue(_remove);
            if (update && remove) { throw ErrorTable.Conflict.Because("--update and --remove exclude each other.", "leave one of them out."); }
            if (remove && parsed.GetValue(_items) is { Length: > 0 }) { throw ErrorTable.Conflict.Because("--item says what to register, and --remove takes it back.", "leave one of them out."); }
            if (IdentifierTemplate.ReservedName(identifier.Suffix) is { } reserved)
            {
                throw ErrorTable.BadIdentifier.Because($"'{identifier}': a suffix that begins with {reserved} names no device.", "sensorctl id new gives one that does.", identifier.Text);
            }

            ResolverSettings settings = _resolver.Read(parsed);
            IReadOnlyList<RecordItem> items = remove ? [] : Items(parsed, identifier, update);
            string via = parsed.GetValue(_via) ?? (settings.Enterprise is null ? Snms : Enterprise);
            await _resolver.AskAsync(parsed, async () =>
            {
                using IRegistrar registrar = Open(parsed, settings, via);
                await (remove ? registrar.DeleteAsync(identifier.Text, stop)
                    : update ? registrar.UpdateAsync(identifier.Text, items, stop)
                    : registrar.CreateAsync(identifier.Text, items, stop)).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);

            string done = remove ? "removed" : update ? "updated" : "registered";
            DataOut.WriteLine(_host.Out, _global.Json(parsed) ? Json(identifier, done, via, items) : $"{done} {identifier}{(items.Count > 0 ? ": " + string.Join(", ", items.Select(item => item.Name)) : "")}");
            return ExitCode.Ok;
        }

        private List<RecordItem> Items(ParseResult parsed, Identifier identifier, bool update)
        {
            RecordItem[] given = parsed.GetValue(_items) ?? [];
            if (given.GroupBy(item => item.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            {
                throw ErrorTable.Conflict.Because($"--item {twice.Key} was given {twice.Count()} times.", "give it once.");
            }

            var items = given.ToList();
            if (!update || items.Count == 0)
            {
                NodeEntry? entry = _registry.IsThere(parsed) ? RegistryOption.Read(_registry.File(parsed), registry => registry.Find(identifier)) : null;
                IReadOnlyList<RecordItem> known;
                try
                {
                    known = entry is null ? [NodeTemplate.Make("name", identifier.Suffix)] : NodeTemplate.Of(entry);
                }
                catch (FormatException error)
                {
                    throw ErrorTable.BadItem.Because($"The registry's {error.Message}", "--item says something shorter.", cause: error);
                }

                items.AddRange(known.Where(item => !given.Any(each => each.Name == item.Name)));
            }

            items.Sort((left, right) => left.Index.CompareTo(right.Index));
            return items;
        }

        private IRegistrar Open(ParseResult parsed, ResolverSettings settings, string via) => via switch
        {
            Enterprise when settings.Enterprise is { } end => new EnterpriseNodeClient(end, settings),
            Snms when settings.Snms is { } end => new SnmsClient(end, settings, _host.Clock),
            _ => throw ErrorTable.BadResolverSettings.Because($"{_resolver.File(parsed)} has no \"{via}\".", "docs/identifiers.md shows what stands in it.", _resolver.File(parsed)),
        };

        private static string Json(Identifier identifier, string done, string via, IReadOnlyList<RecordItem> items) => JsonLine.Of(new JsonObject
        {
            ["version"] = 1,
            ["id"] = identifier.Text,
            ["done"] = done,
            ["via"] = via,
            ["items"] = new JsonArray([.. items.Select(item => (JsonNode)new JsonObject { ["index"] = item.Index, ["name"] = item.Name, ["value"] = item.Value })]),
        });

        private static RecordItem ReadItem(string text)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) { throw new FormatException($"'{text}' is not NAME=VALUE."); }
            try
            {
                return NodeTemplate.Make(text[..equals], text[(equals + 1)..]);
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadItem.Because(error.Message, "sensorctl id register --help lists the items.", text, error);
            }
        }
    }
}

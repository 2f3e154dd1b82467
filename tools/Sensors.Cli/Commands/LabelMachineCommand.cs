using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Identifiers;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl label machine</c>: draws the label of a machine from what the registry knows.</summary>
    internal sealed class LabelMachineCommand : CliCommand
    {
        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string> _node = new("node") { Description = "The identifier, or the name on the board's label." };
        private readonly LabelOptions _label;
        private readonly RegistryOption _registry;
        private readonly Option<string> _domain;
        private readonly Option<string> _name;

        public LabelMachineCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("machine", "Draw the label of a machine: its identifier as QR code, and what people read.")
        {
            _host = host;
            _global = global;
            Arguments.Add(_node);
            _name = context.Create("--name", "text", "What people call the machine (default: as the registry has it).", Values.Text);
            _domain = context.Create("--domain", "domain", "Make the code a link: https://domain/identifier (default: the bare identifier).", Values.Text);
            Options.Add(_name);
            Options.Add(_domain);
            _label = new LabelOptions(this, context);
            _registry = new RegistryOption(this, context);
            Examples =
            [
                "sensorctl label machine 88.608.8889/NODE-0001 --out labels",
                "sensorctl label machine sensors-3F2A1C --size 40x30 --domain id.example.cn --out labels",
            ];
            Notes =
            [
                "Modules are at least 0.35 mm, error correction is level Q where it fits, else M. The drawing (SVG) has every letter; the picture (PNG) shows boxes for letters that are not ASCII.",
                "A link in the manner of IEC 61406 wants a domain that is kept for as long as the machine.",
            ];
            SetAction(parsed => Act(parsed));
        }

        private int Act(ParseResult parsed)
        {
            string text = parsed.GetValue(_node)!;
            string registry = _registry.File(parsed);
            NodeEntry? entry = Identifier.Check(text).Identifier is { } identifier && !_registry.IsThere(parsed)
                ? null
                : RegistryOption.Read(registry, each => Identifier.Check(text).Identifier is { } known ? each.Find(known) : RegistryOption.Find(each, registry, text));
            var label = new MachineLabel
            {
                Identifier = entry?.Identifier ?? TopicOptions.ReadId(text),
                Machine = parsed.GetValue(_name) ?? entry?.Name,
                Node = entry?.Hardware?.Node,
                Date = entry is null ? null : DateOnly.FromDateTime(entry.PairedAt.UtcDateTime),
                Domain = parsed.GetValue(_domain),
            };
            LabelPicture picture = _label.Make(parsed, maker => maker.Machine(label));
            string folder = _label.Folder(parsed);
            string file = Path.Combine(folder, label.Identifier.Text.Replace('/', '_'));
            LabelOptions.Write(folder, () =>
            {
                File.WriteAllText(file + ".svg", picture.ToSvg());
                File.WriteAllBytes(file + ".png", picture.ToPng());
            });
            if (picture.HasBoxes)
            {
                _global.ReportTo(_host, parsed).Tell(new CliEvent("boxes", $"{file}.png shows boxes for letters that are not ASCII; {file}.svg has them."));
            }

            DataOut.WriteLine(_host.Out, _global.Json(parsed) ? Json(label, picture, file) : FormattableString.Invariant(
                $"{file}.svg, .png  {picture.WidthMillimetres:0.#} x {picture.Stock.HeightMillimetres:0.#} mm, QR version {picture.Version}, level {picture.Level}, modules of {picture.ModuleMillimetres:0.00} mm"));
            return ExitCode.Ok;
        }

        private static string Json(MachineLabel label, LabelPicture picture, string file) => JsonLine.Of(new JsonObject
        {
            ["version"] = 1,
            ["id"] = label.Identifier.Text,
            ["content"] = picture.Content,
            ["lines"] = new JsonArray([.. picture.Lines.Select(line => (JsonNode)line)]),
            ["svg"] = file + ".svg",
            ["png"] = file + ".png",
            ["qr_version"] = picture.Version,
            ["qr_level"] = picture.Level.ToString(),
            ["module_mm"] = Math.Round(picture.ModuleMillimetres, 3),
        });
    }
}

using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Identification;
using Sensors.Node;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl id new</c>: gives identifiers out, none of them twice.</summary>
    internal sealed class IdNewCommand : CliCommand
    {
        private const int Most = 10000;

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly RegistryOption _registry;
        private readonly Option<string> _prefix;
        private readonly Option<string> _template;
        private readonly Option<string> _class;
        private readonly Option<string> _model;
        private readonly Option<string> _date;
        private readonly Option<int> _count;
        private readonly Option<bool> _preview = new("--preview") { Description = "Show what would be given, and give nothing." };

        public IdNewCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("new", "Give identifiers out from a template, none twice.")
        {
            _host = host;
            _global = global;
            _prefix = context.Create("--prefix", "prefix", "The enterprise's prefix, such as 88.608.8889.", Values.Text, required: true);
            _template = context.Create("--template", "suffix", $"The suffix with fields (default: {IdentifierTemplate.Usual}).", Values.Text);
            _class = context.Create("--class", "digits", "What {class} is: six digits, such as 870101.", Values.Text);
            _model = context.Create("--model", "name", "What {model} is.", Values.Text);
            _date = context.Create("--date", "yyyymmdd", "What {date} is (default: today).", Values.Text);
            _count = context.Create("--count", "n", $"How many (default: 1, at most {Most}).", Values.WholeNumber(1, Most));
            Options.Add(_prefix);
            Options.Add(_template);
            Options.Add(_class);
            Options.Add(_model);
            Options.Add(_date);
            Options.Add(_count);
            Options.Add(_preview);
            _registry = new RegistryOption(this, context);
            Examples =
            [
                "sensorctl id new --prefix 88.608.24061301 --class 870101 --model NF01",
                "sensorctl id new --prefix 88.608.8889 --template 'PRESS-{serial:3}' --count 20 --preview",
            ];
            Notes =
            [
                "Fields of a template: {class}, {model}, {date} and one {serial}, or {serial:4} for four digits. All else stands as it is. Suffixes that begin with META_, App_, User_ or Group_ are refused: enterprise nodes name other things so.",
                "The registry counts, per prefix and template. A number whose identifier is taken, whatever the case of its letters, is passed over.",
            ];
            SetAction(parsed => Act(parsed));
        }

        private int Act(ParseResult parsed)
        {
            IdentifierTemplate template = Read(parsed);
            string file = _registry.File(parsed);
            int count = parsed.GetResult(_count) is null ? 1 : parsed.GetValue(_count);
            bool keep = !parsed.GetValue(_preview);
            using NodeRegistry none = NodeRegistry.InMemory(); // a preview makes no file
            IReadOnlyList<Identifier> given = keep ? RegistryOption.Use(file, Give) : RegistryOption.Read(_registry.IsThere(parsed) ? file : null, none, Give);
            foreach (Identifier identifier in given)
            {
                DataOut.WriteLine(_host.Out, _global.Json(parsed)
                    ? JsonLine.Of(new JsonObject { ["version"] = 1, ["id"] = identifier.Text, ["given"] = keep })
                    : identifier.Text);
            }

            return ExitCode.Ok;

            IReadOnlyList<Identifier> Give(INodeRegistry registry) => registry.Give(template.Series, template.Make, count, keep, _host.Clock.GetUtcNow());
        }

        private IdentifierTemplate Read(ParseResult parsed)
        {
            var fields = new Dictionary<string, string> { ["date"] = parsed.GetValue(_date) ?? _host.Clock.GetLocalNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture) };
            if (parsed.GetValue(_class) is { } @class) { fields["class"] = @class; }
            if (parsed.GetValue(_model) is { } model) { fields["model"] = model; }
            try
            {
                return IdentifierTemplate.Parse(parsed.GetValue(_prefix)!, parsed.GetValue(_template) ?? IdentifierTemplate.Usual, fields);
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadTemplate.Because(error.Message, "sensorctl id new --help shows templates; --class and --model fill their fields.", cause: error);
            }
        }
    }
}

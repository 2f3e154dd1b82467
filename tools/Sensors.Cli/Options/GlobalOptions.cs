using System.CommandLine;
using Sensors.Cli.Host;
using Sensors.Cli.Output;

namespace Sensors.Cli.Options
{
    /// <summary>The options every command has.</summary>
    internal sealed class GlobalOptions
    {
        private readonly Option<bool> _json = new("--json") { Description = "Write JSON: one object per line.", Recursive = true };
        private readonly Option<bool> _noColor = new("--no-color") { Description = "Use no colours (NO_COLOR does the same).", Recursive = true };

        public GlobalOptions(RootCommand root)
        {
            root.Options.Add(_json);
            root.Options.Add(_noColor);
        }

        public bool Json(ParseResult parsed) => parsed.GetValue(_json);

        public bool NoColor(ParseResult parsed) => parsed.GetValue(_noColor);

        public Report ReportTo(CliHost host, ParseResult parsed) => new(host, Json(parsed), NoColor(parsed));
    }
}

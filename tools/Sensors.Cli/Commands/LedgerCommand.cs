using System.CommandLine;
using System.Globalization;
using System.Linq;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Edge;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl ledger</c>: what came of every number the nodes gave out, as far as the store knows.</summary>
    internal sealed class LedgerCommand : CliCommand
    {
        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Argument<string?> _id;
        private readonly StoreOption _store;
        private readonly Option<bool> _gaps = new("--gaps") { Description = "List every gap record, and every range that is missing without one." };

        public LedgerCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("ledger", "Account for every reading in a store: received, lost and why, missing.")
        {
            _host = host;
            _global = global;
            _id = new Argument<string?>("id") { Description = "Of this node only.", Arity = ArgumentArity.ZeroOrOne };
            Arguments.Add(_id);
            _store = new StoreOption(this, context, "The file");
            Options.Add(_gaps);
            Examples =
            [
                "sensorctl ledger --store plant.db",
                "sensorctl ledger 88.118.12345/NODE-0001 --gaps",
                "sensorctl ledger --json",
            ];
            Notes =
            [
                "A line per node and epoch: readings and alarms stored, how many came again and how many after later ones, how many are lost for a reason that the node told, and how many are missing without one. A thinned reading is a lost one; - stands for none.",
                "What a node still holds comes later, and is missing until then. After a power cut nobody knows how far the numbers went: what may have been is no loss, and --gaps shows it.",
                "Exit code 1 when a number is missing without a reason, or the store knows nothing of the node.",
            ];
            SetAction(parsed => Act(parsed, global.ReportTo(host, parsed)));
        }

        private int Act(ParseResult parsed, Report report)
        {
            string? id = parsed.GetValue(_id) is { } text ? TopicOptions.ReadId(text).Text : null;
            string file = _store.File(parsed);
            using ReadingArchive archive = StoreOption.Read(file);
            LedgerReport ledger = StoreOption.Translate(file, () => LedgerReport.Of(archive, id));
            if (id is not null && ledger.Nodes.Count == 0)
            {
                throw ErrorTable.UnknownNode.Because($"{file} knows nothing of {id}.", $"sensorctl ledger --store {file} lists its nodes.", id);
            }

            bool gaps = parsed.GetValue(_gaps);
            foreach (string line in _global.Json(parsed) ? LedgerText.Json(ledger, gaps) : LedgerText.Lines(ledger, gaps))
            {
                DataOut.WriteLine(_host.Out, line);
            }

            long missing = ledger.Nodes.Sum(node => node.Missing);
            if (missing == 0)
            {
                return ExitCode.Ok;
            }

            report.Tell(ErrorTable.Unexplained.Because(
                string.Create(CultureInfo.InvariantCulture, $"{missing} {(missing == 1 ? "number is" : "numbers are")} missing, and no gap record says why."),
                gaps ? "what a node still holds comes when it is online and sensorctl collect runs." : "--gaps lists them; what a node still holds comes when it is online and sensorctl collect runs.",
                missing.ToString(CultureInfo.InvariantCulture)));
            return ErrorTable.Unexplained.Exit;
        }
    }
}

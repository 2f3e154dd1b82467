using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Pairings;
using Sensors.Cli.Parsing;
using Sensors.Cli.VirtualNodes;
using Sensors.Commissioning;
using Sensors.Identification;
using Sensors.Node;
using Sensors.Pairing;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl pair</c>: from a flashed board to a node whose readings carry the machine's identifier.</summary>
    internal sealed class PairCommand : CliCommand
    {
        private const int MostVirtual = 200;
        private const int UsualParallel = 8;
        private const double UsualWait = 60;
        private const double PlanWait = 600;
        private const string UsualFolder = "pairing";

        private readonly CliHost _host;
        private readonly GlobalOptions _global;
        private readonly Option<string> _node;
        private readonly Option<string> _code;
        private readonly Option<string> _plan;
        private readonly Option<string> _template;
        private readonly SetupOptions _setup;
        private readonly Option<double> _wait;
        private readonly Option<int> _parallel;
        private readonly Option<bool> _noReadings = new("--no-readings") { Description = "Do not listen at the broker for the first readings: where this PC cannot reach it." };
        private readonly Option<string> _by;
        private readonly Option<string> _out;
        private readonly RegistryOption _registry;
        private readonly Option<LabelStock> _label;
        private readonly Option<string> _domain;
        private readonly Option<string> _profile;
        private readonly Option<int> _virtual;
        private readonly Option<string> _volume;
        private readonly AirOptions _air;
        private readonly Option<double> _pace;
        private readonly Option<int> _seed;

        public PairCommand(CliHost host, ParseContext context, GlobalOptions global)
            : base("pair", "Pair nodes with their machines: Wi-Fi, broker, identifier; proved by their first readings.")
        {
            _host = host;
            _global = global;
            _node = context.Create("--node", "name", "The node, as its label has it: sensors-3F2A1C (default: the one that waits).", ReadNode);
            _code = context.Create("--code", "code", "The code of its label; other users of this PC can see it, a variable is better.", ReadCode);
            _plan = context.Create("--plan", "file", "Pair all nodes of a plan, without a question; '-' reads it from standard input.", Values.Text);
            _template = context.Create("--template", "template", "Make identifiers, such as '88.118.12345/PUMP-{serial:4}'; numbers are taken from the registry.", ReadTemplate);
            foreach (Option option in (Option[])[_node, _code, _plan])
            {
                Options.Add(option);
            }

            _setup = new SetupOptions(this, context);
            _wait = context.Create("--wait", "seconds", FormattableString.Invariant($"How long to wait for a node (default: {UsualWait}, with a plan {PlanWait}, at a terminal until Ctrl-C)."), Values.Number(0, 86400));
            _parallel = context.Create("--parallel", "n", FormattableString.Invariant($"How many nodes at once (default: {UsualParallel})."), Values.WholeNumber(1, MostVirtual));
            _by = context.Create("--by", "name", "Who pairs; for the report.", Values.Text);
            _out = context.Create("--out", "directory", $"Where report and label go (default: {UsualFolder}).", Values.Text);
            _label = context.Create("--label", "size", "What labels are printed on: tape in mm, or pieces as 40x30 (default: 24).", LabelStock.Parse);
            _domain = context.Create("--domain", "name", "Domain of the label's link, such as id.example.cn (default: the bare identifier).", Values.Text);
            _profile = context.Create("--profile", "file", "What was answered last, without secrets (default: sensors/pair.json where configurations are).", Values.Text);
            _virtual = context.Create("--virtual", "n", "Make so many fresh virtual boards in this process, and pair them.", Values.WholeNumber(1, MostVirtual));
            _volume = context.Create("--volume", "directory", "Keep the virtual boards' volumes there, for sensorctl run --volume.", Values.Text);
            _pace = context.Create("--pace", "factor", "How much faster than real time virtual boards live (default: 1).", Values.Number(0.1, 100));
            _seed = context.Create("--seed", "n", "Number everything random on virtual boards comes from (default: drawn).", Values.WholeNumber(0, int.MaxValue));
            foreach (Option option in (Option[])[_template, _wait, _parallel, _noReadings, _by, _out, _label, _domain, _profile, _virtual, _volume, _pace, _seed])
            {
                Options.Add(option);
            }

            _air = new AirOptions(this, context);
            _registry = new RegistryOption(this, context);
            Examples =
            [
                "sensorctl pair",
                "sensorctl pair --plan hall3.json --out acceptance",
                "sensorctl pair --node sensors-3F2A1C --id 88.118.12345/PUMP-0001 --ssid 'Hall 3' --wifi-password-file wifi.txt --broker 10.0.0.5",
                "sensorctl pair --id 88.118.12345/PUMP-0001 --replace",
                "sensorctl pair --virtual 1 --broker 127.0.0.1:1883",
            ];
            Notes =
            [
                "At a terminal it asks what it does not know: the label's code, network, password, broker, identifier. When a trial fails it says in which stage and why, and asks the one thing again; "
                    + "the node keeps its old settings until new ones have worked from end to end. In a pipe nothing asks.",
                "The tool waits until this PC has joined the node's access point, and goes on by itself; while the node tries a network the access point may be away for seconds.",
                "The verdict goes to standard output, with --json a report per node; progress, questions and errors go to the error stream. Report (HTML and JSON) and label (SVG and PNG) go to --out, the entry into the registry (sensorctl nodes); no secret is in them.",
                "Exit code 1 when a trial failed, or a point's reading is missing or faulty.",
                AirOptions.FaultHelp,
            ];
            SetAction((parsed, stop) => ActAsync(parsed, global.ReportTo(host, parsed), stop));
        }

        private bool Json(ParseResult parsed) => _global.Json(parsed);

        private async Task<int> ActAsync(ParseResult parsed, Report report, CancellationToken stop)
        {
            Check(parsed);
            NodeSetup given = _setup.Read(parsed);
            PairingPlan? plan = ReadPlan(parsed);
            VirtualNodeOptions board = Board(parsed);
            int boards = parsed.GetResult(_virtual) is null ? 0 : parsed.GetValue(_virtual);
            if (plan is not null && boards > 0 && plan.Nodes.Count != boards)
            {
                throw ErrorTable.Conflict.Because($"The plan has {plan.Nodes.Count} nodes, and --virtual makes {boards}.", $"write --virtual {plan.Nodes.Count}.");
            }

            CheckPlan(plan, given, boards > 0);
            IDialog? dialog = plan is null && !Json(parsed) ? _host.Dialog : null;
            int count = plan?.Nodes.Count ?? Math.Max(1, boards);
            using var files = new PairFiles(parsed.GetValue(_out) ?? UsualFolder, _registry.File(parsed), parsed.GetValue(_label) ?? LabelStock.Tape24, parsed.GetValue(_domain));
            var view = new PairingView(_host, report, Json(parsed), several: count > 1 && dialog is null, endsWithError: count == 1 && dialog is null);
            string profile = parsed.GetValue(_profile) ?? PairProfile.UsualFile(_host.Environment);
            Interview? interview = dialog is null ? null : new Interview(new Asker(_host, dialog), PairProfile.Read(profile));
            Identifier? first = Identifier.Check(given.Id).Identifier;
            var pairer = new Pairer(view, interview, files, new IdentifierGiver(first, count, parsed.GetValue(_template), text => files.Give(Template(text))))
            {
                Listens = !parsed.GetValue(_noReadings),
                By = parsed.GetValue(_by),
                Again = given.Replace == true,
            };
            NodeSetup common = given with { Id = null }; // one identifier is one node's: the series gives it

            List<(string Node, AcceptanceReport? Report, CliException? Error)> results;
            using (var bench = new VirtualBench(board, boards, parsed.GetValue(_volume)))
            using (var discovery = new NodeDiscovery(_host.VirtualFolder, _host.RealPortal))
            {
                var finder = new NodeFinder(discovery, report.Tell);
                if (boards > 0)
                {
                    report.Tell(new CliEvent("boards", $"{boards} fresh virtual {(boards == 1 ? "board" : "boards")}; waiting for the portal", new JsonObject { ["boards"] = boards }));
                    PairJob[] jobs = [.. (await bench.StartAsync(stop).ConfigureAwait(false)).Select((each, i) => JobOf(each, plan?.Nodes[i], common, parsed))];
                    results = await RunAsync(jobs, pairer, files, view, interview is null ? Parallel(parsed) : 1, stop).ConfigureAwait(false);
                }
                else if (plan is not null)
                {
                    results = await RunPlanAsync(plan, common, pairer, files, view, finder, discovery, parsed, stop).ConfigureAwait(false);
                }
                else
                {
                    PairJob job = await FindJobAsync(finder, discovery, common, interview is null ? null : new Asker(_host, dialog!), parsed, stop).ConfigureAwait(false);
                    results = await RunAsync([job], pairer, files, view, 1, stop).ConfigureAwait(false);
                }

                interview?.Profile.Write(profile);
            }

            return End(parsed, report, results);
        }

        private void Check(ParseResult parsed)
        {
            bool virtually = parsed.GetResult(_virtual) is not null;
            if (!virtually && (_air.Given(parsed) ?? Given(parsed, _volume, _pace, _seed)) is { } stray)
            {
                throw ErrorTable.Conflict.Because($"{stray.Name} is about virtual boards, and there is none.", $"add --virtual 1, or leave {stray.Name} out.", stray.Name);
            }

            if (virtually && Given(parsed, _node, _code) is { } label)
            {
                throw ErrorTable.Conflict.Because($"{label.Name} is about a label, and fresh virtual boards have new ones.", $"leave out {label.Name}: the tool reads the labels itself.", label.Name);
            }

            if (parsed.GetResult(_plan) is not null && (Given(parsed, _node, _code) ?? (_setup.NamesIdentifier(parsed) ? Options.First(option => option.Name == "--id") : null)) is { } single)
            {
                throw ErrorTable.Conflict.Because($"{single.Name} is about one node, and the plan says it for each.", $"leave out {single.Name}, or --plan.", single.Name);
            }

            if (_setup.NamesIdentifier(parsed) && parsed.GetResult(_template) is not null)
            {
                throw ErrorTable.Conflict.Because("--id and --template are both given.", "give one of them.");
            }

            static Option? Given(ParseResult parsed, params Option[] options) => options.FirstOrDefault(option => parsed.GetResult(option) is not null);
        }

        private VirtualNodeOptions Board(ParseResult parsed) => _host.Nodes(new VirtualNodeOptions
        {
            Id = null,
            BrokerHost = string.Empty,
            BrokerPort = 0,
            Air = _air.Read(parsed),
            Pace = parsed.GetResult(_pace) is null ? 1 : parsed.GetValue(_pace),
            Seed = (ulong)(parsed.GetResult(_seed) is null ? RandomNumberGenerator.GetInt32(int.MaxValue) : parsed.GetValue(_seed)),
        });

        private PairingPlan? ReadPlan(ParseResult parsed)
        {
            if (parsed.GetValue(_plan) is not { } file)
            {
                return null;
            }

            try
            {
                byte[] text = file == "-" ? System.Text.Encoding.UTF8.GetBytes(_host.In.ReadToEnd()) : File.ReadAllBytes(file);
                string folder = file == "-" ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(file))!;
                return PairingPlan.Read(text, folder, name => _host.Environment.TryGetValue(name, out string? value) ? value : null);
            }
            catch (PlanException error)
            {
                throw ErrorTable.BadPlan.Because($"{file}, {error.Message}.", "tools/Sensors.Commissioning/README.md shows a plan with every member.", file, error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw ErrorTable.BadPlan.Because($"The plan {file} cannot be read: {error.Message}", "name a file that exists and that you may read.", file, error);
            }
        }

        /// <summary>Whether all nodes of a plan could work with it is known before the first one is talked with.</summary>
        private static void CheckPlan(PairingPlan? plan, NodeSetup given, bool isVirtual)
        {
            const string AnyId = "88.118.12345/ANY";
            foreach (PlanNode planned in plan?.Nodes ?? [])
            {
                NodeSetup setup = given.Over(planned.Setup);
                try
                {
                    if (planned.Template is { } template)
                    {
                        _ = Template(template);
                    }

                    setup = setup.Id is null && planned.Template is not null ? setup with { Id = AnyId } : setup;
                    _ = SettingsWriter.Write(setup.Networks is null && isVirtual ? setup with { Networks = [new WifiSetup("any", string.Empty)] } : setup, DateTimeOffset.UtcNow);
                }
                catch (SetupException wrong)
                {
                    throw ErrorTable.BadPlan.Because(
                        string.Create(CultureInfo.InvariantCulture, $"The node in line {planned.Line} of the plan: {wrong.Message}."), "docs/settings.md says what each setting takes.", wrong.Key, wrong);
                }
            }
        }

        private PairJob JobOf((VirtualNode Node, PairingLabel Label, NodeClock Clock) board, PlanNode? planned, NodeSetup given, ParseResult parsed)
        {
            NodeSetup setup = planned is null ? given : given.Over(planned.Setup);
            AirNetwork usual = _air.Read(parsed).Networks[0];
            return new PairJob
            {
                Node = board.Label.Name,
                Endpoint = () => board.Node.Portal is { } portal ? new Uri($"http://{portal}/") : null,
                Clock = board.Clock,
                Code = board.Label.Code,
                Template = planned?.Template,

                // The air around a virtual board is no secret of anybody's: without a word about it, its first network is meant.
                Setup = setup.Networks is null && (_host.Dialog is null || planned is not null || Json(parsed)) ? setup with { Networks = [new WifiSetup(usual.Ssid, usual.Password)] } : setup,
            };
        }

        private async Task<PairJob> FindJobAsync(NodeFinder finder, NodeDiscovery discovery, NodeSetup given, Asker? asker, ParseResult parsed, CancellationToken stop)
        {
            TimeSpan limit = parsed.GetResult(_wait) is not null ? TimeSpan.FromSeconds(parsed.GetValue(_wait)) : asker is null ? TimeSpan.FromSeconds(UsualWait) : TimeSpan.FromDays(1);
            IReadOnlyList<WaitingNode> found = await finder.WaitAsync(parsed.GetValue(_node), _ => true, limit, stop).ConfigureAwait(false);
            WaitingNode node = found.Count == 1 ? found[0] : await ChooseAsync(found, asker, stop).ConfigureAwait(false);
            asker?.Say($"Found {node.State.Node} ({Visible.Of(node.State.Board ?? "unknown board")}, firmware {Visible.Of(node.State.Firmware ?? "?")}{(node.IsVirtual ? ", virtual" : string.Empty)}).");
            return new PairJob
            {
                Node = node.State.Node,
                Endpoint = discovery.EndpointOf(node),
                Clock = NodeClock.Real(),
                Code = parsed.GetValue(_code),
                Setup = given,
            };
        }

        private static async Task<WaitingNode> ChooseAsync(IReadOnlyList<WaitingNode> found, Asker? asker, CancellationToken stop)
        {
            string[] names = [.. found.Select(node => node.State.Node)];
            if (asker is null)
            {
                throw ErrorTable.Unanswered.Because($"Several nodes wait: {string.Join(", ", names)}.", "--node says which one.", names[0]);
            }

            asker.Say("Nodes that wait:");
            for (int i = 0; i < names.Length; i++)
            {
                asker.Say(string.Create(CultureInfo.InvariantCulture, $"  {i + 1}  {names[i]}  {Visible.Of(found[i].State.Board ?? "-")}{(found[i].IsVirtual ? ", virtual" : string.Empty)}{(found[i].State.Paired ? ", paired already" : string.Empty)}"));
            }

            string chosen = await asker.OneOfAsync(
                "Which one, its number or name", names, null, text => NodeName.TryRead(text, out string? name) && names.Contains(name) ? null : "A number of the list, or a name, please.", stop).ConfigureAwait(false);
            _ = NodeName.TryRead(chosen, out string? full);
            return found.First(node => node.State.Node == full);
        }

        /// <summary>Nodes of a plan in whatever order they come: of real ones this PC sees one at a time, the one whose access point it has joined.</summary>
        private async Task<List<(string Node, AcceptanceReport? Report, CliException? Error)>> RunPlanAsync(
            PairingPlan plan, NodeSetup given, Pairer pairer, PairFiles files, PairingView view, NodeFinder finder, NodeDiscovery discovery, ParseResult parsed, CancellationToken stop)
        {
            TimeSpan limit = TimeSpan.FromSeconds(parsed.GetResult(_wait) is not null ? parsed.GetValue(_wait) : PlanWait);
            var waiting = new List<PlanNode>(plan.Nodes);
            var results = new List<(string Node, AcceptanceReport? Report, CliException? Error)>();
            var done = new HashSet<string>(StringComparer.Ordinal);
            while (waiting.Count > 0)
            {
                IReadOnlyList<WaitingNode> found;
                try
                {
                    string? only = waiting.Count == 1 ? waiting[0].Node : null;
                    found = await finder.WaitAsync(only, node => !done.Contains(node.State.Node) && waiting.Exists(planned => planned.Node is null || planned.Node == node.State.Node), limit, stop).ConfigureAwait(false);
                }
                catch (CliException nobody)
                {
                    results.AddRange(waiting.Select(planned => (planned.Node ?? "any node", (AcceptanceReport?)null, (CliException?)nobody)));
                    break;
                }

                var jobs = new List<PairJob>();
                foreach (WaitingNode node in found)
                {
                    if ((waiting.Find(each => each.Node == node.State.Node) ?? waiting.Find(each => each.Node is null)) is not { } planned)
                    {
                        continue;
                    }

                    waiting.Remove(planned);
                    done.Add(node.State.Node);
                    jobs.Add(new PairJob
                    {
                        Node = node.State.Node,
                        Endpoint = discovery.EndpointOf(node),
                        Clock = NodeClock.Real(),
                        Code = planned.Code,
                        Template = planned.Template,
                        Setup = given.Over(planned.Setup),
                    });
                }

                results.AddRange(await RunAsync(jobs, pairer, files, view, Parallel(parsed), stop).ConfigureAwait(false));
            }

            return results;
        }

        private static async Task<List<(string Node, AcceptanceReport? Report, CliException? Error)>> RunAsync(
            IReadOnlyList<PairJob> jobs, Pairer pairer, PairFiles files, PairingView view, int parallel, CancellationToken stop)
        {
            using var room = new SemaphoreSlim(parallel);
            PairJob[] prepared = [.. jobs.Select(pairer.Prepare)];
            return [.. await Task.WhenAll(prepared.Select(RunOneAsync)).ConfigureAwait(false)];

            async Task<(string Node, AcceptanceReport? Report, CliException? Error)> RunOneAsync(PairJob job)
            {
                await room.WaitAsync(stop).ConfigureAwait(false);
                try
                {
                    AcceptanceReport made = await pairer.PairAsync(job, stop).ConfigureAwait(false);
                    string page = files.Write(made);
                    view.Tell(new CliEvent("report", $"{(made.Verdict == AcceptanceVerdict.NotPaired ? "report" : "report, beside it the label")}: {page}", new JsonObject { ["node"] = job.Node, ["report"] = page, ["registry"] = files.RegistryFile }));
                    return (job.Node, made, null);
                }
                catch (CliException error)
                {
                    return (job.Node, null, error);
                }
                finally
                {
                    room.Release();
                }
            }
        }

        private int End(ParseResult parsed, Report report, List<(string Node, AcceptanceReport? Report, CliException? Error)> results)
        {
            bool json = Json(parsed);
            foreach ((string _, AcceptanceReport? made, CliException? _) in results.Where(result => json && result.Report is not null))
            {
                DataOut.WriteLine(_host.Out, JsonLine.Of(ReportJson.Of(made!)));
            }

            if (results.Count > 1)
            {
                foreach (string line in json ? [] : PairSummary.Table(results))
                {
                    DataOut.WriteLine(_host.Out, line);
                }

                foreach ((string _, AcceptanceReport? _, CliException? error) in results.Where(result => result.Error is not null))
                {
                    report.Tell(error!);
                }

                int good = results.Count(result => result.Report is { } made && IsGood(made));
                return good == results.Count ? ExitCode.Ok : throw ErrorTable.BatchIncomplete.Because(
                    $"{results.Count - good} of {results.Count} nodes are not paired and verified.", "the table names them; a plan with these alone does the rest.");
            }

            (string node, AcceptanceReport? one, CliException? failure) = results[0];
            if (failure is not null)
            {
                throw failure;
            }

            foreach (string line in json ? [] : PairSummary.Lines(one!))
            {
                DataOut.WriteLine(_host.Out, line);
            }

            return IsGood(one!) ? ExitCode.Ok : throw Failure(node, one!);
        }

        private static bool IsGood(AcceptanceReport made) => made.Verdict is AcceptanceVerdict.Accepted or AcceptanceVerdict.NotWatched;

        private static CliException Failure(string node, AcceptanceReport made)
        {
            if (made.Last is { IsRolledBack: true } trial)
            {
                Cause cause = CauseTable.Find(trial.Cause);
                return ErrorTable.TrialFailed.Because(
                    string.Create(CultureInfo.InvariantCulture, $"{node}: {trial.Stage ?? cause.Stage} failed after {trial.Took.TotalSeconds:F1} s: {cause.Title} ({cause.Word}).") + (trial.Text is { Length: > 0 } words ? $" The node says: {Visible.Of(words)}." : string.Empty),
                    cause.Hint,
                    cause.Word);
            }

            string found = VerdictText.Word(made.Verdict);
            return made.Verdict == AcceptanceVerdict.NoReading
                ? ErrorTable.NotVerified.Because(
                    $"{node} is paired, but no reading came to this PC: {made.Testimony?.Trouble ?? "the broker delivered none"}.", "--no-readings pairs where this PC cannot reach the broker; sensorctl watch listens there.", found)
                : ErrorTable.NotVerified.Because(
                    $"{node} is paired, but a point is missing or faulty.", "look at the sensor of that point, its wires and its declaration; the node tells readings as soon as it is found.", found);
        }

        private int Parallel(ParseResult parsed) => parsed.GetResult(_parallel) is null ? UsualParallel : parsed.GetValue(_parallel);

        private static IdentifierTemplate Template(string text)
        {
            try
            {
                return TemplateOf(text);
            }
            catch (FormatException error)
            {
                throw ErrorTable.BadIdentifier.Because($"The template '{text}': {error.Message}", "write prefix/suffix with {serial:4}, such as '88.118.12345/PUMP-{serial:4}'.", text, error);
            }
        }

        private static IdentifierTemplate TemplateOf(string text)
        {
            int slash = text.IndexOf('/', StringComparison.Ordinal);
            return slash <= 0
                ? throw new FormatException("the prefix and its slash are missing.")
                : IdentifierTemplate.Parse(text[..slash], text[(slash + 1)..], new Dictionary<string, string> { ["date"] = DateTime.UtcNow.ToString("yyyyMMdd", CultureInfo.InvariantCulture) });
        }

        private static string ReadTemplate(string text)
        {
            _ = Template(text);
            return text;
        }

        private static string ReadNode(string text) => NodeName.TryRead(text, out string? name) ? name : throw new FormatException($"'{text}' is no name of a node, such as sensors-3F2A1C.");

        private static string ReadCode(string text) => PairingLabel.Canonical(text) is not null ? text : throw new FormatException("a code has 6 to 16 letters and digits, such as K7M2-9QXW.");
    }
}

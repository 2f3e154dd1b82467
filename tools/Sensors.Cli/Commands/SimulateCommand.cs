using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Options;
using Sensors.Cli.Output;
using Sensors.Cli.Parsing;
using Sensors.Simulation;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl simulate</c>: tries to lose a reading, seed by seed.</summary>
    internal static class SimulateCommand
    {
        private const int MostSeeds = 10_000_000;
        private const int MostNodes = 20;
        private const string Chips = "chips";
        private const string Numbers = "numbers";
        private const double LeastDays = 0.01;
        private const double MostDays = 100;

        public static Command Create(CliHost host, ParseContext context, GlobalOptions global)
        {
            Option<int> seed = context.Create("--seed", "n", "The first seed (default: 1).", Values.WholeNumber(0, int.MaxValue));
            Option<int> seeds = context.Create("--seeds", "n", "How many seeds, one after the other (default: 1).", Values.WholeNumber(1, MostSeeds));
            Option<double> days = context.Create("--days", "n", "Days of faults, before all works again and everything is delivered (default: 1).", Values.Number(LeastDays, MostDays));
            Option<int> nodes = context.Create("--nodes", "n", "How many nodes (default: as the seed has it).", Values.WholeNumber(1, MostNodes));
            Option<string> faults = context.Create("--faults", "kinds", "all, none, or kinds with commas (default: all).", FaultsOf);
            Option<string> source = context.Create("--source", "what", "Where readings come from: numbers, or chips with real drivers for one node (default: chips in every 50th seed).", SourceOf);
            var pairing = new Option<bool>("--pairing") { Description = "Cut the power of a board while it is paired, in place of losing readings." };
            var trace = new Option<bool>("--trace") { Description = "Tell what happens. One seed only." };
            var first = new Option<bool>("--first") { Description = "End with the first seed that is not withstood." };
            var command = new CliCommand("simulate", "Try to lose a reading: nodes, network, broker and collector on a virtual clock, with faults.")
            {
                Options = { seed, seeds, days, nodes, faults, source, pairing, trace, first },
                Examples =
                [
                    "sensorctl simulate --seeds 500",
                    "sensorctl simulate --seed 17 --trace",
                    "sensorctl simulate --seeds 50 --faults power-cut,outage   # these kinds only",
                    "sensorctl simulate --pairing --seeds 1000",
                ],
                Notes =
                [
                    "Everything is drawn from the seed: the same seed, days, nodes and faults do the same again.",
                    "With --pairing a board is paired, unpaired, paired anew or reset while its power goes; afterwards it must have the old settings or the new, whole, and let itself be paired.",
                    "Exit code 0 when every reading is stored once or explained by a gap record that fits, 1 when one is not.",
                    "Faults: " + string.Join(", ", FaultKinds.All.Select(FaultKinds.NameOf)) + ".",
                ],
            };
            command.SetAction((parsed, stop) =>
            {
                var options = new SimulationOptions
                {
                    Seed = parsed.GetResult(seed) is null ? 1 : parsed.GetValue(seed),
                    Days = parsed.GetResult(days) is null ? 1 : parsed.GetValue(days),
                    Nodes = parsed.GetValue(nodes),
                    Chips = parsed.GetValue(source) is { } from ? from == Chips : null,
                    Faults = parsed.GetValue(faults) is { } text && FaultKinds.TryParse(text, out IReadOnlyList<FaultKind> kinds) is null ? kinds : FaultKinds.All,
                };
                int count = parsed.GetResult(seeds) is null ? 1 : parsed.GetValue(seeds);
                if (parsed.GetValue(trace))
                {
                    options = count == 1
                        ? options with { Trace = line => DataOut.WriteLine(host.Out, line) }
                        : throw ErrorTable.Conflict.Because("--trace tells of one seed, and --seeds asks for more.", "leave --seeds out.");
                }

                if (parsed.GetValue(pairing))
                {
                    if (new Option[] { days, nodes, faults, source }.Any(option => parsed.GetResult(option) is not null))
                    {
                        throw ErrorTable.Conflict.Because("--pairing knows no --days, --nodes, --faults and --source: those are of readings.", "leave them out.");
                    }

                    return System.Threading.Tasks.Task.FromResult(PairingSeeds.Run(host, options, count, parsed.GetValue(first), global.Json(parsed), stop));
                }

                return System.Threading.Tasks.Task.FromResult(Act(host, options, count, parsed.GetValue(first), global.Json(parsed), stop));
            });
            return command;
        }

        private static string SourceOf(string text) => text is Chips or Numbers ? text : throw new FormatException($"'{text}' is neither {Numbers} nor {Chips}.");

        private static string FaultsOf(string text) => FaultKinds.TryParse(text, out _) is { } unknown
            ? throw new FormatException($"'{unknown}' is no fault; there are {string.Join(", ", FaultKinds.All.Select(FaultKinds.NameOf))}.")
            : text;

        private static int Act(CliHost host, SimulationOptions options, int seeds, bool first, bool json, CancellationToken stop)
        {
            var watch = Stopwatch.StartNew();
            var total = new Total();
            SimulationRuns.Run(
                options,
                seeds,
                result =>
                {
                    total.Add(result);
                    SeedLines.Tell(host.Out, json, result.Seed, result.Violations, result.Command, Counts(result));
                    return !(first && result.Violations.Count > 0);
                },
                stop);
            if (!json)
            {
                DataOut.WriteLine(host.Out, total.ToString());
            }

            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total.Seeds} seeds in {watch.Elapsed.TotalSeconds:F1} s"));
            return total.Broken == 0 ? ExitCode.Ok : ExitCode.Finding;
        }

        private static Dictionary<string, JsonNode?> Counts(SimulationResult result) => new()
        {
            ["readings"] = result.Given,
            ["stored"] = result.Stored,
            ["duplicates"] = result.Duplicates,
            ["lost"] = new JsonObject(result.Lost.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))),
            ["faults"] = result.Faults,
            ["boots"] = result.Boots,
            ["live_delay_ms"] = result.LiveDelayMs,
            ["drain_s"] = result.DrainSeconds,
            ["fingerprint"] = result.Fingerprint.ToString("x16", CultureInfo.InvariantCulture),
        };

        private sealed class Total
        {
            private readonly SortedDictionary<string, long> _lost = new(StringComparer.Ordinal);
            private long _given;
            private long _stored;
            private long _duplicates;
            private long _faults;
            private long _boots;
            private long _delay;

            public long Seeds { get; private set; }

            public long Broken { get; private set; }

            public void Add(SimulationResult result)
            {
                Seeds++;
                Broken += result.Violations.Count > 0 ? 1 : 0;
                _given += result.Given;
                _stored += result.Stored;
                _duplicates += result.Duplicates;
                _faults += result.Faults;
                _boots += result.Boots;
                _delay = Math.Max(_delay, result.LiveDelayMs);
                foreach ((string reason, long count) in result.Lost)
                {
                    _lost[reason] = _lost.GetValueOrDefault(reason) + count;
                }
            }

            public override string ToString() => string.Create(
                CultureInfo.InvariantCulture,
                $"{Seeds} seeds, {_faults} faults, {_boots} starts: {_given} readings, {_stored} stored, {_duplicates} came again, lost and told {(_lost.Count == 0 ? "none" : string.Join(", ", _lost.Select(each => $"{each.Key} {each.Value}")))}; slowest when all was well {_delay} ms; {Broken} seeds with violations");
        }
    }
}

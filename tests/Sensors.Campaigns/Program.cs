using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;

namespace Sensors.Campaigns
{
    /// <summary>The long campaigns: <c>sweep</c>, <c>bus-faults</c>, <c>hints</c>, <c>month</c>, <c>kills</c>, <c>offline</c> and <c>wear</c>. Tables on stdout, what broke and the run time on stderr.</summary>
    internal static class Program
    {
        private const int InBandFrequencies = 9;

        private static int Main(string[] args)
        {
            // The campaign of kills starts this program once more for each process that it kills.
            switch (args)
            {
                case ["kills-node", var folder, var port]:
                    return NodeChild.Run(folder, int.Parse(port, CultureInfo.InvariantCulture));
                case ["kills-collector", var folder, var port]:
                    return CollectorChild.Run(folder, int.Parse(port, CultureInfo.InvariantCulture));
            }

            Arguments arguments;
            try
            {
                arguments = Arguments.Parse(args);
            }
            catch (ArgumentException e)
            {
                Console.Error.WriteLine(e.Message);
                Console.Error.WriteLine("Usage: Sensors.Campaigns sweep|bus-faults|hints|month|kills|offline|wear [--chip <name>] [--count <faults per chip, machines per class, days, kills>] [--minutes <of kills>] [--seed <number>] [--direct]");
                return 2;
            }

            var watch = Stopwatch.StartNew();
            bool good = arguments.Campaign switch
            {
                "sweep" => Sweep(arguments),
                "bus-faults" => BusFaults(arguments),
                "hints" => Hints(arguments),
                "kills" => Kills(arguments),
                "offline" => Offline(arguments),
                "wear" => Wear(arguments),
                _ => Month(arguments),
            };
            Console.Error.WriteLine(arguments.Campaign + ": " + (int)watch.Elapsed.TotalSeconds + " s, seed " + arguments.Seed);
            return good ? 0 : 1;
        }

        private static bool Sweep(Arguments arguments)
        {
            SweepResult[] results = Parallel.Run(
                [.. Accelerometers.All.Where(setup => arguments.Wants(setup.Name))], setup => FrequencySweep.Run(setup, arguments.Seed, InBandFrequencies));
            Tables.Print(results);
            return Report(results.SelectMany(r => r.Broken.Select(broken => r.Name + ": " + broken)), arguments);
        }

        private static bool BusFaults(Arguments arguments)
        {
            DriverFaultsResult[] drivers = Parallel.Run(
                [.. Accelerometers.All.Where(setup => arguments.Wants(setup.Name))], setup => DriverFaults.Run(setup, arguments.Seed, arguments.Count));
            Tables.Print(drivers);
            Console.WriteLine();
            NodeFaultsResult[] nodes = Parallel.Run(
                [.. Nodes.All.Where(setup => arguments.Wants(setup.Name))], setup => NodeFaults.Run(setup, arguments.Seed, arguments.Count));
            Tables.Print(nodes);
            return Report(
                drivers.SelectMany(r => r.Broken.Select(broken => r.Name + ", driver: " + broken))
                    .Concat(nodes.SelectMany(r => r.Broken.Select(broken => r.Name + ", node: " + broken))),
                arguments);
        }

        private static bool Hints(Arguments arguments)
        {
            using var campaign = new HintsCampaign(arguments.Seed, arguments.Count, arguments.Direct);
            IReadOnlyList<HintResult> results = campaign.Run();
            Tables.Print(results);
            Console.WriteLine();
            Tables.Print(campaign.FindThresholds());
            IReadOnlyList<RealRecord> records = arguments.Direct ? [] : RealRecord.All();
            if (records.Count > 0)
            {
                Console.WriteLine();
                Tables.Print(campaign.Replay(records));
            }
            else if (!arguments.Direct)
            {
                Console.Error.WriteLine("skipped: no reference data (SENSORS_REFERENCE_DATA)");
            }

            foreach (string wrong in campaign.Wrong)
            {
                Console.Error.WriteLine(wrong);
            }

            return Report(results.SelectMany(r => r.Broken), arguments);
        }

        private static bool Month(Arguments arguments)
        {
            MonthResult result = MonthCampaign.Run(arguments.Seed, arguments.Count);
            Tables.Print(result);
            return Report(result.Broken, arguments);
        }

        private static bool Kills(Arguments arguments)
        {
            KillsResult result = KillsCampaign.Run(arguments.Seed, arguments.Minutes, arguments.Count);
            Tables.Print(result);
            return Report(result.Broken, arguments);
        }

        private static bool Offline(Arguments arguments)
        {
            IReadOnlyList<OfflineResult> results = OfflineCampaign.Run(arguments.Seed);
            return Report(results.SelectMany(result => result.Broken).Concat(StatedTable.Check(Tables.Of(results))), arguments);
        }

        private static bool Wear(Arguments arguments) =>
            Report(StatedTable.Check(Tables.Of(WearCampaign.Run(arguments.Seed))), arguments);

        private static bool Report(IEnumerable<string> broken, Arguments arguments)
        {
            string[] lines = broken.ToArray();
            foreach (string line in lines)
            {
                Console.Error.WriteLine(line);
            }

            if (lines.Length > 0)
            {
                Console.Error.WriteLine(lines.Length + " limits broken; again: " + arguments);
            }

            return lines.Length == 0;
        }

        private sealed record Arguments(string Campaign, string Chip, int Count, int Seed, bool Direct, int Minutes = 10)
        {
            public static Arguments Parse(string[] args)
            {
                string campaign = args.Length > 0 ? args[0] : string.Empty;
                var parsed = new Arguments(campaign, string.Empty, campaign switch { "hints" => 40, "month" => 30, "kills" => 200, _ => 1000 }, 1, false);
                if (parsed.Campaign is not ("sweep" or "bus-faults" or "hints" or "month" or "kills" or "offline" or "wear"))
                {
                    throw new ArgumentException("Which campaign?");
                }

                for (int i = 1; i < args.Length; i++)
                {
                    string Value() => ++i < args.Length ? args[i] : throw new ArgumentException(args[^1] + " needs a value.");
                    int Number() => int.TryParse(Value(), out int number) && number > 0 ? number : throw new ArgumentException(args[i] + " is no number.");
                    parsed = args[i] switch
                    {
                        "--chip" => parsed with { Chip = Value() },
                        "--minutes" when parsed.Campaign == "kills" => parsed with { Minutes = Number() },
                        "--kills" when parsed.Campaign == "kills" => parsed with { Count = Number() },
                        "--count" => parsed with { Count = Number() },
                        "--direct" when parsed.Campaign == "hints" => parsed with { Direct = true }, // without chip, driver, node and broker
                        "--seed" => parsed with { Seed = Number() },
                        _ => throw new ArgumentException("Unknown argument " + args[i] + "."),
                    };
                }

                return parsed;
            }

            public bool Wants(string name) => name.StartsWith(Chip, StringComparison.OrdinalIgnoreCase);

            public override string ToString() =>
                $"{Campaign} --seed {Seed}" + (Direct ? " --direct" : string.Empty) + (Campaign == "kills" ? $" --minutes {Minutes}" : string.Empty) + (Campaign != "sweep" ? $" --count {Count}" : string.Empty) + (Chip.Length > 0 ? $" --chip \"{Chip}\"" : string.Empty);
        }
    }
}

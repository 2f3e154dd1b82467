using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

namespace Sensors.Campaigns
{
    /// <summary>The long campaigns: <c>sweep</c> and <c>bus-faults</c>. Tables on stdout, what broke and the run time on stderr.</summary>
    internal static class Program
    {
        private const int InBandFrequencies = 9;

        private static int Main(string[] args)
        {
            Arguments arguments;
            try
            {
                arguments = Arguments.Parse(args);
            }
            catch (ArgumentException e)
            {
                Console.Error.WriteLine(e.Message);
                Console.Error.WriteLine("Usage: Sensors.Campaigns sweep|bus-faults [--chip <name>] [--count <faults per chip>] [--seed <number>]");
                return 2;
            }

            var watch = Stopwatch.StartNew();
            bool good = arguments.Campaign == "sweep" ? Sweep(arguments) : BusFaults(arguments);
            Console.Error.WriteLine(arguments.Campaign + ": " + (int)watch.Elapsed.TotalSeconds + " s, seed " + arguments.Seed);
            return good ? 0 : 1;
        }

        private static bool Sweep(Arguments arguments)
        {
            SweepResult[] results = RunAll(
                Accelerometers.All.Where(setup => arguments.Wants(setup.Name)), setup => FrequencySweep.Run(setup, arguments.Seed, InBandFrequencies));
            Tables.Print(results);
            return Report(results.SelectMany(r => r.Broken.Select(broken => r.Name + ": " + broken)), arguments);
        }

        private static bool BusFaults(Arguments arguments)
        {
            DriverFaultsResult[] drivers = RunAll(
                Accelerometers.All.Where(setup => arguments.Wants(setup.Name)), setup => DriverFaults.Run(setup, arguments.Seed, arguments.Count));
            Tables.Print(drivers);
            Console.WriteLine();
            NodeFaultsResult[] nodes = RunAll(
                Nodes.All.Where(setup => arguments.Wants(setup.Name)), setup => NodeFaults.Run(setup, arguments.Seed, arguments.Count));
            Tables.Print(nodes);
            return Report(
                drivers.SelectMany(r => r.Broken.Select(broken => r.Name + ", driver: " + broken))
                    .Concat(nodes.SelectMany(r => r.Broken.Select(broken => r.Name + ", node: " + broken))),
                arguments);
        }

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

        // A board belongs to its thread, so each set-up runs on one; as many at a time as there are processors.
        private static TResult[] RunAll<TSetup, TResult>(IEnumerable<TSetup> setups, Func<TSetup, TResult> run)
        {
            TSetup[] all = setups.ToArray();
            var results = new TResult[all.Length];
            int next = -1;
            var failures = new ConcurrentQueue<Exception>();
            Thread[] workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
            {
                for (int i = Interlocked.Increment(ref next); i < all.Length; i = Interlocked.Increment(ref next))
                {
                    try
                    {
                        results[i] = run(all[i]);
                    }
                    catch (Exception e)
                    {
                        failures.Enqueue(e);
                    }
                }
            })).ToArray();
            Array.ForEach(workers, worker => worker.UnsafeStart());
            Array.ForEach(workers, worker => worker.Join());
            return failures.IsEmpty ? results : throw new AggregateException(failures);
        }

        private sealed record Arguments(string Campaign, string Chip, int Count, int Seed)
        {
            public static Arguments Parse(string[] args)
            {
                var parsed = new Arguments(args.Length > 0 ? args[0] : string.Empty, string.Empty, 1000, 1);
                if (parsed.Campaign is not ("sweep" or "bus-faults"))
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
                        "--count" => parsed with { Count = Number() },
                        "--seed" => parsed with { Seed = Number() },
                        _ => throw new ArgumentException("Unknown argument " + args[i] + "."),
                    };
                }

                return parsed;
            }

            public bool Wants(string name) => name.StartsWith(Chip, StringComparison.OrdinalIgnoreCase);

            public override string ToString() =>
                $"{Campaign} --seed {Seed}" + (Campaign == "bus-faults" ? $" --count {Count}" : string.Empty) + (Chip.Length > 0 ? $" --chip \"{Chip}\"" : string.Empty);
        }
    }
}

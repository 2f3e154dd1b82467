using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;

namespace Sensors.Mutants
{
    /// <summary>Changes every literal of each driver and sees whether the driver's tests notice.</summary>
    internal static class Program
    {
        private const double RequiredPercent = 95;

        private static int Main(string[] args)
        {
            string folder = TestFolder();
            string assembly = Path.Combine(folder, "Sensors.Drivers.dll");
            Arguments arguments;
            MutantFactory factory;
            try
            {
                arguments = Arguments.Parse(args);
                factory = new MutantFactory(assembly, arguments.Driver);
            }
            catch (ArgumentException e)
            {
                Console.Error.WriteLine(e.Message);
                Console.Error.WriteLine("Usage: Sensors.Mutants [--driver <name>] [--sample <count>] [--seed <number>] [--list]");
                return 2;
            }

            List<Mutant> mutants = factory.Drivers.SelectMany(d => Sample(factory.Mutants(d, arguments.Seed).ToList(), arguments)).ToList();
            if (arguments.List)
            {
                mutants.ForEach(m => Console.WriteLine(m.Text));
                return 0;
            }

            var run = new TestRun(folder);
            foreach (string driver in factory.Drivers)
            {
                string? failure = run.FirstFailure(factory.Unchanged(), factory.JudgesOf(driver));
                if (failure != null)
                {
                    Console.Error.WriteLine(driver + ": the tests fail without any mutation: " + failure);
                    return 2;
                }
            }

            var watch = Stopwatch.StartNew();
            ConcurrentDictionary<Mutant, string?> results = RunAll(mutants, assembly, arguments.Driver, run);
            Console.Error.WriteLine(mutants.Count + " mutants in " + (int)watch.Elapsed.TotalSeconds + " s, seed " + arguments.Seed);
            return Report(mutants, results, Survivors.Load(Path.Combine(AppContext.BaseDirectory, "survivors.md")), arguments.Sample < int.MaxValue) ? 0 : 1;
        }

        private static ConcurrentDictionary<Mutant, string?> RunAll(List<Mutant> mutants, string assembly, string? driver, TestRun run)
        {
            var results = new ConcurrentDictionary<Mutant, string?>();
            int next = -1;
            Thread[] workers = Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount)).Select(_ => new Thread(() =>
            {
                var factory = new MutantFactory(assembly, driver);
                for (int i = Interlocked.Increment(ref next); i < mutants.Count; i = Interlocked.Increment(ref next))
                {
                    results[mutants[i]] = run.FirstFailure(factory.Make(mutants[i]), factory.JudgesOf(mutants[i].Driver));
                }
            })).ToArray();
            Array.ForEach(workers, w => w.Start());
            Array.ForEach(workers, w => w.Join());
            return results;
        }

        /// <summary>How many may live: 5 % of all; of a sample what chance may make of 5 %, two standard deviations more.</summary>
        private static int Allowed(int mutants, bool sampled)
        {
            double expected = mutants * (100 - RequiredPercent) / 100;
            return (int)(expected + (sampled ? 2 * Math.Sqrt(expected * RequiredPercent / 100) : 0));
        }

        private static bool Report(List<Mutant> mutants, ConcurrentDictionary<Mutant, string?> results, Survivors accepted, bool sampled)
        {
            bool good = true;
            Console.WriteLine("| Driver | Mutants | Killed | Survived | Killed of all |");
            Console.WriteLine("| --- | --- | --- | --- | --- |");
            var lines = new List<string>();
            foreach (IGrouping<string, Mutant> driver in mutants.GroupBy(m => m.Driver))
            {
                List<Mutant> survivors = driver.Where(m => results[m] == null).ToList();
                int all = driver.Count();
                double percent = 100.0 * (all - survivors.Count) / Math.Max(1, all);
                good &= survivors.Count <= Allowed(all, sampled) && survivors.All(m => accepted.Reason(m.Text) != null);
                lines.AddRange(survivors.Select(m => "survived: " + m.Text + ": " + (accepted.Reason(m.Text) ?? "NO REASON IS LISTED")));
                Console.WriteLine(FormattableString.Invariant($"| {driver.Key} | {all} | {all - survivors.Count} | {survivors.Count} | {percent:F1} % |"));
            }

            Console.WriteLine();
            lines.ForEach(Console.WriteLine);

            foreach (Mutant mutant in mutants.Where(m => results[m] != null && accepted.Names(m.Text)))
            {
                Console.Error.WriteLine("listed in survivors.md, yet killed: " + mutant.Text);
            }

            return good;
        }

        private static IEnumerable<Mutant> Sample(List<Mutant> all, Arguments arguments)
        {
            var random = new Random(arguments.Seed);
            return arguments.Sample < all.Count ? all.OrderBy(_ => random.Next()).Take(arguments.Sample) : all;
        }

        // tests/Sensors.Mutants/bin/<configuration>/net10.0 -> tests/Sensors.Drivers.Tests/bin/<configuration>/net10.0
        private static string TestFolder() =>
            Path.GetFullPath(AppContext.BaseDirectory).Replace("Sensors.Mutants", "Sensors.Drivers.Tests", StringComparison.Ordinal);

        private sealed record Arguments(string? Driver, int Sample, int Seed, bool List)
        {
            public static Arguments Parse(string[] args)
            {
                var parsed = new Arguments(null, int.MaxValue, 1, false);
                for (int i = 0; i < args.Length; i++)
                {
                    string Value() => ++i < args.Length ? args[i] : throw new ArgumentException(args[^1] + " needs a value.");
                    int Number() =>
                        int.TryParse(Value(), out int number) ? number : throw new ArgumentException(args[i] + " is no number.");
                    parsed = args[i] switch
                    {
                        "--driver" => parsed with { Driver = Value() },
                        "--sample" => parsed with { Sample = Number() },
                        "--seed" => parsed with { Seed = Number() },
                        "--list" => parsed with { List = true },
                        _ => throw new ArgumentException("Unknown argument " + args[i] + "."),
                    };
                }

                return parsed;
            }
        }
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading;
using Sensors.Cli.Errors;
using Sensors.Cli.Host;
using Sensors.Cli.Output;
using Sensors.Simulation;

namespace Sensors.Cli.Commands
{
    /// <summary><c>sensorctl simulate --pairing</c>: cuts the power of boards that are paired, seed by seed.</summary>
    internal static class PairingSeeds
    {
        /// <summary>Runs seeds and tells what came of them.</summary>
        public static int Run(CliHost host, SimulationOptions options, int count, bool first, bool json, CancellationToken stop)
        {
            var watch = Stopwatch.StartNew();
            (long seeds, long broken, long cuts, long starts, long pairings) = (0, 0, 0, 0, 0);
            SimulationRuns.Run(options.Seed, count, seed => PairingSimulation.Run(seed, options.Trace), Tell, stop);
            if (!json)
            {
                DataOut.WriteLine(host.Out, FormattableString.Invariant($"{seeds} seeds, {cuts} power cuts, {starts} starts, {pairings} times paired; {broken} seeds with violations"));
            }

            host.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds} seeds in {watch.Elapsed.TotalSeconds:F1} s"));
            return broken == 0 ? ExitCode.Ok : ExitCode.Finding;

            bool Tell(PairingResult result)
            {
                seeds++;
                broken += result.Violations.Count > 0 ? 1 : 0;
                cuts += result.Cuts;
                starts += result.Starts;
                pairings += result.Pairings;
                string command = FormattableString.Invariant($"sensorctl simulate --pairing --seed {result.Seed}");
                SeedLines.Tell(host.Out, json, result.Seed, result.Violations, command, Counts(result));
                return !(first && result.Violations.Count > 0);
            }
        }

        private static Dictionary<string, JsonNode?> Counts(PairingResult result) => new()
        {
            ["power_cuts"] = result.Cuts,
            ["boots"] = result.Starts,
            ["pairings"] = result.Pairings,
        };
    }
}

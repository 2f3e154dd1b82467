using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Simulation;

namespace Sensors.Simulation.Tests.Delivery;

/// <summary>No reading is lost, whatever happens. The gate runs ten times as many seeds: <c>sensorctl simulate --seeds 500</c>.</summary>
public class DeliverySimulationTests
{
    private const int Seeds = 50;

    [Fact]
    public void No_seed_loses_a_reading_without_saying_why()
    {
        var broken = new List<string>();
        long given = 0;
        long stored = 0;
        SimulationRuns.Run(new SimulationOptions(), Seeds, result =>
        {
            given += result.Given;
            stored += result.Stored;
            broken.AddRange(result.Violations.Select(text => $"{text}\n  again: {result.Command} --trace"));
            return true;
        }, TestContext.Current.CancellationToken);
        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.InRange(given, Seeds * 2000, long.MaxValue);
        Assert.InRange(stored, given / 2, given);
    }

    [Fact]
    public void Without_faults_everything_comes_once_and_at_once()
    {
        SimulationResult result = DeliverySimulation.Run(new SimulationOptions { Faults = [], Days = 0.25, Nodes = 2 });
        Assert.Empty(result.Violations);
        Assert.Equal(result.Given, result.Stored);
        Assert.InRange(result.Given, 2 * 2 * 360, 2 * 4 * 380);
        Assert.Equal(0, result.Duplicates);
        Assert.Empty(result.Lost);
        Assert.InRange(result.LiveDelayMs, 1, 1000);
    }

    [Fact]
    public void A_seed_replays()
    {
        var options = new SimulationOptions { Seed = 7, Days = 0.5 };
        SimulationResult once = DeliverySimulation.Run(options);
        SimulationResult again = DeliverySimulation.Run(options);
        Assert.Equal(once.Fingerprint, again.Fingerprint);
        Assert.Equal(once.Events, again.Events);
        Assert.NotEqual(once.Fingerprint, DeliverySimulation.Run(options with { Seed = 8 }).Fingerprint);
    }

    [Fact]
    public void What_chips_measure_comes_to_the_store_as_it_was_measured()
    {
        var (result, trace) = Traced(new SimulationOptions { Seed = 5, Days = 0.1, Nodes = 1, Chips = true });
        Assert.Empty(result.Violations);
        Assert.InRange(result.Given, 3 * 60, 3 * 120); // vib1, temp1 and cur1 every two minutes
        Assert.InRange(result.Stored, result.Given / 2, result.Given);
        Assert.Contains(trace, line => line.Contains("/reading/vib1 {", StringComparison.Ordinal));
        Assert.EndsWith("--source chips", result.Command, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fiftieth_seed_has_chips()
    {
        Assert.Contains(", one with chips,", Begun(50), StringComparison.Ordinal);
        Assert.DoesNotContain("chips", Begun(49), StringComparison.Ordinal);

        static string Begun(long seed) => Traced(new SimulationOptions { Seed = seed, Days = 0.01, Faults = [] }).Trace[0];
    }

    private static (SimulationResult Result, List<string> Trace) Traced(SimulationOptions options)
    {
        var trace = new List<string>();
        return (DeliverySimulation.Run(options with { Trace = trace.Add }), trace);
    }

    [Fact]
    public void What_was_measured_is_all_from_the_values_on()
    {
        Assert.Equal("\"values\":{\"mean\":1},\"quality\":{}}"u8, Account.MeasuredOf("{\"ts\":5,\"values\":{\"mean\":1},\"quality\":{}}"u8));
        Assert.Equal("{}"u8, Account.MeasuredOf("{}"u8));
    }

    [Theory]
    [InlineData("all", "all")]
    [InlineData("none", "none")]
    [InlineData("power-cut,half-open", "power-cut,half-open")]
    [InlineData("re-pair", "re-pair")]
    public void A_command_says_what_was_simulated(string faults, string told)
    {
        Assert.Null(FaultKinds.TryParse(faults, out IReadOnlyList<FaultKind> kinds));
        Assert.Equal(
            $"sensorctl simulate --seed 3 --days 0.5 --nodes 2 --faults {told}",
            new SimulationOptions { Seed = 3, Days = 0.5, Nodes = 2, Faults = kinds }.Command);
    }

    [Fact]
    public void An_unknown_fault_is_named()
    {
        Assert.Equal("flood", FaultKinds.TryParse("power-cut,flood", out _));
        Assert.Equal(Enum.GetValues<FaultKind>().Length, FaultKinds.All.Select(FaultKinds.NameOf).Distinct().Count());
    }
}

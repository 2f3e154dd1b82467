using System.Linq;
using Sensors.Simulation;

namespace Sensors.Simulation.Tests;

/// <summary>Boards whose power is cut while they are paired: the old settings or the new, whole, and never stuck.</summary>
public sealed class PairingSimulationTests
{
    private const int Seeds = 60; // the campaign runs 1,000

    [Fact]
    public void Power_cuts_leave_the_old_settings_or_the_new_ones()
    {
        PairingResult[] results = [.. Enumerable.Range(1, Seeds).Select(seed => PairingSimulation.Run(seed))];
        Assert.Empty(results.SelectMany(result => result.Violations.Select(violation => $"sensorctl simulate --pairing --seed {result.Seed}: {violation}")));
        Assert.InRange(results.Sum(result => result.Cuts), Seeds / 2, int.MaxValue); // or nothing was tried
        Assert.InRange(results.Sum(result => result.Pairings), Seeds, int.MaxValue);
    }

    [Fact]
    public void A_seed_does_the_same_again() => Assert.Equivalent(PairingSimulation.Run(17), PairingSimulation.Run(17));
}

using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Architecture.Tests.Passes;
using Sensors.NetNano.Passes;

[assembly: AssemblyFixture(typeof(CountedScenarios))]

namespace Sensors.Architecture.Tests.Passes;

/// <summary>Every scenario, run once for all tests.</summary>
public sealed class CountedScenarios
{
    private static readonly string[] Assemblies = ["Sensors.Drivers", "Sensors.Readings", "Sensors.Delivery", "Sensors.Node", "Sensors.PassScenarios"];

    private readonly Lazy<IReadOnlyList<ScenarioResult>> _all = new(() => Runner().Run(""));

    /// <summary>Gets the results, in the order of their source.</summary>
    public IReadOnlyList<ScenarioResult> All => _all.Value;

    public static ScenarioRunner Runner() => new(Assemblies.Select(Repository.DeviceAssembly), Repository.OfficialApi, WeightTable.Committed);

    public IReadOnlyList<ScenarioResult> Of(string group)
    {
        ScenarioResult[] found = [.. All.Where(r => r.Group == group)];
        return found.Length > 0 ? found : throw new ArgumentException($"no scenario belongs to {group}");
    }

    public ScenarioResult Named(string name) => All.Single(r => r.Name == name);
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sensors.NetNano.Gate;

namespace Sensors.Architecture.Tests.Gate;

/// <summary>What is built for the device passes the gate, and leaves room under the CLR's limits.</summary>
public sealed class DeviceAssembliesTests
{
    private static readonly Lazy<GateReport> Report = new(() => new DeviceGate(Repository.OfficialApi, Repository.BanList).Check(ProductAssemblies()));

    [Fact]
    public void The_device_runs_what_was_built()
    {
        Assert.True(Report.Value.Findings.Count == 0, string.Join("\n", Report.Value.Findings));
    }

    [Fact]
    public void Every_assembly_keeps_a_quarter_of_each_table_free()
    {
        foreach (AssemblyFigures figures in Report.Value.Figures)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(figures.ToString());
            int largest = Math.Max(figures.CodeBytes, figures.StringBytes);
            Assert.True(largest < Limits.TableBytes * 3 / 4, $"{figures}: split the assembly before it is full");
        }
    }

    private static IEnumerable<string> ProductAssemblies() =>
        Repository.DeviceAssemblies.Where(path => Path.GetFileNameWithoutExtension(path) != "Sensors.GateSamples");
}

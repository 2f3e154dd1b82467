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
    public void Every_assembly_keeps_a_tenth_of_each_table_free()
    {
        foreach (string line in FiguresTable.Lines(Report.Value.Figures))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        }

        Assert.All(Report.Value.Figures, figures =>
            Assert.True(Math.Max(figures.CodeBytes, figures.StringBytes) < Limits.TableBytes * 9 / 10, $"{figures}: split the assembly before it is full"));
    }

    [Theory]
    [InlineData(52428, 100, 0)]
    [InlineData(52429, 100, 1)]
    [InlineData(52429, 60000, 2)]
    public void From_four_fifths_on_the_table_warns(int code, int strings, int warnings)
    {
        AssemblyFigures[] assemblies = [new("Small", 1, 2, 3, 4, 5, 6), new("Some.Thing", code, strings, 300, 4000, 500, 255 * 3 / 4)];
        string[] lines = [.. FiguresTable.Lines(assemblies)];
        Assert.Equal(4 + warnings, lines.Length);
        Assert.Equal(lines[0].Length, lines[1].Length);
        Assert.Equal(lines[0].Length, lines[2].Length);
        Assert.All(lines.Skip(4), line => Assert.StartsWith("warning: Some.Thing uses ", line));
    }

    private static IEnumerable<string> ProductAssemblies() =>
        Repository.DeviceAssemblies.Where(path => Path.GetFileNameWithoutExtension(path) != "Sensors.GateSamples");
}

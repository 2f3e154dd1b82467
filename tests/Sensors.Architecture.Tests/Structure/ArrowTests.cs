using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>The arrows between the parts: platform, drivers, boards, firmware, tools; tests see all.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Layers = ["platform", "drivers", "boards", "firmware", "tools", "tests"];

    /// <summary>Projects that may know less than their layer: name, and the only projects they may reference.</summary>
    private static readonly Dictionary<string, string[]> Only = new()
    {
        ["Sensors.Drivers"] = [],
        ["Sensors.Boards"] = ["Sensors.Drivers"],
        ["Sensors.VirtualBoard"] = ["NanoFramework.Pc", "nanoFramework.M2Mqtt", "nanoFramework.M2Mqtt.Core", "Sensors.Mqtt"],
        ["Sensors.Readings"] = ["Sensors.Drivers"],
        ["Sensors.Delivery"] = ["Sensors.Drivers", "Sensors.Readings"],
        ["Sensors.Node"] = ["Sensors.Delivery", "Sensors.Drivers", "Sensors.Readings"],
        ["Sensors.Bindings"] = ["Sensors.Drivers", "Sensors.Node", "Sensors.Readings"],
        ["Sensors.Pairing"] = ["Sensors.Delivery", "Sensors.Drivers", "Sensors.Node", "Sensors.Readings"],
        ["Sensors.Firmware"] = ["Sensors.Bindings", "Sensors.Boards", "Sensors.Drivers", "Sensors.Node", "Sensors.Pairing", "Sensors.Readings"],
        ["Sensors.Commissioning"] = ["Sensors.Edge", "Sensors.Mqtt", "Sensors.Node", "Sensors.Pairing"],
        ["Sensors.Identification"] = ["Sensors.Edge", "Sensors.Pairing", "Sensors.Readings"],
        ["Sensors.Mqtt"] = [],
    };

    [Fact]
    public void Every_project_lies_in_a_layer()
    {
        Assert.All(ProjectFile.All, p => Assert.Contains(p.Folder, Layers.Append("docs")));
    }

    [Fact]
    public void A_project_references_its_own_layer_or_one_below()
    {
        Dictionary<string, ProjectFile> byName = ProjectFile.All.ToDictionary(p => p.Name);
        foreach (ProjectFile project in ProjectFile.All)
        {
            foreach (string reference in project.References)
            {
                Assert.True(byName.ContainsKey(reference), $"{project.Path} references {reference}, which is nowhere");
                int from = Array.IndexOf(Layers, project.Folder), to = Array.IndexOf(Layers, byName[reference].Folder);
                Assert.True(to <= from, $"{project.Path} references {reference}: the arrow points from {Layers[to]} to {Layers[from]}, not back");
            }
        }
    }

    [Fact]
    public void The_parts_know_no_more_than_they_need()
    {
        foreach (ProjectFile project in ProjectFile.All.Where(p => Only.ContainsKey(p.Name)))
        {
            foreach (string reference in project.References)
            {
                Assert.True(
                    Only[project.Name].Contains(reference), $"{project.Path} references {reference}; it may know {string.Join(", ", Only[project.Name])} only");
            }
        }
    }

    [Fact]
    public void Product_code_references_no_test()
    {
        Assert.All(ProjectFile.All.Where(p => p.Folder != "tests"), p => Assert.DoesNotContain(p.References, r => r.Contains("Test", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = TrackedFiles.Read("Sensors.sln").Replace('\\', '/');
        string[] outside =
        [
            "platform/netnano/Packages/Sensors.NetNano.Packages.csproj", // only ever restored, and only on request
            "tests/Sensors.Mutants/Sensors.Mutants.csproj", // breaks drivers on purpose, for minutes; run by name
        ];
        Assert.All(ProjectFile.All.Where(p => !outside.Contains(p.Path)), p => Assert.Contains($"\"{p.Path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void The_gate_reads_every_device_project()
    {
        string tests = TrackedFiles.Read("tests/Sensors.Architecture.Tests/Sensors.Architecture.Tests.csproj");
        Assert.All(ProjectFile.All.Where(p => p.ForDevice), p => Assert.Contains($"/{p.Name}.csproj\"", tests, StringComparison.Ordinal));
    }
}

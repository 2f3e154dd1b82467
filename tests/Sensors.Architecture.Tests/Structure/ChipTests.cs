using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>A chip bears the same name as a driver, as a virtual chip and in the tests.</summary>
public sealed class ChipTests
{
    private const string Drivers = "drivers/Sensors.Drivers/";
    private const string Chips = "boards/Sensors.VirtualBoard/Chips/";
    private const string Tests = "tests/Sensors.Drivers.Tests/";

    [Fact]
    public void A_driver_has_a_virtual_chip_and_a_test()
    {
        List<string> missing = [];
        foreach (string chip in DriverNames())
        {
            Want(Chips, $"Virtual{chip}.cs", chip, missing);
            Want(Tests, $"{chip}Tests.cs", chip, missing);
        }

        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    [Fact]
    public void A_driver_explains_itself_in_a_README()
    {
        Assert.All(DriverNames(), chip => Assert.Contains($"{Drivers}{chip}/README.md", TrackedFiles.All));
    }

    /// <summary>A folder of Sensors.Drivers that holds a file of its own name is a chip.</summary>
    private static IEnumerable<string> DriverNames() => TrackedFiles.All
        .Where(path => path.StartsWith(Drivers, StringComparison.Ordinal) && path.Count(c => c == '/') == 3)
        .Where(path => Path.GetFileNameWithoutExtension(path) == path.Split('/')[2])
        .Select(path => path.Split('/')[2]);

    private static void Want(string folder, string file, string chip, List<string> missing)
    {
        bool found = TrackedFiles.All.Any(path =>
            path.StartsWith(folder, StringComparison.Ordinal) && (path == folder + file || path.EndsWith($"/{chip}/{file}", StringComparison.Ordinal)));
        if (!found)
        {
            missing.Add($"{chip} has a driver, but there is no {folder}{file}");
        }
    }
}

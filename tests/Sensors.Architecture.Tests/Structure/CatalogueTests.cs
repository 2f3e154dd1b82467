using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace Sensors.Architecture.Tests.Structure;

/// <summary><c>sensorctl chips</c> tells of every driver there is, and of none that there is not.</summary>
public sealed class CatalogueTests
{
    private const string Drivers = "drivers/Sensors.Drivers/";

    /// <summary>Folders of Sensors.Drivers that are no chip.</summary>
    private static readonly string[] NoChip = ["Bus", "Common"];

    [Fact]
    public void Every_chip_has_one_entry_and_every_entry_a_chip()
    {
        string[] folders = TrackedFiles.All
            .Where(path => path.StartsWith(Drivers, StringComparison.Ordinal) && path.Count(c => c == '/') >= 3)
            .Select(path => path.Split('/')[2].ToUpperInvariant())
            .Distinct()
            .Except(NoChip, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        string[] entries = Entries().Where(entry => entry.Source == "driver").Select(entry => entry.Chip).ToArray();
        Assert.Equal(entries.Distinct(), entries);
        string[] wrong =
        [
            .. folders.Except(entries).Select(chip => $"{Drivers}{chip} has no entry in tools/Sensors.Cli/Catalogue/chips.json"),
            .. entries.Except(folders).Select(chip => $"tools/Sensors.Cli/Catalogue/chips.json has an entry {chip}, but {Drivers} no such folder"),
        ];
        Assert.True(wrong.Length == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void What_is_no_driver_is_a_pinned_binding()
    {
        string pins = TrackedFiles.Read("platform/netnano/NanoPackages.props");
        (string Chip, string Source)[] bindings = Entries().Where(entry => entry.Source != "driver").ToArray();
        Assert.Equal(["MLX90614", "SHT3X"], bindings.Select(entry => entry.Chip).Order(StringComparer.Ordinal));
        Assert.All(bindings, entry => Assert.Contains($"\"{entry.Source["official binding ".Length..]}\"", pins));
    }

    private static List<(string Chip, string Source)> Entries()
    {
        using JsonDocument catalogue = JsonDocument.Parse(TrackedFiles.Read("tools/Sensors.Cli/Catalogue/chips.json"));
        return [.. catalogue.RootElement.EnumerateArray().Select(entry => (entry.GetProperty("chip").GetString()!, entry.GetProperty("source").GetString()!))];
    }
}

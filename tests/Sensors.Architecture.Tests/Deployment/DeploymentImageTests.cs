using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sensors.NetNano.Deployment;

namespace Sensors.Architecture.Tests.Deployment;

/// <summary>The image for a board's deployment area.</summary>
public sealed class DeploymentImageTests
{
    [Fact]
    public void Each_file_is_filled_up_to_whole_words()
    {
        byte[] image = DeploymentImage.Pack([[1], [2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]);
        Assert.Equal([1, 0, 0, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0], image);
    }

    [Fact]
    public void No_file_makes_an_empty_image()
    {
        Assert.Empty(DeploymentImage.Pack([]));
    }

    [Fact]
    public void Referenced_assemblies_come_first_and_the_application_last()
    {
        string node = Repository.DeviceAssembly("Sensors.Node");
        IReadOnlyList<string> order = LoadOrder.Of(node, [Path.GetDirectoryName(node)!, Repository.OfficialApi]).Select(Path.GetFileNameWithoutExtension).ToList()!;
        Assert.Equal("mscorlib", order[0]);
        Assert.Equal("Sensors.Node", order[^1]);
        Assert.True(order.ToList().IndexOf("Sensors.Drivers") > order.ToList().IndexOf("System.Device.Spi"));
        Assert.Equal(order.Count, order.Distinct().Count());
    }

    [Fact]
    public void A_missing_assembly_is_named()
    {
        string node = Repository.DeviceAssembly("Sensors.Node");
        var error = Assert.Throws<DeploymentException>(() => LoadOrder.Of(node, [Path.GetTempPath()]));
        Assert.Contains(".dll, which Sensors.Node.dll references", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Every_listing_has_a_pinned_package()
    {
        string pins = Repository.Read("platform/netnano/NanoPackages.props");
        string[] assemblies = System.Text.RegularExpressions.Regex.Matches(pins, "Assemblies=\"([^\"]+)\"").SelectMany(m => m.Groups[1].Value.Split(';')).ToArray();
        string[] listings = Directory.GetFiles(Path.Combine(Repository.Root, "platform", "netnano", "api"), "*.api.txt")
            .Select(path => Path.GetFileName(path)[..^".api.txt".Length]).ToArray();
        Assert.Equal(listings.Order(), assemblies.Order());
    }
}

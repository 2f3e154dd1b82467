using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.Architecture.Tests;

/// <summary>Where the repository is, and what the build left for these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string OfficialApi => Path.Combine(Root, "artifacts", "netnano", "ref");

    public static string BanList => Path.Combine(Root, "platform", "netnano", "BannedSymbols.txt");

    /// <summary>Paths of the assemblies built for the device, in the configuration of these tests.</summary>
    public static IReadOnlyList<string> DeviceAssemblies { get; } =
        File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "device-assemblies.txt")).Where(line => line.Length > 0).ToList();

    public static string DeviceAssembly(string name) => DeviceAssemblies.Single(path => Path.GetFileNameWithoutExtension(path) == name);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        string? at = AppContext.BaseDirectory;
        while (at != null && !File.Exists(Path.Combine(at, "Sensors.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at ?? throw new InvalidOperationException("these tests run inside the repository");
    }
}

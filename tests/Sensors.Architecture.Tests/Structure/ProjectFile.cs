using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>What a project file says about its place in the tree.</summary>
internal sealed record ProjectFile(string Name, string Folder, string Path, bool ForDevice, IReadOnlyList<string> References, string RootNamespace)
{
    /// <summary>Gets every project of the repository.</summary>
    public static IReadOnlyList<ProjectFile> All { get; } = TrackedFiles.All
        .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(Read)
        .ToList();

    private static ProjectFile Read(string path)
    {
        XDocument document = XDocument.Load(System.IO.Path.Combine(Repository.Root, path));
        List<string> references = document.Descendants("ProjectReference")
            .Select(e => (string)e.Attribute("Include")!)
            .Where(include => !include.StartsWith('@'))
            .Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))
            .ToList();
        bool device = document.Descendants("TargetFrameworks").Any(e => e.Value.Contains("netnano1.0", StringComparison.Ordinal));
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        string root = document.Descendants("RootNamespace").Select(e => e.Value).FirstOrDefault(name);
        return new ProjectFile(name, path.Split('/')[0], path, device, references, root);
    }
}

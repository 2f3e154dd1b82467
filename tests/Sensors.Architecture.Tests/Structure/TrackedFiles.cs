using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>The repository's files, without what builds and tools leave behind.</summary>
internal static class TrackedFiles
{
    private static readonly string[] Left = [".git", "bin", "obj", "artifacts", "TestResults", ".vs", ".vscode", ".idea", "node_modules", "BenchmarkDotNet.Artifacts"];

    /// <summary>Gets their paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> All { get; } = Walk(new DirectoryInfo(Repository.Root), "").Order(StringComparer.Ordinal).ToList();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path));

    private static IEnumerable<string> Walk(DirectoryInfo folder, string prefix)
    {
        foreach (FileInfo file in folder.EnumerateFiles().Where(f => f.Name != ".git"))
        {
            yield return prefix + file.Name;
        }

        foreach (DirectoryInfo inner in folder.EnumerateDirectories().Where(d => !Left.Contains(d.Name)))
        {
            foreach (string path in Walk(inner, prefix + inner.Name + "/"))
            {
                yield return path;
            }
        }
    }
}

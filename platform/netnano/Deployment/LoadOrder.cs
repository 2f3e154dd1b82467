using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Deployment;

/// <summary>Finds all that an application loads, in an order in which each assembly follows those it references.</summary>
public static class LoadOrder
{
    /// <summary>Lists the assemblies of an application.</summary>
    /// <param name="application">Path of the application's assembly.</param>
    /// <param name="folders">Where referenced assemblies are; the first folder that holds one wins.</param>
    /// <returns>Paths, the application last.</returns>
    /// <exception cref="DeploymentException">A referenced assembly is in no folder.</exception>
    public static IReadOnlyList<string> Of(string application, IReadOnlyList<string> folders)
    {
        var order = new List<string>();
        var seen = new HashSet<string>();
        Visit(application, folders, order, seen);
        return order;
    }

    private static void Visit(string path, IReadOnlyList<string> folders, List<string> order, HashSet<string> seen)
    {
        if (!seen.Add(Path.GetFileNameWithoutExtension(path)))
        {
            return;
        }

        using (ModuleDefinition module = ModuleDefinition.ReadModule(path))
        {
            foreach (string name in module.AssemblyReferences.Select(r => r.Name).Order(System.StringComparer.Ordinal))
            {
                string found = folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists)
                    ?? throw new DeploymentException($"{name}.dll, which {Path.GetFileName(path)} references, is neither in {string.Join(" nor in ", folders)}");
                Visit(found, folders, order, seen);
            }
        }

        order.Add(path);
    }
}

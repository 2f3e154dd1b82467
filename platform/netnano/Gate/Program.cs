using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.NetNano.Gate;

/// <summary>Prints how much room the assemblies built for the device leave under the CLR's limits.</summary>
public static class Program
{
    private static readonly string[] Products = ["drivers", "boards", "firmware"];

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">Assemblies built for the device; none: those of the repository that the tool is started in.</param>
    /// <returns>0, 1 where a limit is passed, 2 where there is nothing to read.</returns>
    public static int Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string[] paths = arguments.Length > 0 ? arguments : [.. Built(Environment.CurrentDirectory)];
        string[] missing = [.. paths.Where(path => !File.Exists(path))];
        if (paths.Length == 0 || missing.Length > 0)
        {
            Console.Error.WriteLine(
                missing.Length > 0 ? $"there is no {missing[0]}" : $"nothing is built for the device below {Environment.CurrentDirectory}; run: dotnet build Sensors.sln");
            return 2;
        }

        IReadOnlyList<AssemblyFigures> figures = Figures.Of(paths);
        foreach (string line in FiguresTable.Lines(figures))
        {
            Console.WriteLine(line);
        }

        return figures.Any(one => one.CodeBytes >= Limits.TableBytes || one.StringBytes >= Limits.TableBytes || one.MethodsOfAKind > Limits.MethodsOfAKind) ? 1 : 0;
    }

    /// <summary>The newest build of every product assembly: next to a project, in bin, for netnano1.0, named like the project.</summary>
    private static IEnumerable<string> Built(string root) => Products
        .Select(folder => Path.Combine(root, folder))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal)
        .Select(project => Directory.Exists(Path.Combine(Path.GetDirectoryName(project)!, "bin"))
            ? Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(project)!, "bin"), Path.GetFileNameWithoutExtension(project) + ".*", SearchOption.AllDirectories)
                .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "netnano1.0" && Path.GetExtension(path) is ".dll" or ".exe")
                .MaxBy(File.GetLastWriteTimeUtc)
            : null)
        .OfType<string>();
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Sensors.NetNano.Passes;

/// <summary>Counts the passes of the scenarios in tests/Sensors.PassScenarios.</summary>
public static class Program
{
    private const string Project = "tests/Sensors.PassScenarios/Sensors.PassScenarios.csproj";
    private const string Usage = "usage: dotnet run --project platform/netnano/Passes [-- [--json] [--lines] [--no-build] [scenario]]";

    /// <summary>Runs the tool.</summary>
    /// <param name="arguments">See the README.</param>
    /// <returns>0; 1 where a budget is exceeded or a measured figure missed; 2 where there is nothing to run.</returns>
    public static int Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        string[] options = [.. arguments.Where(a => a.StartsWith('-'))];
        string[] filters = [.. arguments.Where(a => !a.StartsWith('-'))];
        if (filters.Length > 1 || options.Any(o => o is not ("--json" or "--lines" or "--no-build")))
        {
            return Refuse(Usage);
        }

        if (FindRoot() is not { } root)
        {
            return Refuse("run it inside the repository");
        }

        if (!options.Contains("--no-build") && !Build(root))
        {
            return Refuse("the scenarios do not compile");
        }

        string[] built = [.. Built(root)];
        if (built.Length == 0)
        {
            return Refuse($"nothing is built; run: dotnet build {Project}");
        }

        var runner = new ScenarioRunner(built, Path.Combine(root, "artifacts", "netnano", "ref"), WeightTable.Committed);
        IReadOnlyList<ScenarioResult> results = runner.Run(filters.FirstOrDefault() ?? "");
        if (results.Count == 0)
        {
            return Refuse($"no scenario has {filters[0]} in its name; there are: {string.Join(", ", runner.Names)}");
        }

        if (options.Contains("--json"))
        {
            ResultJson.Write(results, Console.OpenStandardOutput());
        }
        else
        {
            ResultTable.Write(results, options.Contains("--lines"), Console.Out);
        }

        string[] failures = [.. results.SelectMany(r => r.Failures())];
        foreach (string failure in failures)
        {
            Console.Error.WriteLine(failure);
        }

        return failures.Length > 0 ? 1 : 0;
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }

    private static bool Build(string root)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = root, RedirectStandardOutput = true };
        foreach (string argument in new[] { "build", Project, "-f", "netnano1.0", "--nologo", "-v", "quiet" })
        {
            start.ArgumentList.Add(argument);
        }

        using Process build = Process.Start(start)!;
        string said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Console.Error.Write(build.ExitCode == 0 ? "" : said);
        return build.ExitCode == 0;
    }

    /// <summary>The scenarios' newest build, and the assemblies it was built with, which lie beside it.</summary>
    private static IEnumerable<string> Built(string root)
    {
        string bin = Path.Combine(root, Path.GetDirectoryName(Project)!, "bin");
        string? newest = !Directory.Exists(bin)
            ? null
            : Directory.EnumerateFiles(bin, "Sensors.PassScenarios.dll", SearchOption.AllDirectories)
                .Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "netnano1.0")
                .MaxBy(File.GetLastWriteTimeUtc);
        return newest == null ? [] : Directory.EnumerateFiles(Path.GetDirectoryName(newest)!, "Sensors.*.dll");
    }

    private static string? FindRoot()
    {
        string? at = Environment.CurrentDirectory;
        while (at != null && !File.Exists(Path.Combine(at, "Sensors.sln")))
        {
            at = Path.GetDirectoryName(at);
        }

        return at;
    }
}

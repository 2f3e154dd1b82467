using System;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Sensors.Architecture.Tests.Deployment;

/// <summary>What a build says where the official packages, or a folder of them, are not there.</summary>
public sealed class ReferenceSourceTests : IDisposable
{
    private readonly string _empty = Directory.CreateTempSubdirectory("nano").FullName;

    [Fact]
    public void Where_no_source_has_the_packages_one_line_says_so_and_what_to_do()
    {
        string[] errors = Errors("platform/netnano/Packages/Fetch.proj", "-p:NanoOfficialFolder=" + _empty + "/official/");

        string line = Assert.Single(errors);
        Assert.Contains("NANO001: The official nanoFramework packages cannot be restored", line);
        Assert.Contains("Build without -p:NanoPackages=true", line);
    }

    [Fact]
    public void A_folder_that_lacks_an_assembly_is_told_by_the_assembly_s_name()
    {
        string[] errors = Errors(
            "drivers/Sensors.Drivers/Sensors.Drivers.csproj", "-t:ResolveNanoReferences", "-p:TargetFramework=netnano1.0", "-p:NanoReferencePath=" + _empty);

        Assert.Contains(errors, line => line.Contains("NANO002", StringComparison.Ordinal) && line.Contains("mscorlib", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_empty, recursive: true);

    // RestoreSources names the only package source, an empty folder, whatever sources the machine is set up with.
    private string[] Errors(params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", ["msbuild", "-nologo", "-verbosity:quiet", "-nodeReuse:false", .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        info.Environment["RestoreSources"] = _empty;
        using Process process = Process.Start(info)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
        return [.. output.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)).Distinct()];
    }
}

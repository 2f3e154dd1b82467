using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>Rules about the text of sources and other files.</summary>
public sealed partial class SourceRuleTests
{
    /// <summary>Sources of both flavours that may differ between them, each with the reason. Elsewhere one source is one behaviour.</summary>
    private static readonly Dictionary<string, string> Conditional = new()
    {
        ["firmware/Sensors.Firmware/Device/DeviceClock.cs"] = "the PC's Thread.Sleep would win over the virtual board's",
        ["firmware/Sensors.Firmware/Device/FlashVolume.cs"] = "the PC's System.IO would win over the virtual volume",
        ["firmware/Sensors.Firmware/Device/Deadline.cs"] = "the PC's threads and events would wait in the PC's time",
        ["firmware/Sensors.Firmware/Device/HttpConnection.cs"] = "the PC's sockets are no ports of the virtual board",
        ["firmware/Sensors.Firmware/Device/HttpPort.cs"] = "the PC's sockets are no ports of the virtual board",
        ["firmware/Sensors.Firmware/Device/M2MqttLink.cs"] = "the PC's name look-up would win over the virtual network's",
        ["firmware/Sensors.Firmware/Device/SocketAttempt.cs"] = "the PC's sockets do not go by the virtual network",
        ["firmware/Sensors.Firmware/Device/SoftAccessPoint.cs"] = "the PC's network interfaces are those of the PC",
        ["firmware/Sensors.Firmware/NodeFirmware.cs"] = "the PC's network interfaces are those of the PC",
        ["firmware/Sensors.Firmware/PortalRun.cs"] = "the PC's threads belong to no virtual board",
        ["firmware/Sensors.Firmware/Device/TlsIdentity.cs"] = "the PC's own certificate takes no key beside it",
        ["firmware/Sensors.Firmware/Device/WifiNetwork.cs"] = "the PC's wall clock would win over the virtual board's",
        ["firmware/Sensors.Pairing/Keys/BlockCipher.cs"] = "the PC's own AES is abstract, and pads",
        ["firmware/Sensors.Node/Delivery/LinkWorker.cs"] = "the PC's AutoResetEvent would wait in the PC's time, beside the virtual board's",
    };

    /// <summary>Files that are not text.</summary>
    private static readonly string[] Binary = [".bin", ".png", ".jpg", ".gif", ".ico", ".zip", ".gz", ".pdf", ".db", ".wav", ".npz"];

    [Fact]
    public void No_two_paths_are_equal_but_for_their_case()
    {
        Assert.Empty(TrackedFiles.All.GroupBy(path => path, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => string.Join(" and ", g)));
    }

    [Fact]
    public void No_file_names_a_machine_or_a_registry()
    {
        List<string> found = [];
        foreach (string path in TrackedFiles.All.Where(p => !Binary.Any(b => p.EndsWith(b, StringComparison.OrdinalIgnoreCase))))
        {
            foreach (Match match in MachineName().Matches(TrackedFiles.Read(path)))
            {
                found.Add($"{path}: {match.Value}: write a path from the repository's root, and leave registries to the user's own settings");
            }
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public void A_source_of_both_flavours_is_the_same_in_both()
    {
        List<string> found = DeviceSources()
            .Where(path => !Conditional.ContainsKey(path) && Directive().IsMatch(TrackedFiles.Read(path)))
            .Select(path => $"{path}: #if makes two programs of one source; hide the difference behind a class, or add the file and a reason to the list here")
            .ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public void The_list_of_conditional_sources_is_up_to_date()
    {
        Assert.All(Conditional.Keys.Where(TrackedFiles.All.Contains), path => Assert.Matches(Directive(), TrackedFiles.Read(path)));
    }

    [Fact]
    public void A_namespace_starts_with_the_name_of_its_project()
    {
        List<string> found = [];
        foreach (ProjectFile project in ProjectFile.All.Where(p => p.Folder is "drivers" or "boards" or "firmware" or "tools" && p.Name.StartsWith("Sensors.", StringComparison.Ordinal)))
        {
            string folder = project.Path[..(project.Path.LastIndexOf('/') + 1)];
            foreach (string path in TrackedFiles.All.Where(p => p.StartsWith(folder, StringComparison.Ordinal) && p.EndsWith(".cs", StringComparison.Ordinal)))
            {
                foreach (Match match in Namespace().Matches(TrackedFiles.Read(path)))
                {
                    // Flat, or a folder's name after the project's.
                    string name = match.Groups[1].Value;
                    string[] folders = path[folder.Length..].Split('/')[..^1];
                    string root = project.RootNamespace;
                    bool known = name == root || folders.Any(f => name == $"{root}.{f}") || name == $"{root}.{string.Join('.', folders)}";
                    if (!known)
                    {
                        found.Add($"{path}: namespace {name} is neither {root} nor that and a folder's name");
                    }
                }
            }
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    private static IEnumerable<string> DeviceSources()
    {
        string[] folders = ProjectFile.All.Where(p => p.ForDevice).Select(p => p.Path[..(p.Path.LastIndexOf('/') + 1)]).ToArray();
        return TrackedFiles.All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(f => path.StartsWith(f, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"(?<![\w.])/(home|Users|root|work|tmp)/[\w.]+|[A-Z]:\\Users\\\w+|https?://api\.nuget[.]org[^\s""]*|https?://[\w.-]*(artifactory|nexus|pkgs[.]dev[.]azure)[^\s""]*")]
    private static partial Regex MachineName();

    [GeneratedRegex(@"^\s*#\s*(if|elif|else)\b", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

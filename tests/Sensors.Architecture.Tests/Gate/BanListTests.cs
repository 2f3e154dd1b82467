using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Sensors.NetNano.Gate;

namespace Sensors.Architecture.Tests.Gate;

/// <summary>The ban list can be read, and every entry says what to use instead.</summary>
public sealed class BanListTests
{
    [Fact]
    public void Every_entry_says_what_to_use_instead_and_why()
    {
        foreach ((string id, string hint) in BanList.Load(Repository.BanList).Entries)
        {
            Assert.Matches("^[MTPF]:", id);
            Assert.StartsWith("Use ", hint, StringComparison.Ordinal);
            Assert.Contains(" instead", hint, StringComparison.Ordinal);
            Assert.Contains(": ", hint, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_entry_names_a_member_of_the_device_or_of_the_PC()
    {
        HashSet<string> known = Members(Directory.GetFiles(Repository.OfficialApi, "*.dll").Append(typeof(object).Assembly.Location));
        Assert.DoesNotContain(BanList.Load(Repository.BanList).Entries.Keys, id => !known.Contains(id));
    }

    private static HashSet<string> Members(IEnumerable<string> paths)
    {
        var ids = new HashSet<string>();
        foreach (string path in paths)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            foreach (TypeDefinition type in module.GetTypes().Where(t => t.IsPublic))
            {
                ids.Add(DocumentationId.Of(type));
                ids.UnionWith(type.Methods.Select(DocumentationId.Of));
                ids.UnionWith(type.Methods.Select(DocumentationId.OfProperty).OfType<string>());
            }
        }

        return ids;
    }
}

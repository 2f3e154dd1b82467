using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>Device code keeps nothing in static fields: on the PC many nodes share one process.</summary>
public sealed class SharedStateTests
{
    /// <summary>Static fields that may change, each with the reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
    };

    [Fact]
    public void Nothing_static_can_change()
    {
        List<string> found = [];
        foreach (string path in Repository.DeviceAssemblies.Where(IsProduct))
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            foreach (FieldDefinition field in module.GetTypes().SelectMany(t => t.Fields).Where(f => f.IsStatic && !f.IsLiteral && !f.IsInitOnly))
            {
                bool compilers = field.DeclaringType.Name.StartsWith('<') || field.Name.StartsWith('<'); // cached delegates, data of tables
                if (!compilers && !Allowed.ContainsKey(field.FullName))
                {
                    found.Add($"{field.FullName}: two nodes in one process would share it; make it an instance field of what owns it");
                }
            }
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    private static bool IsProduct(string path)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(path);
        return name != "Sensors.GateSamples" && !name.Contains("UnitTest", StringComparison.Ordinal);
    }
}

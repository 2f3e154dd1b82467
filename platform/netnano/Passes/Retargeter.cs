using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using NanoFramework.Pc;

namespace Sensors.NetNano.Passes;

/// <summary>Lets an assembly that was compiled against the device's library refer to the PC's: the same type names, other assemblies.</summary>
internal sealed class Retargeter
{
    /// <summary>Where a type is looked for: first the packages' stand-ins, then the PC's own library.</summary>
    private static readonly Assembly[] Homes = [typeof(PcBoard).Assembly, typeof(object).Assembly];

    private readonly Dictionary<(ModuleDefinition, Assembly), AssemblyNameReference> _references = [];

    /// <summary>Moves every type reference. A type that the PC does not have stays: who runs into it learns its name.</summary>
    public void Retarget(ModuleDefinition module, IReadOnlySet<string> own)
    {
        foreach (TypeReference type in module.GetTypeReferences().Where(t => !t.IsNested && t.Scope is AssemblyNameReference scope && !own.Contains(scope.Name)).ToList())
        {
            if (Array.Find(Homes, home => home.GetType(type.FullName) != null) is { } found)
            {
                type.Scope = Reference(module, found);
            }
        }
    }

    private AssemblyNameReference Reference(ModuleDefinition module, Assembly assembly)
    {
        if (!_references.TryGetValue((module, assembly), out AssemblyNameReference? reference))
        {
            AssemblyName name = assembly.GetName();
            reference = new AssemblyNameReference(name.Name, name.Version) { PublicKeyToken = name.GetPublicKeyToken() };
            module.AssemblyReferences.Add(reference);
            _references.Add((module, assembly), reference);
        }

        return reference;
    }
}

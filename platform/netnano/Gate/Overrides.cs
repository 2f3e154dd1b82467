using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate;

/// <summary>For each virtual or interface method, the own methods that a call of it can end in.</summary>
internal sealed class Overrides
{
    private readonly Dictionary<MethodDefinition, List<MethodDefinition>> _byBase = [];

    public Overrides(AssemblySet set)
    {
        foreach (TypeDefinition type in set.Types.Where(t => !t.IsInterface))
        {
            foreach (TypeDefinition parent in Parents(type))
            {
                foreach (MethodDefinition declared in parent.Methods.Where(m => m.IsVirtual))
                {
                    if (Implementation(type, declared) is { } found && found != declared)
                    {
                        Add(declared, found);
                    }
                }
            }
        }
    }

    /// <summary>The methods that override or implement this one, however far down.</summary>
    public IEnumerable<MethodDefinition> Of(MethodDefinition method) => _byBase.TryGetValue(method, out List<MethodDefinition>? found) ? found : [];

    private void Add(MethodDefinition declared, MethodDefinition found)
    {
        if (!_byBase.TryGetValue(declared, out List<MethodDefinition>? list))
        {
            _byBase.Add(declared, list = []);
        }

        if (!list.Contains(found))
        {
            list.Add(found);
        }
    }

    private static IEnumerable<TypeDefinition> Parents(TypeDefinition type)
    {
        var seen = new HashSet<TypeDefinition>();
        var open = new Stack<TypeReference?>([type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType)]);
        while (open.TryPop(out TypeReference? next))
        {
            if (next?.Resolve() is { } parent && seen.Add(parent))
            {
                yield return parent;
                open.Push(parent.BaseType);
                foreach (InterfaceImplementation implemented in parent.Interfaces)
                {
                    open.Push(implemented.InterfaceType);
                }
            }
        }
    }

    /// <summary>The nearest method, from the type upwards, that answers a call of the declared one.</summary>
    private static MethodDefinition? Implementation(TypeDefinition type, MethodDefinition declared)
    {
        for (TypeDefinition? at = type; at != null && at != declared.DeclaringType; at = at.BaseType?.Resolve())
        {
            MethodDefinition? found = at.Methods.FirstOrDefault(m => m.Overrides.Any(o => o.Resolve() == declared))
                ?? at.Methods.FirstOrDefault(m => m.IsVirtual && m.Name == declared.Name && SameParameters(m, declared));
            if (found != null)
            {
                return found;
            }
        }

        return null;
    }

    private static bool SameParameters(MethodDefinition one, MethodDefinition other) =>
        one.Parameters.Select(p => p.ParameterType.FullName).SequenceEqual(other.Parameters.Select(p => p.ParameterType.FullName));
}

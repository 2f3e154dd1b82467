using System;
using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No iterators and no async: the compiler makes a state machine of types that the device does not have.</summary>
internal sealed class IteratorRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (TypeDefinition type in set.Types.Where(t => t.Name.StartsWith('<') && t.Name.Contains(">d__", StringComparison.Ordinal)))
        {
            sink.Add("NANO108", type, "an iterator's state machine cannot run on the device; return an array, or move a loop into the caller");
        }
    }
}

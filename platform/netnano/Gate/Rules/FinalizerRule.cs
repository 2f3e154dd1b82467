using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No finalizers: nobody knows when they run, and each keeps its object for one more collection.</summary>
internal sealed class FinalizerRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (MethodDefinition method in set.Methods.Where(m => m.Name == "Finalize" && m.IsVirtual && !m.HasParameters))
        {
            sink.Add("NANO107", method, "a finalizer runs at a time nobody knows; use Close or Dispose");
        }
    }
}

using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Interfaces have no bodies: a default method compiles, and throws when it is called.</summary>
internal sealed class InterfaceRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (MethodDefinition method in set.Types.Where(t => t.IsInterface).SelectMany(t => t.Methods).Where(m => m.HasBody))
        {
            sink.Add("NANO103", method, "a method with a body in an interface throws on the device; use an abstract class");
        }
    }
}

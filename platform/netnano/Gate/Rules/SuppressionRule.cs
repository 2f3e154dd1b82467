using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Whoever is excused from a rule says why.</summary>
internal sealed class SuppressionRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (TypeDefinition type in set.Types)
        {
            foreach (IMemberDefinition member in type.Methods.Cast<IMemberDefinition>().Concat(type.Properties).Concat(type.Fields).Append(type))
            {
                if (Suppressions.On(member).Any(s => Suppressions.Justification(s).Length == 0))
                {
                    sink.Add("NANO116", member, "a [SuppressMessage] needs a Justification");
                }
            }
        }
    }
}

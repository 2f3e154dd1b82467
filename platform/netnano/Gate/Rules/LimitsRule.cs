using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Types and assemblies stay inside what the CLR can count.</summary>
internal sealed class LimitsRule : IRule
{
    private const string Rule = "NANO112";

    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (TypeDefinition type in set.Types)
        {
            foreach ((string kind, System.Func<MethodDefinition, bool> isOfKind) in Limits.Kinds)
            {
                CheckMethods(type, kind, type.Methods.Where(isOfKind), sink);
            }
        }

        foreach (ModuleDefinition module in set.Own)
        {
            AssemblyFigures figures = Figures.Of(module);
            CheckTable(module, "bytecode", figures.CodeBytes, sink);
            CheckTable(module, "strings", figures.StringBytes, sink);
        }

        int loaded = set.Loaded().Count;
        if (loaded > Limits.Assemblies)
        {
            sink.Add(Rule, set.Own[0], $"{loaded} assemblies would be loaded, the CLR takes {Limits.Assemblies}; join some");
        }
    }

    private static void CheckMethods(TypeDefinition type, string kind, IEnumerable<MethodDefinition> methods, FindingSink sink)
    {
        int count = methods.Count();
        if (count > Limits.MethodsOfAKind)
        {
            sink.Add(Rule, type, $"{count} {kind} methods, the CLR counts to {Limits.MethodsOfAKind}; split the type");
        }
    }

    private static void CheckTable(ModuleDefinition module, string what, int bytes, FindingSink sink)
    {
        if (bytes >= Limits.TableBytes)
        {
            sink.Add(Rule, module, $"{bytes} bytes of {what}, the CLR takes less than {Limits.TableBytes} in an assembly; split it");
        }
    }
}

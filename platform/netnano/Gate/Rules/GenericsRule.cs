using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No generics, neither own nor the official ones: they compile, and the 1.x CLR crashes when it loads or runs them.</summary>
internal sealed class GenericsRule : IRule
{
    private const string Rule = "NANO102";
    private const string Message = "generics crash the 1.x CLR; write the type out, or use an own delegate or interface";

    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (TypeDefinition type in set.Types.Where(t => t.HasGenericParameters))
        {
            sink.Add(Rule, type, Message);
        }

        foreach (MethodDefinition method in set.Methods.Where(m => m.HasGenericParameters))
        {
            sink.Add(Rule, method, Message);
        }

        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions)
        {
            if (instruction.Operand is GenericInstanceMethod generic)
            {
                sink.Add(Rule, method, instruction, $"{generic.FullName}: {Message}");
            }
        }

        TypeShapes.Report(set, sink, Rule, t => t is GenericInstanceType, Message);
    }
}

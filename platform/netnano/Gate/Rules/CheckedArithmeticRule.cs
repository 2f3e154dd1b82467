using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No <c>checked</c>: the device runs it unchecked, so that the overflow the code relies on never shows.</summary>
internal sealed class CheckedArithmeticRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions.Where(i => IsChecked(i.Instruction.OpCode)))
        {
            sink.Add("NANO106", method, instruction, $"{instruction.OpCode.Name} does not check on the device; compare with the limits before, in a wider type");
        }
    }

    private static bool IsChecked(OpCode code) => code.Name.Contains(".ovf", StringComparison.Ordinal);
}

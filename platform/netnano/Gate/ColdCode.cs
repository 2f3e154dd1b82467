using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate;

/// <summary>Finds the instructions from which every way leads to a <c>throw</c>.</summary>
internal static class ColdCode
{
    public static IReadOnlySet<Instruction> Of(MethodBody body)
    {
        var cold = new HashSet<Instruction>();
        bool grown;
        do
        {
            grown = false;
            for (int i = body.Instructions.Count - 1; i >= 0; i--)
            {
                Instruction instruction = body.Instructions[i];
                if (!cold.Contains(instruction) && IsCold(instruction, cold))
                {
                    grown |= cold.Add(instruction);
                }
            }
        }
        while (grown);
        return cold;
    }

    private static bool IsCold(Instruction instruction, HashSet<Instruction> cold) => instruction.OpCode.FlowControl switch
    {
        FlowControl.Throw => true,
        FlowControl.Return => false,
        FlowControl.Branch => cold.Contains((Instruction)instruction.Operand),
        FlowControl.Cond_Branch => Targets(instruction).All(cold.Contains) && cold.Contains(instruction.Next),
        _ => instruction.Next != null && cold.Contains(instruction.Next),
    };

    private static IEnumerable<Instruction> Targets(Instruction branch) =>
        branch.Operand as Instruction[] ?? [(Instruction)branch.Operand];
}

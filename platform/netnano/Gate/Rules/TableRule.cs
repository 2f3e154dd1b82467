using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Tables of constants are data of the assembly, copied at once, not code that stores one element after the other.</summary>
internal sealed class TableRule : IRule
{
    private const int Few = 2; // up to here the compiler itself prefers stores

    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (MethodDefinition method in set.Methods.Where(m => m.HasBody && m.IsConstructor && m.IsStatic))
        {
            foreach (Instruction made in method.Body.Instructions.Where(i => i.OpCode.Code == Code.Newarr && ((TypeReference)i.Operand).IsPrimitive))
            {
                int stores = Stores(made);
                if (stores > Few)
                {
                    sink.Add("NANO115", method, made, $"{stores} elements are stored one by one; write the table as constants only, so that it becomes data");
                }
            }
        }
    }

    /// <summary>Counts the pattern dup, index, value, store that follows a new array.</summary>
    private static int Stores(Instruction made)
    {
        int stores = 0;
        Instruction? at = made.Next;
        while (at is { OpCode.Code: Code.Dup })
        {
            Instruction? store = at.Next?.Next;
            while (store != null && !IsElementStore(store) && store.OpCode.Code != Code.Dup)
            {
                store = store.Next;
            }

            if (store == null || !IsElementStore(store))
            {
                break;
            }

            stores++;
            at = store.Next;
        }

        return stores;
    }

    private static bool IsElementStore(Instruction instruction) =>
        instruction.OpCode.Code is Code.Stelem_I1 or Code.Stelem_I2 or Code.Stelem_I4 or Code.Stelem_I8 or Code.Stelem_R4 or Code.Stelem_R8;
}

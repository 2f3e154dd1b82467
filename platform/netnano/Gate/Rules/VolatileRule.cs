using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No <c>volatile</c>: the device lacks the type that marks it.</summary>
internal sealed class VolatileRule : IRule
{
    private const string Rule = "NANO111";
    private const string Message = "the device has no volatile; use lock, Interlocked or an event";

    public void Check(AssemblySet set, FindingSink sink)
    {
        TypeShapes.Report(set, sink, Rule, t => t.FullName == "System.Runtime.CompilerServices.IsVolatile", Message);
        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions.Where(i => i.Instruction.OpCode.Code == Code.Volatile))
        {
            sink.Add(Rule, method, instruction, Message);
        }
    }
}

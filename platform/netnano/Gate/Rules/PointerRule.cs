using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No pointers, no pinning, no memory on the stack: the metadata processor refuses them.</summary>
internal sealed class PointerRule : IRule
{
    private const string Rule = "NANO105";
    private const string Message = "the metadata processor refuses unsafe code; use an array and an index";

    public void Check(AssemblySet set, FindingSink sink)
    {
        TypeShapes.Report(set, sink, Rule, t => t is PointerType or FunctionPointerType or PinnedType, Message);
        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions.Where(i => i.Instruction.OpCode.Code == Code.Localloc))
        {
            sink.Add(Rule, method, instruction, Message);
        }
    }
}

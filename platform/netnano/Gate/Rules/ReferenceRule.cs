using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Every type and member that is referred to exists in the official assemblies, with that very signature.</summary>
internal sealed class ReferenceRule : IRule
{
    private const string Rule = "NANO101";

    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions)
        {
            if (instruction.Operand is MemberReference reference && !Exists(reference))
            {
                sink.Add(Rule, method, instruction, Message(reference));
            }
        }

        // What no instruction names: base types, attributes, signatures.
        foreach (ModuleDefinition module in set.Own)
        {
            foreach (TypeReference type in module.GetTypeReferences())
            {
                if (!Exists(type))
                {
                    sink.Add(Rule, module, Message(type));
                }
            }

            foreach (MemberReference member in module.GetMemberReferences())
            {
                if (!Exists(member))
                {
                    sink.Add(Rule, module, Message(member));
                }
            }
        }
    }

    private static bool Exists(MemberReference reference) => reference switch
    {
        GenericParameter or FunctionPointerType => true, // another rule's business
        ArrayType or PointerType or ByReferenceType => Exists(((TypeSpecification)reference).ElementType),
        MethodReference { DeclaringType: ArrayType } => true, // accessors of multi-dimensional arrays
        _ => reference.Resolve() != null,
    };

    private static string Message(MemberReference reference)
    {
        TypeReference type = reference as TypeReference ?? reference.DeclaringType;
        return $"{reference.FullName} is not in {type.Scope?.Name} as the device has it; use what the listing in platform/netnano/api offers";
    }
}

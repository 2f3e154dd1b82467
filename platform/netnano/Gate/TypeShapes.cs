using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate;

/// <summary>Finds every type a member mentions, however deep inside another one.</summary>
internal static class TypeShapes
{
    /// <summary>A type and all it is made of: element types, type arguments, modifiers.</summary>
    public static IEnumerable<TypeReference> Within(TypeReference? type)
    {
        if (type == null)
        {
            yield break;
        }

        yield return type;
        IEnumerable<TypeReference?> parts = type switch
        {
            IModifierType modified => [modified.ElementType, modified.ModifierType],
            GenericInstanceType generic => generic.GenericArguments.Append(generic.ElementType),
            FunctionPointerType pointer => pointer.Parameters.Select(p => p.ParameterType).Append(pointer.ReturnType),
            TypeSpecification specification => [specification.ElementType],
            _ => [],
        };
        foreach (TypeReference part in parts.SelectMany(Within))
        {
            yield return part;
        }
    }

    /// <summary>The types in a method's signature and among its locals.</summary>
    public static IEnumerable<TypeReference> InSignature(MethodDefinition method)
    {
        IEnumerable<TypeReference> types = method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType);
        if (method.HasBody)
        {
            types = types.Concat(method.Body.Variables.Select(v => v.VariableType))
                .Concat(method.Body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>());
        }

        return types.SelectMany(Within);
    }

    /// <summary>The types an instruction names.</summary>
    public static IEnumerable<TypeReference> InOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => Within(type),
        FieldReference field => Within(field.DeclaringType).Concat(Within(field.FieldType)),
        MethodReference method => Within(method.DeclaringType)
            .Concat(Within(method.ReturnType))
            .Concat(method.Parameters.SelectMany(p => Within(p.ParameterType)))
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments.SelectMany(Within) : []),
        _ => [],
    };

    /// <summary>Reports each member that mentions a type of a kind: fields, signatures, locals, instructions.</summary>
    public static void Report(AssemblySet set, FindingSink sink, string rule, System.Func<TypeReference, bool> isRefused, string message)
    {
        foreach (TypeDefinition type in set.Types)
        {
            if (Within(type.BaseType).Concat(type.Interfaces.SelectMany(i => Within(i.InterfaceType))).FirstOrDefault(isRefused) is { } mentioned)
            {
                sink.Add(rule, type, $"{mentioned.FullName}: {message}");
            }

            foreach (FieldDefinition field in type.Fields.Where(f => Within(f.FieldType).Any(isRefused)))
            {
                sink.Add(rule, field, $"{field.FieldType.FullName}: {message}");
            }

            foreach (MethodDefinition method in type.Methods)
            {
                if (InSignature(method).FirstOrDefault(isRefused) is { } named)
                {
                    sink.Add(rule, method, $"{named.FullName}: {message}");
                }
            }
        }

        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions)
        {
            if (InOperand(instruction).FirstOrDefault(isRefused) is { } used)
            {
                sink.Add(rule, method, instruction, $"{used.FullName}: {message}");
            }
        }
    }
}

using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>What is marked <c>[HotPath]</c>, and all own code it can reach, allocates nothing on the device.</summary>
/// <remarks>
/// On the device a struct is a heap object wherever it is a local, a parameter or a result, and loading a literal makes a string
/// object; <c>DateTime</c> and <c>TimeSpan</c> are plain numbers there. Code that only leads to a <c>throw</c> may allocate.
/// </remarks>
internal sealed class HotPathRule : IRule
{
    private const string Rule = "NANO114";
    private const string Mark = "Sensors.Drivers.HotPathAttribute";

    /// <summary>Who derives from it adapts the packages to the drivers, and cannot avoid the packages' own structs.</summary>
    private const string Adapter = "Sensors.Drivers.RegisterBus";

    public void Check(AssemblySet set, FindingSink sink)
    {
        var overrides = new Overrides(set);
        var reached = new HashSet<MethodDefinition>();
        var open = new Queue<(MethodDefinition Method, string Trace)>();
        foreach (MethodDefinition root in set.Methods.Where(m => m.CustomAttributes.Any(a => a.AttributeType.FullName == Mark)))
        {
            Reach(root, "");
        }

        while (open.TryDequeue(out (MethodDefinition Method, string Trace) next))
        {
            CheckMethod(set, sink, next.Method, next.Trace, called => Reach(called, $"{next.Trace}, called by {ShortName(next.Method)}"));
        }

        void Reach(MethodDefinition method, string trace)
        {
            foreach (MethodDefinition target in overrides.Of(method).Prepend(method))
            {
                // Who is excused answers for what it calls as well.
                if (!Suppressions.Excuse(target, Rule) && reached.Add(target))
                {
                    open.Enqueue((target, trace));
                }
            }
        }
    }

    private static void CheckMethod(AssemblySet set, FindingSink sink, MethodDefinition method, string trace, System.Action<MethodDefinition> reach)
    {
        // Excused with a reason: a way out of the hot path, taken seldom. What only it calls is as seldom.
        if (!method.HasBody || Suppressions.Excuse(method, Rule))
        {
            return;
        }

        bool adapter = DerivesFrom(method.DeclaringType, Adapter);
        IEnumerable<TypeReference> values = method.Parameters.Select(p => p.ParameterType).Concat(method.Body.Variables.Select(v => v.VariableType));
        foreach (TypeReference value in values.Where(t => IsHeapStruct(set, t, adapter)))
        {
            sink.Add(Rule, method, $"{value.FullName} as a local or parameter is an object on the device's heap; pass its fields, or use a class made once{trace}");
        }

        IReadOnlySet<Instruction> cold = ColdCode.Of(method.Body);
        foreach (Instruction instruction in method.Body.Instructions.Where(i => !cold.Contains(i)))
        {
            string? made = Allocates(set, instruction, adapter);
            if (made != null)
            {
                sink.Add(Rule, method, instruction, made + trace);
            }
            else if (instruction.Operand is MethodReference called && set.IsOwn(called))
            {
                reach(called.Resolve());
            }
        }
    }

    private static string? Allocates(AssemblySet set, Instruction instruction, bool adapter)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Newobj:
                TypeReference made = ((MethodReference)instruction.Operand).DeclaringType;
                bool isDelegate = made.Resolve()?.BaseType?.FullName == "System.MulticastDelegate";
                return made.IsValueType && !IsHeapStruct(set, made, adapter) ? null
                    : isDelegate ? $"makes a delegate {made.FullName}; call the method itself, or make the delegate once in the constructor"
                    : $"makes a {made.FullName}; make it once in the constructor";
            case Code.Newarr:
                return "makes an array; make it once in the constructor";
            case Code.Box:
                return $"boxes a {((TypeReference)instruction.Operand).FullName}; give the callee a parameter of that type";
            case Code.Ldstr:
                return "makes a string object of a literal; keep the text in a static readonly field";
            case Code.Ldelem_Any or Code.Ldobj when IsHeapStruct(set, (TypeReference)instruction.Operand, adapter):
                return $"copies a {((TypeReference)instruction.Operand).FullName}; take a ref to it, or its fields from arrays of their own";
            case Code.Ldfld or Code.Ldsfld when IsHeapStruct(set, ((FieldReference)instruction.Operand).FieldType, adapter):
                return $"copies a {((FieldReference)instruction.Operand).FieldType.FullName}; take its fields one by one";
            case Code.Call or Code.Callvirt:
                return AllocatesInCall(set, (MethodReference)instruction.Operand, adapter);
            default:
                return null;
        }
    }

    private static string? AllocatesInCall(AssemblySet set, MethodReference called, bool adapter)
    {
        TypeReference returned = called.ReturnType;
        if (IsHeapStruct(set, returned, adapter))
        {
            return $"{ShortName(called)} returns the struct {returned.FullName}, an object on the device's heap; return its fields one by one";
        }

        if (set.IsOwn(called))
        {
            bool isDelegate = called.DeclaringType.Resolve()?.BaseType?.FullName == "System.MulticastDelegate";
            return isDelegate ? $"calls through the delegate {called.DeclaringType.FullName}, which cannot be followed; call a method of an abstract class" : null;
        }

        return returned.FullName == "System.String" || returned is ArrayType
            ? $"{ShortName(called)} makes a {returned.FullName}; do it once in the constructor, or write into a buffer made there"
            : null;
    }

    private static bool IsHeapStruct(AssemblySet set, TypeReference type, bool adapter)
    {
        if (type is ByReferenceType or ArrayType or PointerType || type.IsPrimitive || type.FullName is "System.Void" or "System.DateTime" or "System.TimeSpan")
        {
            return false;
        }

        TypeDefinition? definition = type is GenericParameter ? null : type.Resolve();
        return definition is { IsValueType: true, IsEnum: false } && !(adapter && !set.IsOwn(definition));
    }

    private static bool DerivesFrom(TypeDefinition type, string name)
    {
        for (TypeDefinition? at = type; at != null; at = at.BaseType?.Resolve())
        {
            if (at.FullName == name)
            {
                return true;
            }
        }

        return false;
    }

    private static string ShortName(MethodReference method) => $"{method.DeclaringType.Name}.{method.Name}";
}
